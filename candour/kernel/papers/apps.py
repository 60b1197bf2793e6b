from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.kernel.papers"
    label = "papers"

    def ready(self) -> None:
        from candour.kernel.history.verify import checks
        from candour.kernel.papers.access import PaperPermission
        from candour.kernel.papers.verify import first_failure
        from candour.kernel.web import called, navigation

        checks.append(first_failure)
        called.call(
            {
                "paper-draft": "A draft paper",
                "paper-issue": "A paper about to be issued",
                "paper-issued": "An issued paper",
                "paper-file": "An issued paper as a file",
            }
        )
        navigation.register("Papers", "papers", PaperPermission.SEE, order=60)
