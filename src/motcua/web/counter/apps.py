from django.apps import AppConfig


class CounterConfig(AppConfig):
    name = "motcua.web.counter"
    label = "web_counter"
