from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.boards"
    label = "boards"
