"""Deciding what the words of an announcement mean: one new version of the procedure, which the decision's event is
told with. Nothing is changed that was decided; it is replaced, or taken back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.catalogue.decisions import decision_digest, standing_decisions
from motcua.catalogue.events import FindingDecided, FindingReopened
from motcua.catalogue.models import Announcement, Decision as Row, Finding, Procedure, Version
from motcua.catalogue.national.decisions import Decision, settle, words_of
from motcua.catalogue.national.findings import Finding as Found, FindingKind
from motcua.catalogue.national.fitting import fitted, fitting, made_with
from motcua.catalogue.national.record import Record, raw_record, read_record
from motcua.catalogue.national.structure import Structured
from motcua.catalogue.national.values import RULES, value_of
from motcua.catalogue.national.words import words_digest
from motcua.catalogue.operations.found import decided_of, keep_findings
from motcua.catalogue.operations.publishing import Publication, one_at_a_time, publish_all
from motcua.catalogue.policy import check_announcer
from motcua.catalogue.shapes import ProcedureVersion
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotAllowedNow, NotFound, Refusal
from motcua.kernel.ids import uuid7
from motcua.kernel.time import local
from motcua.ledger.chain import Head, document_digest
from motcua.ledger.operations import EventData, append, claim

LONGEST_NOTE = 2000
MOST_PROCEDURES = 50


class Outdated(NotAllowedNow):
    """What was shown is no longer so: somebody decided it, or the words are others."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What an officer decided about a finding; `shown`: the digest of the words they saw (operations.found), `value`
    {}: left as announced."""

    kind: FindingKind
    where: str
    shown: str
    value: Mapping[str, Any]
    note: str = ""


class Unfit(Invalid):
    """A value that makes no version together with what is decided already; `choice`: which of them."""

    def __init__(self, invalid: Invalid, choice: Choice) -> None:
        super().__init__(invalid.vi, invalid.en, field=invalid.field)
        self.choice = choice


@dataclass
class _Matter:
    """A procedure while something is decided about it."""

    code: str
    announcement: Announcement
    record: Record
    last: Version
    standing: tuple[Decision, ...]
    drafted_here: tuple[Found, ...]
    rows: list[Row] = field(default_factory=list)
    made: Structured | None = None
    version: ProcedureVersion | None = None


def decide(*, procedure: str, choices: Sequence[Choice], actor: Actor, at: datetime) -> UUID:
    """Decide findings of one procedure together: one new version, in force from that day. Returns the version on whose
    stream it stands; a decision to leave all as announced makes no new one.

    Raises Denied, NotFound, Outdated, NotAllowedNow where a version drafted here stands, Invalid with the field of the
    value at fault, AlreadyDone for the same request.
    """
    one_at_a_time()
    check_announcer(actor)
    (matter,) = _matters([procedure])
    claim(stream=matter.last.id, seq=matter.last.head_seq + 1, actor=actor, at=at)
    _choose(matter, choices, actor=actor, at=at)
    return _publish([matter], actor=actor, at=at)[0]


def decide_many(
    *, choices: Mapping[str, Sequence[Choice]], actor: Actor, at: datetime
) -> dict[str, Refusal | None]:
    """As `decide`, for at most 50 procedures: what cannot be decided in one of them leaves the others alone. Returns
    why not, by procedure (None: decided). Raises Denied, AlreadyDone."""
    if not 0 < len(choices) <= MOST_PROCEDURES:
        raise Invalid(
            f"Mỗi lần quyết định từ 1 đến {MOST_PROCEDURES} thủ tục.",
            f"From 1 to {MOST_PROCEDURES} procedures at a time.",
        )
    one_at_a_time()
    check_announcer(actor)
    matters = _matters(sorted(choices))
    claim(stream=matters[0].last.id, seq=matters[0].last.head_seq + 1, actor=actor, at=at)
    told: dict[str, Refusal | None] = {}
    for matter in matters:
        try:
            _choose(matter, choices[matter.code], actor=actor, at=at)
            told[matter.code] = None
        except Refusal as refusal:
            told[matter.code] = refusal
    _publish([matter for matter in matters if told[matter.code] is None], actor=actor, at=at)
    return told


def take_back(*, decision: UUID, actor: Actor, at: datetime) -> UUID:
    """Take a decision back: the finding is open again, in a new version. Returns the version on whose stream it stands.

    Raises Denied, NotFound, Outdated where it was taken back or replaced already, AlreadyDone for the same request.
    """
    one_at_a_time()
    check_announcer(actor)
    row = Row.objects.filter(id=decision).exclude(value=None).first()
    if row is None:
        raise NotFound("Không có quyết định này.", "There is no such decision.")
    (matter,) = _matters([row.procedure_id])
    claim(stream=matter.last.id, seq=matter.last.head_seq + 1, actor=actor, at=at)
    rest = tuple(one for one in matter.standing if one.id != decision)
    if len(rest) == len(matter.standing):
        raise Outdated(
            "Quyết định này đã được rút hoặc thay bằng quyết định khác.",
            "This decision was taken back or replaced already.",
        )
    matter.made, matter.version = fitted(matter.record, rest)
    matter.standing = rest
    matter.rows.append(
        _row(
            matter,
            FindingKind(row.what),
            row.where,
            row.words,
            None,
            note="",
            replaces=decision,
            actor=actor,
            at=at,
        )
    )
    return _publish([matter], actor=actor, at=at)[0]


def _matters(codes: Sequence[str]) -> list[_Matter]:
    """The procedures as they stand. Five statements. Raises NotFound."""
    held = {p.announcement: p.code for p in Procedure.objects.filter(code__in=codes) if p.announcement}
    announcements = {a.procedure_id: a for a in Announcement.objects.filter(id__in=held)}
    versions = Version.objects.filter(procedure_id__in=codes, withdrawn_at=None).order_by("number")
    last = {version.procedure_id: version for version in versions.select_for_update()}
    standing = standing_decisions(codes)
    drafted = {
        row.procedure_id: (Found(FindingKind.DRAFTED_HERE, row.where, row.text),)
        for row in Finding.objects.filter(procedure_id__in=codes, what=FindingKind.DRAFTED_HERE.value)
    }
    for code in codes:
        if code not in announcements or code not in last:
            raise NotFound(
                f"Thủ tục {code} chưa được nhập từ danh mục quốc gia.",
                f"Procedure {code} was never taken in from the national catalogue.",
            )
    return [
        _Matter(
            code,
            announcements[code],
            read_record(raw_record(announcements[code].body)),
            last[code],
            standing.get(code, ()),
            drafted.get(code, ()),
        )
        for code in codes
    ]


def _choose(matter: _Matter, choices: Sequence[Choice], *, actor: Actor, at: datetime) -> None:
    """Check what was chosen, and make the version that follows from it."""
    if not choices:
        raise Invalid("Chưa chọn phát hiện nào để quyết định.", "No finding is chosen to be decided.")
    fit = fitting(matter.record, matter.standing)
    made, _ = made_with(matter.record, fit)
    there = {(found.kind, found.where) for found in (*made.findings, *matter.drafted_here)}
    taken = decided_of(made, matter.record, matter.standing)
    used = {one.id for one in settle(matter.record, matter.standing).values()}
    rows, new = [], []
    if len({(choice.kind, choice.where) for choice in choices}) < len(choices):
        raise Invalid("Một phát hiện được gửi hai lần.", "One finding was sent twice.")
    for choice in choices:
        _check(
            matter,
            choice,
            there=(choice.kind, choice.where) in there,
            taken=(choice.kind, choice.where) in taken,
        )
        words = words_of(matter.record, choice.kind, choice.where) or ()
        outlived = next(
            (
                d
                for d in matter.standing
                if (d.kind, d.where) == (choice.kind, choice.where) and d.id not in used
            ),
            None,
        )
        row = _row(
            matter,
            choice.kind,
            choice.where,
            [list(pair) for pair in words],
            dict(choice.value),
            note=choice.note.strip(),
            replaces=outlived.id if outlived else None,
            actor=actor,
            at=at,
        )
        rows.append(row)
        new.append(Decision(row.id, choice.kind, choice.where, words, choice.value))
    gone = {row.replaces for row in rows}
    standing = [one for one in fit if one.id not in gone]
    matter.made, matter.version = _made(matter.record, standing, new, choices)
    matter.standing = (*(one for one in matter.standing if one.id not in gone), *new)
    matter.rows += rows


def _made(
    record: Record, standing: Sequence[Decision], new: Sequence[Decision], choices: Sequence[Choice]
) -> tuple[Structured, ProcedureVersion]:
    try:
        return made_with(record, [*standing, *new])
    except Invalid:
        for i, choice in enumerate(choices):
            try:
                made_with(record, [*standing, *new[: i + 1]])
            except Invalid as invalid:
                raise Unfit(invalid, choice) from invalid
        raise


def _check(matter: _Matter, choice: Choice, *, there: bool, taken: bool) -> None:
    words = words_of(matter.record, choice.kind, choice.where) if choice.kind in RULES else None
    if words is None or not there:
        raise Outdated(
            "Phát hiện này không còn trong bản công bố đang giữ. Hãy tải lại trang.",
            "This finding is no longer in the announcement. Reload the page.",
        )
    if taken:
        raise Outdated(
            "Phát hiện này vừa được người khác quyết định. Hãy tải lại trang để xem; muốn đổi thì rút quyết định đó "
            "trước.",
            "Somebody has just decided this finding. Reload the page to see; to change it, take that decision back "
            "first.",
        )
    if choice.shown != words_digest(words):
        raise Outdated(
            "Lời của bản công bố vừa đổi so với lời bạn đã xem. Hãy tải lại trang và đọc lại.",
            "The words of the announcement are no longer those you saw. Reload the page and read again.",
        )
    if "announced" not in matter.last.body and choice.value:
        raise NotAllowedNow(
            "Thủ tục đang theo phiên bản soạn ở đây; hãy sửa trong bản soạn. Ở đây chỉ ghi được là đã xem.",
            "The procedure stands by a version drafted here: change it there. Here you may only note that you looked.",
        )
    if len(choice.note) > LONGEST_NOTE:
        raise Invalid(
            f"Ghi chú dài quá {LONGEST_NOTE} chữ.",
            f"The note is longer than {LONGEST_NOTE} letters.",
            field="note",
        )
    try:
        value_of(choice.kind, choice.value)
    except Invalid as invalid:
        raise Unfit(invalid, choice) from invalid


def _row(
    matter: _Matter,
    kind: FindingKind,
    where: str,
    words: Any,
    value: Mapping[str, Any] | None,
    *,
    note: str,
    replaces: UUID | None,
    actor: Actor,
    at: datetime,
) -> Row:
    return Row(
        id=uuid7(),
        procedure_id=matter.code,
        what=kind.value,
        where=where,
        words=words,
        value=value,
        note=note,
        replaces=replaces,
        decided_by=actor.id,
        position_kind=actor.position_kind,
        decided_at=at,
    )


def _publish(matters: Sequence[_Matter], *, actor: Actor, at: datetime) -> list[UUID]:
    """One new version for each procedure whose document is another now; the events on its stream, else on the last."""
    publications = {
        matter.code: one for matter in matters if (one := _publication(matter, at=at)) is not None
    }
    ids = []
    for matter in matters:
        publication = publications.get(matter.code)
        ids.append(publication.id if publication is not None else matter.last.id)
        for row in matter.rows:
            row.version = ids[-1]
    publish_all(publications=list(publications.values()), actor=actor, at=at)
    for matter in matters:
        if matter.code not in publications:
            _append(matter, actor=actor, at=at)
    Row.objects.bulk_create([row for matter in matters for row in matter.rows])
    keep_findings(
        {
            matter.code: (
                matter.announcement.id,
                matter.record,
                decided_of(matter.made, matter.record, matter.standing),
                (*matter.made.findings, *matter.drafted_here),
            )
            for matter in matters
            if matter.made is not None
        }
    )
    return ids


def _publication(matter: _Matter, *, at: datetime) -> Publication | None:
    if matter.made is None or matter.version is None or "announced" not in matter.last.body:
        return None
    if bytes(matter.last.body_digest) == document_digest(matter.made.document):
        return None
    day = max(local(at).date(), matter.last.effective_from)
    return Publication(matter.made.document, matter.version, day, tuple(_events(matter)))


def _events(matter: _Matter) -> Iterator[EventData]:
    for row in matter.rows:
        digest = decision_digest(
            row.id, row.what, row.where, row.words, row.value, row.note, row.replaces, row.decided_by
        )
        if row.value is None and row.replaces is not None:
            yield FindingReopened(
                procedure=matter.code,
                decision=row.id,
                what=row.what,
                where=row.where,
                digest=digest,
                replaces=row.replaces,
            )
        else:
            yield FindingDecided(
                procedure=matter.code,
                decision=row.id,
                what=row.what,
                where=row.where,
                digest=digest,
                replaces=row.replaces,
            )


def _append(matter: _Matter, *, actor: Actor, at: datetime) -> None:
    last = matter.last
    head = Head(stream=last.id, seq=last.head_seq, hash=bytes(last.head_hash), at=last.head_at)
    for event in _events(matter):
        head = append(head=head, event=event, agency=actor.agency, actor=actor, at=at).head
    Version.objects.filter(id=last.id).update(head_seq=head.seq, head_hash=head.hash, head_at=head.at)
