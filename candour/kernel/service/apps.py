from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.kernel.service"
    label = "service"

    def ready(self) -> None:
        from candour.kernel.actions.access import ActionPermission
        from candour.kernel.service.access import ServicePermission
        from candour.kernel.service.scopes import Register, register
        from candour.kernel.web import navigation

        register(Register("actions", "Actions", ActionPermission.SEE, frozenset({ActionPermission.SETTLE}), order=90))
        navigation.register("Service tokens", "service-tokens", ServicePermission.MANAGE, order=83)
