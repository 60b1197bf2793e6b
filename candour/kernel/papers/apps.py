from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.kernel.papers"
    label = "papers"

    def ready(self) -> None:
        from candour.kernel.history.verify import checks
        from candour.kernel.papers.verify import first_failure

        checks.append(first_failure)
