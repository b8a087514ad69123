"""A letter of apology (form 04) is prepared, signed or given back. Frozen: a change is a new version."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from motcua.dossiers.events.mends import Proposer
from motcua.dossiers.facts import PaperMark, TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class DelayPrepared:
    """Whoever has the dossier prepared form 04 for a leader; it replaces one prepared before. `cause`: a code of
    dossiers.delays; `due_at`: the promise as it stood."""

    TYPE: ClassVar[str] = "dossier_delay_prepared"
    VERSION: ClassVar[int] = 1

    apology_date: date
    due_at: datetime | None
    cause: str
    reason: TextRef
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DelaySentBack:
    """A leader did not sign what was prepared, and says why."""

    TYPE: ClassVar[str] = "dossier_delay_sent_back"
    VERSION: ClassVar[int] = 1

    prepared: Proposer
    reason: TextRef
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DelayNotified:
    """Form 04 was signed. Late stays late: no figure reads the apology date. `due_at`: the promise as it stood (None
    while the clock stood still); `after_due`: it had passed; `prepared`: by whom. Version 1 said the date and the
    reason alone."""

    TYPE: ClassVar[str] = "dossier_delay_notified"
    VERSION: ClassVar[int] = 2

    apology_date: date
    reason: TextRef
    occurred_at: datetime
    paper: PaperMark | None = None
    due_at: datetime | None = None
    cause: str = "other"
    after_due: bool = False
    prepared: Proposer | None = None


EVENTS = (DelayPrepared, DelaySentBack, DelayNotified)
