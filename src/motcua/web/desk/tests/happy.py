"""Each act done as it should be: where, by whom, what is typed, and what the row says afterwards."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from tests.support.acts import open_day

from motcua.dossiers.states import Act, State
from motcua.kernel.time import local, now
from motcua.web.desk.tests.support import NAME, TWIN, day_fields

TODAY = local(now()).date()
SOON = open_day(TODAY + timedelta(days=10))
REASON = "Cần xác minh tại nơi cư trú trước đây."
SURE = {"sure": "on"}
Fields = Mapping[str, Any]

# Everything handed in, and another name.
CORRECTION: Fields = {
    "p0_name": "Nguyễn Thị Ánh Nguyệt",
    "p0_kind": "citizen",
    "p0_paper": "none",
    "p0_phone": "0912345678",
    "variant": "no_verification",
    "shown": "no_verification",
    **{f"answer_{question}": "no" for question in ("reissue", "married_before", "delegated")},
    "paper_form_originals": "1",
    "paper_online_form_originals": "1",
    "paper_identity_shown": "on",
    "paper_residence_found": "on",
    "paper_certified_copies_copies": "1",
    "reason": REASON,
}

HAPPY: dict[Act, tuple[str, str, Fields, Fields]] = {
    Act.RECEIVE: (
        "submitted",
        "tiepnhan1",
        {
            "variant": "no_verification",
            **dict.fromkeys(("good_form", "good_identity", "found_residence"), "on"),
        },
        {"state": State.RECEIVED, "step": 2},
    ),
    Act.START: ("received", "tuphap2", {}, {"state": State.IN_PROCESS}),
    Act.STEP: ("in_process", "tuphap1", {"outcome": "granted"}, {"step": 3, "queue": "H99.01.01/leaders"}),
    Act.DECIDE: (
        "at_seal",
        "vanthu",
        {
            "result_number": "7/UBND-XN",
            "result_kind": "KQ.G15.000038",
            "medium": "electronic",
            **day_fields("result_date", TODAY),
            **SURE,
        },
        {"state": State.DECIDED, "result_number": "7/UBND-XN", "outcome": "granted"},
    ),
    Act.CONSULT: (
        "in_process",
        "tuphap1",
        {
            "agencies": "agency:H99.10",
            "about": REASON,
            "value": "3",
            "unit": "working_day",
            "papers": "form",
            "aware": "on",
        },
        {"state": State.IN_PROCESS, "consulting": None},
    ),
    Act.REMIND_CONSULTED: ("consulting", "tuphap1", {"consultation": "1"}, {"state": State.IN_PROCESS}),
    Act.TAKE_BACK_CONSULTATION: (
        "consulting",
        "chutich",
        {"consultation": "1", "reason": REASON},
        {"consulting": None},
    ),
    Act.BACKFILL: (
        "degraded",
        "tuphap1",
        {"fields_shown": "population.0.name", "shown": "Căn cước bản chính."},
        {"degraded": None},
    ),
    Act.HAND_OVER: (
        "decided",
        "tiepnhan2",
        {
            "way": "authorised",
            "recipient": "Trần Văn Hùng",
            "checked_by": "authorisation",
            "authority": "Giấy ủy quyền số 12/2026, Phòng công chứng số 1",
            "proof": "paper",
            **SURE,
        },
        {"state": State.RETURNED, "holder_kind": "none"},
    ),
    Act.NOTIFY_READY: ("ready", "tiepnhan1", {"way": "phone", "reached": "no"}, {"reminders": 1}),
    Act.MOVE_PAPERS: (
        "ready",
        "tiepnhan2",
        {"what": "result", "to": "shelf", "place": "B2"},
        {"shelf": "B2"},
    ),
    Act.GIVE_BACK_PAPERS: (
        "withdrawn",
        "tiepnhan1",
        {"recipient": NAME, "checked_by": "citizen_id", "proof": "paper", **SURE},
        {"papers_owed": False},
    ),
    Act.MAKE_AVAILABLE: ("decided", "tiepnhan1", {"shelf": ""}, {"state": State.DECIDED}),
    Act.SUPPLY: ("supplement_requested", "tiepnhan1", {"items": ["1", "2"]}, {"supplement": None}),
    Act.RESUME: ("suspended", "phochutich", {}, {"suspended": False, "suspension": None}),
    Act.RETURN_STEP: ("at_approval", "chutich", {"to": "examine", "reason": REASON}, {"step": 2}),
    Act.REQUEST_SUPPLEMENT: (
        "in_process",
        "tuphap1",
        {"missing_form": "on", "wrong_form": "Chưa ký."},
        {"state": State.SUPPLEMENT_REQUESTED, "supplement_count": 1, "holder_kind": "applicant"},
    ),
    Act.ASSIGN: ("at_seal", "chutich", {"to": "shared", "reason": REASON}, {"holder_account": None}),
    Act.CLAIM: ("received", "tuphap2", {}, {"state": State.RECEIVED}),
    Act.PUT_BACK: ("in_process", "tuphap1", {"reason": REASON}, {"holder_account": None, "step": 2}),
    Act.DECLARE_INTEREST: (
        "in_process",
        "tuphap1",
        {"kind": "property", "reason": REASON},
        {"state": State.IN_PROCESS, "step": 2},
    ),
    Act.LIFT_INTEREST: (
        "barred",
        "chutich",
        {"declared": "3", "reason": REASON},
        {"state": State.IN_PROCESS},
    ),
    Act.RECALL: ("at_approval", "tuphap1", {}, {"step": 2, "proposal": None}),
    Act.TRANSFER: (
        "received",
        "tiepnhan1",
        {"to": "H99.01.02", "way": "manifest", "manifest": "BG-08/2026", "reason": REASON},
        {"state": State.TRANSFERRED, "holder_agency": "H99.01.01"},
    ),
    Act.ACCEPT_TRANSFER: (
        "transferred",
        "tiepnhan1.mauhai",
        {},
        {"state": State.RECEIVED, "competent_agency": "H99.01.02"},
    ),
    Act.DECLINE_TRANSFER: (
        "transferred",
        "tiepnhan1.mauhai",
        {"reason": REASON, "papers": "not"},
        {"state": State.IN_PROCESS, "competent_agency": "H99.01.01"},
    ),
    Act.REQUEST_PAYMENT: (
        "received",
        "tiepnhan1",
        {"charges": ["registration"]},
        {"state": State.PAYMENT_REQUESTED},
    ),
    Act.CHARGE_AT_RETURN: ("decided", "tiepnhan1", {"charges": ["registration"]}, {"state": State.DECIDED}),
    Act.PAY: (
        "received",
        "thuquy",
        {"means": "cash", "given": "20.000", "payer": NAME},
        {"state": State.RECEIVED},
    ),
    Act.WAIVE: (
        "decided",
        "chutich",
        {"charges": ["registration"], "basis": "Luật Hộ tịch Đ11", "evidence": "Sổ hộ nghèo số 12."},
        {"state": State.DECIDED},
    ),
    Act.SET_FEE: (
        "fee_unknown",
        "truongquay",
        {"charge": "ethnicity", "amount": "8.000", "decision": "12/2025/NQ-HĐND ngày 10/7/2025"},
        {"state": State.RECEIVED},
    ),
    Act.SUSPEND: ("in_process", "chutich", {"ground": "verification", "reason": REASON}, {"suspended": True}),
    Act.EXTEND: (
        "in_process",
        "chutich",
        {"ground": "verification", "value": "5", "reason": REASON},
        {"state": State.IN_PROCESS},
    ),
    Act.NOTIFY_DELAY: (
        "in_process",
        "chutich",
        {**day_fields("apology_date", SOON), "cause": "workload", "reason": REASON},
        {"apology_date": SOON},
    ),
    Act.PREPARE_DELAY: (
        "in_process",
        "tuphap1",
        {**day_fields("apology_date", SOON), "cause": "workload", "reason": REASON},
        {"apology_date": None, "state": State.IN_PROCESS},
    ),
    Act.SEND_BACK_DELAY: (
        "apologising",
        "chutich",
        {"signs": "3", "reason": REASON},
        {"apology_date": None, "delay": None},
    ),
    Act.WITHDRAW: (
        "received",
        "tiepnhan1",
        {"signed": "on", "reason": "", **SURE},
        {"state": State.WITHDRAWN},
    ),
    Act.STOP: (
        "supplement_requested",
        "chutich",
        {
            "ground": "request_of_applicant",
            "basis": "118/2025/NĐ-CP, Điều 17",
            "reason": REASON,
            **SURE,
        },
        {"state": State.STOPPED},
    ),
    Act.REFUSE: (
        "submitted",
        "tiepnhan1",
        {"basis": "118/2025/NĐ-CP, Điều 17", "reason": REASON, **SURE},
        {"state": State.REFUSED},
    ),
    Act.VOID_RECEIPT: ("received", "tiepnhan1", {"reason": REASON}, {"state": State.RECEIVED}),
    Act.CLOSE_AS_DUPLICATE: (
        "twins",
        "tiepnhan2",
        {"of": TWIN.lower(), "reason": REASON},
        {"state": State.RECEIVED, "stop_ground": ""},
    ),
    Act.CORRECT_RECEPTION: ("received", "tiepnhan1", CORRECTION, {"corrections": 0, "step": 2}),
    Act.REOPEN_FOR_CORRECTION: (
        "ready",
        "vanthu",
        {"to": "examine", "whose": "office", "reason": REASON},
        {"state": State.DECIDED, "reopened": None},
    ),
    Act.REVOKE_RESULT: (
        "decided",
        "phochutich",
        {"basis": "Luật Hộ tịch Đ70", "reason": REASON, **SURE},
        {"state": State.DECIDED, "result_revoked": True},
    ),
}
