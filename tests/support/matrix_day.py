"""Who opens the pages of an officer's day."""

from collections.abc import Mapping

from tests.support.matrix_people import BEYOND, BLIND, ELSEWHERE, EVERYBODY, HOTLINE, LEADERS, NOBODY, READERS

_KEY = "infinity_00000000-0000-7000-8000-000000000000"
# Rules as Rule(*...) takes them: who, what others get, for whom it is absent, what the hotline gets.
DAY_PAGES: Mapping[str, tuple[frozenset[str], int, frozenset[str], int]] = {
    "paper_manifests": ((READERS - HOTLINE) | BEYOND | ELSEWHERE, 403, frozenset(), 403),
    "new_manifest": ((READERS - HOTLINE - {"inspector"}) | BEYOND | ELSEWHERE, 403, frozenset(), 403),
    "paper_manifest": (READERS - HOTLINE, 404, BEYOND | ELSEWHERE, 403),
    "manifest_sheet": (READERS - HOTLINE, 404, BEYOND | ELSEWHERE, 403),
    "inbox_filters": (EVERYBODY - HOTLINE, 403, frozenset(), 403),
    "signing": (LEADERS | {"next commune: chair", "section_head"}, 403, frozenset(), 403),
    "load": (LEADERS | {"next commune: chair", "section_head"}, 403, frozenset(), 403),
    "likely_late": (LEADERS | {"next commune: chair", "section_head"}, 403, frozenset(), 403),
    "load_of": (LEADERS | {"next commune: chair", "section_head"}, 403, frozenset(), 403),
    "dossier_notes": (READERS - HOTLINE, 404, NOBODY, 403),
    "consultation_notes": (frozenset({"next commune: chair"}), 404, ELSEWHERE, 403),
    "plan": (EVERYBODY - BLIND - {"inspector", "hotline"}, 403, NOBODY, 403),
    "plan_feed": (EVERYBODY - BLIND - {"inspector", "hotline"}, 403, NOBODY, 403),
    "notices": (EVERYBODY - HOTLINE, 403, frozenset(), 403),
    # One's own, and nobody else's.
    "notice": (NOBODY, 404, frozenset(), 403),
    # It asks, and says of each dossier why it is not theirs.
    "bulk_act": (EVERYBODY - HOTLINE, 403, frozenset(), 403),
    # One's own list: it leads on, or back to the list.
    "inbox_beside": (NOBODY, 302, frozenset(), 403),
}
DAY_PATHS: Mapping[str, str] = {
    "paper_manifests": "/manifests",
    "new_manifest": "/manifests/new",
    "paper_manifest": "/manifests/{paper_manifest}",
    "manifest_sheet": "/manifests/{paper_manifest}.pdf",
    "inbox_filters": "/inbox/filters",
    "signing": "/signing",
    "dossier_notes": "/dossiers/{in_process}/notes",
    "consultation_notes": "/consultations/{consultation}/notes",
    "plan": "/plan",
    "plan_feed": "/plan/feed",
    "notices": "/notices",
    "notice": "/notices/00000000-0000-7000-8000-000000000000",
    "load": "/load",
    "likely_late": "/load/late",
    "load_of": "/load/dossiers?who=nobody&queue=H99.01.01/justice_officer",
    "bulk_act": "/inbox/acts?do=start&codes={received}",
    "inbox_beside": f"/inbox/next?at={_KEY}",
}
