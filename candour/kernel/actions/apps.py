from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.kernel.actions"
    label = "actions"

    def ready(self) -> None:
        from candour.kernel.actions.access import ActionPermission
        from candour.kernel.records.happened import guard
        from candour.kernel.web import called, navigation

        called.call({"action": "An action on it"})
        navigation.register("My actions", "my-actions", ActionPermission.SEE, 80)
        guard("action.", ActionPermission.SEE)
