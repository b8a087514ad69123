"""Who handed a dossier in for its applicant, as the desk reads it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.dossiers.assisting import CONSENTS, KINDS, TELLS, Consent, FilingKind
from motcua.dossiers.row import Row
from motcua.kernel.say import Say
from motcua.kernel.text import mask_number
from motcua.kernel.time import parse_utc


@dataclass(frozen=True, slots=True)
class Helped:
    """By whom, and how the applicant agreed. `by`: the member of the staff who typed; `relation` and `statement` are
    empty where people are not shown, or were erased; so is `number`, where a code was sent, masked."""

    kind: Say
    organisation: str
    by: str
    consent: Say
    agreed_at: datetime
    paper_kept: bool
    notified: Say
    relation: str
    statement: str
    number: str


def helped(row: Row, texts: Mapping[UUID, str], names: Mapping[UUID | None, str]) -> Helped | None:
    """How it was handed in; None where the applicant did so themselves. `texts`: the dossier's, by content."""
    told = row["filing"]
    if told is None:
        return None
    kind = KINDS[FilingKind(told["kind"])]
    said = json.loads(texts.get(UUID(told["told"]["snapshot"]), "{}"))
    return Helped(
        kind=kind.label,
        organisation=told["organisation"],
        by=names.get(UUID(told["by"]), "") if kind.seat else "",
        consent=CONSENTS[Consent(told["consent"])],
        agreed_at=parse_utc(told["agreed_at"]),
        paper_kept=told["paper_kept"],
        notified=TELLS[told["notified"]],
        relation=said.get("relation", ""),
        statement=said.get("statement", ""),
        number=mask_number((said.get("receipt") or {}).get("phone", "")),
    )
