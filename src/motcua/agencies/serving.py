"""Which agency serves a place, once some were merged; and who stands in a merged one's place."""

from collections.abc import Mapping
from datetime import date

from motcua.agencies.bodies import Body
from motcua.agencies.mergers import successions
from motcua.agencies.models import Agency


def standing(*, on: date) -> Mapping[str, str]:
    """Each agency that is merged on a day -> the one that stands in its place then. One statement."""
    into = {one.predecessor: one.successor for one in successions(on=on)}
    return {code: _last(code, into) for code in into}


def _last(code: str, into: Mapping[str, str]) -> str:
    return _last(into[code], into) if code in into else code


def came_into(agency: str, *, on: date) -> list[str]:
    """The agencies in whose place `agency` stands on a day, in order. One statement."""
    return sorted(code for code, now in standing(on=on).items() if now == agency)


def serving_places(body: str, *, on: date) -> dict[str, str]:
    """Place -> the agency of kind `body` that serves it on a day, or whom that was merged into; for a place into which
    another was merged and that nobody serves by name, who served that one. Two statements."""
    now = standing(on=on)
    rows = Agency.objects.filter(body=body).order_by("-code").values_list("code", "serves")
    found = {place: now.get(code, code) for code, places in rows for place in places}
    for gone, place in now.items():
        if gone in found:
            found.setdefault(place, found[gone])
    return found


def serving(body: str, place: str, *, on: date) -> str | None:
    """The code of the agency of kind `body` (agencies.bodies) that serves the place of agency `place`: a People's
    Committee its own; None where the installation has none. Two statements, none for a committee."""
    return place if body == Body.COMMITTEE else serving_places(body, on=on).get(place)
