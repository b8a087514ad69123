"""What could not be looked up at reception is filled in. Frozen: a change is a new version, never an edit."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from motcua.dossiers.facts import FieldFact, PaperMark, TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldBackfilled:
    """`field`, a whole person, was held against a register that answers again, or against a paper. Not written any
    more: `FieldsBackfilled` says it of each field.

    `outcome`: "same" or "shown" fill it; "differs" and "not_found" leave it open, for somebody to look at. `number` is
    the register's answer's own; `told` what differs, or the paper that was shown.
    """

    TYPE: ClassVar[str] = "dossier_field_backfilled"
    VERSION: ClassVar[int] = 1

    field: str
    outcome: str
    number: str
    told: TextRef | None
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldsBackfilled:
    """Fields of one person (motcua.dossiers.degraded) were held against one answer of a register, whose own number is
    `number`, or against one paper, `shown`."""

    TYPE: ClassVar[str] = "dossier_fields_backfilled"
    VERSION: ClassVar[int] = 1

    findings: tuple[FieldFact, ...]
    number: str
    shown: TextRef | None
    occurred_at: datetime
    paper: PaperMark | None = None


EVENTS = (FieldBackfilled, FieldsBackfilled)
