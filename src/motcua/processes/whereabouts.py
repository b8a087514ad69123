"""In which part of an agency's territory a dossier lies: as its procedure asked, else by the applicant's address."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from motcua.dossiers.record import opened_texts
from motcua.kernel.text import fold
from motcua.processes.assigning import NOWHERE, Place
from motcua.processes.models import Area
from motcua.processes.shapes import Assignment, ProcessVersion

_NO_LETTER = re.compile(r"[^a-z0-9]+")


def address_of(row: Mapping[str, Any] | None) -> str:
    """The applicant's address as the dossier keeps it; "" where there is none. One statement."""
    parties = row["parties"] if row else ()
    snapshot = next((party["snapshot"] for party in parties if party["role"] == "applicant"), None)
    return str(json.loads(opened_texts(UUID(snapshot))[0] or "{}").get("address", "")) if snapshot else ""


def place_of(
    process: ProcessVersion | None, agency: str, area: str, told: str | None, address: Callable[[], str]
) -> Place:
    """Where a dossier lies: its answer `area`, with who serves that (`told`: name and account as JSON). Where nobody
    asked and a step goes by area, the one whose name stands in `address`; then two statements."""
    goes_by_area = process is not None and any(s.assignment is Assignment.TERRITORY for s in process.running)
    if goes_by_area and not area:
        return _named(agency, address())
    name, account = json.loads(told) if told else ("", None)
    return Place(area=area, name=name, account=UUID(account) if account else None)


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
