"""The pages of this surface."""

from django.urls import URLPattern, path

from motcua.web.catalogue import (
    alike,
    deciding,
    drafts,
    drafts_file,
    drafts_publish,
    localities,
    procedures,
    reports,
    views,
)
from motcua.web.catalogue.designer.urls import urlpatterns as designer
from motcua.web.catalogue.processes.urls import urlpatterns as processes

urlpatterns: list[URLPattern] = [
    *designer,
    *processes,
    path("findings", views.findings, name="findings"),
    path("findings.xlsx", reports.findings_file, name="findings_file"),
    path("findings-alike", alike.findings_alike, name="findings_alike"),
    path("decisions", views.decisions, name="decisions"),
    path("publishers", reports.publishers, name="findings_publishers"),
    path("report", reports.report, name="findings_report"),
    path("findings/<str:code>", deciding.announcement, name="announcement"),
    path("decisions/<uuid:decision_id>/take-back", deciding.decision_take_back, name="decision_take_back"),
    path("procedures", procedures.procedures, name="catalogue_procedures"),
    path("procedures/<str:code>", procedures.procedure, name="catalogue_procedure"),
    path("procedures/<str:code>/compare", procedures.compare, name="catalogue_compare"),
    path("procedures/<str:code>/local", localities.localities, name="localities"),
    path("procedures/<str:code>/local/<str:what>", localities.localise, name="localise"),
    path("versions/<uuid:version>/withdraw", procedures.version_withdraw, name="version_withdraw"),
    path("drafts/begin", drafts.draft_begin, name="draft_begin"),
    path("drafts/<uuid:draft_id>", drafts.draft, name="draft"),
    path("drafts/<uuid:draft_id>/parts/<str:part_code>", drafts.draft_part, name="draft_part"),
    path("drafts/<uuid:draft_id>/compare", drafts.draft_compare, name="draft_compare"),
    path("drafts/<uuid:draft_id>/draft.json", drafts_file.draft_file, name="draft_file"),
    path("drafts/<uuid:draft_id>/put-in", drafts_file.draft_put_in, name="draft_put_in"),
    path("drafts/<uuid:draft_id>/discard", drafts.draft_discard, name="draft_discard"),
    path("drafts/<uuid:draft_id>/publish", drafts_publish.draft_publish, name="draft_publish"),
]
