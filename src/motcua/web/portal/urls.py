"""The pages of this surface."""

from django.urls import URLPattern, path, re_path

from motcua.web.portal import procedures, views

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("track", views.track, name="track"),
    path("t/<str:token>", views.track_token, name="track_token"),
    path("tracking", views.tracking, name="tracking"),
    path("procedures", procedures.procedures, name="procedures"),
    re_path(r"^procedures/(?P<code>[0-9][^/]*)$", procedures.procedure, name="procedure"),
]
