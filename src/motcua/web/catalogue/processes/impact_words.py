"""What a measurement found, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.agencies.selectors import unit_name
from motcua.kernel.say import Say
from motcua.kernel.time import parse_utc
from motcua.processes.impact.shown import Listed, Measured
from motcua.processes.impact.tally import ANY
from motcua.processes.impact.weighing import NOBODY, UNIT
from motcua.processes.moving import STAYS, Stays
from motcua.processes.wording import joined, positions_words

Names = Mapping[str, Say]
NOTHING = Say("(không có bước nào)", "(no step)")
_GROUPS: Mapping[str, Say] = {
    ANY: Say("Mọi hồ sơ được nêu", "All dossiers that are listed"),
    "unserved": Say(
        "Trường hợp của hồ sơ không còn trong bảng", "The dossier's variant is not in the table any more"
    ),
    "moves": Say("Chuyển được sang phiên bản này", "Can go on under this version"),
    "due:earlier": Say("Hẹn trả của hồ sơ sớm hơn", "The dossier's own date comes earlier"),
    "due:later": Say("Hẹn trả của hồ sơ muộn hơn", "The dossier's own date comes later"),
}
MOVED_WORDS = Say("Đã chuyển", "Moved")
_OF_ROWS: Mapping[str, Say] = {
    "lost": Say(
        "Đang ở bước không còn trong bảng: {}", "Stands in a step that is not in the table any more: {}"
    ),
    "late": Say("Sẽ trễ ở bước: {}", "Would be late in: {}"),
    "eased": Say("Không còn trễ ở bước: {}", "Late no longer in: {}"),
    "date:earlier": Say("Hạn sớm hơn của bước: {}", "An earlier date of: {}"),
    "date:later": Say("Hạn muộn hơn của bước: {}", "A later date of: {}"),
}
_ASKED: Mapping[str, Say] = {
    "added": Say("Thêm lấy ý kiến ở bước {}: {}", "Asks for an opinion, too, in {}: {}"),
    "dropped": Say("Bỏ lấy ý kiến ở bước {}: {}", "Asks no longer for an opinion in {}: {}"),
}
# By how much a date moves (tally.SPANS).
SPAN_WORDS = (
    Say("đến 4 giờ", "up to 4 hours"),
    Say("đến 1 ngày", "up to a day"),
    Say("đến 3 ngày", "up to 3 days"),
    Say("đến 7 ngày", "up to 7 days"),
    Say("hơn 7 ngày", "over 7 days"),
)


@dataclass(frozen=True, slots=True)
class Group:
    """A group of dossiers in words, and how many there are."""

    code: str
    said: Say
    count: int


def group_words(group: str, of: Measured, names: Names) -> Say:
    """A group of dossiers; one that is none stands as it is."""
    kind, _, rest = group.partition(":")
    if group in _GROUPS:
        return _GROUPS[group]
    if kind == "stays" and rest in STAYS:
        return STAYS[Stays(rest)]
    if kind == "date":
        rest, _, way = rest.rpartition(":")
        kind = f"date:{way}"
    if kind in _OF_ROWS:
        return _filled(_OF_ROWS[kind], names.get(rest, Say(rest, rest)))
    told = _numbered(of, {"route": "routes", "asked": "asked"}.get(kind, ""), rest)
    if told is None:
        return Say(group, group)
    if kind == "asked":
        return _filled(_ASKED[told["sign"]], names.get(told["row"], NOTHING), Say(**told["about"]))
    before, after = places_words(told["before"], names), places_words(told["after"], names)
    return Say(f"{before.vi} → {after.vi}", f"{before('en')} → {after('en')}")


def _numbered(of: Measured, kind: str, number: str) -> Mapping[str, Any] | None:
    told: Sequence[Mapping[str, Any]] = of.result.get(kind, ())
    return told[int(number)] if number.isascii() and number.isdigit() and int(number) < len(told) else None


def _filled(pattern: Say, *told: Say) -> Say:
    return Say(pattern.vi.format(*(one.vi for one in told)), pattern.en.format(*(one("en") for one in told)))


def places_words(places: Iterable[Sequence[Any]], names: Names) -> Say:
    """Rows with the positions that do them."""
    found = [
        _filled(Say("{} ({})", "{} ({})"), names.get(code, Say(code, code)), positions_words(positions))
        for code, positions in places
    ]
    return joined(found, "; ", "; ") if found else NOTHING


def hands_words(hands: str, names: Mapping[str, str]) -> Say:
    """Who does a step: a person, the list of a unit, nobody yet."""
    if hands == NOBODY:
        return Say("(chưa ai giữ vị trí)", "(nobody sits there)")
    if hands.startswith(UNIT):
        unit = UUID(hands.removeprefix(UNIT))
        return Say(f"Danh sách chung, {unit_name(unit)}", f"Shared list, {unit_name(unit, 'en')}")
    name = names.get(hands, hands)
    return Say(name, name)


@dataclass(frozen=True, slots=True)
class Moment:
    """A row (None: the dossier itself) with the moment it is due, and the one it would be."""

    said: Say | None
    old: datetime | None
    new: datetime | None


@dataclass(frozen=True, slots=True)
class Goes:
    """Where an open step goes on: its row, its number there and before, when it is due under both, and whether it stays
    in the hands in which it is."""

    said: Say
    before: int
    after: int
    old: datetime | None
    new: datetime | None
    keeps: bool


def places_of(line: Listed, names: Names, of: Measured) -> list[Goes]:
    """Where the open steps of a dossier go on; none where it stays."""
    steps = {step["order"]: step["code"] for step in of.document["steps"]}
    return [
        Goes(
            names.get(steps.get(told[1], ""), NOTHING),
            told[0],
            told[1],
            told[2] and parse_utc(told[2]),
            told[3] and parse_utc(told[3]),
            told[4],
        )
        for told in line.told.get("fate", ())
        if isinstance(told, list)
    ]


def outcome_words(outcome: str) -> Say:
    """What became of a dossier that was to be moved."""
    return STAYS[Stays(outcome)] if outcome in STAYS else MOVED_WORDS


def moments_of(line: Listed, names: Names) -> list[Moment]:
    """What is due at another moment for a dossier, its own date first."""
    found = [Moment(None, *map(parse_utc, line.told["due"]))] if "due" in line.told else []
    dates = line.told.get("dates", ())
    return found + [
        Moment(names.get(code, Say(code, code)), parse_utc(old), parse_utc(new)) for code, old, new in dates
    ]
