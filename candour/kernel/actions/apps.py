from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.kernel.actions"
    label = "actions"
