"""Where a whole code, typed or scanned at the desk that gives results out, leads at once."""

from typing import NamedTuple

from django.urls import reverse

from motcua.dossiers.policy import Refused, allows
from motcua.dossiers.projector import standing
from motcua.dossiers.selectors import whole
from motcua.dossiers.states import Act, State
from motcua.kernel.actor import Viewer
from motcua.kernel.say import Say


class Lead(NamedTuple):
    """A page, and why it is not the one on which something is given out."""

    href: str
    why: Say | None = None


def lead(words: str, *, viewer: Viewer) -> Lead | None:
    """The manifest of what the post has, else the page that gives out what the dossier holds, else the dossier; None
    for what is no whole code of the viewer's scope."""
    row = whole(words, viewer=viewer)
    if row is None:
        return None
    if row["manifest"] and row["state"] == State.DECIDED:
        return Lead(reverse("manifest", args=[row["manifest"]]))
    act = Act.GIVE_BACK_PAPERS if row["papers_owed"] else Act.HAND_OVER
    verdict = allows(viewer, act, row, standing(row))
    if isinstance(verdict, Refused):
        return Lead(reverse("dossier", args=[row["code"]]), verdict.reason)
    return Lead(reverse("act", args=[row["code"], act.value]))
