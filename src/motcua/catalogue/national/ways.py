"""How a dossier is handed in, how long it takes and what it costs, as far as the record says it for certain. Pure."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from motcua.catalogue.national import reading_rules as rules
from motcua.catalogue.national.filling import Document, filled, folded
from motcua.catalogue.national.findings import Finding, FindingKind as Kind
from motcua.catalogue.national.record import Fee, Record, Time, Way
from motcua.catalogue.shapes import LimitUnit


def variants(record: Record, found: list[Finding]) -> list[Document]:
    """One variant with the channels as announced: whether there are more of them, a person decides."""
    channels: dict[str, Document] = {}
    for i, way in enumerate(record.ways):
        where = f"CACHTHUCTHUCHIEN[{i}]"
        channel = rules.CHANNELS.get(way.channel)
        if channel is None:
            found.append(Finding(Kind.CHANNEL_UNREAD, where, way.channel))
        elif channel.value in channels:
            rows = [*channels[channel.value].get("announced", ()), *rows_of(way)]
            channels[channel.value].update(announced=rows, limit={"unit": LimitUnit.UNKNOWN.value})
            found.append(Finding(Kind.LIMITS_DIFFER, where))
        else:
            limit = _limit(way, where, found)
            channels[channel.value] = filled(channel=channel.value, limit=limit, announced=rows_of(way))
    _fee_findings(record.ways, found)
    if not channels:
        return []
    return [
        {"code": "general", "label": {"vi": "Chung", "en": "General"}, "channels": list(channels.values())}
    ]


def rows_of(way: Way) -> list[Document]:
    rows = (
        filled(
            value=time.value,
            unit=time.unit,
            text=time.text,
            fees=[filled(amount=f.amount, currency=f.currency, text=f.text) for f in time.fees if _any(f)],
        )
        for time in way.times
    )
    return [row for row in rows if row]


def _any(fee: Fee) -> bool:
    return bool(fee.amount or fee.currency or fee.text)


def _limit(way: Way, where: str, found: list[Finding]) -> Document:
    limits = []
    for i, time in enumerate(way.times):
        limit, fault = _limit_of(time)
        if fault is not None:
            found.append(Finding(fault, f"{where}.THOIGIAN[{i}]", f"{time.value} {time.unit}".strip()))
        if limit not in limits:
            limits.append(limit)
    if len(limits) == 1:
        return limits[0]
    if limits:
        said = "; ".join(f"{time.value} {time.unit}".strip() for time in way.times)
        found.append(Finding(Kind.LIMITS_DIFFER, where, said))
    else:
        found.append(Finding(Kind.LIMIT_MISSING, where))
    return {"unit": LimitUnit.UNKNOWN.value}


def _limit_of(time: Time) -> tuple[Document, Kind | None]:
    """What the row says for certain, and what is wrong with it."""
    unknown: Document = {"unit": LimitUnit.UNKNOWN.value}
    if not time.value:
        return unknown, Kind.LIMIT_MISSING
    try:
        value = Decimal(time.value)
    except InvalidOperation:
        return unknown, Kind.LIMIT_UNCOUNTABLE
    if not value.is_finite() or value < 0:
        return unknown, Kind.LIMIT_UNCOUNTABLE
    if value == 0:
        return unknown, Kind.LIMIT_ZERO
    unit = rules.UNITS.get(folded(time.unit))
    if unit is None:
        return {**unknown, "value": str(value)}, Kind.UNIT_BLANK
    if value != value.to_integral_value() and unit not in (LimitUnit.HOUR, LimitUnit.WORKING_HOUR):
        return {**unknown, "value": str(value)}, Kind.LIMIT_UNCOUNTABLE
    return {"unit": unit.value, "value": str(value)}, None


def _fee_findings(ways: Iterable[Way], found: list[Finding]) -> None:
    """One finding for a fee that stands alike on several channels."""
    seen: set[tuple[str, str, str]] = set()
    for i, way in enumerate(ways):
        for j, time in enumerate(way.times):
            for k, fee in enumerate(time.fees):
                key = (fee.amount, fee.currency, fee.text)
                kind = None if key in seen else _doubt(fee)
                seen.add(key)
                if kind is not None:
                    text = " ".join(part for part in key if part)
                    found.append(Finding(kind, f"CACHTHUCTHUCHIEN[{i}].THOIGIAN[{j}].PHILEPHI[{k}]", text))


def _doubt(fee: Fee) -> Kind | None:
    names_amount = bool(rules.NAMES_AMOUNT.search(fee.text.casefold()))
    if not fee.amount:
        return Kind.FEE_UNREAD if fee.text else None
    try:
        amount = Decimal(fee.amount)
    except InvalidOperation:
        return Kind.FEE_UNREAD
    if amount == 0:
        return (Kind.FEE_IN_TEXT if names_amount else Kind.FEE_WORDS) if fee.text else None
    if folded(fee.currency) not in rules.DONG:
        return Kind.FEE_CURRENCY
    return Kind.FEE_SMALL if amount < rules.SMALLEST_AMOUNT else None
