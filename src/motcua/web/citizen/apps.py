from django.apps import AppConfig


class CitizenPagesConfig(AppConfig):
    name = "motcua.web.citizen"
    label = "web_citizen"
