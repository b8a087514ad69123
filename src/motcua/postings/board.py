"""What an agency posts for everybody to read: the procedures it handles on a day, and what comes into force next."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from motcua.agencies.bodies import SETTLING_PARTS
from motcua.agencies.selectors import AgencyFacts, agency, agency_codes
from motcua.catalogue.listing import Facet, Listed, Wanted, facets_of, listing
from motcua.catalogue.selectors import Offer, offers
from motcua.kernel.errors import NotFound
from motcua.kernel.say import Say

_RUNS = (
    "SELECT DISTINCT procedure FROM processes_adoption WHERE agency = %(agency)s AND valid_from <= %(on)s"
    " AND (valid_to IS NULL OR valid_to > %(on)s)"
)
# What it runs, since when the version in force is, and the versions that come.
_HANDLED = f"""
SELECT a.procedure, max(v.effective_from) FILTER (WHERE v.effective_from <= %(on)s),
       (jsonb_agg(jsonb_build_object('on', v.effective_from, 'title', v.body->'title', 'decision', v.decision))
        FILTER (WHERE v.effective_from > %(on)s))::text
FROM ({_RUNS}) a
JOIN catalogue_procedure p ON p.code = a.procedure AND (p.closed_on IS NULL OR p.closed_on > %(on)s)
JOIN catalogue_version v ON v.procedure_id = a.procedure AND v.withdrawn_at IS NULL
GROUP BY a.procedure
"""  # noqa: S608 - fixed parts only
_COUNTS = """
SELECT a.agency, count(DISTINCT a.procedure) FROM processes_adoption a
JOIN catalogue_procedure p ON p.code = a.procedure AND (p.closed_on IS NULL OR p.closed_on > %(on)s)
JOIN agencies_agency g ON g.code = a.agency AND NOT g.body = ANY(%(parts)s)
WHERE a.valid_from <= %(on)s AND (a.valid_to IS NULL OR a.valid_to > %(on)s)
GROUP BY a.agency
"""


@dataclass(frozen=True, slots=True)
class Coming:
    """A version that comes into force on a day: of a procedure posted already, or of one that is new here."""

    code: str
    on: date
    title: Say
    decision: str
    new: bool


@dataclass(frozen=True, slots=True)
class Posted:
    """A procedure as the agency offers it, and the day its version came into force."""

    place: int
    offer: Offer
    since: date


@dataclass(frozen=True, slots=True)
class Board:
    """The board of `agency` on a day: what stands there in the order of sectors and titles, by codes; since when each
    is in force, and what comes."""

    agency: AgencyFacts
    on: date
    listed: tuple[Listed, ...]
    since: dict[str, date]
    sectors: tuple[Facet, ...]
    coming: tuple[Coming, ...]

    def narrowed(self, wanted: Wanted) -> list[Listed]:
        """Those that `wanted` leaves, in the board's order, or by likeness where words are typed. One statement."""
        return [one for one in listing(on=self.on).find(wanted) if one.code in self.since]

    def posted(self, codes: Sequence[str]) -> list[Posted]:
        """`codes` as this agency offers them, in that order. Two statements at most, however many they are."""
        found = offers(codes, agency=self.agency.code, province=self.agency.parent, on=self.on)
        places = {one.code: place for place, one in enumerate(self.listed, 1)}
        return [Posted(places[code], found[code], self.since[code]) for code in codes if code in found]


def board(code: str, *, on: date) -> Board:
    """The board of the agency `code` on a day. Two statements while nothing was published. Raises NotFound for an
    agency that there is not."""
    facts = agency(code)
    with connection.cursor() as cursor:
        cursor.execute(_HANDLED, {"agency": code, "on": on})
        rows = cursor.fetchall()
    shelf = listing(on=on)
    since = {procedure: began for procedure, began, _ in rows if began is not None}
    listed = tuple(one for one in shelf.all if one.code in since)
    return Board(
        agency=facts,
        on=on,
        listed=listed,
        since=since,
        sectors=facets_of(one.sector for one in listed),
        coming=tuple(sorted(_coming(rows), key=lambda one: (one.on, one.code))),
    )


def _coming(rows: Iterable[tuple[str, date | None, str | None]]) -> Iterator[Coming]:
    for code, since, told in rows:
        for one in json.loads(told) if told else ():
            title = Say(one["title"]["vi"], one["title"].get("en") or "")
            yield Coming(code, date.fromisoformat(one["on"]), title, one["decision"], new=since is None)


@dataclass(frozen=True, slots=True)
class Poster:
    """An agency with a board, and how many procedures stand there."""

    agency: AgencyFacts
    procedures: int


def posters(*, on: date) -> list[Poster]:
    """The agencies that handle something on a day, in the order of the agencies. Two statements."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"on": on, "parts": sorted(SETTLING_PARTS)})
        counts = dict(cursor.fetchall())
    return [Poster(agency(code), counts[code]) for code in agency_codes() if code in counts]


def one_posted(found: Board, code: str) -> Posted:
    """One procedure of the board. Raises NotFound for one that this agency does not handle."""
    lines = found.posted([code]) if code in found.since else []
    if not lines:
        raise NotFound(
            f"{found.agency.name} không niêm yết thủ tục {code}.",
            f"{found.agency.called.en} posts no procedure {code}.",
        )
    return lines[0]
