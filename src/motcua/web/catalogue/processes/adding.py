"""What can be added to a draft: a row of each kind, a process inside, a consultation, a variant, another's part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from motcua.kernel.say import Say
from motcua.kernel.text import clean
from motcua.processes.drafts import Node
from motcua.processes.shapes import StepKind
from motcua.processes.wording import KINDS
from motcua.web.catalogue.designer.controls import Drawing, Typed, one
from motcua.web.catalogue.processes.properties import Around
from motcua.web.catalogue.processes.words import NODES
from motcua.web.common.fields import FieldParts
from motcua.web.common.wording import say

INSIDE = "includes"


@dataclass(frozen=True, slots=True)
class Adding:
    """What is to be added, and what it is called."""

    what: str = str(StepKind.EXAMINE)
    vi: str = ""
    en: str = ""

    @classmethod
    def of(cls, typed: Typed) -> "Adding":
        """As typed."""
        return cls(one(typed, "what"), clean(one(typed, "new-vi"))[:500], clean(one(typed, "new-en"))[:500])

    @property
    def kind(self) -> str:
        """The kind of node."""
        return self.what if self.what in ("variant", "consultation", "child") else "step"

    @property
    def label(self) -> str:
        """What it is called, or what it is."""
        return self.vi or say(NODES[self.kind])

    def wrong(self, place: str) -> Mapping[str, tuple[Say, ...]]:
        """What is missing."""
        if self.kind == "consultation" and not place.startswith("steps."):
            said = Say("Chọn một bước rồi thêm việc lấy ý kiến vào bước ấy.", "Choose a row, then add to it.")
            return {"what": (said,)}
        if self.what in (INSIDE, "variant") or self.vi:
            return {}
        return {"new-vi": (Say("Ghi việc làm của mục mới.", "Write what the new item is about."),)}

    def drawn(self, place: str, around: Around, errors: Mapping[str, Sequence[Say]]) -> "Drawn":
        """Its controls."""
        drawing = Drawing({"what": [self.what], "new-vi": [self.vi], "new-en": [self.en]}, errors)
        options = [(str(kind), say(words)) for kind, words in KINDS.items()]
        options.append((INSIDE, _("Các bước của một quy trình khác")))
        if place.startswith("steps."):
            options.append(("consultation", say(NODES["consultation"]) + " " + _("(trong bước đang chọn)")))
        options += [(kind, say(NODES[kind])) for kind in ("variant", "child")]
        return Drawn(
            drawing.select("what", _("Thêm gì"), options),
            drawing.text("new-vi", _("Việc làm"), lang="vi"),
            drawing.text("new-en", _("Bằng tiếng Anh"), lang="en"),
        )


@dataclass(frozen=True, slots=True)
class Drawn:
    """The controls of what is to be added."""

    what: FieldParts
    vi: FieldParts
    en: FieldParts


def new_node(adding: Adding, around: Around) -> Node:
    """The node to be added; its code is still to be made."""
    said: dict[str, Any] = {"vi": adding.vi, "en": adding.en}
    if adding.what == "variant":
        known = [each.code for each in around.procedure.variants] if around.procedure else []
        return {"code": next((code for code in known if code not in around.variants), ""), "limit": {}}
    if adding.what == "consultation":
        return {"about": said, "whom": [], "limit": {"unit": "working_day"}}
    if adding.what == "child":
        return {"title": said, "procedure": "", "variant": "", "body": "", "limit": {"unit": "working_day"}}
    if adding.what == INSIDE:
        code, number = around.known[0][:2] if around.known else ("", 0)
        return {"includes": {"process": code, "number": number}}
    kind = adding.what if adding.what in set(StepKind) else str(StepKind.EXAMINE)
    return {"kind": kind, "work": said, "positions": []}
