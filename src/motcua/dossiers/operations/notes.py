"""Notes and messages of officers on a dossier. Nobody edits or deletes them; their words are sealed content."""

from datetime import datetime
from uuid import UUID

from motcua.dossiers import events as e
from motcua.dossiers.content import NewContent, text
from motcua.dossiers.operations.common import happened_at
from motcua.dossiers.record import Recorded, lock_to_note, record
from motcua.dossiers.row import Row
from motcua.dossiers.thread import OWN, UNIT, check_writes, house, neighbours
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid
from motcua.kernel.text import clean

LONGEST_NOTE = 4_000


def lock_to_write(code: str, *, actor: Actor, at: datetime) -> Row:
    """The dossier's row, locked for a note or a message of `actor`. One statement. Raises as `record.lock`."""
    return lock_to_note(code, check=check_writes, actor=actor, at=at)


def write_note(*, row: Row, whose: str, body: str, actor: Actor, at: datetime) -> Recorded:
    """Keep a note for oneself or for one's unit. Raises Invalid for no words, too many, or where one's seat has no
    unit in an agency that opens the dossier."""
    if whose not in (OWN, UNIT) or actor.agency not in house(row):
        raise Invalid("Hãy chọn ghi chú cho ai.", "Choose for whom the note is.", field="to")
    kept = _kept("note", body)
    event = e.NoteWritten(
        whose=whose, place=_place(actor), text=kept.ref, occurred_at=happened_at(at, None, row)
    )
    return record(row=row, event=event, actor=actor, at=at, contents=[kept])


def write_message(
    *, row: Row, to: e.AddresseeFact, answers: int, body: str, actor: Actor, at: datetime
) -> Recorded:
    """Send a message to somebody who takes part. Raises Invalid for somebody who does not, for oneself, and for no
    words, or too many. Who was only asked for an opinion, or leads the dossier of which this is a
    part, writes to those who open it."""
    reached = house(row) if actor.agency not in house(row) else house(row) | neighbours(row)
    if to.agency not in reached or to.account == UUID(actor.id):
        raise Invalid("Nơi nhận không tham gia hồ sơ này.", "They take no part in this dossier.", field="to")
    kept = _kept("message", body)
    event = e.MessageWritten(
        place=_place(actor), to=to, answers=answers, text=kept.ref, occurred_at=happened_at(at, None, row)
    )
    return record(row=row, event=event, actor=actor, at=at, contents=[kept])


def _place(actor: Actor) -> e.PlaceFact:
    return e.PlaceFact(agency=actor.agency, unit=actor.unit)


def _kept(what: str, body: str) -> NewContent:
    tidy = clean(body)
    if not tidy:
        raise Invalid("Hãy viết nội dung.", "Write something.", field="text")
    if len(tidy) > LONGEST_NOTE:
        raise Invalid(
            f"Nội dung dài quá {LONGEST_NOTE} chữ.",
            f"It is longer than {LONGEST_NOTE} letters.",
            field="text",
        )
    return text(what, tidy)
