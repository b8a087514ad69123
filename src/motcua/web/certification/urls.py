"""The pages of this surface."""

from django.urls import URLPattern, path

from motcua.web.certification import views

urlpatterns: list[URLPattern] = [
    path("certification", views.desk, name="certification"),
    path("certification/refuse", views.refuse, name="certification_refuse"),
    path("certification/<uuid:dossier>", views.certified, name="certified"),
    path("certification/<uuid:dossier>/clauses.pdf", views.clauses, name="certification_clauses"),
    path("certification/<uuid:dossier>/enter", views.enter_waiting, name="certification_enter"),
]
