"""The once-only gate on the publishing page: papers that somebody else can give, who, how often they are asked for, and
the field for the reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _, ngettext

from motcua.catalogue.askings import askings
from motcua.catalogue.checking import parse
from motcua.catalogue.once_only import Asked, asked
from motcua.dossiers.handed import handed_in
from motcua.kernel.say import Say
from motcua.web.catalogue.controls import Drawing
from motcua.web.catalogue.mapping import Typed, read
from motcua.web.catalogue.part_rows import Item, Shape
from motcua.web.common.fields import FieldParts
from motcua.web.common.wording import say

WHY = Item(
    "asked_because",
    Say("Lý do vẫn đòi bản giấy, cả căn cứ pháp lý", "Why the paper is asked for, with the legal basis"),
    Shape.SAY,
)
UNREASONED = Say(
    "Hãy ghi lý do, hoặc sửa giấy tờ thành “cơ quan tự tra cứu”.",
    "Write the reason, or let the office look it up instead.",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One paper: what it is called, who can give it, how often it is asked for."""

    name: str
    giver: str
    source: str
    procedure: str
    often: str
    fields: Sequence[FieldParts]


@dataclass(frozen=True, slots=True)
class Gate:
    """`reasons`: what was written, by code; `linked`: the errors of papers without one."""

    lines: Sequence[Line] = ()
    reasons: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    linked: Sequence[Mapping[str, str]] = ()


def gate(document: Mapping[str, Any], typed: Typed, *, today: date, is_sent: bool) -> Gate:
    """The papers of `document` (whole, but for its decision) that somebody else can give. Two statements, four after
    something was published."""
    found = askings(on=today)
    papers = asked(parse(document), found.givers)
    if not papers:
        return Gate()
    names = {one.component.code: f"because-{one.component.code}" for one in papers}
    shown = dict(typed)
    for one in papers:
        told, name = one.component.asked_because, names[one.component.code]
        if told is not None and f"{name}-vi" not in shown:
            shown |= {f"{name}-vi": [told.vi], f"{name}-en": [told.en]}
    reasons = {
        code: said for code, name in names.items() if (said := read(WHY, shown, name)) and said.get("vi")
    }
    errors = {names[code]: UNREASONED for code in names if is_sent and code not in reasons}
    drawing = Drawing(shown, errors, document)
    handed = handed_in(str(document["code"]))
    lines = []
    for one in papers:
        drawing.within = [say(one.component.name)]
        code = one.component.code
        often = [
            ngettext(
                "%(count)s thủ tục đang hiệu lực đòi giấy tờ này",
                "%(count)s thủ tục đang hiệu lực đòi giấy tờ này",
                found.counts.get(one.giver.key, 0),
            )
            % {"count": found.counts.get(one.giver.key, 0)}
        ]
        if handed.looked_at:
            often.append(
                _("đã nộp trong %(n)s trên %(all)s hồ sơ đang giải quyết")
                % {"n": handed.counts.get(code, 0), "all": handed.looked_at}
            )
        lines.append(_line(one, "; ".join(often), drawing.fields(WHY, names[code])))
    return Gate(lines, reasons, drawing.linked)


def _line(one: Asked, often: str, fields: Sequence[FieldParts]) -> Line:
    giver = one.giver
    return Line(say(one.component.name), say(giver.name), giver.source, giver.procedure, often, fields)
