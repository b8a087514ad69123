"""The electronic form a dossier was handed in with, and how it was mended since: named by events, its answers sealed as
content."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.dossiers.record import opened_texts
from motcua.dossiers.row import Row
from motcua.kernel.time import parse_utc
from motcua.ledger.chain import Envelope
from motcua.ledger.selectors import history


@dataclass(frozen=True, slots=True)
class Mend:
    """When which fields were answered anew, and which of those who apply signed in and did it (None: the desk);
    `before`: the answers until then."""

    at: datetime
    by: UUID | None
    fields: tuple[str, ...]
    before: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AnsweredForm:
    """A form and what is answered in it; nothing once erased."""

    form: str
    version: int
    answers: Mapping[str, Any]
    mends: tuple[Mend, ...] = ()


def answered_form(envelopes: Sequence[Envelope], texts: Mapping[UUID, str]) -> AnsweredForm | None:
    """The form of the dossier with this history, as it is by now; None where it was handed in without one. `texts` are
    its contents."""
    told = [x for x in envelopes if x.data.get("form")]
    if not told:
        return None
    answers, mends = _answers(told[0], texts), []
    for x in told[1:]:
        moment = parse_utc(x.data["occurred_at"])
        by = UUID(x.actor["id"]) if x.actor["kind"] == "citizen" else None
        mends.append(Mend(moment, by, tuple(x.data["fields"]), answers))
        answers = _answers(x, texts)
    form = told[0].data["form"]
    return AnsweredForm(form["form"], form["version"], answers, tuple(mends))


def _answers(envelope: Envelope, texts: Mapping[UUID, str]) -> Mapping[str, Any]:
    body = texts.get(UUID(envelope.data["form"]["snapshot"]))
    answers: Mapping[str, Any] = json.loads(body) if body else {}
    return answers


def form_of(row: Row) -> AnsweredForm | None:
    """The form of a dossier as it is by now. Two statements, none where nobody handed it in from home. The caller has
    checked who may see it."""
    if row["submitted_at"] is None and row["parent"] is None:
        return None
    told = [x for x in history(row["id"]) if x.data.get("form")]
    wanted = [UUID(x.data["form"]["snapshot"]) for x in told]
    return answered_form(told, dict(zip(wanted, opened_texts(*wanted), strict=True))) if told else None
