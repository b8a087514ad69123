from django.apps import AppConfig


class AccountConfig(AppConfig):
    name = "motcua.web.account"
    label = "web_account"
