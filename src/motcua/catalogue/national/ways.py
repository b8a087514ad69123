"""How a dossier is handed in, how long it takes and what it costs, as far as the record says it for certain or a
person decided it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from motcua.catalogue.lengths import is_too_long
from motcua.catalogue.national import reading_rules as rules
from motcua.catalogue.national.charges import Charges
from motcua.catalogue.national.filling import Document, filled, folded, label_code
from motcua.catalogue.national.findings import FindingKind as Kind
from motcua.catalogue.national.making import Making
from motcua.catalogue.national.record import Fee, Time, Way
from motcua.catalogue.national.values import LimitValue, VariantsValue
from motcua.catalogue.reading import DECIMAL, fault
from motcua.catalogue.shapes import Limit, LimitUnit

UNKNOWN: Document = {"unit": LimitUnit.UNKNOWN.value}
UNITLESS = (LimitUnit.SAME_DAY, LimitUnit.NONE)


@dataclass
class Entry:
    """A channel with one limit; `label`: of the variant that somebody decided it is of."""

    channel: str
    limit: Document
    times: list[Time] = field(default_factory=list)
    label: str = ""


@dataclass
class Ways:
    """What is said about channels, in its order; `unread`: rows of no channel we know."""

    entries: list[Entry]
    unread: list[Document]
    charges: Charges

    @property
    def labels(self) -> list[str]:
        return list(dict.fromkeys(entry.label for entry in self.entries if entry.label))

    def variants(self, labels: Iterable[str] = ()) -> list[Document]:
        """One variant with the channels as announced, or one for each label somebody gave: those of limits, else
        `labels`. A channel without a label goes to all of them. Raises Invalid where the two name different things."""
        named, others = self.labels, list(dict.fromkeys(labels))
        strange = [label for label in others if named and label not in named]
        if strange:
            raise fault(
                "groups",
                f"thời hạn đã chia theo trường hợp {', '.join(named)}; nhóm giấy tờ phải dùng đúng các tên đó, không "
                f"phải {', '.join(strange)}",
                f"the limits are of the variants {', '.join(named)}; groups of papers go by these names, not by "
                f"{', '.join(strange)}",
            )
        if not self.entries:
            return []
        if not named and not others:
            return [_variant("general", {"vi": "Chung", "en": "General"}, self._channels(self.entries))]
        return [
            _variant(label_code(label), {"vi": label}, self._channels(self._of(label)))
            for label in named or others
        ]

    def _of(self, label: str) -> list[Entry]:
        return [
            entry
            for entry in self.entries
            if entry.label == label or not any(x.label for x in self.entries if x.channel == entry.channel)
        ]

    def _channels(self, entries: list[Entry]) -> list[Document]:
        return [
            filled(
                channel=entry.channel,
                limit=entry.limit,
                fees=self.charges.codes(entry.times),
                announced=rows_of(entry.times, self.charges),
            )
            for entry in entries
        ]


def _variant(code: str, label: Document, channels: list[Document]) -> Document:
    return {"code": code, "label": label, "channels": channels}


def ways(making: Making) -> Ways:
    """The channels of the record, each with its limit or limits, and what they cost."""
    entries: list[Entry] = []
    unread: list[Way] = []
    for i, way in enumerate(making.record.ways):
        where = f"CACHTHUCTHUCHIEN[{i}]"
        known = rules.CHANNELS.get(way.channel)
        channel = known.value if known is not None else _told(making, where, way)
        if channel is None:
            unread.append(way)
            continue
        there = [entry for entry in entries if entry.channel == channel]
        if there:
            making.find(Kind.LIMITS_DIFFER, where)
            there[0].times += way.times
            there[0].limit = UNKNOWN
            entries = [entry for entry in entries if entry.channel != channel or entry is there[0]]
            there[0].label = ""
        else:
            entries += _entries(making, way, channel, where)
    if not making.record.ways and not making.record.is_stub:
        entries = _decided_ways(making)
    charges = Charges(making)
    rows = [row for way in unread for row in rows_of(way.times, charges)]
    return Ways(entries, rows, charges)


def _told(making: Making, where: str, way: Way) -> str | None:
    value = making.find(Kind.CHANNEL_UNREAD, where, way.channel)
    return value.channel.value if value is not None else None


def _decided_ways(making: Making) -> list[Entry]:
    value = making.find(Kind.LIMIT_MISSING, "CACHTHUCTHUCHIEN")
    if value is None:
        return []
    if not value.channels:
        raise fault(
            "channels", "hãy chọn ít nhất một cách nộp", "choose at least one channel it may be handed in by"
        )
    return [Entry(channel.value, _said(value, "")) for channel in value.channels]


def rows_of(times: Iterable[Time], charges: Charges) -> list[Document]:
    """What the announcement says in its words, but for the fees somebody made rules of."""
    rows = (
        filled(
            value=time.value,
            unit=time.unit,
            text=time.text,
            fees=[
                filled(amount=f.amount, currency=f.currency, text=f.text)
                for f in time.fees
                if _any(f) and not charges.rules(f)
            ],
        )
        for time in times
    )
    return [row for row in rows if row]


def _any(fee: Fee) -> bool:
    return bool(fee.amount or fee.currency or fee.text)


def _entries(making: Making, way: Way, channel: str, where: str) -> list[Entry]:
    limits = []
    for i, time in enumerate(way.times):
        limit = _limit_of(making, time, f"{where}.THOIGIAN[{i}]")
        if limit not in limits:
            limits.append(limit)
    if len(limits) == 1:
        return [Entry(channel, limits[0], list(way.times))]
    if not limits:
        value = making.find(Kind.LIMIT_MISSING, where)
        return [Entry(channel, _said(value, "") if value is not None else UNKNOWN)]
    said = "; ".join(f"{time.value} {time.unit}".strip() for time in way.times)
    value = making.find(Kind.LIMITS_DIFFER, where, said)
    if value is None:
        return [Entry(channel, UNKNOWN, list(way.times))]
    return _rows(value, way, channel)


def _rows(value: VariantsValue, way: Way, channel: str) -> list[Entry]:
    """A variant's limit for each row; rows of the same variant must say the same."""
    if len(value.rows) != len(way.times):
        raise fault("rows", "cần một dòng cho mỗi thời hạn", "a row for each of the times is needed")
    made: dict[str, Entry] = {}
    for i, (row, time) in enumerate(zip(value.rows, way.times, strict=True)):
        limit = _said(LimitValue(row.unit, row.value), time.value)
        entry = made.setdefault(label_code(row.label), Entry(channel, limit, [], row.label))
        if entry.limit != limit:
            raise fault(
                f"rows.{i}.label",
                f"trường hợp “{row.label}” đã có thời hạn khác trên cùng cách nộp",
                f"“{row.label}” has another limit on the same channel already",
            )
        entry.times.append(time)
    return list(made.values())


