"""A procedure as a wall says it, in a few words: how long, how much, since when, by which decision. Nothing is reckoned
for anybody: a tariff stands as it was set, and what is not known is said to be so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from motcua.catalogue.announced import AnnouncedFee, AnnouncedTime
from motcua.catalogue.selectors import Offer, offered_variant
from motcua.catalogue.shapes import (
    ELSEWHERE,
    Amount,
    Channel,
    Decision,
    FeeRule,
    FeeUnit,
    Limit,
    LimitUnit,
    ProcedureVersion,
    SetBy,
    Variant,
)
from motcua.kernel.say import Say
from motcua.payments.sentences import dong
from motcua.postings.board import Posted
from motcua.web.common.limits import limit_words
from motcua.web.portal.procedure_words import AUDIENCES, CHANNELS, SHORT_CHANNELS, UNITS

NO_LIMIT = Say("Bản công bố không nêu thời hạn", "The announcement names no limit")
NO_FEE = Say("Bản công bố không nêu khoản thu nào", "The announcement names no fee")
NOT_SET = Say("chưa có mức thu", "no amount is set yet")
BY_COUNCIL = Say(
    "do Hội đồng nhân dân tỉnh quy định, chưa có mức thu", "set by the province's council, no amount yet"
)
FREE = Say("không thu", "nothing to pay")


@dataclass(frozen=True, slots=True)
class Line:
    """A procedure on the board, in words."""

    place: int
    code: str
    title: Say
    sector: Say
    limits: tuple[Say, ...]
    fees: tuple[Say, ...]
    channels: tuple[Say, ...]
    taken_at: str
    elsewhere: Say | None
    decision: Decision
    since: date


def line_of(posted: Posted) -> Line:
    """`posted` as the board shows it."""
    found = posted.offer
    version = found.version
    return Line(
        place=posted.place,
        code=version.code,
        title=version.title,
        sector=version.sector.name,
        limits=tuple(dict.fromkeys(limit for _, _, limit in limits(found)))
        or said_times(version)
        or (NO_LIMIT,),
        fees=tariff(found) or said_fees(version) or (NO_FEE,),
        channels=tuple(SHORT_CHANNELS[each] for each in channels_of(version)),
        taken_at=found.place,
        elsewhere=ELSEWHERE.get(found.handled_in),
        decision=version.decision,
        since=posted.since,
    )


def channels_of(version: ProcedureVersion) -> tuple[Channel, ...]:
    """The channels open for one variant at least."""
    return tuple(c for c in Channel if any(e.channel is c for v in version.variants for e in v.channels))


def limits(found: Offer) -> list[tuple[Variant, tuple[Channel, ...], Say]]:
    """How long each variant takes, on which channels: what the agency promises, and then the law's limit beside it."""
    told: dict[tuple[str, Say], list[Channel]] = {}
    for variant in found.version.variants:
        for entry in variant.channels:
            limit = promise = entry.limit
            if entry.limit.unit is not LimitUnit.UNKNOWN:
                offered = offered_variant(found, variant=variant.code, channel=entry.channel.value)
                limit, promise = offered.limit, offered.promise
            told.setdefault((variant.code, _limit(limit, promise)), []).append(entry.channel)
    variants = {v.code: v for v in found.version.variants}
    return [(variants[code], tuple(channels), words) for (code, words), channels in told.items()]


def _limit(limit: Limit, promise: Limit) -> Say:
    law, own = (limit_words(each.unit.value, each.value) for each in (limit, promise))
    if limit == promise:
        return law
    return Say(
        f"{own.vi} (cam kết; thời hạn quy định {law.vi})", f"{own.en} (promised; the limit is {law.en})"
    )


def tariff(found: Offer) -> tuple[Say, ...]:
    """The fees of all variants as they were set, each with its rates, by channel and applicant where they differ."""
    set_there = {fee.rule: fee.amounts for fee in found.fees}
    return tuple(
        dict.fromkeys(_fee(rule, set_there.get(rule.code, rule.amounts)) for rule in found.version.fees)
    )


def _fee(rule: FeeRule, amounts: Sequence[Amount]) -> Say:
    told = [_amount(amount, rule.unit) for amount in amounts]
    if not told:
        told = [BY_COUNCIL if rule.set_by is SetBy.PROVINCIAL_COUNCIL else NOT_SET]
    notes = [Say("có diện miễn, giảm", "exemptions")] if rule.exemptions else []
    if rule.when or rule.optional:
        notes.insert(0, Say("tùy trường hợp", "in some cases"))
    said = _joined(told, "; ")
    more = _joined(notes, ", ")
    return Say(
        f"{rule.name.vi}: {said.vi}" + (f" ({more.vi})" if notes else ""),
        f"{rule.name.en or rule.name.vi}: {said.en}" + (f" ({more.en})" if notes else ""),
    )


def _amount(amount: Amount, unit: FeeUnit) -> Say:
    each = UNITS[unit]
    parts = [FREE if amount.value == 0 else dong(amount.value)]
    if amount.value and unit is not FeeUnit.REQUEST:
        parts = [Say(f"{parts[0].vi} mỗi {each.vi}", f"{parts[0].en} for each {each.en}")]
    for tier in amount.tiers:
        much = dong(tier.value)
        parts.append(
            Say(f"từ {each.vi} thứ {tier.start}: {much.vi}", f"from {each.en} {tier.start} on: {much.en}")
        )
    if amount.cap is not None:
        most = dong(amount.cap)
        parts.append(Say(f"nhiều nhất {most.vi} một bản", f"at most {most.en} a copy"))
    whose = _joined(
        [*(CHANNELS[c] for c in amount.channels), *(AUDIENCES[a] for a in amount.applicants)], ", "
    )
    told = _joined(parts, ", ")
    return Say(f"{whose.vi}: {told.vi}", f"{whose.en}: {told.en}") if whose.vi else told


def _joined(parts: Iterable[Say], between: str) -> Say:
    kept = list(parts)
    return Say(between.join(p.vi for p in kept), between.join(p.en or p.vi for p in kept))


def announced_times(version: ProcedureVersion) -> list[tuple[Channel | None, AnnouncedTime]]:
    """Times and fees in the announcement's own words, by channel; None where it names none that we know."""
    told: list[tuple[Channel | None, AnnouncedTime]] = [
        (entry.channel, time) for v in version.variants for entry in v.channels for time in entry.announced
    ]
    if version.announced is not None:
        told += [(None, time) for time in version.announced.unread]
    return told


def announced_fees(version: ProcedureVersion) -> list[AnnouncedFee]:
    """Fees in the announcement's own words, once each."""
    return list(dict.fromkeys(fee for _, time in announced_times(version) for fee in time.fees))


def said_times(version: ProcedureVersion) -> tuple[Say, ...]:
    """Its times, as the announcement writes them."""
    return _quoted((time.value, time.unit, time.text) for _, time in announced_times(version))


def said_fees(version: ProcedureVersion) -> tuple[Say, ...]:
    """Its fees, as the announcement writes them."""
    return _quoted((fee.amount, fee.currency, fee.text) for fee in announced_fees(version))


def _quoted(told: Iterable[tuple[str | None, ...]]) -> tuple[Say, ...]:
    texts = (" ".join(part for part in parts if part) for parts in told)
    return tuple(
        Say(f"Bản công bố viết: {t}", f"The announcement says: {t}") for t in dict.fromkeys(texts) if t
    )
