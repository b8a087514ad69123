"""What every act shares: when it happened, its reason, its basis."""

from datetime import datetime
from typing import Protocol

from motcua.dossiers import events as e
from motcua.dossiers.content import NewContent, text
from motcua.dossiers.row import Row
from motcua.kernel.errors import Invalid
from motcua.kernel.text import clean
from motcua.kernel.time import parse_utc
from motcua.ledger.selectors import history

LONGEST_REASON = 4_000


class StepDue(Protocol):
    """The due moments of the open steps as functions of the dossier's new ones; processes.routing answers it."""

    def __call__(self, due: e.DueFact) -> datetime | None:
        """Of the leading step."""

    def of_beside(self, due: e.DueFact) -> tuple[e.StepDueFact, ...]:
        """Of the steps beside it."""


def happened_at(at: datetime, paper: e.PaperMark | None, row: Row | None = None) -> datetime:
    """The instant the clock reads: the act's own, or for paper what the pad says (design, section 4)."""
    if paper is None:
        return max(at, row["head_at"]) if row else at
    if paper.occurred_at > at:
        raise Invalid(
            "Giờ ghi trên giấy ở tương lai.", "The time on the paper is in the future.", field="occurred_at"
        )
    if row is not None and paper.occurred_at < _last_moment(row):
        raise Invalid(
            "Giờ ghi trên giấy trước việc gần nhất của hồ sơ.",
            "The time on the paper is before the dossier's last act.",
            field="occurred_at",
        )
    return paper.occurred_at


def _last_moment(row: Row) -> datetime:
    """The latest moment that lies behind the dossier: no act on paper may come before it. A reaction's own acts, such
    as a new calendar, don't count, unless the holder changed. One statement."""
    moments: list[datetime] = [row["holder_since"]]
    moments += [parse_utc(x.data["occurred_at"]) for x in history(row["id"]) if x.actor["kind"] != "system"]
    return max(moments)


def reason_content(what: str, body: str, *, field: str = "reason") -> NewContent:
    tidy = clean(body)
    if not tidy:
        raise Invalid("Hãy ghi lý do.", "Write the reason.", field=field)
    if len(tidy) > LONGEST_REASON:
        raise Invalid(
            f"Lý do dài quá {LONGEST_REASON} chữ.",
            f"The reason is longer than {LONGEST_REASON} letters.",
            field=field,
        )
    return text(what, tidy)


def basis_text(basis: str) -> str:
    tidy = clean(basis)
    if not tidy:
        raise Invalid("Hãy ghi căn cứ pháp lý.", "Write the legal basis.", field="basis")
    return tidy[:300]
