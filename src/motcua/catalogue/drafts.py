"""What a draft begins with, and what stands in the way of publishing it. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.catalogue.checking import faults, gaps, parse
from motcua.catalogue.lacks import GapKind
from motcua.catalogue.reading import MISSING
from motcua.catalogue.shapes import Component, ComponentKind, LimitUnit, ProcedureVersion
from motcua.catalogue.writing import Document, plain
from motcua.kernel.say import Say

UNDECIDED = Say(
    "Chưa quyết định giấy tờ này phải nộp, xuất trình hay chỉ là ghi chú",
    "Not decided yet whether this paper is handed in, shown, or a note",
)
UNIT_UNKNOWN = Say("Chưa quyết định đơn vị của thời hạn", "The unit of the limit is not decided yet")
UNUSED = Say("Chưa thuộc trường hợp nào", "It belongs to no variant yet")
UNMET = Say("Phần pháp luật đòi còn ghi là thiếu", "A part the law asks for is still marked as missing")


Reasons = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What has to be mended before a draft is published, and where in the document."""

    where: str
    reason: Say
    lacking: bool = False


def blank(code: str) -> Document:
    """The draft of a procedure nobody has written yet."""
    return {
        "code": code,
        "levels": [],
        "audience": [],
        "agency": None,
        "order": [],
        "components": [],
        "variants": [],
        "results": [],
        "legal_basis": [],
    }


def copied(document: Mapping[str, Any]) -> Document:
    """A published document as a draft begins with it: what was only announced has to be judged by the editor, who
    has the words beside; the decision will be another."""
    begun = own(document)
    by = begun.get("decision", {}).get("by")
    begun["decision"] = {"number": None, "by": by}
    return begun


def own(document: Mapping[str, Any]) -> Document:
    """`document` in one way of writing, without what only an announcement says: a draft is nobody else's words."""
    kept = plain(document)
    kept.pop("announced", None)
    for component in kept.get("components", ()):
        component.pop("counted", None)
    for variant in kept.get("variants", ()):
        for channel in variant.get("channels", ()):
            channel.pop("announced", None)
    return kept


def with_reasons(document: Mapping[str, Any], reasons: Reasons) -> Document:
    """`document` with what was written of its papers, by code: why each is asked for (catalogue.once_only)."""
    components = [
        {**one, "asked_because": dict(reasons[one["code"]])} if one.get("code") in reasons else one
        for one in document["components"]
    ]
    return {**document, "components": components}


def announced_paper(component: Component) -> bool:
    """Whether nobody has judged yet how the paper counts."""
    return component.kind is ComponentKind.ANNOUNCED


def obstacles(document: Mapping[str, Any]) -> list[Obstacle]:
    """All that has to be mended before `document` is published, in the order of its parts; the decision is named when
    it is published. A version made here has all eight parts of the law (ND 63/2010 art. 8(2)) and nothing unjudged."""
    told, missing = dict(document), []
    for key, (stands, reason) in _NAMELESS.items():
        if not told.get(key):
            told[key] = stands
            if reason.vi:
                missing.append(Obstacle(key, reason, lacking=True))
    wrong = [Obstacle(one.field, one.reason, lacking=one.reason is MISSING) for one in faults(told)]
    if wrong:
        return missing + wrong
    version = parse(told)
    missing += [
        Obstacle(gap.where, gap.reason, lacking=True)
        for gap in gaps(version)
        if gap.kind is GapKind.MISSING and gap.where not in (*_NAMELESS, *_SAID_LATER)
    ]
    return missing + list(_unjudged(version))


# What is named when it is published; in a draft it may be as it is.
_SAID_LATER = frozenset({"decision.number", "decision.issued_on"})
_NAMELESS: Mapping[str, tuple[Any, Say]] = {
    "title": ({"vi": "?"}, Say("Thiếu tên thủ tục", "The name is missing")),
    "sector": ({"code": None, "name": {"vi": "?"}}, Say("Thiếu lĩnh vực", "The sector is missing")),
    "decision": ({"number": None, "by": None}, Say("", "")),
}


def _unjudged(version: ProcedureVersion) -> Iterator[Obstacle]:
    used = {code for variant in version.variants for code in variant.components}
    for i, component in enumerate(version.components):
        if announced_paper(component):
            yield Obstacle(f"components[{i}].kind", UNDECIDED)
        if component.code not in used:
            yield Obstacle(f"components[{i}].code", UNUSED)
    for i, variant in enumerate(version.variants):
        for k, channel in enumerate(variant.channels):
            if channel.limit.unit is LimitUnit.UNKNOWN:
                yield Obstacle(f"variants[{i}].channels[{k}].limit.unit", UNIT_UNKNOWN)
    for i, gap in enumerate(version.requirement_gaps):
        if gap.kind is GapKind.MISSING:
            yield Obstacle(f"requirement_gaps[{i}].kind", UNMET)
