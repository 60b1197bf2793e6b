from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.kernel.signin"
    label = "signin"

    def ready(self) -> None:
        from datetime import time

        from django.contrib.auth.signals import user_logged_in

        from candour.kernel.jobs.rules import Daily
        from candour.kernel.jobs.works import Work, register
        from candour.kernel.notices import sources as notices
        from candour.kernel.people.access import PeoplePermission
        from candour.kernel.service import scopes
        from candour.kernel.signin import middleware, work
        from candour.kernel.signin.keys import ABOUT
        from candour.kernel.signin.queries import link_address

        user_logged_in.connect(middleware.begun, dispatch_uid="signin.begun")
        notices.register_address(ABOUT, link_address)
        words = "People and groups, as a directory provisions them"
        writes = frozenset({PeoplePermission.MANAGE, PeoplePermission.GRANT})
        scopes.register(scopes.Register("directory", words, PeoplePermission.SEE, writes, order=95))
        register(Work("signin.sweep", "Forgets sign-ins of over two years ago", work.sweep, Daily(time(4, 10))))
