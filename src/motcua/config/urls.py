"""All pages of the house. What is public is listed in web.common.public; everything else needs a sign-in."""

from django.urls import URLPattern, URLResolver, include, path

from motcua.web.common import uploads, views as common

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in", common.sign_in, name="sign_in"),
    path("sign-in/passkey", common.sign_in_passkey, name="sign_in_passkey"),
    path("sign-out", common.sign_out, name="sign_out"),
    path("language", common.language, name="language"),
    path("", include("motcua.web.account.urls")),
    path("uploads", uploads.uploads, name="uploads"),
    path("uploads/<uuid:upload>", uploads.upload, name="upload"),
    path("uploads/<uuid:upload>/discard", uploads.discard, name="discard_upload"),
    path("", include("motcua.web.setup.urls")),
    path("catalogue/", include("motcua.web.catalogue.urls")),
    path("", include("motcua.web.pads.urls")),
    path("", include("motcua.web.portal.urls")),
    path("my/", include("motcua.web.citizen.urls")),
    path("", include("motcua.web.citizen.assist_urls")),
    path("", include("motcua.web.counter.urls")),
    path("", include("motcua.web.certification.urls")),
    path("", include("motcua.web.cashier.urls")),
    path("", include("motcua.web.desk.urls")),
    path("", include("motcua.web.oversight.urls")),
]

handler400 = "motcua.web.common.errors.bad_request"
handler500 = "motcua.web.common.errors.server_error"
