"""The acts on a certification book. Each checks who and when, writes one event, and projects it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from motcua.certification import events as e
from motcua.certification.people import Fields, fields_told
from motcua.certification.policy import Doing, check
from motcua.certification.pricing import Priced, Signer
from motcua.certification.projector import Row
from motcua.certification.record import lock, record
from motcua.certification.rules import Kind, day_after
from motcua.certification.selectors import signers
from motcua.dossiers.content import NewContent, snapshot
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.time import local
from motcua.parties.operations import Particulars


@dataclass(frozen=True, slots=True)
class Entered:
    """Numbers just given: the book after it, the entries, the day they stand under."""

    book: Row
    dossier: UUID
    entries: tuple[e.EntryFact, ...]
    day: date


def enter(
    *,
    agency: str,
    kind: Kind,
    priced: Sequence[Priced],
    told: Sequence[Fields],
    signer: UUID,
    dossier: UUID,
    visit: UUID | None,
    actor: Actor,
    at: datetime,
    waited: bool = False,
    claims: bool = True,
) -> Entered:
    """Number papers in the book of their day: one number for a paper, shared by its copies, gap-free from 1. `told`: of
    each paper who asks for it and what its clause names.

    A day that is closed takes no more: the entry belongs to the next one. Raises Denied; Invalid for a signer who
    is not authorised that day; NotAllowedNow once the year is closed.
    """
    check(actor, Doing.ENTER, agency=agency)
    book = lock(agency=agency, kind=kind.code, year=local(at).year, actor=actor, at=at, claims=claims)
    day = _day(book, at)
    chosen = _signer(signer, agency=agency, kind=kind, day=day, actor=actor, at=at)
    contents = [_kept(fields) for fields in told]
    entries = tuple(
        e.EntryFact(
            number=book["last"] + n,
            paper=p.line.paper,
            pages=p.line.pages,
            count=p.line.count,
            fee=p.fee,
            clause=p.line.clause,
            told=kept.ref if kept else None,
        )
        for n, (p, kept) in enumerate(zip(priced, contents, strict=True), 1)
    )
    event = e.PapersEntered(
        dossier=dossier,
        day=day,
        signer=chosen.account,
        signer_seat=chosen.seat,
        signer_mandate=chosen.mandate or None,
        signer_for=chosen.acting_for,
        entries=entries,
        visit=visit,
        waited=waited,
        occurred_at=at,
    )
    after = record(book=book, event=event, actor=actor, at=at, contents=[c for c in contents if c])
    return Entered(after, dossier, entries, day)


def take_in(
    *,
    agency: str,
    kind: Kind,
    priced: Sequence[Priced],
    people: Sequence[Particulars],
    dossier: UUID,
    code: str,
    due_at: datetime | None,
    actor: Actor,
    at: datetime,
) -> None:
    """Keep the papers of a dossier received with a slip until they can be certified. Claims nothing of its own."""
    check(actor, Doing.ENTER, agency=agency)
    book = lock(agency=agency, kind=kind.code, year=local(at).year, actor=actor, at=at, claims=False)
    _refuse_closed_year(book)
    contents = [_kept(fields_told(people, p.line.detail)) for p in priced]
    lines = tuple(
        e.LineFact(
            paper=p.line.paper,
            pages=p.line.pages,
            count=p.line.count,
            fee=p.fee,
            clause=p.line.clause,
            told=kept.ref if kept else None,
        )
        for p, kept in zip(priced, contents, strict=True)
    )
    event = e.PapersTakenIn(dossier=dossier, code=code, due_at=due_at, lines=lines, occurred_at=at)
    record(book=book, event=event, actor=actor, at=at, contents=[c for c in contents if c])


def end_waiting(*, book: Row, dossier: UUID, actor: Actor, at: datetime) -> None:
    """Papers taken in wait in this book no longer. The caller holds the lock."""
    record(book=book, event=e.WaitingEnded(dossier=dossier, occurred_at=at), actor=actor, at=at)


def sign(*, book: Row, dossier: UUID, code: str, numbers: Sequence[int], actor: Actor, at: datetime) -> None:
    """Mark the papers of a dossier as signed, sealed and handed over. The caller holds the lock."""
    check(actor, Doing.SIGN, agency=book["agency"])
    event = e.PapersSigned(dossier=dossier, code=code, numbers=tuple(numbers), occurred_at=at)
    record(book=book, event=event, actor=actor, at=at)


def refuse(
    *,
    agency: str,
    kind: Kind,
    ground: str,
    paper: str,
    asked: Particulars | None,
    detail: str,
    actor: Actor,
    at: datetime,
) -> None:
    """Record in the book's day that a certification was refused, on a ground of the law (23/2015/NĐ-CP Đ22, Đ25)."""
    check(actor, Doing.REFUSE, agency=agency)
    found = kind.ground(ground)
    if paper not in kind.papers:
        raise Invalid("Hãy chọn loại giấy tờ.", "Choose the type of paper.", field="paper")
    book = lock(agency=agency, kind=kind.code, year=local(at).year, actor=actor, at=at)
    kept = _kept(fields_told([asked] if asked else [], detail))
    event = e.CertificationRefused(
        day=_day(book, at),
        paper=paper,
        ground=found.code,
        basis=found.basis,
        told=kept.ref if kept else None,
        occurred_at=at,
    )
    record(book=book, event=event, actor=actor, at=at, contents=[kept] if kept else [])


def _kept(fields: Fields) -> NewContent | None:
    """What was told of a paper, as content; nothing where nothing was told."""
    return snapshot("certification", fields) if fields else None


def _refuse_closed_year(book: Row) -> None:
    if book["closed_at"] is not None:
        raise NotAllowedNow(
            f"Sổ năm {book['year']} đã khóa; không ghi thêm được.",
            f"The book of {book['year']} is closed; nothing more can be entered.",
        )


def _day(book: Row, at: datetime) -> date:
    """The local day an entry of now stands under: today, or the day after the last one closed."""
    _refuse_closed_year(book)
    today = local(at).date()
    following = day_after(book["closed_day"], today)
    if following.year != book["year"]:
        raise NotAllowedNow(
            "Ngày cuối năm đã khóa sổ; việc này ghi vào sổ năm sau.",
            "The last day of the year is closed; this belongs to next year's book.",
        )
    return following


def _signer(account: UUID, *, agency: str, kind: Kind, day: date, actor: Actor, at: datetime) -> Signer:
    found = next(
        (s for s in signers(agency=agency, kind=kind.code, day=day, at=at) if s.account == account), None
    )
    if found is None:
        raise Invalid(
            f"Người này không được giao ký chứng thực ngày {day:%d/%m/%Y}; hãy chọn người khác.",
            f"This person is not authorised to sign on {day:%d/%m/%Y}; choose another.",
            field="signer",
        )
    if actor.people & {str(account), str(found.acting_for)}:
        raise Invalid(
            "Người tiếp nhận không được tự ký chứng thực; hãy chọn người ký khác.",
            "Who receives does not sign the certification; choose another signer.",
            field="signer",
        )
    return found
