from django.apps import AppConfig


class PostingsConfig(AppConfig):
    name = "motcua.postings"
    label = "postings"
