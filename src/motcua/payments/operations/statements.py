"""Statements handed up at the desk: kept sealed, shown, then taken in line by line by who calls this."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from motcua.agencies.operations import claim_decision, decide_on_stream
from motcua.kernel.actor import Actor, Viewer
from motcua.kernel.errors import Invalid, NotFound
from motcua.kernel.ids import uuid7
from motcua.kernel.seals import decrypt, encrypt
from motcua.payments import events as e, policy
from motcua.payments.models import Statement
from motcua.payments.policy import SEATS, Deed
from motcua.payments.statements import Line, read

KEPT_FOR = timedelta(days=3)
_SEAL = "payments-statement"


@dataclass(frozen=True, slots=True)
class Kept:
    """A statement that was handed up. `reached`: the last line that was taken in; `entered_at` None: only looked at."""

    id: UUID
    agency: str
    body: bytes
    entered_at: datetime | None
    reached: int


def keep(*, body: bytes, actor: Actor, at: datetime) -> UUID:
    """Keep a file that can be read as a statement, sealed, for three days; nothing is taken in. Raises Denied, Invalid
    for what is no statement."""
    policy.check(actor, Deed.ENTER_STATEMENT, actor.agency)
    if not any(isinstance(line, Line) for line in read(body)):
        raise Invalid(
            "Tệp không có dòng tiền về nào đọc được. Hãy xem lại các cột ngày, số tiền, nội dung, mã giao dịch.",
            "No line of the file tells of money that came in. Look at its columns date, amount, text, bank reference.",
            field="file",
        )
    Statement.objects.filter(expires_at__lt=at).delete()
    row = Statement(
        id=uuid7(), agency=actor.agency, account=UUID(actor.id), created_at=at, expires_at=at + KEPT_FOR
    )
    row.sealed = encrypt(_SEAL, body, bound_to=row.id.bytes)
    row.save(force_insert=True)
    return row.id


def kept(statement: UUID, *, viewer: Viewer, at: datetime) -> Kept:
    """A statement that still lies here. Raises NotFound for all but the agency's cashiers, and once it is gone."""
    row = Statement.objects.filter(id=statement, expires_at__gte=at).first()
    if row is None or row.agency not in viewer.agencies(SEATS[Deed.ENTER_STATEMENT]):
        raise NotFound("Không có sao kê này.", "There is no such statement.")
    body = decrypt(_SEAL, bytes(row.sealed), bound_to=row.id.bytes)
    return Kept(row.id, row.agency, body, row.entered_at, row.reached)


def enter(*, statement: Kept, actor: Actor, at: datetime) -> None:
    """Write down that a statement is taken in, by whom, once. Raises Denied."""
    policy.check(actor, Deed.ENTER_STATEMENT, statement.agency)
    claim_decision(agency=statement.agency, actor=actor, at=at)
    if not Statement.objects.filter(id=statement.id, entered_at=None).update(entered_at=at):
        return
    lines = [line for line in read(statement.body) if isinstance(line, Line)]
    event = e.StatementEntered(
        digest=hashlib.sha256(statement.body).hexdigest(),
        lines=len(lines),
        first=min(line.booked_on for line in lines),
        last=max(line.booked_on for line in lines),
        occurred_at=at,
    )
    decide_on_stream(agency=statement.agency, event=event, actor=actor, at=at)


def reach(*, statement: UUID, line: int) -> None:
    """Note up to which line a statement was taken in; it never goes back."""
    Statement.objects.filter(id=statement, reached__lt=line).update(reached=line)
