"""What officers wrote to themselves and to each other about a dossier, as one thread: whose it is to read, and who of
those it is for has seen it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.agencies.positions import LOOKING, WORKING
from motcua.dossiers import events as e
from motcua.dossiers.consulted import Asked, is_asked, shares
from motcua.dossiers.mandated import out_of_scope, reaching
from motcua.dossiers.others import look, look_by_id
from motcua.dossiers.policy import sees_people
from motcua.dossiers.record import no_such
from motcua.dossiers.row import Row
from motcua.dossiers.states import Act
from motcua.kernel.actor import Actor, Viewer
from motcua.kernel.errors import Denied
from motcua.kernel.say import Say
from motcua.kernel.time import parse_utc
from motcua.ledger.chain import Envelope

NOTE, MESSAGE = e.NoteWritten.TYPE, e.MessageWritten.TYPE
WRITTEN = frozenset({NOTE, MESSAGE})
OWN, UNIT = "own", "unit"


@dataclass(frozen=True, slots=True)
class Said:
    """A note (`whose`: own, unit) or a message (`whose` is ""), by event `seq`; `to` None for a note. `answers`: the
    message it answers, 0 for none; `seen`: who of those it is for saw it first, and when."""

    seq: int
    at: datetime
    by: UUID
    agency: str
    unit: UUID | None
    text: str
    whose: str = ""
    to: Mapping[str, Any] | None = None
    answers: int = 0
    seen: tuple[tuple[UUID, datetime], ...] = ()

    @property
    def to_name(self) -> Say | None:
        """Whom it is for, as they were called then."""
        return Say(self.to["name"], self.to["name_en"]) if self.to else None


def house(row: Row) -> set[str]:
    """The agencies that open the dossier: its desk, who decides, who did before, and the other side of a transfer."""
    found = {row["desk_agency"], row["competent_agency"], *(left["agency"] for left in row["earlier"])}
    return found | ({row["transfer"]["to"]} if row["transfer"] else set())


def asked_bodies(row: Row) -> dict[str, Asked]:
    """The other agencies whose opinion is asked or was given, with what was asked last."""
    asked = {one["agency"]: one for one in row["consultations"] if shares(one)}
    return {agency: one for agency, one in asked.items() if agency not in house(row)}


def lead_of(row: Row) -> str:
    """Of a part of an inter-agency dossier the agency that leads that; "" where there is none, or it opens the part."""
    return "" if row["lead_agency"] in house(row) else str(row["lead_agency"])


def neighbours(row: Row) -> set[str]:
    """The agencies that do not open the dossier, and that who does writes to: who leads it, and who was asked."""
    return {lead_of(row), *asked_bodies(row)} - {""}


def of_part(code: str, *, viewer: Viewer) -> Row:
    """A part, for who leads the dossier it is of and may read whom that is about: to write to each other. Two
    statements. Raises NotFound for everybody else."""
    row = look(code)
    lead = look_by_id(row["parent"]) if row is not None and row["parent"] else None
    if row is None or lead is None or not viewer.sees(lead_of(row), LOOKING) or not sees_people(viewer, lead):
        raise no_such(code)
    return row


def check_writes(actor: Actor, row: Row) -> None:
    """Raise Denied unless `actor` works on dossiers in an agency that opens this one, or leads the dossier it is a part
    of, or was asked for an opinion; a mandate that names acts reaches to messages about opinions it names, and to no
    others."""
    works = actor.kind == "staff" and actor.position_kind in WORKING
    opens = actor.agency in house(row) | {lead_of(row)} and not actor.acts
    asked = any(is_asked(actor, one, actor.id) for one in asked_bodies(row).values())
    if not works or not (opens or asked):
        raise Denied(
            "Vị trí của bạn không ghi chú, nhắn tin ở hồ sơ này.",
            "Your position writes no notes and messages on this dossier.",
        )
    if (reason := out_of_scope(actor, None if opens else Act.ANSWER_CONSULTATION, row)) is not None:
        raise Denied(reason.vi, reason.en)


def is_for(viewer: Viewer, to: Mapping[str, Any], row: Row) -> bool:
    """Whether a message about the dossier `row` is for `viewer`: for them, for whom they stand in, for their unit or
    their agency."""
    seats = reaching(viewer, row)
    if to["account"]:
        return to["account"] in {str(viewer.account), *(c.acting_for for c in seats)}
    there = [c for c in seats if c.kind in WORKING and c.agency == to["agency"]]
    return any(not to["unit"] or str(c.unit) == to["unit"] for c in there)


def _reads_note(viewer: Viewer, data: Mapping[str, Any], by: str) -> bool:
    """One's own, one's unit's; who only looks into the agency, as inspectors do, reads all."""
    place = data["place"]
    if by == str(viewer.account):
        return True
    looks_over = LOOKING - WORKING
    in_unit = any(c.agency == place["agency"] and str(c.unit) == place["unit"] for c in viewer.capacities)
    return viewer.sees(place["agency"], looks_over) or (data["whose"] == UNIT and in_unit)


def thread(
    dossier: UUID, envelopes: Sequence[Envelope], texts: Mapping[UUID, str], *, viewer: Viewer
) -> tuple[Said, ...]:
    """What `viewer` may read, the oldest first. The caller has checked that they open the dossier. One statement where
    there are messages, else none."""
    written = [x for x in envelopes if x.type in WRITTEN]
    seen = _seen(dossier) if any(x.type == MESSAGE for x in written) else {}
    return tuple(
        _said(x, texts, seen)
        for x in written
        if x.type == MESSAGE or _reads_note(viewer, x.data, x.actor["id"])
    )


def with_agency(found: Sequence[Said], agency: str) -> tuple[Said, ...]:
    """Of a thread the messages that went to and fro with `agency`."""
    return tuple(x for x in found if x.to and agency in (x.agency, x.to["agency"]))


def _said(x: Envelope, texts: Mapping[UUID, str], seen: Mapping[int, list[tuple[UUID, datetime]]]) -> Said:
    place = x.data["place"]
    return Said(
        seq=x.seq,
        at=parse_utc(x.data["occurred_at"]),
        by=UUID(x.actor["id"]),
        agency=place["agency"],
        unit=UUID(place["unit"]) if place["unit"] else None,
        text=texts.get(UUID(x.data["text"]["content"]), ""),
        whose=x.data.get("whose", ""),
        to=x.data.get("to"),
        answers=x.data.get("answers", 0),
        seen=tuple(seen.get(x.seq, ())),
    )


def _seen(dossier: UUID) -> dict[int, list[tuple[UUID, datetime]]]:
    found: dict[int, list[tuple[UUID, datetime]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seq, account, at FROM dossiers_messageseen WHERE dossier = %s ORDER BY at, account",
            [dossier],
        )
        for seq, account, at in cursor.fetchall():
            found.setdefault(seq, []).append((account, at))
    return found


def mark_read(row: Row, found: Sequence[Said], *, viewer: Viewer, at: datetime) -> None:
    """Write down that messages for `viewer` were seen by them. Outside units of work, as a look is; one statement the
    first time, none after."""
    new = [
        x.seq
        for x in found
        if x.to and is_for(viewer, x.to, row) and all(account != viewer.account for account, _at in x.seen)
    ]
    if new:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO dossiers_messageseen (dossier, seq, account, at) SELECT %s, seq, %s, %s"
                " FROM unnest(%s::int[]) seq ON CONFLICT DO NOTHING",
                [row["id"], viewer.account, at, new],
            )
