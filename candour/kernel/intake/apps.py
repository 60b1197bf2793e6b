from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.kernel.intake"
    label = "intake"

    def ready(self) -> None:
        from candour.kernel.intake.access import IntakePermission
        from candour.kernel.web import navigation

        navigation.register("Papers in", "papers-in", IntakePermission.READ_IN, order=70)
