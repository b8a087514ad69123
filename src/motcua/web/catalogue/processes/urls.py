"""The pages of processes. A code comes last in an address: it may hold what the approved table holds."""

from django.urls import URLPattern, path

from motcua.web.catalogue.processes import (
    adopting,
    beginning,
    impact,
    listing,
    moving,
    outlining,
    pictures,
    publishing,
    testing,
)

urlpatterns: list[URLPattern] = [
    path("processes", listing.processes, name="processes"),
    path("processes/<path:code>", listing.process, name="process"),
    path("process-compare/<path:code>", listing.process_compare, name="process_compare"),
    path("process-stop/<path:code>", adopting.process_stop, name="process_stop"),
    path("process-versions/<uuid:version>", listing.process_version, name="process_version"),
    path(
        "process-versions/<uuid:version>/version.json",
        listing.process_version_file,
        name="process_version_file",
    ),
    path(
        "process-versions/<uuid:version>/version.svg",
        pictures.process_version_picture,
        name="process_version_picture",
    ),
    path(
        "process-versions/<uuid:version>/version.bpmn",
        pictures.process_version_bpmn,
        name="process_version_bpmn",
    ),
    path("process-drafts/begin", beginning.process_draft_begin, name="process_draft_begin"),
    path("process-drafts/<uuid:draft_id>", outlining.process_draft, name="process_draft"),
    path(
        "process-drafts/<uuid:draft_id>/draft.svg",
        pictures.process_draft_picture,
        name="process_draft_picture",
    ),
    path(
        "process-drafts/<uuid:draft_id>/compare",
        publishing.process_draft_compare,
        name="process_draft_compare",
    ),
    path(
        "process-drafts/<uuid:draft_id>/history",
        publishing.process_draft_history,
        name="process_draft_history",
    ),
    path(
        "process-drafts/<uuid:draft_id>/draft.json", beginning.process_draft_file, name="process_draft_file"
    ),
    path(
        "process-drafts/<uuid:draft_id>/put-in", beginning.process_draft_put_in, name="process_draft_put_in"
    ),
    path(
        "process-drafts/<uuid:draft_id>/discard",
        publishing.process_draft_discard,
        name="process_draft_discard",
    ),
    path(
        "process-drafts/<uuid:draft_id>/publish",
        publishing.process_draft_publish,
        name="process_draft_publish",
    ),
    path("process-drafts/<uuid:draft_id>/impact", impact.process_draft_impact, name="process_draft_impact"),
    path(
        "process-impacts/<uuid:impact>/dossiers",
        impact.process_impact_dossiers,
        name="process_impact_dossiers",
    ),
    path("process-drafts/<uuid:draft_id>/tests", testing.process_draft_tests, name="process_draft_tests"),
    path(
        "process-drafts/<uuid:draft_id>/tests/<str:code>",
        testing.process_draft_test,
        name="process_draft_test",
    ),
    path("process-versions/<uuid:version>/move", moving.process_move, name="process_move"),
    path("process-versions/<uuid:version>/adopt", adopting.process_adopt, name="process_adopt"),
]
