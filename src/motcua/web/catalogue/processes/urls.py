"""The pages of processes. A code comes last in an address: it may hold what the approved table holds."""

from django.urls import URLPattern, path

from motcua.web.catalogue.processes import adopting, listing, pictures

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
    path("process-versions/<uuid:version>/adopt", adopting.process_adopt, name="process_adopt"),
]
