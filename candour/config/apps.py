from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.config"
    label = "config"
