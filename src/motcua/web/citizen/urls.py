"""The pages of this surface; all stand below web.common.citizens.AREA."""

from django.urls import URLPattern, path

from motcua.web.citizen import (
    acting,
    acts,
    assist,
    begin,
    check,
    door,
    dossiers,
    drafts,
    payment,
    together,
    wishes,
)
from motcua.web.common import uploads

urlpatterns: list[URLPattern] = [
    path("sign-in", door.sign_in, name="citizen_sign_in"),
    path("sign-in/ask", door.ask, name="citizen_ask"),
    path("sign-in/back", door.back, name="citizen_back"),
    path("sign-out", door.sign_out, name="citizen_sign_out"),
    path("signed-out", door.left, name="citizen_left"),
    path("signed-out/identity", door.leave, name="citizen_leave"),
    path("signed-out/done", door.left_there, name="citizen_left_there"),
    path("begin/<str:procedure>", begin.begin, name="my_begin"),
    path("drafts/<uuid:draft>", drafts.resume, name="my_draft"),
    path("drafts/<uuid:draft>/drop", drafts.drop, name="my_draft_drop"),
    path("drafts/<uuid:draft>/consent.pdf", assist.sheet, name="my_draft_sheet"),
    path("drafts/<uuid:draft>/check", check.check, name="my_draft_check"),
    path("drafts/<uuid:draft>/ask", together.ask, name="my_draft_ask"),
    path("drafts/<uuid:draft>/<str:page>", drafts.page, name="my_draft_page"),
    path("confirmations/<uuid:confirmation>", together.confirm, name="my_confirm"),
    path("confirmations/<uuid:confirmation>/files/<uuid:upload>", together.file, name="my_confirm_file"),
    path("acting", acting.acting, name="my_acting"),
    path("mandates", acting.mandates, name="my_mandates"),
    path("mandates/<uuid:mandate>/end", acting.end_mandate, name="my_mandate_end"),
    path("dossiers", dossiers.mine, name="my_dossiers"),
    path("dossiers/<str:code>", dossiers.one, name="my_dossier"),
    path("dossiers/<str:code>/payment", payment.payment, name="my_payment"),
    path("dossiers/<str:code>/receipts/<uuid:receipt>.pdf", payment.receipt, name="my_receipt"),
    path("dossiers/<str:code>/supply", acts.supply, name="my_supply"),
    path("dossiers/<str:code>/write", acts.write, name="my_write"),
    path("dossiers/<str:code>/object", acts.object_to_filing, name="my_object"),
    path("dossiers/<str:code>/withdraw", acts.withdraw, name="my_withdraw"),
    path("messages", wishes.messages_wanted, name="my_messages"),
    path("uploads", uploads.uploads, name="my_uploads"),
    path("uploads/<uuid:upload>", uploads.upload, name="my_upload"),
    path("uploads/<uuid:upload>/discard", uploads.discard, name="my_discard_upload"),
]
