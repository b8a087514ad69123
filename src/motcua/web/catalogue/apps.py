from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "motcua.web.catalogue"
    label = "web_catalogue"
