from django.apps import AppConfig


class WorkdayConfig(AppConfig):
    name = "motcua.workday"
    default_auto_field = "django.db.models.BigAutoField"
