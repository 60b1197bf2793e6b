from datetime import timedelta

from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.kernel.notices"
    label = "notices"

    def ready(self) -> None:
        from candour.kernel.jobs.rules import Every
        from candour.kernel.jobs.works import Work, register
        from candour.kernel.notices import work

        minute = Every(timedelta(minutes=1))
        register(Work("notices.remind", "Writes the reminders that are due", work.remind, minute))
        register(Work("notices.send", "Sends the letters that wait", work.send, minute))
