from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.kernel.papers"
    label = "papers"
