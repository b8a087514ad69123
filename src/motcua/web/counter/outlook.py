"""What receiving would come to if it happened now: fees, missing papers, due dates with their reasons."""

from dataclasses import dataclass
from datetime import datetime

from motcua.calendars.clock import Due, compute
from motcua.calendars.explain import explain
from motcua.calendars.selectors import calendar_of
from motcua.catalogue.completeness import Missing
from motcua.catalogue.fees import FeeOrder
from motcua.dossiers.due import answer_due
from motcua.dossiers.grounds import clock_limit
from motcua.flows.reception import examine
from motcua.kernel.errors import NotAllowedNow
from motcua.kernel.say import Say
from motcua.kernel.time import local
from motcua.processes.selectors import adopted
from motcua.web.common.limits import limit_words
from motcua.web.counter.draft import Draft


@dataclass(frozen=True, slots=True)
class MissingLine:
    """A missing paper in words, and the control that would mend it; `spared`: guidance does not ask for it."""

    reason: Say
    target: str
    component: str
    spared: bool


@dataclass(frozen=True, slots=True)
class Outlook:
    """The answer of the rules to a draft. `promise` and `limit_due` only where they differ from the limit;
    `expected`: another agency decides, and the limit starts when it accepts."""

    fees: FeeOrder
    missing: tuple[MissingLine, ...]
    unanswered: bool
    limit: Say
    promise: Say | None
    due: Due
    limit_due: Due | None
    lines: list[dict[str, str]]
    blocked: NotAllowedNow | None
    expected: bool

    @property
    def complete(self) -> bool:
        """Whether nothing is missing and no question that decides about a paper is open."""
        return not self.missing and not self.unanswered


def look_ahead(draft: Draft, *, at: datetime) -> Outlook:
    """What receiving `draft` at `at` would give. Writes nothing; three statements.

    `blocked` says why it could not be received whatever is typed (no process adopted). Raises what
    flows.reception.examine raises, and Invalid for a paper mark outside 1990-2100.
    """
    seen = examine(intake=draft.intake, at=at)
    paper = draft.paper
    start = paper.occurred_at if paper else at
    calendar = calendar_of(seen.competent.code)
    elsewhere = seen.competent.code != draft.agency
    limit, promise = seen.terms.limit, seen.terms.promise
    blocked = _blocked(draft, start, at)
    if elsewhere:
        start = answer_due(start, calendar) or start
    due = compute(start=start, limit=clock_limit(promise), calendar=calendar)
    shorter = promise != limit
    return Outlook(
        fees=seen.fees,
        missing=tuple(_line(draft, missing) for missing in seen.completeness.missing),
        unanswered=bool(seen.completeness.unanswered),
        limit=limit_words(limit.unit.value, limit.value),
        promise=limit_words(promise.unit.value, promise.value) if shorter else None,
        due=due,
        limit_due=compute(start=start, limit=clock_limit(limit), calendar=calendar) if shorter else None,
        lines=explain(due),
        blocked=blocked,
        expected=elsewhere,
    )


def _line(draft: Draft, missing: Missing) -> MissingLine:
    first = missing.components[0]
    return MissingLine(missing.reason, draft.target_of(missing), first, first in draft.spared)


def _blocked(draft: Draft, start: datetime, at: datetime) -> NotAllowedNow | None:
    intake = draft.intake
    try:
        adopted(
            agency=intake.competent_agency,
            procedure=intake.procedure,
            variant=intake.variant,
            on=local(start).date(),
            at=at,
        )
    except NotAllowedNow as refusal:
        return refusal
    return None
