"""What of a work list somebody wants to see, as an address holds it, and the place in it that they came from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest
from django.urls import reverse

from motcua.catalogue.listing import key_of, listing
from motcua.dossiers.load import NOBODY, SHOWS
from motcua.dossiers.states import LABELS, OPEN
from motcua.dossiers.worklist import LETTERS, ROOMS, STATES, WINDOWS, WORK, Sought, Waiting
from motcua.kernel.say import Say
from motcua.web.common.paging import is_key

MINE: Mapping[str, Say] = {
    "1": Say("Của tôi", "Mine"),
    "0": Say("Chưa ai nhận", "Taken up by nobody"),
}
WORKS: Mapping[str, Say] = {
    "answer": Say("Chờ tiếp nhận", "To be received"),
    "take_up": Say("Chờ nhận việc", "To be taken up"),
    "do": Say("Đang giải quyết", "Being worked on"),
    "sign": Say("Chờ duyệt, ký", "To be approved and signed"),
    "issue": Say("Chờ ban hành", "To be issued"),
    "give_out": Say("Chờ trả kết quả", "To be handed over"),
}
DUES: Mapping[str, Say] = {
    "late": Say("Quá hạn", "Late"),
    "today": Say("Hạn đến hết hôm nay", "Due by tonight"),
    "week": Say("Hạn trong 7 ngày tới", "Due within 7 days"),
    "ahead": Say("Có nguy cơ trễ hẹn", "May be late"),
}
STATE_NAMES: Mapping[str, Say] = {state.value: LABELS[state] for state in LABELS if state in OPEN}
_CODE = re.compile(r"[0-9A-Z][0-9A-Z.\-]{0,39}")
_SECTOR = re.compile(r"[a-z0-9-]{1,120}")
_WHO = re.compile(rf"{NOBODY}|[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}")
_QUEUE = re.compile(r"[A-Z0-9.]{1,40}/[a-z_]{1,40}")
ASKED: Mapping[str, frozenset[str] | re.Pattern[str]] = {
    "mine": frozenset(MINE),
    "procedure": _CODE,
    "sector": _SECTOR,
    "state": STATES,
    "work": frozenset(WORK),
    "due": frozenset(WINDOWS),
    "room": frozenset((*ROOMS, LETTERS)),
    "who": _WHO,
    "queue": _QUEUE,
    "show": frozenset(SHOWS),
}
PLACE, STAY = "in", "stay"
OF_OTHER_LISTS = frozenset({"room", "who", "queue", "show"})


def asked(fields: Mapping[str, object]) -> dict[str, str]:
    """The filters that `fields` name, as an address holds them; what is none is left out."""
    found = {name: str(fields.get(name, "")) for name in ASKED}
    return {name: value for name, value in found.items() if value and _is_known(ASKED[name], value)}


def stays(fields: Mapping[str, object]) -> str:
    """The code of the dossier that is shown where none stands beside it; "" for the list."""
    code = str(fields.get(STAY, ""))
    return code if _CODE.fullmatch(code) else ""


def _is_known(known: frozenset[str] | re.Pattern[str], value: str) -> bool:
    return value in known if isinstance(known, frozenset) else bool(known.fullmatch(value))


def sought(fields: Mapping[str, str], *, on: date, words: str = "") -> Sought:
    """The same for the list. A statement where a sector is asked for, whose procedures the catalogue names."""
    procedures = {fields["procedure"]} if "procedure" in fields else None
    if "sector" in fields:
        belong = {one.code for one in listing(on=on).all if key_of(one.sector) == fields["sector"]}
        procedures = belong if procedures is None else belong & procedures
    return Sought(
        mine=fields.get("mine", ""),
        procedures=None if procedures is None else frozenset(procedures),
        state=fields.get("state", ""),
        work=fields.get("work", ""),
        due=fields.get("due", ""),
        room=fields.get("room", ""),
        words=words,
    )


def told(fields: Mapping[str, str], *, on: date) -> list[Say]:
    """The filters in words."""
    found = [
        table[fields[name]]
        for name, table in (("mine", MINE), ("work", WORKS), ("state", STATE_NAMES), ("due", DUES))
        if name in fields
    ]
    if "sector" in fields:
        names = {sector.key: sector.name for sector in listing(on=on).sectors}
        found.append(names.get(fields["sector"], Say(fields["sector"], fields["sector"])))
    if "procedure" in fields:
        found.append(Say(fields["procedure"], fields["procedure"]))
    return found


def list_address(fields: Mapping[str, str]) -> str:
    """The address of the list that `fields` narrow: what somebody has in hand, the signing room, or the inbox."""
    if "queue" in fields:
        return f"{reverse('load_of')}?{urlencode(fields)}"
    if "room" in fields:
        return f"{reverse('signing')}?{urlencode(fields)}"
    return f"{reverse('inbox')}?{urlencode(dict(fields) or {'all': '1'})}"


@dataclass(frozen=True, slots=True)
class Place:
    """From which list somebody came to a dossier, and where in it the dossier stood: filters and a key, no name."""

    fields: Mapping[str, str]
    key: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Place | None":
        """The place in the address; None where somebody came from elsewhere."""
        told = dict(parse_qsl(str(request.GET.get(PLACE, ""))[:1000]))
        key = told.get("at", "")
        return cls(asked(told), key) if is_key(key) else None

    @property
    def query(self) -> str:
        """The end of an address that keeps the place."""
        return "?" + urlencode({PLACE: urlencode({**self.fields, "at": self.key})})

    @property
    def is_signing(self) -> bool:
        """Whether the list is the signing room."""
        return "room" in self.fields

    def after(self, code: str) -> str:
        """Where an act leads to: the dossier itself, from the signing room on to the next one."""
        return self.beside("next") if self.is_signing else reverse("dossier", args=[code]) + self.query

    @property
    def back_to(self) -> str:
        """The list."""
        return list_address(self.fields)

    def beside(self, way: str, stay: str = "") -> str:
        """Where the dossier before or after it is found; `stay`: the code of the dossier shown where there is none."""
        told = {**self.fields, "at": self.key} | ({STAY: stay} if stay else {})
        return f"{reverse('inbox_beside', args=[way])}?{urlencode(told)}"


def place_of(line: Waiting, fields: Mapping[str, str]) -> str:
    """The end of the address with which a line leads to its dossier."""
    return Place(fields, line.key).query
