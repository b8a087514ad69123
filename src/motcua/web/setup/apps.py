from django.apps import AppConfig


class SetupConfig(AppConfig):
    name = "motcua.web.setup"
    label = "web_setup"
