from django.apps import AppConfig


class PadsConfig(AppConfig):
    name = "motcua.pads"
    label = "pads"
