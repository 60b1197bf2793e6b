from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.kernel.papers"
    label = "papers"

    def ready(self) -> None:
        from candour.kernel.history.verify import checks
        from candour.kernel.papers.access import PaperPermission
        from candour.kernel.papers.verify import first_failure
        from candour.kernel.web import navigation

        checks.append(first_failure)
        navigation.register("Papers", "papers", PaperPermission.SEE, order=60)
