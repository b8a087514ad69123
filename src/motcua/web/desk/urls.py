"""The pages of this surface."""

from django.urls import URLPattern, path

from motcua.web.desk import (
    act_view,
    bulk_view,
    consultations,
    countersign_view,
    drawn,
    hotline,
    inbox,
    load_view,
    look_up,
    mend,
    messages,
    signing,
    transfers,
    views,
)

urlpatterns: list[URLPattern] = [
    path("hotline", hotline.hotline, name="hotline"),
    path("hotline/<str:code>", hotline.hotline_dossier, name="hotline_dossier"),
    path("consultations", consultations.consultations, name="consultations"),
    path("consultations/<uuid:consultation>", consultations.consultation, name="consultation"),
    path(
        "consultations/<uuid:consultation>/files/<uuid:attachment>",
        consultations.consultation_file,
        name="consultation_file",
    ),
    path("inbox", inbox.inbox, name="inbox"),
    path("inbox/filters", inbox.filters, name="inbox_filters"),
    path("inbox/acts", bulk_view.bulk_act, name="bulk_act"),
    path("inbox/<str:way>", inbox.beside, name="inbox_beside"),
    path("load", load_view.load, name="load"),
    path("load/dossiers", load_view.load_of, name="load_of"),
    path("signing", signing.signing, name="signing"),
    path("messages", messages.message_log, name="message_log"),
    path("transfers", transfers.transfers, name="transfers"),
    path("dossiers", views.dossiers, name="dossiers"),
    path("dossiers/<str:code>", views.dossier, name="dossier"),
    path("dossiers/<str:code>/attachments/<uuid:attachment>", views.attachment, name="attachment"),
    path("dossiers/<str:code>/process.svg", drawn.dossier_picture, name="dossier_picture"),
    path("dossiers/<str:code>/messages", messages.dossier_messages, name="dossier_messages"),
    path("dossiers/<str:code>/look-up", look_up.look_up, name="look_up"),
    path("dossiers/<str:code>/countersign", countersign_view.countersign, name="countersign"),
    path("dossiers/<str:code>/supply/<str:item>", mend.mend, name="mend_form"),
    path("dossiers/<str:code>/<str:act>", act_view.act, name="act"),
]
