"""The pages of this surface."""

from django.urls import URLPattern, path, re_path

from motcua.web.portal import eform, feeds, messages, paying, platform, posting, prints, procedures, views

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("track", views.track, name="track"),
    path("t/<str:token>", views.track_token, name="track_token"),
    path("tracking", views.tracking, name="tracking"),
    path("tracking/payment", paying.tracking_payment, name="tracking_payment"),
    path("tracking/messages", messages.tracking_messages, name="tracking_messages"),
    path("payments/platform/back", paying.platform_back, name="platform_back"),
    path("payments/platform/confirm", platform.platform_confirm, name="platform_confirm"),
    path("procedures", procedures.procedures, name="procedures"),
    re_path(r"^procedures/(?P<code>[0-9][^/]*)$", procedures.procedure, name="procedure"),
    re_path(r"^procedures/(?P<code>[0-9][^/]*)/form$", eform.procedure_form, name="procedure_form"),
    re_path(
        r"^procedures/(?P<code>[0-9][^/]*)/form\.pdf$",
        eform.procedure_form_paper,
        name="procedure_form_paper",
    ),
    re_path(
        r"^procedures/(?P<code>[0-9][^/]*)/form\.schema\.json$",
        eform.procedure_form_schema,
        name="procedure_form_schema",
    ),
    path("posting", posting.postings, name="postings"),
    path("posting/prints", prints.prints, name="prints"),
    path("posting/<str:agency>", posting.posting, name="posting"),
    path("posting/<str:agency>/sheets.pdf", prints.posting_sheets, name="posting_sheets"),
    path("posting/<str:agency>/poster.pdf", prints.posting_poster, name="posting_poster"),
    path("posting/<str:agency>/<str:code>.pdf", prints.posting_sheet, name="posting_sheet"),
    path("open-data", feeds.open_data_page, name="open_data"),
    path("open-data/procedures.json", feeds.procedures, name="open_procedures"),
    path("open-data/procedures/<str:code>.json", feeds.procedure, name="open_procedure"),
    path("open-data/changes.json", feeds.changes, name="open_changes"),
    path("open-data/schema.json", feeds.schema, name="open_schema"),
    path("open-data/catalogue.jsonl.gz", feeds.dump, name="open_dump"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("sitemap-<int:part>.xml", feeds.sitemap, name="sitemap_part"),
    path("robots.txt", feeds.robots, name="robots"),
]
