"""A log of the receipt phase of environmental permits as a process of ours, and its 1,434 dossiers played through it.

J.C.A.M. Buijs (2014), CoSeLoG project, Eindhoven University of Technology,
doi:10.4121/uuid:a07386a5-7be3-4367-9535-70bc9e77dbe6; not part of this repository.

The log has the ends of activities only. Read by what follows what, it is one row and two branches side by side: the
letter of receipt (T02 to T05), and whether the matter is to be held (T06 to T20). In each, what comes next is a named
way out where it lies below, a way back where it lies above. Where the model ends: a dossier begins when the log's does
(two of them with their first activity, which is older); all come by one channel; nobody has seen a dossier decided in
this phase, so they stay open where the log leaves them; T06 straight after T06 is a second row of the same name. The
days are moved, all by as much, into years that have a calendar.
"""

import csv
import gzip
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from motcua.kernel.time import ZONE
from tests.support.tables import approve, row, seal, table

FILE = Path(__file__).parents[2].parent / "shared" / "data" / "receipt_log.csv.gz"
FIRST_DAY = datetime(2026, 1, 12, 8, tzinfo=ZONE)
CONFIRM = "Confirmation"
LETTER = ("T02", "T03", "T04", "T05")
HOLD = (
    *("T06", "T06_again", "T07-1", "T07-2", "T07-3", "T07-4", "T07-5", "T08", "T09-1", "T09-2", "T09-3", "T09-4"),
    *("T10", "T11", "T12", "T13", "T14", "T15", "T16", "T17", "T18", "T19", "T20"),
)  # fmt: skip
# What is done only where the step before found something; else that side is finished.
ON_OBJECTION = frozenset(HOLD[HOLD.index("T11") :])
SEATS = {"T04": "economic_section", "T05": "clerk", "T08": "culture_society_section"}
LOGINS = {
    "justice_officer": "tuphap1",
    "economic_section": "kinhte",
    "culture_society_section": "vanhoa",
    "clerk": "vanthu",
}


@dataclass(frozen=True, slots=True)
class Done:
    """An activity that ended, of which dossier of the log, when."""

    dossier: str
    activity: str
    at: datetime


@dataclass(slots=True)
class Logged:
    """A dossier of the log: when it began, what was done; days as the log has them."""

    name: str
    began: datetime
    done: list[Done] = field(default_factory=list)


def read_log() -> list[Logged]:
    """The dossiers of the log, by name."""
    found: dict[str, Logged] = {}
    with gzip.open(FILE, "rt", encoding="utf-8") as file:
        for line in csv.DictReader(file):
            name, at = line["case:concept:name"], datetime.fromisoformat(line["time:timestamp"])
            began = datetime.fromisoformat(line["case:startdate"])
            logged = found.setdefault(name, Logged(name, min(began, at)))
            logged.done.append(Done(name, line["concept:name"].split()[0], at))
    return list(found.values())


def moved(logs: Sequence[Logged]) -> timedelta:
    """By how much the days are moved."""
    return FIRST_DAY - min(one.began for one in logs)


def document(logs: Sequence[Logged]) -> dict[str, Any]:
    """The process that the log shows: the rows by name, the ways by what follows what in each branch."""
    follows = Counter(pair for one in logs for pair in _pairs(one))
    rows = [row(CONFIRM)]
    for branch, line in (("letter", LETTER), ("hold", HOLD)):
        for place, name in enumerate(line):
            after = [other for one, other in follows if one == _plain(name)]
            if _plain(name) in after:  # straight after itself: the other row of that name
                after += ["T06_again"]
            below = [n for n in line[place + 1 :] if n in after]
            above = [n for n in line[:place] if n in after]
            when = {"==": [{"var": "outcome"}, "partly"]} if name in ON_OBJECTION else None
            rows.append(
                row(
                    name,
                    positions=[SEATS.get(_plain(name).partition("-")[0], "justice_officer")],
                    time="0.5",
                    branch=f"receipt.{branch}",
                    ways={f"to_{n}": n for n in below},
                    returns_to=above,
                    when=when,
                )
            )
    limits = {"no_verification": {"unit": "working_day", "value": "40"}}
    return table(*rows, approve(), seal(), variants=limits, source="doi:10.4121/uuid:a07386a5")


def _pairs(one: Logged) -> Iterator[tuple[str, str]]:
    for line in (LETTER, HOLD):
        names = [d.activity for d in one.done if d.activity in line]
        yield from zip(names, names[1:], strict=False)


def _plain(name: str) -> str:
    return name.removesuffix("_again")


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do: to receive (`row` 0), to end row `row` with an outcome by a way, or to give it back to `to`."""

    dossier: str
    at: datetime
    row: int
    login: str
    outcome: str = ""
    way: str = ""
    to: str = ""


def acts(logs: Sequence[Logged], steps: Sequence[Mapping[str, Any]]) -> list[Act]:
    """Everything to be done, in the order of time."""
    by = moved(logs)
    orders = {step["code"]: step["order"] for step in steps}
    seats = {step["code"]: step["positions"][0] for step in steps}
    found = [Act(one.name, one.began + by, 0, "tiepnhan1") for one in logs]
    for one in logs:
        for line in ((CONFIRM,), LETTER, HOLD):
            done = [d for d in one.done if d.activity in line]
            here = ""
            for place, each in enumerate(done):
                here = here or each.activity
                following = done[place + 1].activity if place + 1 < len(done) else None
                to = _row_for(following, here) if following else ""
                back = bool(to) and orders[to] < orders[here]
                found.append(
                    Act(
                        one.name,
                        each.at + by,
                        orders[here],
                        LOGINS[seats[here]],
                        outcome="partly" if to else "granted",
                        way="" if back or not to or orders[to] == orders[here] + 1 else f"to_{to}",
                        to=to if back else "",
                    )
                )
                here = to
    return sorted(found, key=lambda act: (act.at, act.row))


def _row_for(activity: str, here: str) -> str:
    """The row of an activity, as seen from `here`: of the two of one name, the other."""
    return "T06_again" if (activity, here) == ("T06", "T06") else activity
