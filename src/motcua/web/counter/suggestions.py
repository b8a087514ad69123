"""Procedures as search fields and lists offer them."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from motcua.catalogue.selectors import Found
from motcua.certification.rules import kind_of_procedure
from motcua.kernel.actor import Capacity
from motcua.processes.running import has_adopted

LONGEST_LABEL = 180


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One procedure to choose; `href` opens the receiving screen with it."""

    label: str
    detail: str
    href: str
    code: str


def received_by(seat: Capacity) -> frozenset[str] | None:
    """The procedures that a representative receives: those their agency runs, without what is certified, which the
    desk's own books hold. None for the desk's officers, who receive whatever is found. One statement."""
    if not seat.posted_by:
        return None
    return frozenset(code for code in has_adopted(seat.posted_by) if kind_of_procedure(code) is None)


def suggested(found: Iterable[Found], *, visit: str = "") -> list[Suggestion]:
    """`found` in its order; choosing one goes on with `visit`. Titles are cut: one in the national
    catalogue has 1,094 letters."""
    return [
        Suggestion(
            label=f.title if len(f.title) <= LONGEST_LABEL else f"{f.title[:LONGEST_LABEL].rstrip()}…",
            detail=f"{f.code} · {f.sector}",
            href=certification_desk(f.code, visit=visit) or _receiving(f.code, visit=visit),
            code=f.code,
        )
        for f in found
    ]


def certification_desk(procedure: str, *, visit: str) -> str:
    """Where the certification desk does this procedure, with number, pages and fee in one go; "" where it does not."""
    kind = kind_of_procedure(procedure)
    if kind is None:
        return ""
    clause = kind.clause_for(procedure)
    said = {"kind": kind.code} | ({"line-0-clause": clause} if clause else {})
    return _address(reverse("certification"), said, visit=visit)


def typing_page(procedure: str, *, visit: str) -> str:
    """Where this procedure is handed in for the person, and what it asks typed."""
    return _address(reverse("assist_begin", args=[procedure]), {}, visit=visit)


def _receiving(procedure: str, *, visit: str) -> str:
    return _address(reverse("receive"), {"procedure": procedure}, visit=visit)


def _address(page: str, said: dict[str, str], *, visit: str) -> str:
    asked = urlencode(said | ({"visit": visit} if visit else {}))
    return f"{page}?{asked}" if asked else page
