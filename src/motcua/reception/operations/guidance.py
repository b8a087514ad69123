"""Somebody is told what to bring, or is turned away, while there is no dossier yet: a record with its own number
(forms 02 and 03)."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.agencies.operations.stream import append_to, lock
from motcua.agencies.series import next_in_series
from motcua.catalogue.completeness import Missing
from motcua.dossiers.policy import SEATS
from motcua.dossiers.states import Authority
from motcua.kernel.actor import Actor
from motcua.kernel.contents import TextRef, snapshot
from motcua.kernel.errors import Denied, Invalid
from motcua.kernel.text import clean
from motcua.kernel.time import local
from motcua.ledger.operations import EventData, claim
from motcua.parties.operations import Particulars
from motcua.reception.events import GuidanceGiven, RefusalGiven
from motcua.reception.grounds import GROUNDS, Ground
from motcua.reception.known import keys_of, name_keys
from motcua.reception.models import Guidance

SERIES = "HD"
LONGEST_ADVICE = 500
LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was told, of which version; `people` are (role, particulars) as far as they were said."""

    procedure: str
    procedure_version: UUID
    variant: str
    channel: str
    answers: Mapping[str, str]
    people: tuple[tuple[str, Particulars], ...]
    missing: tuple[Missing, ...]
    advice: str
    officer: str


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
    """Write down what somebody was told to bring; returns the number.

    Raises Denied for everybody but the desk's officers; Invalid without a name, or with nothing to tell;
    AlreadyDone when the same was sent before.
    """
    _check_seat(actor)
    return _write(
        body=_told_body(told),
        version=told.procedure_version,
        variant=told.variant,
        event=lambda number, ref: GuidanceGiven(
            number=number,
            procedure=told.procedure,
            procedure_version=told.procedure_version,
            variant=told.variant,
            answers=told.answers,
            missing=tuple(code for missing in told.missing for code in missing.components),
            told=ref,
            occurred_at=at,
        ),
        actor=actor,
        at=at,
    )


def turn_away(*, refusal: TurnedAway, actor: Actor, at: datetime) -> str:
    """Write down that a request was refused before acceptance, with its ground and reason; returns the number.

    Raises Denied for everybody but the desk's officers; Invalid without a name, a ground of the table, a written
    reason, or what was asked; AlreadyDone when the same was sent before.
    """
    _check_seat(actor)
    return _write(
        body=_refusal_body(refusal),
        version=refusal.procedure_version,
        variant=refusal.variant,
        event=lambda number, ref: RefusalGiven(
            number=number,
            procedure=refusal.procedure,
            procedure_version=refusal.procedure_version,
            variant=refusal.variant,
            ground=refusal.ground,
            told=ref,
            occurred_at=at,
        ),
        actor=actor,
        at=at,
    )


def _check_seat(actor: Actor) -> None:
    if actor.position_kind not in SEATS[Authority.DESK]:
        raise Denied(
            "Chỉ công chức tiếp nhận của Bộ phận Một cửa được ghi lượt hướng dẫn, từ chối tiếp nhận.",
            "Only the reception officers of a one-stop desk write guidance records and refusals.",
        )


def _write(
    *,
    body: Mapping[str, Any],
    version: UUID | None,
    variant: str,
    event: Callable[[str, TextRef], EventData],
    actor: Actor,
    at: datetime,
) -> str:
    """The record and its event on the agency's stream, under the agency's lock; the number last of all."""
    row = lock(actor.agency)
    seq = row.head_seq + 1
    claim(stream=row.stream, seq=seq, actor=actor, at=at)
    content = snapshot("guidance", body)
    year = local(at).year
    number = f"{SERIES}-{year}-{next_in_series(agency=actor.agency, series=SERIES, period=str(year)):06}"
    Guidance.objects.create(
        id=content.id,
        agency=actor.agency,
        number=number,
        seq=seq,
        procedure_version=version,
        variant=variant,
        at=at,
        digest=content.digest,
        salt=content.salt,
        sealed=content.sealed(),
        keys=_keys(actor.agency, body["people"]),
    )
    append_to(row, event(number, content.ref), actor, at)
    return number


def _told_body(told: Told) -> dict[str, Any]:
    advice = _text(told.advice, "advice", longest=LONGEST_ADVICE)
    if not told.missing and not advice:
        raise Invalid(
            "Không thiếu giấy tờ nào: hãy tiếp nhận, hoặc ghi lời hướng dẫn.",
            "No paper is missing: receive the dossier, or write the advice.",
        )
    return {
        "form": "02",
        "people": _people(told.people),
        "channel": told.channel,
        "answers": dict(told.answers),
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
        "form": "03",
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


def _text(text: str, field: str, *, longest: int) -> str:
    found = "\n".join(line for line in (clean(line) for line in text.splitlines()) if line)
    if len(found) > longest:
        raise Invalid(
            f"Nội dung quá dài: không quá {longest} chữ.",
            f"The text is too long: at most {longest} letters.",
            field=field,
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
