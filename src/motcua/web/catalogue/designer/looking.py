"""What a draft looks like: as much of it as can be drawn already, by the renderer that citizens' pages use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from motcua.eforms import drafts, judging
from motcua.eforms.answers import check
from motcua.eforms.readable import sample
from motcua.eforms.selectors import library
from motcua.eforms.shapes import Form, Page
from motcua.kernel.say import Say
from motcua.web.common.eforms import drawn


@dataclass(frozen=True, slots=True)
class Look:
    """One topic as it is drawn, or nothing; `left_out`: items that cannot be drawn yet; `topics`: key and title of all
    there are."""

    drawn: Markup | None
    topic: str = ""
    title: Say = Say("", "")
    topics: tuple[tuple[str, Say], ...] = ()
    left_out: int = 0


def look_at(document: drafts.Document, place: str, *, on: date) -> Look:
    """The topic in which the node at `place` stands, with the answers under which it is asked."""
    form, left_out = judging.drawable(document, library())
    if form is None:
        return Look(None, left_out=left_out)
    return look(
        form, _topic(document, form, place), sample(form, _path(document, place)), on=on, left_out=left_out
    )


def look(form: Form, page: Page, answers: Mapping[str, Any], *, on: date, left_out: int = 0) -> Look:
    """A topic of a form with answers."""
    told = check(form, answers, on=on).answers
    topics = tuple((each.key, each.title) for each in form.pages)
    markup = drawn(form, page, told, on=on, area="")
    return Look(markup, page.key, page.title, topics, left_out)


def _topic(document: drafts.Document, form: Form, place: str) -> Page:
    key = drafts.at(document, ".".join(place.split(".")[:2])).get("key") if place else None
    return next((page for page in form.pages if page.key == key), form.pages[0])


def _path(document: drafts.Document, place: str) -> str:
    return next((path for path, where in drafts.key_paths(document).items() if where == place), "")
