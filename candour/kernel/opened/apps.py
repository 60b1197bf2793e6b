from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.kernel.opened"
    label = "opened"

    def ready(self) -> None:
        from datetime import time

        from candour.kernel.jobs.rules import Daily
        from candour.kernel.jobs.works import Work, register
        from candour.kernel.opened import queries, work
        from candour.kernel.opened.access import OpenedPermission
        from candour.kernel.web import called, context, navigation

        called.call({"opened-record": "Who opened it"})
        register(Work("opened.sweep", "Forgets openings that are no longer kept", work.sweep, Daily(time(4, 20))))
        context.beside_marking.append(queries.link_beside)
        navigation.register("Who opened what", "opened", OpenedPermission.READ, order=91)
