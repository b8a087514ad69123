"""Events for tests of the ledger itself, on the stream of an agency."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar
from uuid import UUID

from django.db import connection

from motcua.agencies.operations import decide_on_stream
from motcua.kernel.actor import SYSTEM, Actor
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.operations import claim

AGENCY = "H99"
AT = datetime(2026, 8, 24, 2, 10, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """An event that says nothing but its text."""

    TYPE: ClassVar[str] = "test_noted"
    VERSION: ClassVar[int] = 1

    text: str


def stream_of(agency: str = AGENCY) -> UUID:
    """The stream that `agency` owns."""
    return _owner(agency)[0]


def head_of(agency: str = AGENCY) -> int:
    """The seq of the last event on the stream of `agency`."""
    return _owner(agency)[1]


def _owner(agency: str) -> tuple[UUID, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT stream, head_seq FROM agencies_agency WHERE code = %s", [agency])
        stream, seq = cursor.fetchone()
        return stream, seq


def note(
    text: str = "x",
    *,
    agency: str = AGENCY,
    at: datetime = AT,
    actor: Actor = SYSTEM,
    request: Request | None = None,
    origin: str = "simulated",
) -> None:
    """Append one event to the agency's stream in a unit of work; a given `request` is claimed first."""
    asked = request or Request.fresh()
    with unit_of_work(actor=actor, at=at, request=asked, origin=origin):
        if request is not None:
            claim(stream=stream_of(agency), seq=head_of(agency) + 1, actor=actor, at=at)
        decide_on_stream(agency=agency, event=Noted(text=text), actor=actor, at=at)


def count(table: str) -> int:
    """How many rows `table` holds."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        return int(cursor.fetchone()[0])
