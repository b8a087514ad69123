from django.apps import AppConfig


class CashierConfig(AppConfig):
    name = "motcua.web.cashier"
    label = "web_cashier"
