"""In which part of an agency's territory a dossier lies: by the answer that its process names, as its procedure asked,
else by the applicant's address."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from motcua.dossiers.answered import form_of
from motcua.dossiers.record import opened_texts
from motcua.kernel.text import fold
from motcua.parties.operations import Particulars
from motcua.processes.assigning import NOWHERE, Place
from motcua.processes.models import Area
from motcua.processes.placing import QUESTION, answer_at, in_words
from motcua.processes.shapes import Assignment, ProcessVersion

# The question that says it where a process names no other.
AREA = "area"
_NO_LETTER = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Told:
    """What a dossier says of where it lies: what was answered at reception, the answers of its form and the applicant's
    address, both read only when they are asked for."""

    answers: Mapping[str, str] = field(default_factory=dict)
    form: Callable[[], Mapping[str, Any]] = dict
    address: Callable[[], str] = str

    @property
    def area(self) -> str:
        """The code of the area, where its procedure asks that question."""
        return self.answers.get(AREA, "")


def told_of(row: Mapping[str, Any] | None) -> Told:
    """The same of a dossier as it is kept. A statement for its address, two for its form, when they are asked for."""
    if row is None:
        return Told()
    return Told(row["answers"], lambda: _form(row), lambda: _address(row))


def told_here(
    answers: Mapping[str, str],
    people: Sequence[tuple[str, Particulars]],
    row: Mapping[str, Any] | None,
) -> Told:
    """The same while it is received; its form is that of who handed it in before (`row`)."""
    return Told(
        answers,
        lambda: _form(row) if row else {},
        lambda: next((told.address for role, told in people if role == "applicant"), ""),
    )


def _form(row: Mapping[str, Any]) -> Mapping[str, Any]:
    told = form_of(dict(row))
    return told.answers if told else {}


def _address(row: Mapping[str, Any]) -> str:
    snapshot = next((party["snapshot"] for party in row["parties"] if party["role"] == "applicant"), None)
    return str(json.loads(opened_texts(UUID(snapshot))[0] or "{}").get("address", "")) if snapshot else ""


def place_of(process: ProcessVersion | None, agency: str, told: Told, asked: str | None) -> Place:
    """Where a dossier lies: the answer that its process names, else its answer `area`, with who serves that (`asked`:
    name and account as JSON). Where neither says it and a step goes by area, the one whose name stands in the
    applicant's address; a statement for each that is looked at."""
    goes_by_area = process is not None and any(s.assignment is Assignment.TERRITORY for s in process.running)
    if process is not None and goes_by_area and process.area:
        found = _answered(process.area, agency, told)
        if found != NOWHERE:
            return found
    if goes_by_area and not told.area:
        return _named(agency, told.address())
    name, account = json.loads(asked) if asked else ("", None)
    return Place(area=told.area, name=name, account=UUID(account) if account else None)


def _answered(source: str, agency: str, told: Told) -> Place:
    """What the answer at `source` ("form.site") says: a code, or an address that names an area."""
    where, _, path = source.partition(".")
    answer = told.answers.get(path) if where == QUESTION else answer_at(path, told.form())
    if isinstance(answer, Mapping):
        return _named(agency, in_words(answer))
    if not answer:
        return NOWHERE
    name, account = Area.objects.filter(agency=agency, code=answer).values_list(
        "name", "account"
    ).first() or ("", None)
    return Place(area=str(answer), name=name, account=account)


def _named(agency: str, address: str) -> Place:
    """The one area of `agency` whose name stands in `address`, as whole words without accents; nowhere where none does,
    or several do: a guess would give it to the wrong person."""
    if not address:
        return NOWHERE
    found = [
        Place(area=code, name=name, account=account)
        for code, name, account in Area.objects.filter(agency=agency).values_list("code", "name", "account")
        if _words(name) in _words(address)
    ]
    return found[0] if len(found) == 1 else NOWHERE


def _words(text: str) -> str:
    return f" {_NO_LETTER.sub(' ', fold(text)).strip()} "
