"""The pages of this surface."""

from django.urls import URLPattern, path

from motcua.web.pads import views

urlpatterns: list[URLPattern] = [
    path("pads", views.pads, name="pads"),
    path("pads/<str:code>", views.pad, name="pad"),
    path("pads/<str:code>/print.pdf", views.pad_paper, name="pad_paper"),
]
