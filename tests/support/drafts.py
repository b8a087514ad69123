"""Drafts of procedures: of one taken in from the national catalogue, of one that only wants its decision; and a
procedure with a version to come."""

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.catalogue.operations import Promising, Setting, begin, charge, keep, promise, publish
from motcua.catalogue.shapes import Amount, Channel, Limit, LimitUnit
from motcua.catalogue.starter import DATA
from motcua.eforms.drafts import blank as blank_form
from motcua.eforms.editing import added, replaced
from motcua.eforms.operations import (
    Did,
    Origin,
    begin as begin_form,
    keep as keep_form,
    last_number,
    publish as publish_form,
)
from motcua.eforms.selectors import shipped_document
from motcua.flows.localising import run_process
from motcua.flows.reception import receive
from motcua.kernel.actor import Actor
from motcua.kernel.time import local
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.processes import drafts as process_drafts
from motcua.processes.drafting import Origin as ProcessOrigin, begin as begin_process, keep as keep_process
from motcua.processes.drafts import blank as blank_process
from motcua.processes.impact.jobs import measure
from motcua.processes.impact.moves import preview
from motcua.processes.operations import publish as publish_process
from motcua.processes.selectors import published
from motcua.reactions.impact import measure_on
from tests.support.acts import act
from tests.support.announced import CODE as ANNOUNCED
from tests.support.world import actor, intake

COMPARED, READY, LOCALISED, ASKING = "1.010041", "1.001193", "1.004873", "1.004884"
PROCESSED = "1.004873"
TESTED = "1.000894"


