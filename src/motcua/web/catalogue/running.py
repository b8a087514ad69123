"""The dossiers that run when a version comes into force: which go on under it, which stay, and why."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.http import HttpRequest

from motcua.catalogue.checking import parse
from motcua.catalogue.transition import STAYS, Transition
from motcua.flows.transition import Fate, fates
from motcua.kernel.errors import Invalid
from motcua.kernel.say import Say
from motcua.kernel.time import ZONE
from motcua.web.common.requests import now_of

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Running:
    """What would become of them now. `lines`: the first ones, with why one stays; `mark`: what two previews have in
    common in which the same dossiers move."""

    moved: int
    stayed: int
    why: tuple[tuple[Say, int], ...]
    lines: tuple[tuple[Fate, Say | None], ...]
    mark: str

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.moved + self.stayed - len(self.lines)


def foreseen(request: HttpRequest, document: Mapping[str, Any], told: Mapping[str, Any]) -> Running | None:
    """The preview for a form that lets dossiers move; None where all stay, or where the document is not whole yet (then
    publishing says what is missing). Who keeps the catalogue sees codes and dates, no names."""
    if told["transition"] != Transition.FAVOUR:
        return None
    try:
        version = parse(document)
    except Invalid:
        return None
    day: date = told["effective_from"]
    # Weighed as on the day itself: what will be late by then stays.
    at = max(now_of(request), datetime.combine(day, time(), ZONE))
    found = list(fates(version, on=day, at=at))
    why = Counter(fate.stays for fate in found if fate.stays is not None)
    ordered = sorted(found, key=lambda fate: (fate.stays is not None, fate.code))
    said = "\n".join(f"{fate.id} {fate.stays}" for fate in ordered)
    return Running(
        moved=len(found) - why.total(),
        stayed=why.total(),
        why=tuple((STAYS[stays], count) for stays, count in why.most_common()),
        lines=tuple((fate, STAYS[fate.stays] if fate.stays else None) for fate in ordered[:SHOWN]),
        mark=hashlib.sha256(said.encode()).hexdigest(),
    )
