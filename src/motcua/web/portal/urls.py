"""The pages of this surface."""

from django.urls import URLPattern, path

from motcua.web.portal import views

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("track", views.track, name="track"),
    path("t/<str:token>", views.track_token, name="track_token"),
    path("tracking", views.tracking, name="tracking"),
]
