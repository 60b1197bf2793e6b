from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.api"
    label = "api"