def _limit_of(making: Making, time: Time, where: str) -> Document:
    limit, doubt = _read(time)
    if doubt is None:
        return limit
    value = making.find(doubt, where, f"{time.value} {time.unit}".strip())
    return limit if value is None else _said(value, time.value)


def _said(value: LimitValue, announced: str) -> Document:
    """A limit as somebody decided it; without a number of its own it is the announced one."""
    if value.unit in UNITLESS:
        return {"unit": value.unit.value}
    return filled(unit=value.unit.value, value=str(value.value) if value.value is not None else announced)


def _read(time: Time) -> tuple[Document, Kind | None]:
    """What the row says for certain, and what is wrong with it."""
    if not time.value:
        return UNKNOWN, Kind.LIMIT_MISSING
    if not DECIMAL.fullmatch(time.value):
        return UNKNOWN, Kind.LIMIT_UNCOUNTABLE
    value = Decimal(time.value)
    if value < 0:
        return UNKNOWN, Kind.LIMIT_UNCOUNTABLE
    if value == 0:
        return UNKNOWN, Kind.LIMIT_ZERO
    unit = rules.UNITS.get(folded(time.unit))
    if unit is None:
        return {**UNKNOWN, "value": str(value)}, Kind.UNIT_BLANK
    if value != value.to_integral_value() and unit not in (LimitUnit.HOUR, LimitUnit.WORKING_HOUR):
        return {**UNKNOWN, "value": str(value)}, Kind.LIMIT_UNCOUNTABLE
    if is_too_long(Limit(unit, value)):
        return {**UNKNOWN, "value": str(value)}, Kind.LIMIT_UNCOUNTABLE
    return {"unit": unit.value, "value": str(value)}, None
