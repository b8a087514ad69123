"""A child dossier asks through its parent, and gets what was supplied there: one letter, one place. Order, no rules."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.calendars.selectors import calendar_of
from motcua.catalogue.selectors import version as procedure_version
from motcua.dossiers import events as e, operations as dossiers
from motcua.dossiers.attachments import contents_of, copies
from motcua.dossiers.content import NewContent, text
from motcua.dossiers.faults import said
from motcua.dossiers.operations import MissingPaper, Recorded
from motcua.dossiers.row import Row
from motcua.flows.courses import done, step_due_of
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid
from motcua.kernel.text import clean
from motcua.ledger.selectors import history
from motcua.processes.selectors import version as process_version
from motcua.processes.shapes import Passed


def lock_parent(code: str) -> Row | None:
    """The parent of the child dossier `code`, locked before it; None, without a statement, for a code that is no
    child's."""
    if "." not in code.rpartition("-")[2]:
        return None
    child = dossiers.look(code)
    return None if child is None or child["parent"] is None else dossiers.lock_by_id(child["parent"])


def ask(
    *,
    parent: Row,
    row: Row,
    items: Sequence[MissingPaper],
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Record that the child `row` lacks `items`, and ask for them by its `parent`. All requests of a parent count
    together (ND 63/2010 art. 20(4)): the second is a leader's. Raises Invalid for what is in the electronic form."""
    if any(item.topic for item in items):
        raise Invalid(
            "Tờ khai điện tử thuộc hồ sơ chính; hãy ghi thông tin cần sửa thành một mục riêng.",
            "The electronic form is the parent dossier's; write what is to be mended as an item of its own.",
            field="items",
        )
    recorded = dossiers.request_supplement(
        row=row,
        items=items,
        calendar=calendar_of(row["competent_agency"]),
        actor=actor,
        at=at,
        paper=paper,
    )
    done(
        dossiers.ask_for_child(
            parent=parent,
            child=row["child"],
            items=[_of_parent(item, row, _passed(parent, row["child"])) for item in items],
            calendar=calendar_of(parent["competent_agency"]),
            actor=actor,
            at=at,
        )
    )
    return recorded


def _passed(parent: Row, child: str) -> tuple[Passed, ...]:
    parts = process_version(parent["process_version"]).children
    return next(part.papers for part in parts if part.code == child)


def _of_parent(item: MissingPaper, row: Row, papers: Sequence[Passed]) -> MissingPaper:
    """An item in the parent's components; what the parent has none for is named in words."""
    if item.component is None:
        return item
    component = next((one.component for one in papers if one.to == item.component), None)
    if component is not None:
        return replace(item, component=component)
    names = {c.code: c.name.vi for c in procedure_version(row["procedure_version"]).components}
    words = said(item.fault, clean(item.text))
    return MissingPaper(component=None, text=": ".join(x for x in (names[item.component], words) if x))


def hand_on(supplied: Recorded, *, asked: Mapping[str, Any], actor: Actor, at: datetime) -> None:
    """Give a child what its parent was just supplied with for it, once all of it is there: files and words go along.
    `asked`: the parent's request as it stood. Nothing for what the parent asked for itself."""
    child, parent = asked.get("child"), supplied.row
    if child is None or not supplied.event.complete:
        return
    entry = next(one for one in parent["children"] if one["child"] == child)
    row = dossiers.lock_by_id(UUID(entry["dossier"]))
    if row["supplement"] is None:
        return
    past = list(history(parent["id"]))
    since = max(x.seq for x in past if x.type == e.SupplementRequested.TYPE)
    texts, files = contents_of(parent["id"])
    of_child = {one.component: one.to for one in _passed(parent, child)}
    came: dict[str, list[Any]] = {}
    for one in files:
        if one.seq > since:
            came.setdefault(of_child.get(one.component, ""), []).append(one)
    told: list[tuple[e.ReplyFact, NewContent]] = []
    for x in past:
        for reply in x.data.get("replies", ()) if x.seq > since else ():
            if reply["text"]:
                kept = text("supplement_reply", texts.get(UUID(reply["text"]["content"]), ""))
                told.append((e.ReplyFact(item=reply["item"], text=kept.ref), kept))
    calendar = calendar_of(row["competent_agency"])
    recorded = dossiers.supplied_by_parent(
        row=row,
        attached=copies(came),
        replies=[fact for fact, _ in told],
        contents=[kept for _, kept in told],
        calendar=calendar,
        step_due=step_due_of(row, at, calendar),
        actor=actor,
        at=at,
    )
    done(recorded)
