"""The pages of this surface."""

from django.urls import URLPattern, path

from motcua.web.account import second, views

urlpatterns: list[URLPattern] = [
    path("sign-in/second", second.second, name="sign_in_second"),
    path("account", views.account, name="account"),
    path("account/password", views.password, name="password"),
    path("account/totp", views.totp, name="totp"),
    path("account/totp/remove", views.totp_remove, name="totp_remove"),
    path("account/recovery-codes", views.recovery_codes, name="recovery_codes"),
]
