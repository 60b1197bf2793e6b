from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.kernel.limits"
    label = "limits"

    def ready(self) -> None:
        from datetime import timedelta

        from candour.kernel.jobs.rules import Every
        from candour.kernel.jobs.works import Work, register
        from candour.kernel.limits import work

        register(
            Work(
                "limits.sweep", "Forgets how often people asked within a minute", work.sweep, Every(timedelta(hours=1))
            )
        )
