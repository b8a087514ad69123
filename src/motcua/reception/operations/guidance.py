"""Somebody is told what to bring, or is turned away, while there is no dossier yet: a record with its own number
(forms 02 and 03)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.agencies.operations.stream import append_to, lock
from motcua.agencies.series import next_in_series
from motcua.catalogue.completeness import Missing
from motcua.dossiers.policy import SEATS
from motcua.dossiers.states import Authority
from motcua.kernel.actor import Actor
from motcua.kernel.contents import TextRef, snapshot, text
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from motcua.kernel.text import clean
from motcua.kernel.time import local
from motcua.ledger.operations import claim
from motcua.parties.operations import Particulars
from motcua.reception.events import (
    GuidanceClosed,
    GuidanceGiven,
    RefusalGiven,
    ReturnAnswered,
    ReturnProposed,
)
from motcua.reception.grounds import GROUNDS, Ground
from motcua.reception.known import keys_of, name_keys
from motcua.reception.models import Guidance, GuidanceStanding, Word
from motcua.reception.projector import GUIDANCE, PROPOSED, REFUSAL, project
from motcua.reception.returns import Earlier, needs_manager
from motcua.reception.selectors.represented import theirs
from motcua.reception.selectors.returns import earlier_returns, not_received_yet

SERIES = "HD"
LONGEST_ADVICE = 500
LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was told, of which version; `people` are (role, particulars) as far as they were said; `sought` the
    components that the agency looked up before and did not find."""

    procedure: str
    procedure_version: UUID
    variant: str
    channel: str
    answers: Mapping[str, str]
    people: tuple[tuple[str, Particulars], ...]
    missing: tuple[Missing, ...]
    advice: str
    officer: str
    sought: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnedAway:
    """What is turned away, and why. Without a procedure (`procedure` ""), `request` says what was asked."""

    procedure: str
    procedure_version: UUID | None
    variant: str
    people: tuple[tuple[str, Particulars], ...]
    request: str
    ground: str
    reason: str
    advice: str
    officer: str


def guide(*, told: Told, actor: Actor, at: datetime) -> str:
    """Write down what somebody was told to bring; returns the number. A third return of one matter is proposed to
    the desk manager instead (reception.returns).

    Raises Denied for everybody but the desk's officers; Invalid without a name, or with nothing to tell;
    AlreadyDone when the same was sent before.
    """
    _check_seat(actor, told.procedure)
    matter = _Matter(
        procedure=told.procedure,
        procedure_version=told.procedure_version,
        variant=told.variant,
        answers=told.answers,
        missing=tuple(code for missing in told.missing for code in missing.components),
    )
    return _write(form=GUIDANCE, matter=matter, body=_told_body(told), actor=actor, at=at)


def turn_away(*, refusal: TurnedAway, actor: Actor, at: datetime) -> str:
    """Write down that a request was refused before acceptance, with its ground and reason; returns the number. A
    third return of one matter is proposed to the desk manager instead (reception.returns).

    Raises Denied for everybody but the desk's officers; Invalid without a name, a ground of the table, a written
    reason, or what was asked; AlreadyDone when the same was sent before.
    """
    _check_seat(actor, refusal.procedure)
    matter = _Matter(
        procedure=refusal.procedure,
        procedure_version=refusal.procedure_version,
        variant=refusal.variant,
        ground=refusal.ground,
    )
    return _write(form=REFUSAL, matter=matter, body=_refusal_body(refusal), actor=actor, at=at)


def answer(*, number: str, approved: bool, word: str, actor: Actor, at: datetime) -> None:
    """The desk manager's word on a proposed return: it is given, or the matter is to be received as it is.

    Raises Denied for everybody but the desk's manager and for who proposed it; NotFound; NotAllowedNow when it does
    not wait (any more); Invalid without a word; AlreadyDone when the same was sent before.
    """
    if actor.position_kind not in SEATS[Authority.MANAGER]:
        raise Denied(
            "Chỉ Phụ trách Bộ phận Một cửa cho ý kiến về lần trả lại thứ ba.",
            "Only the desk's manager says a word on a third return.",
        )
    row = lock(actor.agency)
    claim(stream=row.stream, seq=row.head_seq + 1, actor=actor, at=at)
    standing = GuidanceStanding.objects.filter(agency=actor.agency, number=number).first()
    if standing is None:
        raise no_such()
    if standing.standing != PROPOSED or standing.dossier:
        raise NotAllowedNow(
            "Lượt này không chờ ý kiến: đã được trả lời, hoặc hồ sơ đã được tiếp nhận.",
            "This record does not wait for a word: it was answered, or the dossier received.",
        )
    if actor.people & {standing.told_by, standing.told_for}:
        raise Denied(
            "Người đề nghị không tự cho ý kiến; cần người thứ hai.",
            "Who proposed it does not answer it; a second person is needed.",
        )
    said = _text(word, "word", longest=LONGEST_ADVICE)
    if not said:
        raise Invalid("Ghi ý kiến của phụ trách.", "Write the manager's word.", field="word")
    content = text("return_word", said)
    Word.objects.create(
        id=content.id,
        agency=actor.agency,
        digest=content.digest,
        salt=content.salt,
        sealed=content.sealed(),
    )
    event = ReturnAnswered(number=number, approved=approved, word=content.ref, occurred_at=at)
    append_to(row, event, actor, at)
    GuidanceStanding.objects.filter(agency=actor.agency, number=number).update(
        **project(event, agency=actor.agency, by=actor.id, acting_for=actor.acting_for)
    )