def shipped(code: str) -> dict[str, Any]:
    """The document of a shipped procedure."""
    text = (DATA / "procedures" / f"{code}.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def newest(code: str) -> UUID:
    """The newest version of a procedure."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM catalogue_version WHERE procedure_id = %s ORDER BY number DESC LIMIT 1", [code]
        )
        return UUID(str(cursor.fetchone()[0]))


def drafted(at: datetime) -> dict[str, str]:
    """Make them at `at`; what the paths of scenes are filled with."""
    who = actor("danhmuctinh", at=at)
    codes = {"draft": ANNOUNCED, "draft_ready": READY, "draft_asking": ASKING}
    begun = {name: _begun(code, who, at) for name, code in codes.items()}
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        keep(
            draft=begun["draft_ready"],
            revision=1,
            change=lambda body: body | {"search_words": ["khai sinh", "giấy khai sinh"], "conditions": []},
            actor=who,
            at=at,
        )
    document = shipped(COMPARED)
    document |= {"sets": 1, "order": document["order"][1:], "legal_basis": ["1/2026/NĐ-CP"]}
    document["components"][0]["name"] = {"vi": "Tờ khai theo mẫu mới", "en": "The new form"}
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        publish(document=document, effective_from=date(2027, 1, 1), actor=who, at=at)
    _localised(at)
    return (
        _forms(who, at)
        | processes_made(who, at)
        | {name: str(draft) for name, draft in begun.items()}
        | {
            "compared": COMPARED,
            "localised": LOCALISED,
            "coming": str(newest(COMPARED)),
        }
    )


def _localised(at: datetime) -> None:
    """A promise in force and one to come, and the council's fees from next year."""
    promised, province = actor("danhmuc", at=at), actor("danhmuctinh", at=at)
    for day, value in ((at.date(), 2), (date(2027, 1, 1), 1)):
        times = [Promising("no_verification", Channel.COUNTER, Limit(LimitUnit.WORKING_DAY, Decimal(value)))]
        setting = Setting(LOCALISED, promised.agency, day, f"{value}/QĐ-UBND")
        with unit_of_work(actor=promised, at=at, request=Request.fresh(), origin="simulated"):
            promise(setting=setting, promises=times, actor=promised, at=at)
    setting = Setting(LOCALISED, province.agency, date(2027, 1, 1), "07/2026/NQ-HĐND")
    with unit_of_work(actor=province, at=at, request=Request.fresh(), origin="simulated"):
        charge(setting=setting, amounts={"registration": (Amount(value=9000),)}, actor=province, at=at)


def _forms(who: Actor, at: datetime) -> dict[str, str]:
    """A form with two versions, one in the making, and one that was just begun."""
    twice, changed = "marriage", "birth"
    for code in (twice, changed):
        last = last_number(code)
        document, origin = shipped_document(code, last) or {}, Origin(form=code, version=last)
        with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
            made = begin_form(document=document, origin=origin, actor=who, at=at)
            keep_form(
                draft=made,
                revision=1,
                change=_asks_more,
                did=Did(what="changed", label=code),
                actor=who,
                at=at,
            )
        if code == twice:
            with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
                publish_form(draft=made, revision=2, valid_from=date(2027, 1, 1), upon=last, actor=who, at=at)
    new = blank_form("nuoi_con_nuoi", {"vi": "Đăng ký nuôi con nuôi", "en": "Adoption"})
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        begin_form(document=new, origin=Origin(), actor=who, at=at)
    return {"form_twice": twice, "form_draft": changed, "form_new": "nuoi_con_nuoi"}


def processes_made(who: Actor, at: datetime) -> dict[str, str]:
    """A process with two versions, of which nobody runs the second yet, and one whose seats are not all held."""
    (first,) = [body for _id, procedure, body in published() if procedure == PROCESSED]
    examine = first["steps"][1] | {"outputs": [{"vi": "Tờ trình", "en": "Submission"}]}
    empty = first | {"code": "QT-THUE", "steps": [dict(step) for step in first["steps"]]}
    empty["steps"][1] |= {"positions": ["section_head"]}
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        second = publish_process(
            document=first | {"steps": [first["steps"][0], examine, *first["steps"][2:]]}, actor=who, at=at
        )
        unstaffed = publish_process(document=empty, actor=who, at=at)
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        draft = begin_process(
            document=first, origin=ProcessOrigin(process=f"QT-{PROCESSED}", version=1), actor=who, at=at
        )
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        keep_process(draft=draft, revision=1, change=_branches, did=Did(what="changed"), actor=who, at=at)
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        new = begin_process(
            document=blank_process("QT-MOI", "1.004884", {"vi": "Quy trình mới", "en": "A new process"}, None),
            origin=ProcessOrigin(), actor=who, at=at,
        )  # fmt: skip
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        impact = measure(draft=draft, actor=who, at=at)
    while measure_on(clock=lambda: at, origin="simulated"):
        pass
    (tested,) = [body for _id, procedure, body in published() if procedure == TESTED]
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        red = begin_process(
            document=tested | {"tests": _one_red_one_retired(tested["tests"][0])},
            origin=ProcessOrigin(process=f"QT-{TESTED}", version=1), actor=who, at=at,
        )  # fmt: skip
    return _moving(at) | {
        "process_tested": str(red),
        "process_impact": str(impact),
        "process_draft": str(draft),
        "process_new": str(new),
        "process_twice": f"QT-{PROCESSED}",
        "process_version": str(second),
        "process_empty": str(unstaffed),
    }


def _one_red_one_retired(test: dict[str, Any]) -> list[dict[str, Any]]:
    """A shipped test whose third row expects another step, and the same retired."""
    rows = [dict(row) for row in test["rows"]]
    rows[2] |= {"expect": {"state": "in_process", "steps": ["seal"]}}
    retired = {
        **test,
        "code": "old",
        "title": {"vi": "Cách làm cũ", "en": "The old way"},
        "retired": "Bỏ bước xác minh",
    }
    return [{**test, "rows": rows}, retired]


def _moving(at: datetime) -> dict[str, str]:
    """A version that the commune has just taken up, and the preview of moving the dossier that runs under the one
    before."""
    procedure, who = "1.004884", actor("danhmuc", at=at)
    act("tiepnhan1", at, receive, intake=intake(procedure))
    (first,) = [body for _id, code, body in published() if code == procedure]
    announcer = actor("danhmuctinh", at=at)
    with unit_of_work(actor=announcer, at=at, request=Request.fresh(), origin="simulated"):
        second = publish_process(document=first | {"source": "QĐ mới"}, actor=announcer, at=at)
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        run_process(
            procedure=procedure,
            agency=who.agency,
            process_version=second,
            variants=[each["code"] for each in first["variants"]],
            valid_from=local(at).date(),
            actor=who,
            at=at,
        )
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        impact = preview(version=second, agency=who.agency, actor=who, at=at)
    while measure_on(clock=lambda: at, origin="simulated"):
        pass
    return {"process_run": str(second), "process_moves": str(impact)}


def _branches(body: dict[str, Any]) -> dict[str, Any]:
    """With a row on condition, two branches side by side, a consultation and another way out."""
    told, place = body, "steps.1"
    for code, vi, en in (
        ("visit", "Xác minh tại chỗ", "Look at the place"),
        ("ask", "Hỏi cơ quan thuế", "Ask tax"),
    ):
        row = {"kind": "verify", "work": {"vi": vi, "en": en}, "positions": ["justice_officer"]}
        told, place = process_drafts.added(told, place, "step", row)
        times = [
            {"variant": each["variant"], "value": "0.5", "unit": "ngày"}
            for each in process_drafts.at(told, place)["times"]
        ]
        row = process_drafts.at(told, place) | {"times": times, "parallel": {"group": "a", "branch": code}}
        told = process_drafts.replaced(told, place, row)
    for each in told["variants"]:
        each["limit"]["value"] = str(int(each["limit"]["value"]) + 1)  # the longest way takes half a day more
    asked = {"about": {"vi": "Nghĩa vụ thuế", "en": "Tax"}, "whom": [{"position": "economic_section"}],
             "limit": {"unit": "working_day", "value": "1"}, "tacit": True}  # fmt: skip
    return process_drafts.added(told, place, "consultation", asked)[0]


def _asks_more(body: dict[str, Any]) -> dict[str, Any]:
    """With one more field, and one that is called otherwise."""
    told, _place = added(
        body,
        "pages.0.sections.0.fields.0",
        [{"key": "more", "type": "text", "label": {"vi": "Điều cần biết thêm", "en": "More to know"}}],
    )
    return replaced(
        told, "pages.0", {**told["pages"][0], "title": {"vi": "Người khai", "en": "Who declares"}}
    )


def _begun(code: str, who: Actor, at: datetime) -> UUID:
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        return begin(code=code, version=newest(code), actor=who, at=at)
