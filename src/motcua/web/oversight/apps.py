from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "motcua.web.oversight"
    label = "web_oversight"
