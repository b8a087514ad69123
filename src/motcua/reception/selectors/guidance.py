"""Guidance records: one by its number, and those of somebody who comes again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from motcua.kernel.contents import open_body
from motcua.kernel.errors import NotFound
from motcua.kernel.say import Say
from motcua.kernel.text import clean
from motcua.reception.grounds import GROUNDS, Ground
from motcua.reception.known import FEWEST_DIGITS, digits_of, name_keys, number_key, phone_key
from motcua.reception.models import Guidance
from motcua.reception.operations.guidance import SERIES

MOST = 5
REFUSAL = "03"
FRESH = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Guided:
    """A guidance record, whole: for the desk that wrote it. `form` "03" is a refusal: its `ground` and `reason`, and
    what was asked (`request`) where that is no procedure."""

    number: str
    form: str
    procedure_version: UUID | None
    variant: str
    at: datetime
    items: tuple[Say, ...]
    advice: str
    officer: str
    channel: str
    answers: Mapping[str, str]
    people: Sequence[tuple[str, Mapping[str, Any]]]
    request: str
    ground: Ground | None
    reason: str

    @property
    def is_refusal(self) -> bool:
        """Whether the request was turned away."""
        return self.form == REFUSAL


def guidance(number: str, *, agency: str) -> Guided:
    """The record `number` of a desk. One statement. Raises NotFound outside the desk's own."""
    row = Guidance.objects.filter(agency=agency, number=number).first()
    if row is None:
        raise NotFound(
            "Không tìm thấy lượt hướng dẫn này ở cơ quan bạn.",
            "This guidance record is not found at your agency.",
        )
    return _read(row)


def number_at(seq: int, *, agency: str) -> str:
    """The number of the record whose event stands at `seq` of the agency's stream."""
    return Guidance.objects.get(agency=agency, seq=seq).number


def found(words: str, *, agency: str, at: datetime) -> list[Guided]:
    """What a desk told somebody in the last 90 days: by the record's number, identity number, telephone, or words
    of a name without accents; the newest first. One statement."""
    text = clean(words)
    rows = Guidance.objects.filter(agency=agency, at__gt=at - FRESH)
    if text.upper().startswith(f"{SERIES}-"):
        rows = rows.filter(number=text.upper())
    elif len(digits_of(text)) >= FEWEST_DIGITS:
        bare = text.replace(" ", "")
        rows = rows.filter(
            keys__overlap=[number_key(agency, text), number_key(agency, bare), phone_key(agency, text)]
        )
    elif len(keys := name_keys(agency, text)) > 1:
        rows = rows.filter(keys__contains=keys)
    else:
        return []
    return [_read(row) for row in rows.order_by("-at")[:MOST]]


def _read(row: Guidance) -> Guided:
    body = json.loads(open_body(row.id, bytes(row.sealed)) or "{}")
    return Guided(
        number=row.number,
        procedure_version=row.procedure_version,
        variant=row.variant,
        at=row.at,
        form=body.get("form", "02"),  # the first records were all of form 02, and did not say so
        items=tuple(Say(**item) for item in body.get("items", ())),
        advice=body["advice"],
        officer=body["officer"],
        channel=body.get("channel", ""),
        answers=body.get("answers", {}),
        people=[(person["role"], person) for person in body["people"]],
        request=body.get("request", ""),
        ground=GROUNDS.get(body.get("ground", "")),
        reason=body.get("reason", ""),
    )
