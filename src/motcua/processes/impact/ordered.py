"""The moves of running dossiers to a version, as the agencies that ordered them tell: how each ended, and whether the
page of its result still stands."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from motcua.agencies.events import ProcessMoveEnded, ProcessMoveOrdered
from motcua.catalogue.policy import officer_seats
from motcua.kernel.actor import Viewer
from motcua.kernel.codec import decode
from motcua.ledger.selectors import of_types
from motcua.processes.models import Impact

PAGE = 20


@dataclass(frozen=True, slots=True)
class Move:
    """A move: `ended` is None while it goes on; `is_kept`: its dossiers can still be looked at, as nothing was
    previewed anew since; `key`: its place in the list."""

    agency: str
    at: datetime
    by: str
    ordered: ProcessMoveOrdered
    ended: ProcessMoveEnded | None
    is_kept: bool
    key: str


def moves_to(version: UUID, *, viewer: Viewer, after: str = "") -> tuple[tuple[Move, ...], str | None]:
    """A page of the moves to `version` in the agencies whose catalogue `viewer` keeps, the newest first, and the key of
    the next page. Three statements, none for who keeps none."""
    agencies = sorted({seat.agency for seat in officer_seats(viewer)})
    if not agencies:
        return (), None
    with connection.cursor() as cursor:
        cursor.execute("SELECT stream, code FROM agencies_agency WHERE code = ANY(%s)", [agencies])
        streams: dict[UUID, str] = dict(cursor.fetchall())
    kept = Impact.objects.filter(version=version, agency__in=agencies, ordered__isnull=False)
    standing = set(kept.values_list("agency", flat=True))
    found: list[Move] = []
    told = of_types(streams, {ProcessMoveOrdered.TYPE, ProcessMoveEnded.TYPE})
    for stream, envelopes in told.items():
        ended: ProcessMoveEnded | None = None
        for envelope in reversed(envelopes):
            if envelope.data["process_version"] != str(version):
                continue
            if envelope.type == ProcessMoveEnded.TYPE:
                ended = decode(ProcessMoveEnded, envelope.data)
                continue
            agency = streams[stream]
            key = f"{envelope.at.isoformat()}_{stream}"
            ordered = decode(ProcessMoveOrdered, envelope.data)
            by = str(envelope.actor["id"])
            found.append(Move(agency, envelope.at, by, ordered, ended, agency in standing, key))
            standing.discard(agency)  # of an agency only the last is kept
            ended = None
    found = sorted(
        (one for one in found if not after or one.key < after), key=lambda one: one.key, reverse=True
    )
    following = found[PAGE - 1].key if len(found) > PAGE else None
    return tuple(found[:PAGE]), following
