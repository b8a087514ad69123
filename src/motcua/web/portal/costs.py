"""How long and how much, as a citizen is told: limits, promises, fees by channel, rates where a count is needed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from motcua.calendars.calendar import WorkCalendar
from motcua.calendars.clock import compute as due_of
from motcua.calendars.terms import Limit as ClockLimit
from motcua.catalogue.fees import FeeLine, Lacking, Reason, compute
from motcua.catalogue.selectors import Offer, offered_variant
from motcua.catalogue.shapes import Amount, Audience, Channel, FeeRule, Limit, LimitUnit, Variant
from motcua.kernel.say import Say
from motcua.web.common.limits import limit_words
from motcua.web.portal.procedure_words import UNITS


@dataclass(frozen=True, slots=True)
class Timing:
    """How long one variant takes on these channels; `promise` where the agency promises less than the limit, by the
    document `basis`; `due` when it would be ready if it came in at `start`."""

    variant: Say
    channels: tuple[Channel, ...]
    limit: Say
    promise: Say | None
    basis: str
    start: datetime
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Rate:
    """A price of one unit: from the `start`-th on, `value` đồng each."""

    start: int
    value: int
    unit: Say


@dataclass(frozen=True, slots=True)
class Cost:
    """One fee on these channels. `amount` None: not known; then `rates` where only the number is missing."""

    line: FeeLine
    channels: tuple[Channel, ...]
    rates: tuple[Rate, ...]
    cap: int | None

    @property
    def amount(self) -> int | None:
        """In đồng; None where it is not known, which is not nothing."""
        return self.line.amount

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why so much."""
        return self.line.reasons


def timings(
    found: Offer, variants: Iterable[Variant], *, calendar: WorkCalendar, at: datetime
) -> tuple[Timing, ...]:
    """Limits and promises of `variants`, channels with the same times together, each with an example: handed in now,
    or at the next opening."""
    start = calendar.deemed_opening(at)
    times: dict[tuple[str, Limit, Limit, str], list[Channel]] = {}
    labels = {v.code: v.label for v in variants}
    for variant in variants:
        for entry in variant.channels:
            if entry.limit.unit is LimitUnit.UNKNOWN:
                limits, basis = (entry.limit, entry.limit), ""
            else:
                offered = offered_variant(found, variant=variant.code, channel=entry.channel.value)
                promised = found.promised(variant.code, entry.channel.value)
                limits, basis = (offered.limit, offered.promise), ""
                if promised is not None and offered.promise != offered.limit:
                    basis = promised.basis
            times.setdefault((variant.code, *limits, basis), []).append(entry.channel)
    told = []
    for (code, limit, promise, basis), channels in times.items():
        shorter = promise if promise != limit else None
        told.append(
            Timing(
                variant=labels[code],
                channels=tuple(channels),
                limit=limit_words(limit.unit.value, limit.value),
                promise=limit_words(shorter.unit.value, shorter.value) if shorter else None,
                basis=basis,
                start=start,
                due=_due(start, promise, calendar),
            )
        )
    return tuple(told)


def _due(start: datetime, promise: Limit, calendar: WorkCalendar) -> datetime | None:
    if promise.unit is LimitUnit.UNKNOWN:
        return None
    return due_of(start=start, limit=ClockLimit(promise.value, promise.unit.value), calendar=calendar).due_at


def costs(
    found: Offer,
    variant: Variant | None,
    *,
    applicant: Audience | None,
    answers: Mapping[str, str],
) -> tuple[Cost, ...]:
    """The fees of `variant`, channels that cost the same together."""
    if variant is None:
        return ()
    applicant = applicant or Audience.CITIZEN
    version = found.version
    province = found.fees
    set_there = {r.rule: r.amounts for r in province}
    rules = {rule.code: rule for rule in version.fees}
    merged: dict[
        tuple[str, int | None, Lacking | None, tuple[Rate, ...]], tuple[FeeLine, list[Channel], int | None]
    ]
    merged = {}
    for channel in [entry.channel for entry in variant.channels]:
        order = compute(
            rules=version.fees_of(variant.code, channel),
            channel=channel,
            applicant=applicant,
            answers=answers,
            province=province,
            questions=version.questions,
        )
        for line in order.lines:
            rule = rules[line.rule]
            amounts = set_there.get(rule.code, rule.amounts)
            entry = next((a for a in amounts if _fits(a, channel, applicant)), None)
            counted = entry if line.lacking is Lacking.QUANTITY else None
            rates = _rates(counted, rule)
            key = (line.rule, line.amount, line.lacking, rates)
            merged.setdefault(key, (line, [], counted.cap if counted else None))[1].append(channel)
    return tuple(Cost(line, tuple(on), key[3], cap) for key, (line, on, cap) in merged.items())


def _fits(amount: Amount, channel: Channel, applicant: Audience) -> bool:
    return (not amount.channels or channel in amount.channels) and (
        not amount.applicants or applicant in amount.applicants
    )


def _rates(amount: Amount | None, rule: FeeRule) -> tuple[Rate, ...]:
    if amount is None:
        return ()
    unit = UNITS[rule.unit]
    return (Rate(1, amount.value, unit), *(Rate(tier.start, tier.value, unit) for tier in amount.tiers))
