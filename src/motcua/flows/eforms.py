"""A form beside the procedures it is for: what does not fit, and from a draft to a published version."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from motcua.catalogue.selectors import offers
from motcua.catalogue.shapes import ProcedureVersion
from motcua.eforms.drafts import at, outline, text_of
from motcua.eforms.judging import Fault
from motcua.eforms.operations import publish
from motcua.eforms.shapes import FieldType
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid
from motcua.kernel.say import Say
from motcua.kernel.time import local


def misfits(document: Mapping[str, Any], *, on: date) -> list[Fault]:
    """Where a form does not fit the procedures it serves, as they are on a day: a procedure or a variant that is not in
    force, a file that is none of their papers. One statement, and one for versions that are new to this process."""
    told = document.get("procedures")
    serves = [each for each in told if isinstance(each, Mapping)] if isinstance(told, list) else []
    codes = {str(each.get("code", "")) for each in serves} - {""}
    found = {code: one.version for code, one in offers(codes, agency="", province=None, on=on).items()}
    return [*_unknown(serves, found), *(_strange_papers(dict(document), found) if found else ())]


def _unknown(serves: list[Mapping[str, Any]], found: Mapping[str, ProcedureVersion]) -> Iterator[Fault]:
    for each in serves:
        code, variant = str(each.get("code", "")), str(each.get("variant", ""))
        if not code:
            continue
        if code not in found:
            said = Say(f"không có thủ tục {code} đang hiệu lực", f"there is no procedure {code} in force")
            yield Fault("", "procedures", said)
        elif variant and variant not in {one.code for one in found[code].variants}:
            known = ", ".join(one.code for one in found[code].variants)
            yield Fault(
                "",
                "procedures",
                Say(
                    f"thủ tục {code} không có trường hợp {variant}; dùng {known}",
                    f"the procedure {code} has no variant {variant}; use {known}",
                ),
            )


def _strange_papers(document: dict[str, Any], found: Mapping[str, ProcedureVersion]) -> Iterator[Fault]:
    """A file whose paper is none of a procedure's components would be handed in as nothing."""
    papers = {one.code: one for version in found.values() for one in version.components}
    for line in outline(document):
        node = at(document, line.place)
        paper = text_of(node.get("document"))
        if line.type == FieldType.FILE and paper and paper not in papers:
            known = ", ".join(papers)
            yield Fault(
                line.place,
                "document",
                Say(
                    f"thủ tục không có giấy tờ này; dùng {known}",
                    f"the procedure has no such paper; use {known}",
                ),
            )


def publish_form(
    *,
    draft: UUID,
    revision: int,
    document: Mapping[str, Any],
    valid_from: date,
    upon: int,
    actor: Actor,
    at: datetime,
) -> UUID:
    """Publish a draft, which is `document` at `revision`, where it fits the procedures it serves. Raises as
    `eforms.operations.publish`, and Invalid where something does not fit."""
    if wrong := misfits(document, on=max(valid_from, local(at).date())):
        raise Invalid(wrong[0].said.vi, wrong[0].said.en)
    return publish(draft=draft, revision=revision, valid_from=valid_from, upon=upon, actor=actor, at=at)[0]
