"""The pages of this surface."""

from django.urls import URLPattern, path

from motcua.web.account import keys, screens, second, views

urlpatterns: list[URLPattern] = [
    path("sign-in/second", second.second, name="sign_in_second"),
    path("lock", screens.lock, name="lock"),
    path("seen", screens.seen, name="seen"),
    path("unlock", screens.unlock, name="unlock"),
    path("account/pin", screens.pin, name="own_pin"),
    path("account", views.account, name="account"),
    path("account/identity", views.own_identity, name="own_identity"),
    path("account/password", views.password, name="password"),
    path("account/totp", views.totp, name="totp"),
    path("account/totp/remove", views.totp_remove, name="totp_remove"),
    path("account/passkeys/add", keys.passkey_add, name="passkey_add"),
    path("account/passkeys/<uuid:passkey>/remove", keys.passkey_remove, name="passkey_remove"),
    path("account/recovery-codes", views.recovery_codes, name="recovery_codes"),
]
