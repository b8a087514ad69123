"""The parts of an inter-agency procedure, in plain words: which agency does what, and how far it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.agencies.bodies import BODIES
from motcua.agencies.selectors import called
from motcua.catalogue.selectors import version as procedure_version
from motcua.dossiers.operations import look_by_id
from motcua.dossiers.record import opened_texts
from motcua.dossiers.row import Row
from motcua.dossiers.states import ENDED, LABELS, State
from motcua.flows.children import asked_children, waited_for
from motcua.kernel.say import Say
from motcua.kernel.time import parse_utc
from motcua.processes.shapes import Child

_NOT_BEGUN = Say("Chưa đến lượt", "Not its turn yet")
_NEVER = Say("Không thực hiện", "Not done")
_WORKING = Say("Đang giải quyết", "Being settled")
_SIGNED = Say("Đã ký, chờ trả chung", "Signed, waits for the others")
_WAITS = Say("Chờ bổ sung giấy tờ", "Waiting for papers")
_ENDS: Mapping[str, tuple[Say, str]] = {
    "granted": (Say("Đã có kết quả", "Decided"), "good"),
    "partly": (Say("Đồng ý một phần", "Partly granted"), "waiting"),
    "refused": (Say("Không được giải quyết", "Refused"), "late"),
    "stopped": (Say("Dừng giải quyết", "Stopped"), "late"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part: what it is, who does it, how far it is; the numbers of its papers and why it fell short. `code` and
    `due_at` are its agency's own, and for officers alone."""

    title: Say
    agency: Say
    state: Say
    tone: str
    papers: tuple[str, ...] = ()
    reasons: str = ""
    code: str = ""
    due_at: datetime | None = None


def parts_of(row: Row, *, texts: Mapping[UUID, str] | None = None) -> list[Part]:
    """The parts of a dossier, the lead's own first, then in the order of its process; none where no other agency has
    one. `texts`: its contents, where they were read. No statement, one where a part fell short and its reasons were not
    read."""
    begun = {one["child"]: one for one in row["children"]}
    over = State(row["state"]) in ENDED | {State.DECIDED}
    others = [
        _begun(child, begun[child.code], row, texts) if child.code in begun else _ahead(child, over=over)
        for child in asked_children(row)
    ]
    return [_own(row), *others] if others else []


def waits_for(row: Row) -> Say | None:
    """Which parts of which agencies a result that is signed still waits for; None where it waits for none. No
    statement."""
    agencies = {one["child"]: called(one["agency"]) for one in row["children"]}
    parts = [(child.title, agencies.get(child.code, BODIES[child.body])) for child in waited_for(row)]
    if not parts or not row["approval"]:
        return None
    return Say(
        "; ".join(f"“{title.vi}” của {agency.vi}" for title, agency in parts),
        "; ".join(f"“{title.en}” of {agency.en}" for title, agency in parts),
    )


def _own(row: Row) -> Part:
    """What the agency that has the dossier settles itself: the first of the results."""
    lead, approval = called(row["competent_agency"]), row["approval"]
    state, tone = (_WORKING, "waiting")
    if State(row["state"]) in {State.DECIDED, State.RETURNED}:
        state, tone = _ENDS[approval["outcome"] if approval else row["outcome"]]
    elif State(row["state"]) in ENDED:
        state, tone = _NEVER, ""
    elif row["supplement"] and not row["supplement"].get("child"):
        state = _WAITS
    elif approval and row["last_step"]:
        state = _SIGNED
    return Part(
        title=procedure_version(row["procedure_version"]).results[0].name,
        agency=Say(f"{lead.vi} (cơ quan chủ trì)", f"{lead.en} (lead agency)"),
        state=state,
        tone=tone,
    )


def _ahead(child: Child, *, over: bool) -> Part:
    return Part(child.title, BODIES[child.body], _NEVER if over else _NOT_BEGUN, "")


def _begun(child: Child, told: Mapping[str, Any], row: Row, texts: Mapping[UUID, str] | None) -> Part:
    state, tone = (_WORKING, "waiting")
    if told["ended_at"] is not None:
        state, tone = _ENDS[told["outcome"]]
    elif (row["supplement"] or {}).get("child") == child.code:
        state = _WAITS
    elif State(row["state"]) in ENDED:
        state, tone = _NEVER, ""
    return Part(
        title=child.title,
        agency=called(told["agency"]),
        state=state,
        tone=tone,
        papers=tuple(paper["number"] for paper in told["papers"]),
        reasons=_reasons(told, texts),
        code=told["code"],
        due_at=parse_utc(told["due_at"]) if told["due_at"] and told["ended_at"] is None else None,
    )


def _reasons(told: Mapping[str, Any], texts: Mapping[UUID, str] | None) -> str:
    reference = told.get("reasons")
    if not reference:
        return ""
    content = UUID(reference["content"])
    return texts.get(content, "") if texts is not None else opened_texts(content)[0]


@dataclass(frozen=True, slots=True)
class Parent:
    """The dossier that the applicant has, for who does a part of it: no more than its state and its date, and
    `row` for where its papers are."""

    row: Row
    code: str
    agency: Say
    state: Say
    due_at: datetime | None


def parent_of(row: Row) -> Parent | None:
    """The dossier of which `row` is a part; None where it is none. One statement for a part."""
    found = look_by_id(row["parent"]) if row["parent"] is not None else None
    if found is None:
        return None
    return Parent(
        row=found,
        code=found["code"],
        agency=called(found["desk_agency"]),
        state=LABELS[State(found["state"])],
        due_at=found["due_at"],
    )
