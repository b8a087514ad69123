"""All pages of the house. What is public is listed in web.common.public; everything else needs a sign-in."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