def close(
    *,
    agency: str,
    procedure: str,
    people: Sequence[Mapping[str, Any]],
    dossier: str,
    received_at: datetime,
    actor: Actor,
    at: datetime,
) -> int:
    """Close what the desk had told these people about this procedure before `dossier` was received; how many.

    The agency's row is locked only where there is something to close: receptions do not wait for one another.
    """

    def standing() -> list[str]:
        return not_received_yet(agency=agency, procedure=procedure, people=people, at=received_at)

    if not standing():
        return 0
    row = lock(agency)
    claim(stream=row.stream, seq=row.head_seq + 1, actor=actor, at=at)
    numbers = standing()
    for number in numbers:
        event = GuidanceClosed(number=number, dossier=dossier, occurred_at=received_at)
        append_to(row, event, actor, at)
        GuidanceStanding.objects.filter(agency=agency, number=number).update(
            **project(event, agency=agency, by=actor.id, acting_for=actor.acting_for)
        )
    return len(numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matter:
    """What a record is about, as its event says it."""

    procedure: str
    procedure_version: UUID | None
    variant: str
    answers: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    ground: str = ""

    def given(self, form: str, number: str, told: TextRef, at: datetime) -> GuidanceGiven | RefusalGiven:
        """The event of a return the officer gives alone."""
        if form == REFUSAL:
            return RefusalGiven(
                number=number,
                procedure=self.procedure,
                procedure_version=self.procedure_version,
                variant=self.variant,
                ground=self.ground,
                told=told,
                occurred_at=at,
            )
        return GuidanceGiven(
            number=number,
            procedure=self.procedure,
            procedure_version=_version(self),
            variant=self.variant,
            answers=self.answers,
            missing=self.missing,
            told=told,
            occurred_at=at,
        )

    def proposed(
        self, form: str, number: str, told: TextRef, at: datetime, earlier: tuple[Earlier, ...]
    ) -> ReturnProposed:
        """The event of a return that waits for the manager."""
        return ReturnProposed(
            number=number,
            form=form,
            procedure=self.procedure,
            procedure_version=_version(self),
            variant=self.variant,
            answers=self.answers,
            missing=self.missing,
            ground=self.ground,
            earlier=tuple(one.ref for one in earlier),
            told=told,
            occurred_at=at,
        )


def _version(matter: _Matter) -> UUID:
    if matter.procedure_version is None:
        raise ValueError("a matter with a procedure has its version")
    return matter.procedure_version


def no_such() -> NotFound:
    """There is no such record at this desk."""
    return NotFound(
        "Không tìm thấy lượt hướng dẫn này ở cơ quan bạn.",
        "This guidance record is not found at your agency.",
    )


def _check_seat(actor: Actor, procedure: str) -> None:
    represented = theirs(actor)
    if represented is not None and procedure not in represented.procedures:
        raise Denied(
            "Cán bộ được cử đến quầy chỉ ghi lượt hướng dẫn, từ chối về thủ tục do cơ quan cử mình giải quyết.",
            "A representative writes guidance and refusals on procedures of the agency that posted them only.",
        )
    if represented is None and actor.position_kind not in SEATS[Authority.DESK]:
        raise Denied(
            "Chỉ công chức tiếp nhận của Bộ phận Một cửa được ghi lượt hướng dẫn, từ chối tiếp nhận.",
            "Only the reception officers of a one-stop desk write guidance records and refusals.",
        )


def _write(*, form: str, matter: _Matter, body: Mapping[str, Any], actor: Actor, at: datetime) -> str:
    """The record and its event on the agency's stream, under the agency's lock: two officers at once are counted one
    after the other. The number last of all."""
    row = lock(actor.agency)
    seq = row.head_seq + 1
    claim(stream=row.stream, seq=seq, actor=actor, at=at)
    earlier = earlier_returns(agency=actor.agency, procedure=matter.procedure, people=body["people"], at=at)
    _refuse_twice(earlier, agency=actor.agency)
    content = snapshot("guidance", body)
    year = local(at).year
    number = f"{SERIES}-{year}-{next_in_series(agency=actor.agency, series=SERIES, period=str(year)):06}"
    Guidance.objects.create(
        id=content.id,
        agency=actor.agency,
        number=number,
        seq=seq,
        procedure_version=matter.procedure_version,
        variant=matter.variant,
        at=at,
        digest=content.digest,
        salt=content.salt,
        sealed=content.sealed(),
        keys=_keys(actor.agency, body["people"]),
    )
    event = (
        matter.proposed(form, number, content.ref, at, earlier)
        if needs_manager(earlier)
        else matter.given(form, number, content.ref, at)
    )
    append_to(row, event, actor, at)
    GuidanceStanding.objects.create(
        **project(event, agency=actor.agency, by=actor.id, acting_for=actor.acting_for)
    )
    return number


def _refuse_twice(earlier: tuple[Earlier, ...], *, agency: str) -> None:
    if not earlier:
        return
    refs = [one.ref for one in earlier]
    waiting = GuidanceStanding.objects.filter(agency=agency, number__in=refs, standing=PROPOSED).first()
    if waiting is not None:
        raise NotAllowedNow(
            f"Việc này đang chờ ý kiến của Phụ trách Bộ phận Một cửa ở lượt {waiting.number}.",
            f"This matter waits for the desk manager's word on record {waiting.number}.",
        )


def _told_body(told: Told) -> dict[str, Any]:
    advice = _text(told.advice, "advice", longest=LONGEST_ADVICE)
    if not told.missing and not advice:
        raise Invalid(
            "Không thiếu giấy tờ nào phải mang đến: hãy tra cứu, tiếp nhận, hoặc ghi lời hướng dẫn.",
            "No paper is missing that must be brought: look it up, receive the dossier, or write the advice.",
        )
    return {
        "form": GUIDANCE,
        "people": _people(told.people),
        "channel": told.channel,
        "answers": dict(told.answers),
        "sought": list(told.sought),
        "items": [{"vi": m.reason.vi, "en": m.reason.en} for m in told.missing],
        "advice": advice,
        "officer": told.officer,
    }


def _refusal_body(refusal: TurnedAway) -> dict[str, Any]:
    ground = _ground(refusal)
    reason = _text(refusal.reason, "reason", longest=LONGEST_REASON)
    if not reason:
        raise Invalid(
            "Ghi lý do từ chối để người yêu cầu hiểu.",
            "Write the reason, so that the person understands it.",
            field="reason",
        )
    request = _text(refusal.request, "request", longest=LONGEST_ADVICE)
    if not refusal.procedure and not request:
        raise Invalid(
            "Ghi nội dung yêu cầu, hoặc chọn thủ tục.",
            "Write what was asked, or choose the procedure.",
            field="request",
        )
    return {
        "form": REFUSAL,
        "people": _people(refusal.people),
        "request": request,
        "ground": ground.code,
        "reason": reason,
        "advice": _text(refusal.advice, "advice", longest=LONGEST_ADVICE),
        "officer": refusal.officer,
    }


def _ground(refusal: TurnedAway) -> Ground:
    ground = GROUNDS.get(refusal.ground)
    if ground is None:
        raise Invalid("Hãy chọn căn cứ từ chối.", "Choose the ground of the refusal.", field="ground")
    if ground.needs_matter and not refusal.procedure:
        raise Invalid(
            "Căn cứ này chỉ dùng cho một thủ tục đã công bố: hãy chọn thủ tục.",
            "This ground is for a published procedure only: choose the procedure.",
            field="procedure",
        )
    return ground


def _text(typed: str, name: str, *, longest: int) -> str:
    found = "\n".join(line for line in (clean(line) for line in typed.splitlines()) if line)
    if len(found) > longest:
        raise Invalid(
            f"Nội dung quá dài: không quá {longest} chữ.",
            f"The text is too long: at most {longest} letters.",
            field=name,
        )
    return found


def _people(people: tuple[tuple[str, Particulars], ...]) -> list[dict[str, Any]]:
    found = [{"role": role} | asdict(p) | {"name": clean(p.name)} for role, p in people]
    if not found or not found[0]["name"]:
        raise Invalid(
            "Ghi họ tên người được hướng dẫn.", "Write the name of the person who is told.", field="name"
        )
    return found


def _keys(agency: str, people: list[dict[str, Any]]) -> list[bytes]:
    found = [key for p in people for key in (*keys_of(agency, p), *name_keys(agency, p["name"]))]
    return list(dict.fromkeys(found))
