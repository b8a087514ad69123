"""Dossiers brought to where a test needs them, and how to do each act there, as the right person."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.dossiers.countersign import PAIRS
from motcua.dossiers.operations import IssuedPaper, MissingPaper, Recorded
from motcua.dossiers.record import as_row
from motcua.dossiers.states import Act, State
from motcua.flows import (
    consultations,
    delays,
    interests,
    mends,
    money,
    progress,
    registers,
    results,
    transfers,
)
from motcua.flows.assignment import assign, claim, put_back, recall
from motcua.flows.corrections import Reception
from motcua.flows.reception import Intake, receive, submit
from tests.support.acts import act, moment, open_day
from tests.support.world import OTHER_COMMUNE, intake, logins

MINUTE = timedelta(minutes=1)
RESULT = IssuedPaper(role="result", kind="KQ.G15.000038", number="12/UBND-XN", date=date(2026, 8, 26))


@dataclass(frozen=True, slots=True)
class Doing:
    """An act with the login that does it as a rule, and arguments that are in order."""

    login: str
    flow: Callable[..., Any]
    arguments: Mapping[str, Any]


def doings(at: datetime, whole: Intake | None = None) -> dict[Act, Doing]:
    """Every built act on an existing dossier, with arguments that are in order at `at`."""
    return {
        Act.RECEIVE: Doing("tiepnhan1", _receive_submitted, {"intake": whole or intake()}),
        Act.REFUSE: Doing("tiepnhan1", progress.refuse, {"reason": "Không đủ điều kiện.", "basis": "NĐ 118/2025"}),
        Act.REQUEST_SUPPLEMENT: Doing(
            "tuphap1", progress.request_supplement, {"items": [MissingPaper(component=None, text="Bản sao.")]}
        ),
        Act.SUPPLY: Doing("tiepnhan1", progress.supply, {"items": ["1"]}),
        Act.REQUEST_PAYMENT: Doing("tiepnhan1", money.request_payment, {"charges": ["registration"]}),
        Act.CHARGE_AT_RETURN: Doing("tiepnhan1", money.charge_at_return, {"charges": ["registration"]}),
        Act.PAY: Doing("thuquy", money.pay, {"means": "cash", "payer": "Nguyễn Thị Ánh Tuyết", "given": 50_000}),
        Act.WAIVE: Doing(
            "chutich",
            money.waive,
            {"charges": ["registration"], "basis": "Luật Hộ tịch Đ11", "evidence": "Sổ hộ nghèo số 12."},
        ),
        Act.SET_FEE: Doing(
            "truongquay", money.set_fee, {"charge": "registration", "amount": 8_000, "decision": "12/2025/NQ-HĐND"}
        ),
        Act.BACKFILL: Doing(
            "tiepnhan1", registers.backfill, {"fields": ["population.0.name"], "shown": "Căn cước số 001190000001."}
        ),
        Act.START: Doing("tuphap1", progress.start, {}),
        Act.STEP: Doing("tuphap1", progress.step, {"outcome": "granted"}),
        Act.RETURN_STEP: Doing("chutich", progress.return_step, {"to": "examine", "reason": "Thiếu trích yếu."}),
        Act.SUSPEND: Doing("chutich", progress.suspend, {"ground": "verification", "reason": "Chờ xác minh."}),
        Act.RESUME: Doing("chutich", progress.resume, {}),
        Act.EXTEND: Doing("chutich", progress.extend, {"ground": "verification", "value": "2", "reason": "Xác minh."}),
        Act.NOTIFY_DELAY: Doing("chutich", _sign_letter, _letter(at)),
        Act.PREPARE_DELAY: Doing("tuphap1", delays.prepare, {**_letter(at), "cause": "verification"}),
        Act.SEND_BACK_DELAY: Doing("chutich", _of_letter(delays.send_back), {"reason": "Hẹn ngày gần hơn."}),
        Act.CONSULT: Doing(
            "tuphap1",
            consultations.consult,
            {"whom": [f"agency:{OTHER_COMMUNE}"], "about": "Đã kết hôn?", "value": "3", "unit": "working_day"},
        ),
        Act.ANSWER_CONSULTATION: Doing(
            "chutich.mauhai",
            _first_asked(consultations.answer),
            {"outcome": "agree", "text": "Đồng ý.", "signed": "Chủ tịch", "number": "15/UBND"},
        ),
        Act.HAND_ON_CONSULTATION: Doing(
            "chutich.mauhai", _first_asked(consultations.hand_on), {"to": str(logins()["tuphap1.mauhai"])}
        ),
        Act.REMIND_CONSULTED: Doing("tuphap1", _first_asked(consultations.remind), {}),
        Act.TAKE_BACK_CONSULTATION: Doing(
            "tuphap1", _first_asked(consultations.take_back), {"reason": "Đã tự xác minh."}
        ),
        Act.DECIDE: Doing("vanthu", progress.decide, {"papers": [RESULT]}),
        Act.MAKE_AVAILABLE: Doing("tiepnhan1", results.make_available, {"shelf": "A3"}),
        Act.HAND_OVER: Doing(
            "tiepnhan1",
            results.hand_over,
            {"way": "in_person", "recipient": "Nguyễn Thị Ánh Tuyết", "checked_by": "citizen_id"},
        ),
        Act.NOTIFY_READY: Doing("tiepnhan1", results.notify_ready, {"way": "phone", "reached": True}),
        Act.MOVE_PAPERS: Doing(
            "tiepnhan1", results.move_papers, {"what": "originals", "to": "shelf", "place": "Tủ 2"}
        ),
        Act.GIVE_BACK_PAPERS: Doing(
            "tiepnhan1",
            results.give_back_papers,
            {"recipient": "Nguyễn Thị Ánh Tuyết", "checked_by": "citizen_id"},
        ),
        Act.ASSIGN: Doing("chutich", assign, {"to": str(logins()["tuphap2"]), "reason": "Đi công tác."}),
        Act.CLAIM: Doing("tuphap1", claim, {}),
        Act.PUT_BACK: Doing("tuphap1", put_back, {"reason": "Đi công tác."}),
        Act.DECLARE_INTEREST: Doing("tuphap1", interests.declare, {"kind": "family", "reason": "Em họ."}),
        Act.LIFT_INTEREST: Doing("chutich", interests.lift, {"declared": "3", "reason": "Chỉ trùng tên."}),
        Act.RECALL: Doing("tuphap1", recall, {}),
        Act.TRANSFER: Doing(
            "tiepnhan1", transfers.transfer, {"to": OTHER_COMMUNE, "reason": "Không thuộc thẩm quyền."}
        ),
        Act.ACCEPT_TRANSFER: Doing("tiepnhan1.mauhai", transfers.accept, {}),
        Act.DECLINE_TRANSFER: Doing("tiepnhan1.mauhai", transfers.decline, {"reason": "Thuộc Xã Mẫu."}),
        Act.WITHDRAW: Doing("tiepnhan1", progress.withdraw, {"shown_by": "signed_paper"}),
        Act.STOP: Doing(
            "chutich", progress.stop, {"ground": "law", "basis": "Luật Hộ tịch Đ5", "reason": "Theo luật định."}
        ),
        Act.VOID_RECEIPT: Doing("tiepnhan1", mends.void_receipt, {"reason": "Tiếp nhận nhầm người."}),
        Act.CLOSE_AS_DUPLICATE: Doing("tiepnhan1", _close_as_duplicate, {"reason": "Nộp hai lần."}),
        Act.CORRECT_RECEPTION: Doing(
            "tiepnhan1", mends.correct_reception, {"reception": corrected(whole), "reason": "Gõ nhầm tên."}
        ),
        Act.REOPEN_FOR_CORRECTION: Doing(
            "tuphap1",
            mends.reopen_for_correction,
            {"to": "examine", "fault": "office", "reason": "Sai ngày sinh."},
        ),
        Act.REVOKE_RESULT: Doing(
            "chutich", mends.revoke_result, {"basis": "Luật Hộ tịch Đ70", "reason": "Cấp sai đối tượng."}
        ),
    }  # fmt: skip


# A fee that the province has not set, and what its council decided.
FEE_OF_ETHNICITY = {"charge": "ethnicity", "amount": 8_000, "decision": "12/2025/NQ-HĐND"}

# The acts that are done by proposing them: a second person confirms.
PROPOSED = frozenset(PAIRS)


def corrected(whole: Intake | None = None, **changes: Any) -> Reception:
    """The reception of `whole` with another name of its applicant; `changes` as in Reception."""
    told = whole or intake()
    ((role, person), *others) = told.people
    people = ((role, replace(person, name="Nguyễn Thị Ánh Nguyệt")), *others)
    return replace(
        Reception(variant=told.variant, people=people, handed=told.handed, answers=told.answers), **changes
    )


def _first_asked(flow: Callable[..., Any]) -> Callable[..., Any]:
    """Of the last body that was asked, unless a test says which."""

    def act_on(*, code: str, **told: Any) -> Any:
        asked = plain(code)["consultations"]
        return flow(code=code, **{"consultation": UUID(asked[-1]["id"]) if asked else UUID(int=0), **told})

    return act_on


def _letter(at: datetime) -> dict[str, Any]:
    return {"apology_date": open_day((at + timedelta(days=8)).date()), "reason": "Chờ trả lời."}


def _of_letter(flow: Callable[..., Any]) -> Callable[..., Any]:
    """Of the letter of apology that waits, unless a test says which."""

    def act_on(*, code: str, **told: Any) -> Any:
        letter = plain(code)["delay"]
        return flow(code=code, **{"signs": letter["seq"] if letter else 0, **told})

    return act_on


def _sign_letter(*, code: str, **told: Any) -> Recorded:
    """The one that waits, or one of the leader's own."""
    letter = plain(code)["delay"]
    if letter and not letter["signed"]:
        who = {name: told[name] for name in ("actor", "at", "paper") if name in told}
        return delays.notify_delay(code=code, signs=letter["seq"], **who)
    return delays.notify_delay(code=code, **told)


