"""Publishing a calendar edition, and seeing first what it would move."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.agencies.selectors import agency as agency_facts
from motcua.calendars import operations as calendars
from motcua.calendars.selectors import calendar_of, calendar_with
from motcua.dossiers.moves import Move, moves
from motcua.kernel.actor import Actor


def publish_calendar(
    *, document: Mapping[str, Any], agency: str, basis: str, actor: Actor, at: datetime
) -> UUID:
    """Publish an edition for the nation (agency "") or one agency; a reaction then moves the open dossiers.

    Raises NotFound for an unknown agency, Invalid where the document is wrong.
    """
    if agency:
        agency_facts(agency)
    return calendars.publish(document=document, agency=agency, basis=basis, actor=actor, at=at)


def foresee(*, document: Mapping[str, Any], agency: str) -> list[Move]:
    """Which open dossiers `document` would move, published for the nation (agency "") or one agency. Writes
    nothing. Raises as `publish_calendar`."""
    if agency:
        agency_facts(agency)
    return moves(agency=agency, calendar=lambda a: calendar_with(a, document=document, publisher=agency))


def not_moved_yet(*, agency: str) -> list[Move]:
    """Open dossiers that do not stand yet where the calendar in force says: the reaction is still to come."""
    return moves(agency=agency, calendar=calendar_of)
