"""What `ledger check` compares with the events of pads: what was issued, and what was decided on single sheets."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.db import connection

from motcua.ledger.chain import Envelope, Fault
from motcua.ledger.inspection import Batch
from motcua.pads.events import LateEntryAllowed, PadIssued, PadSheetVoided

# An event's instant may be raised to its stream's last one (ledger.operations.append).
RAISED = timedelta(seconds=2)
STANDS_AS = {PadSheetVoided.TYPE: ("void",), LateEntryAllowed.TYPE: ("allowed", "used")}
_FIELDS = ("code", "form", "first", "last", "enter_within")


def pads(batch: Batch) -> Iterator[Fault]:
    """Pads and sheets decided upon that are not as their agency's events say, are gone, or stand without an event."""
    issued: dict[UUID, Envelope] = {}
    decided: dict[tuple[UUID, int], Envelope] = {}
    for _stream, envelopes in batch:
        for event in envelopes:
            if event.type == PadIssued.TYPE:
                issued[UUID(event.data["pad"])] = event
            elif event.type in STANDS_AS:
                decided[UUID(event.data["pad"]), event.data["number"]] = event
    if not issued:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, issued_at, agency, code, form, first, last, enter_within FROM pads_pad WHERE id = ANY(%s)",
            [list(issued)],
        )
        rows = {pad: rest for pad, *rest in cursor.fetchall()}
        cursor.execute(
            "SELECT pad_id, number, state, ground FROM pads_sheet WHERE pad_id = ANY(%s) AND ground <> ''",
            [list(issued)],
        )
        sheets = {(pad, number): (state, ground) for pad, number, state, ground in cursor.fetchall()}
    for pad, event in issued.items():
        at, *told = rows.get(pad) or (None,)
        if at is None:
            yield Fault(event.stream, event.seq, f"deleted: the pad {event.data['code']}")
        elif told != [event.agency, *(event.data[name] for name in _FIELDS)] or not (
            timedelta() <= event.at - at <= RAISED
        ):
            yield Fault(event.stream, event.seq, f"altered: the pad {event.data['code']}")
    for key, event in decided.items():
        state, ground = sheets.pop(key, ("", ""))
        if state not in STANDS_AS[event.type] or ground != event.data["ground"]:
            yield Fault(event.stream, event.seq, f"altered: sheet {key[1]} of a pad")
    for pad, number in sheets:
        yield Fault(issued[pad].stream, 0, f"added: no event decides on sheet {number} of a pad")


def strays() -> Iterator[Fault]:
    """Pads that no event issued, told by their numbers: those of an agency are 1 to the last without a gap."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT agency FROM pads_pad GROUP BY agency HAVING sum(last - first + 1) <> max(last) OR min(first) <> 1"
            " ORDER BY agency LIMIT 200"
        )
        for (agency,) in cursor.fetchall():
            yield Fault(None, 0, f"numbers: the sheets of the pads of {agency} are not 1 to the last")
