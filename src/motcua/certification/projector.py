"""From a book's events to its rows. The same changes serve the act at work and the replay."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from motcua.certification import events as e
from motcua.dossiers.projector import Meta
from motcua.kernel.codec import decode, encode
from motcua.ledger.chain import Envelope

Row = dict[str, Any]
ENTRY, WAITING, NOTE, BOOK = (
    "certification_entry",
    "certification_waiting",
    "certification_note",
    "certification_book",
)
TABLES = (BOOK, ENTRY, WAITING, NOTE)
TYPES: dict[str, type[Any]] = {kind.TYPE: kind for kind in e.BOOK_EVENTS}


@dataclass(frozen=True, slots=True)
class Update:
    """New values of the rows of `table` that have all of `where` (a list: any of it); `append` adds to lists."""

    table: str
    where: Row
    values: Row
    append: Mapping[str, list[Row]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changes:
    """What an event does: new values of the book, rows it adds to a table, rows it changes or takes away."""

    book: Row
    inserts: tuple[tuple[str, list[Row]], ...] = ()
    updates: tuple[Update, ...] = ()
    deletes: tuple[tuple[str, Row], ...] = ()


def project(book: Row, event: Any, meta: Meta) -> Changes:
    """The changes `event` makes to `book` (of which the first event knows only the id)."""
    changes = _BY_TYPE[event.TYPE](book, event, meta)
    head = {"head_seq": meta.seq, "head_hash": meta.hash, "head_at": meta.at}
    return Changes(changes.book | head, changes.inserts, changes.updates, changes.deletes)


def _opened(_book: Row, event: e.BookOpened, _meta: Meta) -> Changes:
    return Changes(
        {
            "agency": event.agency,
            "of_kind": event.kind,
            "year": event.year,
            "last": 0,
            "closed_day": None,
            "closed_at": None,
        }
    )


def _entered(book: Row, event: e.PapersEntered, meta: Meta) -> Changes:
    rows = [
        {
            "book": book["id"],
            "number": entry.number,
            "day": event.day,
            "at": event.occurred_at,
            "dossier": event.dossier,
            "code": "",
            "paper": entry.paper,
            "clause": entry.clause,
            "pages": entry.pages,
            "count": entry.count,
            "fee": entry.fee,
            "told": entry.told.content if entry.told else None,
            "officer": meta.actor["id"],
            "signer": event.signer,
            "signer_seat": event.signer_seat,
            "signer_mandate": event.signer_mandate or "",
            "signer_for": event.signer_for,
            "visit": event.visit,
            "waited": event.waited,
            "state": "entered",
            "signed_at": None,
            "corrections": [],
        }
        for entry in event.entries
    ]
    gone = ((WAITING, {"dossier": event.dossier}),) if event.waited else ()
    return Changes({"last": event.entries[-1].number}, ((ENTRY, rows),), deletes=gone)


def _taken_in(book: Row, event: e.PapersTakenIn, _meta: Meta) -> Changes:
    row = {
        "dossier": event.dossier,
        "book": book["id"],
        "code": event.code,
        "at": event.occurred_at,
        "due_at": event.due_at,
        "lines": encode(event.lines),
    }
    return Changes({}, ((WAITING, [row]),))


def _waiting_ended(_book: Row, event: e.WaitingEnded, _meta: Meta) -> Changes:
    return Changes({}, deletes=((WAITING, {"dossier": event.dossier}),))


def _signed(book: Row, event: e.PapersSigned, _meta: Meta) -> Changes:
    where = {"book": book["id"], "number": list(event.numbers)}
    values = {"state": "signed", "signed_at": event.occurred_at, "code": event.code}
    return Changes({}, updates=(Update(ENTRY, where, values),))


def _note(book: Row, event: Any, meta: Meta, what: str, **more: Any) -> tuple[tuple[str, list[Row]], ...]:
    row = {
        "book": book["id"],
        "seq": meta.seq,
        "what": what,
        "day": None,
        "at": event.occurred_at,
        "by": meta.actor["id"],
        "acting_for": meta.actor["for"] or "",
        "last": None,
        "count": None,
        "paper": "",
        "ground": "",
        "told": None,
    }
    return ((NOTE, [row | more]),)


def _refused(book: Row, event: e.CertificationRefused, meta: Meta) -> Changes:
    told = event.told.content if event.told else None
    more = {"day": event.day, "paper": event.paper, "ground": event.ground, "told": told}
    return Changes({}, _note(book, event, meta, "refused", **more))


def _corrected(book: Row, event: e.EntryCorrected, meta: Meta) -> Changes:
    mark = {
        "what": event.what,
        "old": event.old,
        "new": event.new,
        "new_text": str(event.new_text.content) if event.new_text else None,
        "reason": str(event.reason.content),
        "by": meta.actor["id"],
        "at": encode(event.occurred_at),
    }
    where = {"book": book["id"], "number": event.number}
    values = {"state": "void"} if event.what == "void" else {}
    return Changes({}, updates=(Update(ENTRY, where, values, {"corrections": [mark]}),))


def _day_closed(book: Row, event: e.DayClosed, meta: Meta) -> Changes:
    more = {"day": event.day, "last": event.last, "count": event.count}
    return Changes({"closed_day": event.day}, _note(book, event, meta, "day_closed", **more))


def _day_reopened(book: Row, event: e.DayReopened, meta: Meta) -> Changes:
    more = {"day": event.day, "told": event.reason.content}
    before = event.day.fromordinal(event.day.toordinal() - 1)
    return Changes({"closed_day": before}, _note(book, event, meta, "day_reopened", **more))


def _year_closed(book: Row, event: e.YearClosed, meta: Meta) -> Changes:
    more = {"last": event.last, "count": event.count}
    return Changes({"closed_at": event.occurred_at}, _note(book, event, meta, "year_closed", **more))


_BY_TYPE: Mapping[str, Callable[[Row, Any, Meta], Changes]] = {
    e.BookOpened.TYPE: _opened,
    e.PapersEntered.TYPE: _entered,
    e.PapersTakenIn.TYPE: _taken_in,
    e.WaitingEnded.TYPE: _waiting_ended,
    e.PapersSigned.TYPE: _signed,
    e.CertificationRefused.TYPE: _refused,
    e.EntryCorrected.TYPE: _corrected,
    e.DayClosed.TYPE: _day_closed,
    e.DayReopened.TYPE: _day_reopened,
    e.YearClosed.TYPE: _year_closed,
}


def replay(envelopes: Iterable[Envelope]) -> Mapping[str, list[Row]]:
    """All rows of one book, rebuilt from its events."""
    book: Row = {}
    entries: dict[int, Row] = {}
    waiting: dict[Any, Row] = {}
    notes: list[Row] = []
    for envelope in envelopes:
        meta = Meta(
            envelope.stream, envelope.seq, envelope.hash, envelope.at, envelope.origin, envelope.actor
        )
        book.setdefault("id", envelope.stream)
        changes = project(book, decode(TYPES[envelope.type], envelope.data), meta)
        book |= changes.book
        for table, rows in changes.inserts:
            if table == ENTRY:
                entries |= {row["number"]: row for row in rows}
            elif table == WAITING:
                waiting |= {row["dossier"]: row for row in rows}
            else:
                notes += rows
        for update in changes.updates:
            wanted = update.where["number"]
            for number in wanted if isinstance(wanted, list) else [wanted]:
                _changed(entries[number], update)
        for _table, where in changes.deletes:
            waiting.pop(where["dossier"], None)
    return {BOOK: [book], ENTRY: list(entries.values()), WAITING: list(waiting.values()), NOTE: notes}


def _changed(row: Row, update: Update) -> None:
    row |= update.values
    for name, added in update.append.items():
        row[name] = [*row[name], *added]
