from datetime import time, timedelta

from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.kernel.jobs"
    label = "jobs"

    def ready(self) -> None:
        from candour.kernel.jobs import own
        from candour.kernel.jobs.rules import Daily, Every
        from candour.kernel.jobs.works import Work, register

        register(Work("history.seal", "Seals what was recorded", own.seal_history, Every(timedelta(minutes=1))))
        register(Work("history.verify", "Verifies the whole history", own.verify_history, Daily(time(2, 30))))
        register(Work("jobs.sweep", "Forgets jobs that were done long ago", own.sweep, Daily(time(4, 0))))
