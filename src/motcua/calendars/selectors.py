"""The calendar in force for an agency."""

import functools
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.calendars.calendar import WorkCalendar
from motcua.calendars.editions import Edition, edition_from
from motcua.calendars.models import PublishedEdition


@functools.lru_cache(maxsize=4096)
def _edition(edition: UUID) -> Edition:
    return edition_from(PublishedEdition.objects.get(id=edition).body)


@functools.lru_cache(maxsize=1024)
def _calendar(editions: tuple[UUID, ...]) -> WorkCalendar:
    return WorkCalendar([_edition(e) for e in editions])


def calendar_of(agency: str) -> WorkCalendar:
    """The working calendar of `agency` ("" for the nation's): shipped editions, then those published here, the
    nation's before the agency's, each in order of publication. One statement; the calendar itself is kept in
    the process, as editions never change."""
    return _calendar(tuple(edition for edition, _ in _published(agency)))


def calendars_of(*agencies: str) -> list[WorkCalendar]:
    """The same for several agencies, in their order. One statement."""
    published = _published(*agencies)
    return [
        _calendar(tuple(edition for edition, owner in published if owner in ("", agency)))
        for agency in agencies
    ]


# For a statement of a module above that asks for more at once; its answer goes to `calendar_from`.
EDITIONS_OF = (
    "SELECT array_agg(id ORDER BY agency = '' DESC, published_at, id)"
    " FROM calendars_publishededition WHERE agency IN ('', %(agency)s)"
)


def calendar_from(editions: Sequence[UUID] | None) -> WorkCalendar:
    """The calendar of an agency, of what EDITIONS_OF answered."""
    return _calendar(tuple(editions or ()))


def editions_of(agency: str) -> tuple[UUID, ...]:
    """The editions that make the calendar of `agency`, in the order in which they are laid. One statement."""
    return tuple(edition for edition, _ in _published(agency))


def calendar_with(agency: str, *, document: Mapping[str, Any], publisher: str) -> WorkCalendar:
    """The calendar of `agency` as it would be with `document` published for `publisher` ("" for the nation).

    Raises Invalid where the document is wrong.
    """
    published = _published(agency)
    nation = [_edition(edition) for edition, owner in published if not owner]
    own = [_edition(edition) for edition, owner in published if owner]
    (own if publisher else nation).append(edition_from(document))
    return WorkCalendar([*nation, *own])


def _published(*agencies: str) -> list[tuple[UUID, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, agency FROM calendars_publishededition WHERE agency = '' OR agency = ANY(%s)"
            " ORDER BY agency = '' DESC, published_at, id",
            [list(agencies)],
        )
        return [(edition, owner) for edition, owner in cursor.fetchall()]
