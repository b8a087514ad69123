"""Keeping the books: corrections that show, daily and yearly closing, who may sign."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.agencies.operations import claim_decision, decide_on_stream
from motcua.agencies.selectors import seats, stands_for
from motcua.certification import events as e
from motcua.certification.models import Authorisation
from motcua.certification.policy import Doing, check
from motcua.certification.pricing import MOST_COUNT, MOST_PAGES
from motcua.certification.projector import Row
from motcua.certification.record import lock_by_id, no_such_book, record
from motcua.certification.rules import Kind, kind as kind_of, rules
from motcua.certification.selectors.desk import opened
from motcua.dossiers.content import NewContent, snapshot, text
from motcua.dossiers.facts import TextRef
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from motcua.kernel.ids import uuid7
from motcua.kernel.text import clean
from motcua.kernel.time import local

CORRECTABLE = ("name", "parties", "paper", "pages", "count", "void")
PERSONAL = frozenset({"name", "parties"})
PRICED = frozenset({"pages", "count"})
# What is corrected of a number, by its state: a fee follows from what was entered until the number is signed.
CORRECTABLE_IN = {
    "entered": tuple(what for what in CORRECTABLE if what not in PRICED),
    "signed": tuple(what for what in CORRECTABLE if what != "void"),
    "void": (),
}
LONGEST_REASON, LONGEST_NAME, LONGEST_PARTIES = 500, 200, 2_000


def correctable(kind: Kind, state: str) -> tuple[str, ...]:
    """What is corrected of a number of `kind` in `state`: one requester by name, several parties all together."""
    other = "name" if kind.several else "parties"
    return tuple(what for what in CORRECTABLE_IN[state] if what != other)


@dataclass(frozen=True, slots=True)
class Slip:
    """The slip that papers were taken in with."""

    dossier: UUID
    code: str
    due_at: datetime | None


def correct(
    *,
    book: UUID,
    number: int,
    what: str,
    new: str,
    reason: str,
    actor: Actor,
    at: datetime,
    slip: Slip | None = None,
) -> None:
    """Correct a value of an entry, or strike it out ("void"): the old value stays and shows, with who, when and why.

    A number is struck out only before it is signed; pages and copies, by which it was priced, are corrected only
    after. Papers of an open `slip` wait again once the last of their numbers is struck out. Raises Denied, NotFound,
    Invalid, NotAllowedNow.
    """
    locked = _locked(book, Doing.CORRECT, actor, at)
    _refuse_closed_year(locked)
    entry = _entry(book, number)
    if entry.state == "void" or (what == "void" and entry.state != "entered"):
        raise NotAllowedNow(
            "Số này đã ký hoặc đã gạch bỏ nên không gạch, không sửa như vậy được.",
            "This number is signed or struck out, so this correction is not possible.",
        )
    if what in PRICED and entry.state == "entered":
        raise NotAllowedNow(
            "Phí của số này tính theo số trang, số bản đã ghi; số chưa ký thì gạch bỏ rồi ghi số mới.",
            "The fee of this number follows from its pages and copies; it is not signed yet: strike it out and enter"
            " it anew.",
        )
    old, value = _values(locked, entry, what, new)
    why = _reason(reason)
    named = text("certification_name", value) if what in PERSONAL else None
    event = e.EntryCorrected(
        number=number,
        what=what,
        old="" if named else old,
        new="" if named else value,
        reason=why.ref,
        new_text=named.ref if named else None,
        occurred_at=at,
    )
    after = record(book=locked, event=event, actor=actor, at=at, contents=[why, *([named] if named else [])])
    if slip is not None:
        _let_wait_again(after, slip, actor, at)


_LAST_NUMBERED = """
SELECT e.state, e.paper, e.pages, e.count, e.fee, e.clause, e.told, t.digest, e.corrections::text
  FROM certification_entry e LEFT JOIN certification_text t ON t.id = e.told
 WHERE e.book = %(book)s AND e.dossier = %(dossier)s
   AND e.at = (SELECT max(at) FROM certification_entry WHERE book = %(book)s AND dossier = %(dossier)s)
 ORDER BY e.number
