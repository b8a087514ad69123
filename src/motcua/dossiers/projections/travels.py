"""Papers on their way: nothing of the dossier's state, clock or holder changes with them."""

from motcua.dossiers import events as e
from motcua.dossiers.projections.base import Changes, Meta, Projections
from motcua.dossiers.row import Row
from motcua.dossiers.travels import arrived, changed
from motcua.kernel.codec import encode


def _sent(row: Row, event: e.PapersSent, meta: Meta) -> Changes:
    told = {name: getattr(event, name) for name in _SENT}
    travel = {
        **told,
        "seq": meta.seq,
        "sent_at": event.occurred_at,
        "sent_by": meta.actor["id"],
        "sent_for": meta.actor["for"] or "",
        "outcome": "",
        "note": None,
        "signed_at": None,
        "signed_by": "",
        "signed_for": "",
        "settled": "",
        "settle_note": None,
        "settled_at": None,
        "settled_by": "",
        "last": True,
    }
    before = [{**one, "last": False} if one["what"] == event.what else one for one in row["travels"]]
    return _alone(row, {"travels": [*before, encode(travel)]})


_SENT = (
    "what", "manifest", "from_agency", "from_unit", "to_agency", "to_unit", "originals", "copies", "carrier",
    "tracking_number",
)  # fmt: skip


def _signed(row: Row, event: e.PapersSigned, meta: Meta) -> Changes:
    news = changed(
        row,
        event.sent,
        outcome=event.outcome,
        note=event.note.content if event.note else None,
        signed_at=event.occurred_at,
        signed_by=meta.actor["id"],
        signed_for=meta.actor["for"] or "",
    )
    return _alone(row, news | _there_since(row, news, event))


def _settled(row: Row, event: e.PapersSettled, meta: Meta) -> Changes:
    news = changed(
        row,
        event.sent,
        settled=event.way,
        settle_note=event.note.content,
        settled_at=event.occurred_at,
        settled_by=meta.actor["id"],
    )
    return _alone(row, news | _there_since(row, news, event))


def _there_since(row: Row, news: Row, event: e.PapersSigned | e.PapersSettled) -> Row:
    """A result that lay on the shelf and is back where it is given out is available there since then, not since before
    it left."""
    one = next(one for one in news["travels"] if one["seq"] == event.sent)
    place = arrived(one)
    if row["available_at"] is None or one["what"] != "result" or place is None:
        return {}
    return {"available_at": event.occurred_at} if place.agency == row["desk_agency"] else {}


def _alone(row: Row, columns: Row) -> Changes:
    """Where papers lie leaves a proposal standing, a receipt that may be void and a step that may be recalled."""
    return Changes({name: row[name] for name in ("pending", "untouched", "sent")} | columns)


PROJECT: Projections = {
    e.PapersSent.TYPE: _sent,
    e.PapersSigned.TYPE: _signed,
    e.PapersSettled.TYPE: _settled,
}
