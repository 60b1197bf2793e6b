from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.kernel.service"
    label = "service"

    def ready(self) -> None:
        from candour.kernel.actions.access import ActionPermission
        from candour.kernel.service.scopes import Register, register

        register(Register("actions", "Actions", ActionPermission.SEE, frozenset({ActionPermission.SETTLE}), order=90))
