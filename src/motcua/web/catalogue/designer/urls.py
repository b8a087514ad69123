"""The pages of the designer."""

from django.urls import URLPattern, path

from motcua.web.catalogue.designer import beginning, listing, outlining, publishing

urlpatterns: list[URLPattern] = [
    path("forms", listing.eforms, name="eforms"),
    path("form-drafts/begin", beginning.eform_begin, name="eform_begin"),
    path("forms/<slug:code>", listing.eform, name="eform"),
    path("forms/<slug:code>/compare", listing.eform_compare, name="eform_compare"),
    path("forms/<slug:code>/<int:number>.json", listing.eform_version_file, name="eform_version_file"),
    path("forms/<slug:code>/draft", outlining.eform_draft, name="eform_draft"),
    path("forms/<slug:code>/draft/preview", publishing.eform_draft_preview, name="eform_draft_preview"),
    path("forms/<slug:code>/draft/compare", publishing.eform_draft_compare, name="eform_draft_compare"),
    path("forms/<slug:code>/draft/history", publishing.eform_draft_history, name="eform_draft_history"),
    path("forms/<slug:code>/draft/draft.json", beginning.eform_draft_file, name="eform_draft_file"),
    path("forms/<slug:code>/draft/put-in", beginning.eform_draft_put_in, name="eform_draft_put_in"),
    path("forms/<slug:code>/draft/discard", publishing.eform_draft_discard, name="eform_draft_discard"),
    path("forms/<slug:code>/draft/publish", publishing.eform_draft_publish, name="eform_draft_publish"),
]