"""


def _let_wait_again(book: Row, slip: Slip, actor: Actor, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_LAST_NUMBERED, {"book": book["id"], "dossier": slip.dossier})
        found = cursor.fetchall()
    if any(state != "void" for state, *_ in found):
        return
    marks = [{mark["what"]: mark for mark in json.loads(corrections)} for *_, corrections in found]
    kept = [
        _put_right(told, known) for (*_, told, _digest, _corrections), known in zip(found, marks, strict=True)
    ]
    lines = tuple(
        e.LineFact(
            paper=known["paper"]["new"] if "paper" in known else paper,
            pages=pages,
            count=count,
            fee=fee,
            clause=clause,
            told=new.ref if new else TextRef(content=told, digest=bytes(digest)) if told else None,
        )
        for (_, paper, pages, count, fee, clause, told, digest, _corrections), known, new in zip(
            found, marks, kept, strict=True
        )
    )
    event = e.PapersTakenIn(
        dossier=slip.dossier, code=slip.code, due_at=slip.due_at, lines=lines, occurred_at=at
    )
    record(book=book, event=event, actor=actor, at=at, contents=[new for new in kept if new])


def _put_right(told: UUID | None, marks: Mapping[str, Mapping[str, Any]]) -> NewContent | None:
    """What was told of a number with the last correction of its people; None where nothing of it was corrected, or
    its texts are erased."""
    texts = {what: UUID(mark["new_text"]) for what, mark in marks.items() if what in PERSONAL}
    known = opened([*texts.values(), *([told] if told else [])]) if texts else {}
    new = {what: known[ref] for what, ref in texts.items() if ref in known}
    if not new:
        return None
    fields = json.loads(known[told]) if told is not None and told in known else {}
    return snapshot("certification", fields | new)


def close_day(*, book: UUID, day: date, actor: Actor, at: datetime) -> None:
    """Lock a day with its last number: what comes after belongs to the next. Raises NotAllowedNow while a number of
    it waits for its signature."""
    locked = _locked(book, Doing.CLOSE_DAY, actor, at)
    _refuse_closed_year(locked)
    if day > local(at).date() or day.year != locked["year"]:
        raise Invalid("Không khóa ngày chưa tới.", "A day that has not come can't be closed.", field="day")
    if locked["closed_day"] is not None and day <= locked["closed_day"]:
        raise NotAllowedNow("Ngày này đã khóa sổ.", "This day is closed already.")
    _refuse_unsigned(book)
    last, count = _one(
        "SELECT coalesce(max(number), 0), count(*) FILTER (WHERE day = %s) FROM certification_entry"
        " WHERE book = %s AND day <= %s",
        [day, book, day],
    )
    event = e.DayClosed(day=day, last=last, count=count, occurred_at=at)
    record(book=locked, event=event, actor=actor, at=at)


def reopen_day(*, book: UUID, reason: str, actor: Actor, at: datetime) -> None:
    """Open the last closed day again, with a reason: the desk manager's act. Raises Denied for who closed it,
    NotAllowedNow once a later day has entries."""
    locked = _locked(book, Doing.REOPEN_DAY, actor, at)
    _refuse_closed_year(locked)
    closed = locked["closed_day"]
    if closed is None:
        raise NotAllowedNow("Chưa có ngày nào khóa sổ.", "No day is closed.")
    closers = _one(
        "SELECT by, acting_for FROM certification_note WHERE book = %s AND what = 'day_closed' AND day = %s"
        " ORDER BY seq DESC LIMIT 1",
        [book, closed],
    )
    if actor.people & set(closers):
        raise Denied(
            "Người khóa sổ không được tự mở lại; cần người thứ hai.",
            "Who closed the day does not open it again; a second person is needed.",
        )
    (later,) = _one("SELECT count(*) FROM certification_entry WHERE book = %s AND day > %s", [book, closed])
    if later:
        raise NotAllowedNow(
            "Ngày sau đã có số; không mở lại ngày trước được.",
            "A later day has numbers; the earlier one can't be opened again.",
        )
    why = _reason(reason)
    event = e.DayReopened(day=closed, reason=why.ref, occurred_at=at)
    record(book=locked, event=event, actor=actor, at=at, contents=[why])


def close_year(*, book: UUID, actor: Actor, at: datetime) -> None:
    """Close the year's book with its count (23/2015/NĐ-CP Đ13): from its last day on, or once its agency was merged,
    with nothing left open."""
    locked = _locked(book, Doing.CLOSE_YEAR, actor, at)
    _refuse_closed_year(locked)
    if locked["agency"] == actor.agency and local(at).date() < date(locked["year"], 12, 31):
        raise NotAllowedNow(
            f"Sổ năm {locked['year']} khóa từ ngày 31/12.",
            f"The book of {locked['year']} closes from 31 December on.",
        )
    _refuse_unsigned(book)
    (waits,) = _one("SELECT count(*) FROM certification_waiting WHERE book = %s", [book])
    if waits:
        raise NotAllowedNow(
            "Còn giấy tờ đã hẹn chưa ghi số.", "Papers taken in with a slip have no numbers yet."
        )
    count, struck_out = _one(
        "SELECT count(*), count(*) FILTER (WHERE state = 'void') FROM certification_entry WHERE book = %s",
        [book],
    )
    event = e.YearClosed(last=locked["last"], count=count, struck_out=struck_out, occurred_at=at)
    record(book=locked, event=event, actor=actor, at=at)


def authorise(
    *,
    agency: str,
    account: UUID,
    kinds: Sequence[str],
    valid_from: date,
    valid_to: date | None,
    basis: str,
    actor: Actor,
    at: datetime,
) -> UUID:
    """Let somebody of the agency sign certifications from a day to a day; leaders need none. `kinds` empty: all.

    Raises Denied for anybody but a leader; Invalid for somebody without a seat, an unknown kind, days gone by or in
    the wrong order.
    """
    check(actor, Doing.AUTHORISE, agency=agency)
    claim_decision(agency=agency, actor=actor, at=at)
    if account not in {person for seat in seats(agency, at=at) for person in seat.accounts}:
        raise Invalid(
            "Người này không giữ vị trí nào của cơ quan.", "This person holds no seat here.", field="account"
        )
    if valid_from < local(at).date():
        raise Invalid(
            "Không giao ký cho ngày đã qua; hãy ghi từ hôm nay trở đi.",
            "Nobody is authorised for days gone by; begin today or later.",
            field="valid_from",
        )
    if valid_to is not None and valid_to < valid_from:
        raise Invalid(
            "Ngày cuối phải sau ngày đầu.", "The end must be after the beginning.", field="valid_to"
        )
    document = clean(basis)[:200]
    if not document:
        raise Invalid("Hãy ghi văn bản giao ký.", "Write the paper that authorises.", field="basis")
    if not set(kinds) <= {k.code for k in rules().kinds}:
        raise Invalid("Hãy chọn loại việc chứng thực.", "Choose kinds of certification.", field="kinds")
    row = Authorisation(
        id=uuid7(),
        agency=agency,
        account=account,
        kinds=list(dict.fromkeys(kinds)),
        valid_from=valid_from,
        valid_to=valid_to,
        basis=document,
    )
    row.save(force_insert=True)
    event = e.SignerAuthorised(
        authorisation=row.id,
        account=account,
        kinds=tuple(row.kinds),
        valid_from=valid_from,
        valid_to=valid_to,
        basis=document,
    )
    decide_on_stream(agency=agency, event=event, actor=actor, at=at)
    return row.id


def end_authorisation(*, authorisation: UUID, last_day: date, actor: Actor, at: datetime) -> None:
    """Let an authorisation end after `last_day`, today at the earliest, so that what was signed stays right.

    Raises Denied, NotFound; Invalid for a day gone by; NotAllowedNow for one that ends by then anyway.
    """
    check(actor, Doing.AUTHORISE, agency=actor.agency)
    claim_decision(agency=actor.agency, actor=actor, at=at)
    found = Authorisation.objects.select_for_update().filter(id=authorisation, agency=actor.agency).first()
    if found is None:
        raise NotFound("Không có việc giao ký này.", "There is no such authorisation.")
    if last_day < local(at).date():
        raise Invalid("Không kết thúc vào ngày đã qua.", "It can't end on a day gone by.", field="last_day")
    if found.valid_to is not None and found.valid_to <= last_day:
        raise NotAllowedNow("Việc giao ký này đã có ngày cuối.", "This authorisation ends by then already.")
    found.valid_to = last_day
    found.save(update_fields=["valid_to"])
    event = e.AuthorisationEnded(authorisation=found.id, last_day=last_day)
    decide_on_stream(agency=found.agency, event=event, actor=actor, at=at)


def _locked(book: UUID, doing: Doing, actor: Actor, at: datetime) -> Row:
    check(actor, doing, agency=actor.agency)
    locked = lock_by_id(book, actor=actor, at=at)
    if stands_for(locked["agency"], on=local(at).date()) != actor.agency:
        raise no_such_book()
    return locked


def _refuse_closed_year(book: Row) -> None:
    if book["closed_at"] is not None:
        raise NotAllowedNow(f"Sổ năm {book['year']} đã khóa.", f"The book of {book['year']} is closed.")


def _refuse_unsigned(book: UUID) -> None:
    (first,) = _one(
        "SELECT min(number) FROM certification_entry WHERE book = %s AND state = 'entered'", [book]
    )
    if first is not None:
        raise NotAllowedNow(
            f"Số {first} chưa ký; hãy xác nhận đã trả, hoặc gạch bỏ, rồi khóa sổ.",
            f"Number {first} is not signed; confirm that it was handed over, or strike it out, then close.",
        )


def _one(query: str, arguments: Sequence[Any]) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(query, list(arguments))
        found: tuple[Any, ...] = cursor.fetchone()
        return found


@dataclass(frozen=True, slots=True)
class _Standing:
    """An entry as it stands, after its corrections."""

    state: str
    paper: str
    pages: str
    count: str


def _entry(book: UUID, number: int) -> _Standing:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT state, paper, pages::text, count::text, corrections::text FROM certification_entry"
            " WHERE book = %s AND number = %s",
            [book, number],
        )
        row = cursor.fetchone()
    if row is None:
        raise NotFound(f"Sổ không có số {number}.", f"The book has no number {number}.")
    marks = {mark["what"]: mark["new"] for mark in json.loads(row[4])}
    return _Standing(
        row[0], *(marks.get(what, row[n]) for n, what in enumerate(("paper", "pages", "count"), 1))
    )


def _values(book: Row, entry: _Standing, what: str, new: str) -> tuple[str, str]:
    """The old and the new value, tidy. Raises Invalid."""
    kind = kind_of(book["of_kind"])
    if what not in {*correctable(kind, "entered"), *correctable(kind, "signed")}:
        raise Invalid("Hãy chọn mục cần đính chính.", "Choose what is corrected.", field="what")
    if what == "void":
        return "", ""
    value = clean(new)[: LONGEST_PARTIES if what == "parties" else LONGEST_NAME]
    if what in PERSONAL:
        if not value:
            raise Invalid("Hãy ghi họ tên đúng.", "Write the right name.", field="new")
        return "", value
    old = str(getattr(entry, what))
    if what == "paper" and value not in kind.papers:
        raise Invalid("Hãy chọn loại giấy tờ.", "Choose the type of paper.", field="new")
    most = {"pages": MOST_PAGES, "count": MOST_COUNT}.get(what)
    if most is not None:
        if not (value.isascii() and value.isdigit() and 1 <= int(value) <= most):
            raise Invalid(
                f"Hãy nhập một số từ 1 đến {most}.", f"Enter a number from 1 to {most}.", field="new"
            )
        value = str(int(value))
    if value == old:
        raise Invalid("Giá trị mới giống giá trị cũ.", "The new value is the old one.", field="new")
    return old, value


def _reason(reason: str) -> NewContent:
    why = clean(reason)[:LONGEST_REASON]
    if not why:
        raise Invalid("Hãy ghi lý do.", "Write the reason.", field="reason")
    return text("certification_reason", why)
