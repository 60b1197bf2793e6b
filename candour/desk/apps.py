from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.desk"
    label = "desk"

    def ready(self) -> None:
        from candour.kernel.web import navigation
        from candour.kernel.web.page import SIGNED_IN

        navigation.register("Desk", "desk", SIGNED_IN, order=10)
