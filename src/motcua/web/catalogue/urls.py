"""The pages of this surface."""

from django.urls import URLPattern, path

from motcua.web.catalogue import views

urlpatterns: list[URLPattern] = [
    path("findings", views.findings, name="findings"),
    path("findings.csv", views.findings_file, name="findings_file"),
    path("findings/<str:code>", views.announcement, name="announcement"),
]
