from django.apps import AppConfig


class AccessLogConfig(AppConfig):
    name = "motcua.access_log"
    default_auto_field = "django.db.models.BigAutoField"
