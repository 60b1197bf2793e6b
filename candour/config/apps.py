from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.config"
    label = "config"

    def ready(self) -> None:
        from candour.kernel.jobs.access import SystemPermission
        from candour.kernel.service.scopes import Register, register
        from candour.kernel.web import navigation

        register(Register("system", "How the system is", SystemPermission.KEEP, order=95))
        navigation.register("System", "system", SystemPermission.KEEP, order=84)
