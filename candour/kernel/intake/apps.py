from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.kernel.intake"
    label = "intake"

    def ready(self) -> None:
        from candour.kernel.intake.access import IntakePermission
        from candour.kernel.intake.copies import in_readings
        from candour.kernel.retention.copies import keepers
        from candour.kernel.web import called, navigation

        keepers.append(in_readings)

        called.call({"paper-in": "A paper that was read in"})
        navigation.register("Papers in", "papers-in", IntakePermission.READ_IN, order=70)
