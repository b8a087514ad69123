"""The calendar in force for an agency."""

import functools
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
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM calendars_publishededition WHERE agency IN ('', %s)"
            " ORDER BY agency = '' DESC, published_at, id",
            [agency],
        )
        return _calendar(tuple(row[0] for row in cursor.fetchall()))
