from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.kernel.scales"
    label = "scales"

    def ready(self) -> None:
        from candour.kernel.scales.access import ScalePermission
        from candour.kernel.web import navigation

        navigation.register("Scales", "scales", ScalePermission.MANAGE, order=85)
