from datetime import time, timedelta

from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.kernel.notices"
    label = "notices"

    def ready(self) -> None:
        from candour.kernel.jobs.rules import Daily, Every
        from candour.kernel.jobs.works import Work, register
        from candour.kernel.notices import sources, work
        from candour.kernel.notices.commands.coming_back import ABOUT
        from candour.kernel.notices.commands.gathering import write_gathered
        from candour.kernel.notices.links import my_letters

        minute = Every(timedelta(minutes=1))
        register(Work("notices.remind", "Writes the reminders that are due", work.remind, minute))
        register(Work("notices.send", "Sends the letters that wait", work.send, minute))
        register(Work("notices.returned", "Reads the letters that came back", work.fetch, Every(timedelta(minutes=5))))
        register(Work("notices.sweep", "Forgets old addresses of letters", work.sweep, Daily(time(4, 20))))
        sources.register_reminder("letters that gather others", write_gathered)
        sources.register_address(ABOUT, my_letters)
