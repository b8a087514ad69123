"""From events to rows: where each guidance record stands. The act at work and the replay use the same function."""

from collections.abc import Iterable, Mapping
from typing import Any

from motcua.kernel.codec import decode
from motcua.ledger.chain import Envelope
from motcua.reception import events as e

Row = dict[str, Any]
TYPES: dict[str, type[Any]] = {kind.TYPE: kind for kind in e.EVENTS}
TABLE = "reception_guidancestanding"
GIVEN, PROPOSED, DECLINED = "given", "proposed", "declined"
GUIDANCE, REFUSAL = "02", "03"


def project(event: Any, *, agency: str, by: str, acting_for: str | None) -> Row:
    """The columns that `event` sets of the record it names."""
    if isinstance(event, e.ReturnAnswered):
        return {
            "standing": GIVEN if event.approved else DECLINED,
            "answered_at": event.occurred_at,
            "answered_by": by,
            "word": event.word.content,
        }
    if isinstance(event, e.GuidanceClosed):
        return {"dossier": event.dossier}
    proposed = isinstance(event, e.ReturnProposed)
    given = REFUSAL if isinstance(event, e.RefusalGiven) else GUIDANCE
    return {
        "agency": agency,
        "number": event.number,
        "form": event.form if proposed else given,
        "procedure": event.procedure,
        "standing": PROPOSED if proposed else GIVEN,
        "told_at": event.occurred_at,
        "told_by": by,
        "told_for": acting_for or "",
        "earlier": list(event.earlier) if proposed else [],
        "answered_at": None,
        "answered_by": "",
        "word": None,
        "dossier": "",
    }


def replay(envelopes: Iterable[Envelope]) -> Mapping[str, list[Row]]:
    """The rows of one agency, rebuilt from its stream."""
    rows: dict[str, Row] = {}
    for envelope in envelopes:
        event: Any = decode(TYPES[envelope.type], envelope.data)
        by, acting_for = envelope.actor["id"], envelope.actor["for"]
        changes = project(event, agency=envelope.agency, by=by, acting_for=acting_for)
        rows[event.number] = rows.get(event.number, {}) | changes
    return {TABLE: list(rows.values())}
