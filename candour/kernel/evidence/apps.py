from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.kernel.evidence"
    label = "evidence"

    def ready(self) -> None:
        from candour.kernel.evidence.check import check
        from candour.kernel.history.verify import checks

        checks.append(check)
