"""Whether a running dossier goes on under the next version of its procedure: only where that favours the applicant, and
never so that it is late backwards. Pure: the same rule serves the preview and the act."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from motcua.calendars.calendar import WorkCalendar
from motcua.calendars.clock import Due
from motcua.catalogue.completeness import Handed, check as check_complete
from motcua.catalogue.fees import Claim, Quantities, Resolved, compute as compute_fees
from motcua.catalogue.shapes import Audience, Channel, LimitUnit, ProcedureVersion
from motcua.catalogue.transition import Stays
from motcua.dossiers.due import RULE, clocks
from motcua.dossiers.facts import FeeFact, LimitFact
from motcua.dossiers.row import Row
from motcua.kernel.codec import encode

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Offered:
    """What the next version and its agency give this variant on this channel."""

    version: ProcedureVersion
    limit: LimitFact
    promise: LimitFact
    province: tuple[Resolved, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighed:
    """`stays`: why it stays; else the promise it goes on with and what it owes, where that is less. `new`: the due
    moment it would have, an open pause taken as ended at the moment asked for."""

    stays: Stays | None
    new: datetime | None = None
    promise: LimitFact | None = None
    fee_order: tuple[FeeFact, ...] | None = None


def bar(row: Row, after: ProcedureVersion) -> Stays | None:
    """Why `row` cannot go on under `after` whatever is offered: what it holds must have its place there."""
    variant = next((v for v in after.variants if v.code == row["variant"]), None)
    entry = after.channel(row["variant"], Channel(row["channel"])) if variant else None
    if variant is None or entry is None:
        return Stays.VARIANT_GONE
    if entry.limit.unit is LimitUnit.UNKNOWN:
        return Stays.LIMIT_UNKNOWN
    if row["clock_from"] is None:
        return Stays.NOT_BEGUN
    held = {c["component"] for c in row["components"]} | _asked(row)
    if not held <= set(variant.components):
        return Stays.PAPER_UNKNOWN
    rules = {rule.code for rule in after.fees_of(row["variant"], Channel(row["channel"]))}
    if any(charge["rule"] not in rules for charge in row["fees"] if not _is_open(row, charge)):
        return Stays.FEE_UNKNOWN
    return None


def weigh(
    row: Row, before: ProcedureVersion, offered: Offered, *, calendar: WorkCalendar, at: datetime
) -> Weighed:
    """Whether `row`, pinned to `before`, goes on under what is offered at the moment `at`.

    It moves where its due moments come no later, nothing more is asked for, and something is better: a due moment, a
    paper, a fee. A promise given keeps binding, where it is the shorter one.
    """
    if (barred := bar(row, offered.version)) is not None:
        return Weighed(barred)
    kept = LimitFact(value=row["promise_value"] or None, unit=row["promise_unit"], rule=RULE)
    old = _moments(row, row, calendar, at)
    found = [
        (one, _moments(row, under(row, offered.limit, one), calendar, at)) for one in (offered.promise, kept)
    ]
    promise, new = min(found, key=lambda each: each[1])
    missing, needed = _missing(row, before), _missing(row, offered.version)
    order = _fee_order(row, offered)
    due = None if new[0] == _NEVER else new[0]
    if not needed <= missing:
        return Weighed(Stays.MORE_PAPERS, due)
    if new[0] > old[0] or new[1] > old[1]:
        return Weighed(Stays.LONGER, due)
    if old[0] <= at:
        return Weighed(Stays.LATE_ALREADY, due)
    if new[0] <= at:
        return Weighed(Stays.LATE_AT_ONCE, due)
    if new == old and needed == missing and order is None:
        return Weighed(Stays.NO_BETTER, due)
    return Weighed(None, due, promise, order)


def under(row: Row, limit: LimitFact, promise: LimitFact) -> Row:
    """`row` with another limit and promise, for the clock."""
    return {
        **row,
        "limit_value": limit.value or "",
        "limit_unit": limit.unit,
        "promise_value": promise.value or "",
        "promise_unit": promise.unit,
    }


def _moments(row: Row, terms: Row, calendar: WorkCalendar, at: datetime) -> tuple[datetime, datetime]:
    """The due moments of promise and limit, an open pause taken as ended at `at`; never, where there is none."""
    pauses = [
        p if p["to"] is not None else {**p, "to": encode(max(at, row["head_at"]))} for p in row["pauses"]
    ]

    def of(due: Due) -> datetime:
        return due.due_at or _NEVER

    promise, limit = clocks(terms, calendar, pauses=pauses)
    return of(promise), of(limit)


def _asked(row: Row) -> set[str]:
    items = row["supplement"]["items"] if row["supplement"] else ()
    return {item["component"] for item in items if item["component"] is not None}


def _missing(row: Row, version: ProcedureVersion) -> set[str]:
    """What the version asks of the dossier and is not there: papers, and questions nobody has answered."""
    held = [Handed(c["component"], c["originals"], c["copies"]) for c in row["components"]]
    components = version.components_of(row["variant"])
    known = {c.code for c in components}
    found = check_complete(
        components=components,
        channel=Channel(row["channel"]),
        answers=row["answers"],
        handed=[h for h in held if h.component in known],
    )
    return {code for missing in found.missing for code in missing.components} | set(found.unanswered)


def _is_open(row: Row, charge: Row) -> bool:
    """Whether the charge may still change: nobody has paid, asked for or set it by hand."""
    plain = charge["charge"] == charge["rule"] and not charge["decision"]
    return row["payment"] is None and plain and charge["state"] in ("open", "nothing")


def _fee_order(row: Row, offered: Offered) -> tuple[FeeFact, ...] | None:
    """The fee order where something open costs less now, or nothing any more; None: as it stands."""
    if not all(_is_open(row, charge) for charge in row["fees"]):
        return None
    now = _amounts(row, offered)
    order = tuple(
        FeeFact(
            rule=charge["rule"],
            amount=_less(charge["amount"], now[charge["rule"]]),
            exemption=charge["exemption"],
        )
        for charge in row["fees"]
        if charge["rule"] in now
    )
    before = [(charge["rule"], charge["amount"]) for charge in row["fees"]]
    return None if [(line.rule, line.amount) for line in order] == before else order


def _less(before: int | None, now: int | None) -> int | None:
    return before if now is None or (before is not None and before <= now) else now


def _amounts(row: Row, offered: Offered) -> Mapping[str, int | None]:
    """What each rule of the next version comes to for this dossier; None where that depends on who applies, which
    the dossier's facts do not tell."""
    version, channel = offered.version, Channel(row["channel"])
    rules = version.fees_of(row["variant"], channel)
    known = {exemption.code for rule in rules for exemption in rule.exemptions}
    claims = [
        Claim(c["exemption"], evidence="shown")
        for c in row["fees"]
        if c["exemption"] and c["exemption"] in known
    ]
    seen: dict[str, set[int | None]] = {}
    for applicant in version.audience or (Audience.CITIZEN,):
        found = compute_fees(
            rules=rules,
            channel=channel,
            applicant=applicant,
            quantities=Quantities(**row["quantities"]),
            claims=claims,
            answers=row["answers"],
            province=offered.province,
        )
        for rule in rules:
            line = next((line for line in found.lines if line.rule == rule.code), None)
            seen.setdefault(rule.code, set()).add(0 if line is None else line.amount)
    return {rule: amounts.pop() if len(amounts) == 1 else None for rule, amounts in seen.items()}
