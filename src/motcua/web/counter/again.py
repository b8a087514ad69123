"""People who came before: looked for from the scan field, shown masked, filled in by one key."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.http import QueryDict

from motcua.access_log.operations import note
from motcua.kernel.actor import Capacity, Viewer
from motcua.reception.selectors.at_hand import Person, people, person
from motcua.web.counter.typed import TAKE, prefixes
from motcua.web.counter.visits import person_fields

BAR = "|"


def looked_for(typed: QueryDict, *, viewer: Viewer, seat: Capacity) -> Mapping[str, Sequence[Person]]:
    """Whom the words in the scan field of each person find; a line of a card that could not be read finds none. A
    representative finds those who came for their agency."""
    words = {prefix: str(typed.get(f"{prefix}-scan", "")).strip() for prefix in prefixes(typed)}
    return {
        prefix: people(text, agency=seat.agency, viewer=viewer, competent=seat.posted_by)
        for prefix, text in words.items()
        if text and BAR not in text
    }


def take_people(typed: QueryDict, *, viewer: Viewer, seat: Capacity, at: datetime) -> None:
    """Fill in whom the officer chose. Reading somebody whole outside one's own task leaves a line (design, law 7).

    Raises NotFound for somebody the desk has not seen.
    """
    for prefix in prefixes(typed):
        token = typed.get(f"{TAKE}{prefix}")
        if not token:
            continue
        told, code = person(str(token), agency=seat.agency, viewer=viewer, competent=seat.posted_by)
        note(who=str(viewer.account), what="person_found", at=at, subject=code, agency=seat.agency)
        for name, value in person_fields(prefix, told.fields).items():
            typed[name] = value
        typed[f"{prefix}-scan"] = ""
