"""The pages on which staff hand in for others; the drafts' own are those of citizens."""

from django.urls import URLPattern, path

from motcua.web.citizen import assist, check, consenting, drafts

urlpatterns: list[URLPattern] = [
    path("assist", assist.start, name="assist"),
    path("assist/begin/<str:procedure>", assist.begin, name="assist_begin"),
    path("assist/next", assist.next_person, name="assist_next"),
    path("assist/drafts/<uuid:draft>", drafts.resume, name="assist_draft"),
    path("assist/drafts/<uuid:draft>/stay", assist.stay, name="assist_draft_stay"),
    path("assist/drafts/<uuid:draft>/consent.pdf", assist.sheet, name="assist_draft_sheet"),
    path("assist/drafts/<uuid:draft>/code", consenting.send, name="assist_draft_code"),
    path("assist/drafts/<uuid:draft>/check", check.check, name="assist_draft_check"),
    path("assist/drafts/<uuid:draft>/<str:page>", drafts.page, name="assist_draft_page"),
    path("assist/dossiers/<str:code>", assist.dossier, name="assist_dossier"),
    path("assist/dossiers/<str:code>/slip.pdf", assist.slip, name="assist_slip"),
]
