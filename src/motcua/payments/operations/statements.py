"""Statements handed up: kept sealed, confirmed by another person or dropped, then taken in line by line by who calls
this. No file makes anything paid by one person alone."""

import hashlib
import json
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from motcua.agencies.operations import claim_decision, decide_on_stream
from motcua.kernel.actor import SYSTEM, Actor
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.ids import uuid7
from motcua.kernel.say import Say
from motcua.kernel.seals import encrypt
from motcua.payments import events as e, policy
from motcua.payments.handed_up import LINE_SEAL, SEAL, Became, lines_of, no_statement
from motcua.payments.models import Statement, StatementLine
from motcua.payments.online import days_of
from motcua.payments.policy import Deed
from motcua.payments.record import Row
from motcua.payments.statements import Fault, Left, Line, read

KEPT_FOR = timedelta(days=14)  # over the longest holidays
MOST_BYTES = 2_000_000
_BATCH = 1_000


def hand_up(*, body: bytes, agency: str, actor: Actor, at: datetime) -> UUID:
    """Keep a file that can be read as a statement of `agency`'s account, sealed, until another person confirms it;
    nothing is taken in. Raises Denied for who is neither its cashier nor the house's own command, Invalid for what is
    no statement."""
    if actor != SYSTEM:
        policy.check(actor, Deed.ENTER_STATEMENT, agency)
    if len(body) > MOST_BYTES:
        raise too_large()
    found = list(read(body, days=days_of(agency, at=at)))
    lines = [line for line in found if isinstance(line, Line)]
    if not lines:
        raise _nothing_in(found)
    claim_decision(agency=agency, actor=actor, at=at)
    Statement.objects.filter(expires_at__lt=at, confirmed_at=None).delete()
    row = Statement(
        id=uuid7(),
        agency=agency,
        handed_by=actor.id,
        handed_for=actor.acting_for or "",
        digest=hashlib.sha256(body).hexdigest(),
        lines=len(lines),
        total=sum(line.amount for line in lines),
        first=min(line.booked_on for line in lines),
        last=max(line.booked_on for line in lines),
        created_at=at,
        expires_at=at + KEPT_FOR,
    )
    row.sealed = encrypt(SEAL, body, bound_to=row.id.bytes)
    row.save(force_insert=True)
    told = {name: getattr(row, name) for name in ("id", "digest", "lines", "total", "first", "last")}
    event = e.StatementProposed(**told, occurred_at=at)
    decide_on_stream(agency=agency, event=event, actor=actor, at=at)
    return row.id


def too_large() -> Invalid:
    """The refusal of a file that nobody reads line by line on a page."""
    return Invalid(
        "Tệp lớn hơn 2 MB. Hãy chia theo ngày rồi trình từng tệp.",
        "The file is larger than 2 MB. Cut it by days and hand up one file after the other.",
        field="file",
    )


def _nothing_in(found: list[Line | Fault | Left]) -> Invalid:
    first = next((line for line in found if isinstance(line, Fault)), None)
    why = (
        Say(f" Dòng {first.n}: {first.why.vi}", f" Line {first.n}: {first.why.en}") if first else Say("", "")
    )
    return Invalid(
        "Tệp không có dòng tiền về nào đọc được. Hãy xem lại các cột ngày, số tiền, nội dung, mã giao dịch."
        + why.vi,
        "No line of the file tells of money that came in. Look at its columns date, amount, text, bank reference."
        + why.en,
        field="file",
    )


def confirm(*, statement: UUID, actor: Actor, at: datetime) -> None:
    """Say, as another person than who handed it up, that the statement is the bank's: its lines may be taken in from
    now on. Raises Denied, NotFound, NotAllowedNow for one that is confirmed or dropped already."""
    row = _waiting(statement, actor, at)
    policy.check_second(actor, Deed.CONFIRM_STATEMENT, row)
    StatementLine.objects.bulk_create([_row_of(statement, line) for line in lines_of(row)], batch_size=_BATCH)
    Statement.objects.filter(id=statement).update(confirmed_by=actor.id, confirmed_at=at)
    told = {name: row[name] for name in ("digest", "lines", "first", "last")}
    event = e.StatementEntered(**told, occurred_at=at)
    decide_on_stream(agency=row["agency"], event=event, actor=actor, at=at)


def withdraw(*, statement: UUID, actor: Actor, at: datetime) -> None:
    """Drop a statement that nobody has confirmed: who handed it up, or who may confirm it and will not. Its file goes
    at once. Raises Denied, NotFound, NotAllowedNow."""
    row = _waiting(statement, actor, at)
    Statement.objects.filter(id=statement).update(withdrawn_by=actor.id, withdrawn_at=at, sealed=None)
    event = e.StatementWithdrawn(id=statement, digest=row["digest"], occurred_at=at)
    decide_on_stream(agency=row["agency"], event=event, actor=actor, at=at)


def _waiting(statement: UUID, actor: Actor, at: datetime) -> Row:
    """A statement that waits for another person, with its agency locked."""
    policy.check(actor, Deed.CONFIRM_STATEMENT, actor.agency)
    claim_decision(agency=actor.agency, actor=actor, at=at)
    row = Statement.objects.filter(id=statement, agency=actor.agency).values().first()
    if row is None:
        raise no_statement()
    if row["confirmed_at"] is not None or row["withdrawn_at"] is not None or at > row["expires_at"]:
        raise NotAllowedNow(
            "Sao kê này không còn chờ xác nhận: đã có người xác nhận hoặc bỏ. Hãy xem lại trang.",
            "This statement waits no more: somebody has confirmed or dropped it. Look at the page again.",
        )
    return dict(row)


def _row_of(statement: UUID, line: Line | Fault | Left) -> StatementLine:
    if isinstance(line, Line):
        told = {"number": line.number, "amount": line.amount, "booked_on": line.booked_on}
        return StatementLine(statement=statement, n=line.n, **told)
    if isinstance(line, Left):
        return StatementLine(statement=statement, n=line.n, became=Became.LEFT)
    return StatementLine(
        statement=statement, n=line.n, became=Became.REFUSED, why=_sealed(statement, line.n, line.why)
    )


def mark(*, statement: UUID, lines: Collection[int], became: Became) -> None:
    """Note what lines did; what is noted stays."""
    StatementLine.objects.filter(statement=statement, n__in=lines, became="").update(became=became)


def refuse(*, statement: UUID, why: Mapping[int, Say]) -> None:
    """Note of lines that they were refused, and why."""
    for n, said in why.items():
        StatementLine.objects.filter(statement=statement, n=n, became="").update(
            became=Became.REFUSED, why=_sealed(statement, n, said)
        )


def let_go(*, statement: UUID) -> None:
    """Erase the file of a statement whose lines have all been seen to."""
    waits = StatementLine.objects.filter(statement=statement, became="")
    if not waits.exists():
        Statement.objects.filter(id=statement, confirmed_at__isnull=False).update(sealed=None)


def _sealed(statement: UUID, line: int, why: Say) -> bytes:
    told = json.dumps([why.vi, why.en]).encode()
    return encrypt(LINE_SEAL, told, bound_to=statement.bytes + line.to_bytes(4))
