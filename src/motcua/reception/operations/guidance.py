"""Somebody is told what to bring while there is no dossier yet: a record with its own number (form 02)."""

from collections.abc import Mapping
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
from motcua.kernel.contents import snapshot
from motcua.kernel.errors import Denied, Invalid
from motcua.kernel.text import clean
from motcua.kernel.time import local
from motcua.ledger.operations import claim
from motcua.parties.operations import Particulars
from motcua.reception.events import GuidanceGiven
from motcua.reception.known import keys_of, name_keys
from motcua.reception.models import Guidance

SERIES = "HD"
LONGEST_ADVICE = 500


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


def guide(*, told: Told, actor: Actor, at: datetime) -> str:
    """Write down what somebody was told to bring; returns the number.

    Raises Denied for everybody but the desk's officers; Invalid without a name, or with nothing to tell;
    AlreadyDone when the same was sent before.
    """
    if actor.position_kind not in SEATS[Authority.DESK]:
        raise Denied(
            "Chỉ công chức tiếp nhận của Bộ phận Một cửa được ghi lượt hướng dẫn.",
            "Only the reception officers of a one-stop desk write guidance records.",
        )
    body = _body(told)
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
        procedure_version=told.procedure_version,
        variant=told.variant,
        at=at,
        digest=content.digest,
        salt=content.salt,
        sealed=content.sealed(),
        keys=_keys(actor.agency, body["people"]),
    )
    event = GuidanceGiven(
        number=number,
        procedure=told.procedure,
        procedure_version=told.procedure_version,
        variant=told.variant,
        answers=told.answers,
        missing=tuple(code for missing in told.missing for code in missing.components),
        told=content.ref,
        occurred_at=at,
    )
    append_to(row, event, actor, at)
    return number


def _body(told: Told) -> dict[str, Any]:
    advice = clean(told.advice)
    if len(advice) > LONGEST_ADVICE:
        raise Invalid(
            f"Lời hướng dẫn quá dài: không quá {LONGEST_ADVICE} chữ.",
            f"The advice is too long: at most {LONGEST_ADVICE} letters.",
        )
    if not told.missing and not advice:
        raise Invalid(
            "Không thiếu giấy tờ nào: hãy tiếp nhận, hoặc ghi lời hướng dẫn.",
            "No paper is missing: receive the dossier, or write the advice.",
        )
    people = [{"role": role} | asdict(p) | {"name": clean(p.name)} for role, p in told.people]
    if not people or not people[0]["name"]:
        raise Invalid(
            "Ghi họ tên người được hướng dẫn.", "Write the name of the person who is told.", field="name"
        )
    return {
        "people": people,
        "channel": told.channel,
        "answers": dict(told.answers),
        "items": [{"vi": m.reason.vi, "en": m.reason.en} for m in told.missing],
        "advice": advice,
        "officer": told.officer,
    }


def _keys(agency: str, people: list[dict[str, Any]]) -> list[bytes]:
    found = [key for p in people for key in (*keys_of(agency, p), *name_keys(agency, p["name"]))]
    return list(dict.fromkeys(found))
