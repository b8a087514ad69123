from django.apps import AppConfig


class PadPagesConfig(AppConfig):
    name = "motcua.web.pads"
    label = "web_pads"
