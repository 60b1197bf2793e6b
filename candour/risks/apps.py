from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.risks"
    label = "risks"
