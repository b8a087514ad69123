from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    name = "motcua.reception"
    default_auto_field = "django.db.models.BigAutoField"
