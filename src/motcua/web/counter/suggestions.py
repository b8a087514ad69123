"""Procedures as search fields and lists offer them."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from motcua.catalogue.selectors import Found

LONGEST_LABEL = 180


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One procedure to choose; `href` opens the receiving screen with it."""

    label: str
    detail: str
    href: str
    code: str


def suggested(found: Iterable[Found], *, visit: str = "") -> list[Suggestion]:
    """`found` in its order; choosing one goes on with `visit`. Titles are cut: one in the national
    catalogue has 1,094 letters."""
    page = reverse("receive")
    going_on = {"visit": visit} if visit else {}
    return [
        Suggestion(
            label=f.title if len(f.title) <= LONGEST_LABEL else f"{f.title[:LONGEST_LABEL].rstrip()}…",
            detail=f"{f.code} · {f.sector}",
            href=f"{page}?{urlencode({'procedure': f.code} | going_on)}",
            code=f.code,
        )
        for f in found
    ]
