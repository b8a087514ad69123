"""The people of a dossier as its page shows them, with where their particulars come from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from motcua.dossiers.policy import sees_people
from motcua.dossiers.selectors import PartyShown, Shown
from motcua.dossiers.sight import PEOPLE
from motcua.kernel.actor import Viewer
from motcua.kernel.say import Say
from motcua.kernel.text import mask_name, mask_number
from motcua.kernel.time import parse_utc
from motcua.parties.papers import PAPERS
from motcua.web.common.sexes import SEXES
from motcua.web.desk import words
from motcua.web.desk.facts import Check, Facts


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a register said of a person when they were received; `same` and `unlike` name the fields."""

    outcome: Say
    same: Say | None
    unlike: Say | None
    at: datetime
    number: str


@dataclass(frozen=True, slots=True)
class Person:
    """A party of the dossier. Masked, only the name's initials are there."""

    role: Say
    name: str
    paper: Say | None = None
    masked_number: str = ""
    number: str = ""
    born_on: date | None = None
    sex: Say | None = None
    phone: str = ""
    email: str = ""
    address: str = ""
    looked_up: Lookup | None = None
    checks: tuple[Check, ...] = ()


def people_of(shown: Shown, facts: Facts, *, visible: bool) -> list[Person]:
    """Everybody who stands in a dossier, with how their fields stand with the registers; nobody where the process hides
    people from the viewer. `visible`: to whoever may read who it is about."""
    if PEOPLE in shown.hidden:
        return []
    return [
        person(party, whole=visible, checks=[one for one in facts.checked if one.place == place])
        for place, party in enumerate(shown.parties)
    ]


def people_of_task(shown: Shown, *, viewer: Viewer) -> list[Person]:
    """The same beside an act, for `viewer` whose task it is: who looks at another's does so on the dossier's own page,
    where that is noted."""
    whole = shown.within_task and sees_people(viewer, shown.row)
    return people_of(shown, Facts.of(shown), visible=True) if whole else []


def person(party: PartyShown, *, whole: bool, checks: Iterable[Check] = ()) -> Person:
    """A party as the page shows it; `whole`: to whoever may read who the dossier is about. `checks`: how their fields
    stand with the registers."""
    fields = party.fields
    role, name = words.ROLES[party.role], fields.get("name", "")
    if not whole:
        return Person(role, mask_name(name))
    number = fields.get("number", "")
    return Person(
        role=role,
        name=name,
        paper=PAPERS[fields["paper"]].label if number else None,
        masked_number=mask_number(number),
        number=number,
        born_on=date.fromisoformat(fields["born_on"]) if fields.get("born_on") else None,
        sex=SEXES.get(fields.get("sex", "")),
        phone=fields.get("phone", ""),
        email=fields.get("email", ""),
        address=fields.get("address", ""),
        looked_up=_lookup(fields.get("looked_up")),
        checks=tuple(checks),
    )


def _lookup(kept: Mapping[str, Any] | None) -> Lookup | None:
    if kept is None:
        return None
    return Lookup(
        outcome=words.LOOKUPS[kept["outcome"]],
        same=words.of_a_person(kept["same"]),
        unlike=words.of_a_person(kept["unlike"]),
        at=parse_utc(kept["asked_at"]),
        number=kept["number"],
    )
