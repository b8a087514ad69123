"""The pages on which staff hand in for others: who opens them, and that somebody else's draft does not exist."""

from collections.abc import Mapping

HELPERS = frozenset({"post_clerk", "volunteer"})
ASSISTS = HELPERS | {"reception_officer", "next commune: reception_officer"}
_NOBODY: frozenset[str] = frozenset()
_SENT_ONLY = 405
_NONE = "00000000-0000-7000-8000-000000000000"
Args = tuple[frozenset[str], int] | tuple[frozenset[str], int, frozenset[str]]
ASSIST_PATHS: Mapping[str, str] = {
    "assist": "/assist",
    "assist_begin": "/assist/begin/2.002516",
    "assist_next": "/assist/next",
    "assist_draft": f"/assist/drafts/{_NONE}",
    "assist_draft_stay": f"/assist/drafts/{_NONE}/stay",
    "assist_draft_sheet": f"/assist/drafts/{_NONE}/consent.pdf",
    "assist_draft_code": f"/assist/drafts/{_NONE}/code",
    "assist_draft_check": f"/assist/drafts/{_NONE}/check",
    "assist_draft_page": f"/assist/drafts/{_NONE}/whom",
    "assist_dossier": "/assist/dossiers/{received}",
    "assist_slip": "/assist/dossiers/{received}/slip.pdf",
}
ASSIST_PAGES: Mapping[str, Args] = {
    **dict.fromkeys(ASSIST_PATHS, (_NOBODY, 403, ASSISTS)),
    "assist": (ASSISTS, 403),
    "assist_begin": (ASSISTS, 403),
    **dict.fromkeys(("assist_next", "assist_draft_stay", "assist_draft_code"), (_NOBODY, _SENT_ONLY)),
}
