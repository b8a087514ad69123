from django.apps import AppConfig


class WebCertificationConfig(AppConfig):
    name = "motcua.web.certification"
    label = "web_certification"
