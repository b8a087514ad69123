"""The certification desk: catalogue, book, people and dossier act together, in one transaction."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from motcua.agencies.selectors import agency as agency_facts
from motcua.catalogue.completeness import Handed
from motcua.catalogue.fees import Quantities
from motcua.catalogue.selectors import offer, offered_variant
from motcua.catalogue.shapes import LOOKED_AT
from motcua.certification import operations as books, people
from motcua.certification.policy import Doing, check
from motcua.certification.pricing import Line, Priced
from motcua.certification.record import lock_by_id
from motcua.certification.rules import Kind, kind as kind_of
from motcua.certification.selectors import (
    EntryShown,
    book_of_numbers,
    book_of_waiting,
    left_at_desk,
    open_numbers,
    slip_of,
    waiting,
)
from motcua.dossiers import events as e, operations as dossiers
from motcua.dossiers.due import RULE
from motcua.dossiers.operations import IssuedPaper, Opening, Person
from motcua.dossiers.row import Row
from motcua.flows.certification_orders import FEE_RULE, Counted, Order, count
from motcua.flows.reception import Intake, receive
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotAllowedNow, NotFound
from motcua.kernel.ids import uuid7
from motcua.kernel.time import local
from motcua.parties.operations import identify
from motcua.processes import operations as processes, routing

BASIS = "23/2015/NĐ-CP"


def enter(*, order: Order, actor: Actor, at: datetime) -> books.Entered:
    """Number the papers of `order` in their book, for the clause to be printed and signed.

    The dossier itself comes with `hand_over`, once the ink is dry; its id is fixed here. Raises Denied, Invalid,
    NotAllowedNow.
    """
    check(actor, Doing.ENTER, agency=order.agency)
    counted = count(order, at=at)
    if order.signer is None:
        raise Invalid("Hãy chọn người ký chứng thực.", "Choose who signs.", field="signer")
    return books.enter(
        agency=order.agency,
        kind=counted.kind,
        priced=counted.priced,
        told=[people.fields_told(counted.people, p.line.detail) for p in counted.priced],
        signer=order.signer,
        dossier=uuid7(),
        visit=order.visit,
        actor=actor,
        at=at,
    )


def take_in(*, order: Order, actor: Actor, at: datetime) -> dossiers.Recorded:
    """Receive the papers of `order` with a slip, due by the procedure's limit, because it can't be done at once.

    Raises as `receive` does, and Invalid without a name: a slip is made out to somebody.
    """
    check(actor, Doing.ENTER, agency=order.agency)
    counted = count(order, at=at)
    if not counted.people:
        raise Invalid(
            "Hãy ghi họ tên để lập phiếu hẹn.", "Write the name the slip is made out to.", field="name"
        )
    kind = counted.kind
    lines = [p.line for p in counted.priced]
    variant = kind.variant_of(sum(x.pages * x.count for x in lines))
    recorded = receive(
        intake=Intake(
            agency=order.agency,
            procedure=kind.procedure,
            variant=variant,
            channel="counter",
            people=(("applicant", counted.people[0]),),
            handed=_handed(counted, variant),
            answers=_answers(counted, variant),
            quantities=Quantities(
                documents=len(lines), pages=sum(x.pages for x in lines), copies=sum(x.count for x in lines)
            ),
            visit=order.visit,
            priced=counted.fee_facts,
        ),
        actor=actor,
        at=at,
    )
    books.take_in(
        agency=order.agency,
        kind=kind,
        priced=counted.priced,
        people=counted.people,
        dossier=recorded.row["id"],
        code=recorded.row["code"],
        due_at=recorded.row["due_at"],
        actor=actor,
        at=at,
    )
    return recorded


def _handed(counted: Counted, variant: str) -> tuple[Handed, ...]:
    """What lies at the desk until it is signed; what is only looked at was shown."""
    kinds = {c.code: c.kind for c in counted.offer.version.components_of(variant)}
    return tuple(Handed(code, originals=1, shown=kinds[code] in LOOKED_AT) for code in counted.kind.handed)


def _answers(counted: Counted, variant: str) -> dict[str, str]:
    """Answers under which `variant` runs; where nothing hangs on a question, what is so as a rule: no."""
    version = counted.offer.version
    answers = {q.code: q.options[-1].code for q in version.questions}
    when = version.variant(variant).when
    if when is not None:
        answers[when.question] = when.answers[0]
    return answers


def enter_waiting(*, dossier: UUID, signer: UUID | None, actor: Actor, at: datetime) -> books.Entered:
    """Number the papers that were taken in with a slip, now that they can be signed.

    The dossier is locked before its papers are read: whoever else numbers them, or ends the dossier, waits. Raises
    NotFound, Invalid, NotAllowedNow for a dossier that can't be finished now.
    """
    check(actor, Doing.ENTER, agency=actor.agency)
    try:
        waiting(dossier, agency=actor.agency)
    except NotFound:
        _refuse_repeated(dossier, actor, at)
        raise
    row = dossiers.lock_by_id(dossier)
    held = waiting(dossier, agency=actor.agency)
    dossiers.check_finish(row, actor)
    if signer is None:
        raise Invalid("Hãy chọn người ký chứng thực.", "Choose who signs.", field="signer")
    priced = tuple(
        Priced(
            Line(
                paper=line["paper"],
                pages=line["pages"],
                count=line["count"],
                clause=line["clause"],
                detail=told.get("detail", ""),
            ),
            line["fee"],
        )
        for line, told in zip(held.lines, held.told, strict=True)
    )
    entered = books.enter(
        agency=actor.agency,
        kind=kind_of(held.kind),
        priced=priced,
        told=held.told,
        signer=signer,
        dossier=dossier,
        visit=None,
        actor=actor,
        at=at,
        waited=True,
    )
    if entered.book["id"] != held.book:  # taken in before New Year: they wait in last year's book
        before = lock_by_id(held.book, actor=actor, at=at, claims=False)
        books.end_waiting(book=before, dossier=dossier, actor=actor, at=at)
    return entered


def end_waiting(*, dossier: UUID, actor: Actor, at: datetime) -> None:
    """Papers taken in wait no longer once their dossier has ended without them. Does nothing where none wait."""
    row = dossiers.lock_by_id(dossier)
    held = book_of_waiting(dossier)
    if row["ended_at"] is None or held is None:
        return
    book = lock_by_id(held, actor=actor, at=at)
    books.end_waiting(book=book, dossier=dossier, actor=actor, at=at)


def correct(*, book: UUID, number: int, what: str, new: str, reason: str, actor: Actor, at: datetime) -> None:
    """Correct a number or strike it out; papers of a slip that is still open wait again once all of theirs are out.

    Raises Denied, NotFound, Invalid, NotAllowedNow.
    """
    found = slip_of(book, number) if what == "void" else None
    row = dossiers.lock_by_id(found) if found else None
    is_open = row is not None and row["ended_at"] is None
    books.correct(
        book=book,
        number=number,
        what=what,
        new=new,
        reason=reason,
        actor=actor,
        at=at,
        slip=books.Slip(row["id"], row["code"], row["due_at"]) if row is not None and is_open else None,
    )
    if row is not None and is_open:
        _recount(row, actor, at)


def _recount(row: Row, actor: Actor, at: datetime) -> None:
    """What is struck out of a slip costs nothing; what waits again costs what it did (226/2016/TT-BTC)."""
    fees = [left.fee for left in left_at_desk(row["id"]) if not left.is_void]
    if None not in fees:
        amount = sum(fee or 0 for fee in fees)
        for recorded in dossiers.recount(row=row, rule=FEE_RULE, amount=amount, actor=actor, at=at):
            processes.follow(recorded)


def hand_over(*, dossier: UUID, actor: Actor, at: datetime) -> dossiers.Recorded:
    """The papers are signed, sealed and in the requester's hands: the book says so, and the dossier is received,
    decided and handed over in the same transaction (act `express`).

    Raises Denied, Invalid; NotAllowedNow when nothing of it waits for a signature, or its day is over.
    """
    check(actor, Doing.SIGN, agency=actor.agency)
    entries = open_numbers(dossier, agency=actor.agency)
    if not entries:
        _refuse_repeated(dossier, actor, at)
        raise _nothing_open()
    if entries[0].waited:
        dossiers.lock_by_id(dossier)  # the dossier before its book, as everywhere
    book = lock_by_id(entries[0].book, actor=actor, at=at)
    # What was open when it was read may have been struck out while this waited for the book.
    entries = open_numbers(dossier, agency=actor.agency)
    if not entries:
        raise _nothing_open()
    _refuse_another_day(entries[0].day, local(at).date())
    recorded = _finished(entries, actor, at) if entries[0].waited else _express(entries, actor, at)
    books.sign(
        book=book,
        dossier=dossier,
        code=recorded.row["code"],
        numbers=[entry.number for entry in entries],
        actor=actor,
        at=at,
    )
    return recorded


def _refuse_repeated(dossier: UUID, actor: Actor, at: datetime) -> None:
    """Raise AlreadyDone for a second click, which finds nothing left to do: the first was answered."""
    numbered = book_of_numbers(dossier, agency=actor.agency)
    if numbered is not None:
        lock_by_id(numbered, actor=actor, at=at)


def _refuse_another_day(day: date, today: date) -> None:
    """The clause names the day of the certification, and its signer was authorised for that day."""
    if day > today:
        raise NotAllowedNow(
            f"Sổ hôm nay đã khóa nên lời chứng ghi ngày {day:%d/%m/%Y}: hãy ký, trả vào ngày đó; hoặc gạch bỏ số này"
            " rồi hẹn trả.",
            f"Today is closed, so the clause is dated {day:%d/%m/%Y}: sign and hand over on that day; or strike the"
            " number out and take the papers in with a slip.",
        )
    if day < today:
        raise NotAllowedNow(
            f"Lời chứng ghi ngày {day:%d/%m/%Y} nên hôm nay không ký được; hãy gạch bỏ số này rồi ghi số mới.",
            f"The clause is dated {day:%d/%m/%Y}, so it can't be signed today; strike the number out and enter anew.",
        )


def _nothing_open() -> NotAllowedNow:
    return NotAllowedNow(
        "Không còn số nào chờ ký: việc này đã trả, hoặc đã gạch khỏi sổ.",
        "No number waits for a signature: this was handed over, or struck out.",
    )


def _issued(entries: Sequence[EntryShown], kind: Kind) -> list[IssuedPaper]:
    return [
        IssuedPaper(
            role="result",
            kind=kind.result,
            number=kind.number(entry.number, entry.year),
            date=entry.day,
        )
        for entry in entries
    ]


def _signer(entry: EntryShown) -> e.Signer:
    return e.Signer(
        person=str(entry.signer), position=entry.signer_seat, mandate=entry.signer_mandate or None
    )


def _express(entries: Sequence[EntryShown], actor: Actor, at: datetime) -> dossiers.Recorded:
    first = entries[0]
    kind = kind_of(first.kind).under(first.clause)
    agency = agency_facts(actor.agency)
    found = offer(kind.procedure, agency=agency.code, province=agency.parent, on=first.day)
    terms = offered_variant(found, variant=kind.variant, channel="counter")
    asking = people.people_of(first.told)[:1]
    parties = identify(people=asking, actor=actor, at=at) if asking else []
    applicants = tuple(
        Person(role="applicant", party=party, particulars=asked)
        for party, asked in zip(parties, asking, strict=True)
    )
    kinds = {c.code: c.kind.value for c in found.version.components_of(kind.variant)}
    fees = [entry.fee for entry in entries]
    total = None if None in fees else sum(f or 0 for f in fees)
    return dossiers.express(
        dossier=first.dossier,
        opening=Opening(
            procedure=kind.procedure,
            procedure_version=found.version_id,
            variant=kind.variant,
            channel="counter",
            desk_agency=agency.code,
            competent_agency=agency.code,
            code_template=agency.code_template,
            people=applicants,
            components=tuple(
                e.ComponentFact(component=code, kind=kinds[code], originals=len(entries), copies=0)
                for code in kind.handed
            ),
            visit=first.visit,
        ),
        limit=e.LimitFact(
            value=None if terms.limit.value is None else str(terms.limit.value),
            unit=terms.limit.unit.value,
            rule=RULE,
        ),
        fee_order=(e.FeeFact(rule=FEE_RULE, amount=total),) if found.version.fees else (),
        papers=_issued(entries, kind),
        signer=_signer(first),
        basis=BASIS,
        actor=actor,
        at=at,
    )


def _finished(entries: Sequence[EntryShown], actor: Actor, at: datetime) -> dossiers.Recorded:
    first = entries[0]
    row = dict(dossiers.lock_by_id(first.dossier))
    dossiers.refuse_overpaid(row)
    agency = agency_facts(row["desk_agency"])
    decided, given = dossiers.finish_express(
        row=row,
        papers=_issued(entries, kind_of(first.kind).under(first.clause)),
        signer=_signer(first),
        basis=BASIS,
        recipient=first.told.get("name", ""),
        holder=routing.desk(agency.code, agency.desk_unit),
        actor=actor,
        at=at,
    )
    processes.follow(decided)
    return given
