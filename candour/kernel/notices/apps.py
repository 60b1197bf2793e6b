from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.kernel.notices"
    label = "notices"
