"""Guidance records: one by its number, and those of somebody who comes again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from motcua.kernel.contents import open_body
from motcua.kernel.say import Say
from motcua.kernel.text import clean
from motcua.reception.grounds import GROUNDS, Ground
from motcua.reception.known import FEWEST_DIGITS, digits_of, name_keys, number_key, phone_key
from motcua.reception.models import Guidance, GuidanceStanding, Word
from motcua.reception.operations.guidance import SERIES, no_such
from motcua.reception.projector import GIVEN, PROPOSED, REFUSAL
from motcua.reception.selectors.represented import Theirs

MOST = 5
FRESH = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Guided:
    """A guidance record, whole: for the desk that wrote it. `form` "03" is a refusal: its `ground` and `reason`, and
    what was asked (`request`) where that is no procedure. `standing`, `earlier` and `word` are of a third return."""

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
    standing: str = GIVEN
    earlier: tuple[str, ...] = ()
    answered_at: datetime | None = None
    answered_by: str = ""
    word: str = ""
    dossier: str = ""

    @property
    def is_refusal(self) -> bool:
        """Whether the request was turned away."""
        return self.form == REFUSAL

    @property
    def is_given(self) -> bool:
        """Whether the paper may be handed out: not one that waits for the manager, or was not agreed to."""
        return self.standing == GIVEN

    @property
    def given_at(self) -> datetime:
        """When it was given: by the officer, or with the manager's word."""
        return self.answered_at or self.at

    @property
    def waits(self) -> bool:
        """Whether it waits for the desk manager's word."""
        return self.standing == PROPOSED and not self.dossier


def guidance(number: str, *, agency: str, only: Theirs | None = None) -> Guided:
    """The record `number` of a desk. Raises NotFound outside the desk's own, and outside `only`: what one agency's
    representatives wrote there on its procedures."""
    rows = list(Guidance.objects.filter(agency=agency, number=number))
    if not (found := _read(rows, only=only)):
        raise no_such()
    return found[0]


def number_at(seq: int, *, agency: str) -> str:
    """The number of the record whose event stands at `seq` of the agency's stream."""
    return Guidance.objects.get(agency=agency, seq=seq).number


def found(words: str, *, agency: str, at: datetime, only: Theirs | None = None) -> list[Guided]:
    """What a desk told somebody in the last 90 days, as far as `only` goes: by the record's number, identity number,
    telephone, or words of a name without accents; the newest first."""
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
    return _read(list(rows.order_by("-at")[:MOST]), only=only)


def _read(rows: list[Guidance], *, only: Theirs | None) -> list[Guided]:
    """The records of one desk, with where they stand; `only`: of one agency's representatives. At most two statements
    more."""
    if not rows:
        return []
    found = GuidanceStanding.objects.filter(agency=rows[0].agency, number__in=[row.number for row in rows])
    standings = {one.number: one for one in found}
    if only is not None:
        mine = {
            n
            for n, one in standings.items()
            if only.wrote(one.told_by, one.told_at) and one.procedure in only.procedures
        }
        rows = [row for row in rows if row.number in mine]
    words = {
        one.id: one for one in Word.objects.filter(id__in=[s.word for s in standings.values() if s.word])
    }
    return [_guided(row, standings.get(row.number), words) for row in rows]


def _guided(row: Guidance, standing: GuidanceStanding | None, words: Mapping[UUID, Word]) -> Guided:
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
        **(_standing(standing, words) if standing else {}),
    )


def _standing(standing: GuidanceStanding, words: Mapping[UUID, Word]) -> dict[str, Any]:
    word = words.get(standing.word) if standing.word else None
    return {
        "standing": standing.standing,
        "earlier": tuple(standing.earlier),
        "answered_at": standing.answered_at,
        "answered_by": standing.answered_by,
        "dossier": standing.dossier,
        "word": (open_body(word.id, bytes(word.sealed)) or "") if word else "",
    }