def _close_as_duplicate(*, code: str, **told: Any) -> Recorded:
    """Of the twin that whoever tests it has opened."""
    return mends.close_as_duplicate(code=code, **{"of": twin_of(code), **told})


def twin_of(code: str) -> str:
    """The code of another dossier of the same procedure; "" where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.code FROM dossiers_dossier o JOIN dossiers_dossier d USING (procedure)"
            " WHERE d.code = %s AND o.code <> d.code ORDER BY o.code LIMIT 1",
            [code],
        )
        found = cursor.fetchone()
        return str(found[0]) if found else ""


def _receive_submitted(*, code: str, intake: Intake, **who: Any) -> Recorded:
    return receive(intake=intake, submitted=code, **who)


def opened(at: datetime, act_of: Act = Act.RECEIVE, **told: Any) -> str:
    """The code of a dossier received (or submitted) at `at`."""
    flow = receive if act_of is Act.RECEIVE else submit
    return str(act("tiepnhan1", at, flow, intake=intake(**told)).row["code"])


# The acts that lead to a place, one a minute, from reception at 09:00 on Monday 24 August 2026; `suspended`,
# `approving`, `sealing`, `consulting` and `apologising` are in process too.
_UNDER_WAY: tuple[tuple[str, Act], ...] = (("tuphap1", Act.START),)
_APPROVING = (*_UNDER_WAY, ("tuphap1", Act.STEP))
_SEALING = (*_APPROVING, ("chutich", Act.STEP))
_DECIDED = (*_SEALING, ("vanthu", Act.DECIDE))
PLACES: Mapping[str, tuple[Act, tuple[tuple[str, Act], ...]]] = {
    State.SUBMITTED: (Act.SUBMIT, ()),
    State.RECEIVED: (Act.RECEIVE, ()),
    State.REFUSED: (Act.SUBMIT, (("tiepnhan1", Act.REFUSE),)),
    State.IN_PROCESS: (Act.RECEIVE, _UNDER_WAY),
    "suspended": (Act.RECEIVE, (*_UNDER_WAY, ("chutich", Act.SUSPEND))),
    "approving": (Act.RECEIVE, _APPROVING),
    "barred": (Act.RECEIVE, (*_UNDER_WAY, ("tuphap1", Act.DECLARE_INTEREST))),
    "sealing": (Act.RECEIVE, _SEALING),
    "apologising": (Act.RECEIVE, (*_UNDER_WAY, ("tuphap1", Act.PREPARE_DELAY))),
    "consulting": (Act.RECEIVE, (*_UNDER_WAY, ("tuphap1", Act.CONSULT))),
    State.SUPPLEMENT_REQUESTED: (Act.RECEIVE, (*_UNDER_WAY, ("tuphap1", Act.REQUEST_SUPPLEMENT))),
    State.PAYMENT_REQUESTED: (Act.RECEIVE, (*_UNDER_WAY, ("tiepnhan1", Act.REQUEST_PAYMENT))),
    "charged": (Act.RECEIVE, (*_DECIDED, ("tiepnhan1", Act.CHARGE_AT_RETURN))),
    State.TRANSFERRED: (Act.RECEIVE, (*_UNDER_WAY, ("tiepnhan1", Act.TRANSFER))),
    State.WITHDRAWN: (Act.RECEIVE, (("tiepnhan1", Act.WITHDRAW),)),
    State.STOPPED: (Act.RECEIVE, (*_UNDER_WAY, ("chutich", Act.STOP))),
    State.DECIDED: (Act.RECEIVE, _DECIDED),
    "ready": (Act.RECEIVE, (*_DECIDED, ("tiepnhan1", Act.MAKE_AVAILABLE))),
    State.RETURNED: (Act.RECEIVE, (*_DECIDED, ("tiepnhan1", Act.HAND_OVER))),
}


def brought_to(place: str, **told: Any) -> tuple[str, datetime]:
    """A dossier of the show life in `place` (a key of PLACES): its code, and the moment after its last act. `told`: as
    `intake` takes it."""
    opening, acts = PLACES[place]
    at = moment(24, 9)
    code = opened(at, opening, **told)
    for login, what in acts:
        at += MINUTE
        doing = doings(at)[what]
        act(login, at, doing.flow, code=code, **doing.arguments)
    return code, at + MINUTE


def row_of(code: str) -> dict[str, Any]:
    """The dossier's row as it stands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM dossiers_dossier WHERE code = %s", [code])
        return dict(zip([c.name for c in cursor.description], cursor.fetchone(), strict=True))


def decoded(row: dict[str, Any]) -> dict[str, Any]:
    """A row's own columns with JSON decoded and its bytes as bytes, however it was read."""
    return as_row(kept := [name for name in row if name != "own"], [row[name] for name in kept])


def plain(code: str) -> dict[str, Any]:
    """The same, its JSON read: as operations and projectors have it."""
    return decoded(row_of(code))


def everything(code: str) -> dict[str, Any]:
    """All that is written of a dossier: to see that an act, or a refusal, changed just what it should."""
    row = row_of(code)
    found: dict[str, Any] = {"row": row}
    with connection.cursor() as cursor:
        for table, column in (
            ("ledger_event", "stream"),
            ("dossiers_holding", "dossier"),
            ("dossiers_content", "dossier"),
            ("dossiers_consultation", "dossier"),
            ("processes_runningstep", "dossier"),
        ):
            cursor.execute(f"SELECT * FROM {table} WHERE {column} = %s ORDER BY 1, 2, 3", [row["id"]])
            found[table] = cursor.fetchall()
        cursor.execute("SELECT count(*) FROM ledger_event")
        found["events in all"] = cursor.fetchone()[0]
    return found
