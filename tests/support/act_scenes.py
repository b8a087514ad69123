"""What is typed on the page of each act, for its scenes."""

from collections.abc import Mapping

from motcua.dossiers.states import Act

Typed = Mapping[str, str]

# Each act: the situation it is done in, by whom, what is typed; None for what is wrong: nothing can be.
ACT_SCENES: Mapping[Act, tuple[str, str, Typed, Typed | None]] = {
    Act.RECEIVE: ("submitted", "tiepnhan1", {"good_form": "on"}, {"good_form": ""}),
    Act.START: ("received", "tuphap1", {}, None),
    Act.STEP: ("in_process", "tuphap1", {"outcome": "granted", "note": "Đủ."}, {"outcome": "refused"}),
    Act.DECIDE: ("approved", "vanthu", {"result_number": "12/UBND-XN"}, {"result_number": ""}),
    Act.CONSULT: ("in_process", "chutich", {"about": "Tình trạng hôn nhân?"}, {"about": ""}),
    Act.REMIND_CONSULTED: ("consulting", "tuphap1", {}, None),
    Act.TAKE_BACK_CONSULTATION: ("consulting", "tuphap1", {"reason": "Đã tự xác minh."}, {"reason": ""}),
    Act.BACKFILL: (
        "degraded",
        "tiepnhan1",
        {"fields_shown": "population.0.name", "shown": "Căn cước bản chính."},
        {"shown": ""},
    ),
    Act.NOTIFY_READY: ("ready", "tiepnhan2", {"way": "phone", "reached": "yes"}, {}),
    Act.MOVE_PAPERS: ("ready", "tiepnhan2", {"what": "result", "place": "B2"}, {}),
    Act.GIVE_BACK_PAPERS: ("withdrawn", "tiepnhan2", {"proof": "photo"}, {"recipient": "", "proof": "photo"}),
    Act.HAND_OVER: ("ready", "tiepnhan2", {"proof": "screen"}, {"recipient": "", "proof": "screen"}),
    Act.MAKE_AVAILABLE: ("decided", "tiepnhan2", {"shelf": "A3"}, None),
    Act.REQUEST_PAYMENT: ("received", "tiepnhan1", {"charges": "registration"}, {"charges": ""}),
    Act.CHARGE_AT_RETURN: ("decided", "tiepnhan1", {"charges": "registration"}, {"charges": ""}),
    Act.PAY: ("payment_requested", "thuquy", {"means": "cash", "given": "20.000"}, {"given": "5000"}),
    Act.WAIVE: (
        "charged",
        "chutich",
        {"basis": "Luật Hộ tịch Đ11", "evidence": "Sổ hộ nghèo số 12."},
        {"basis": ""},
    ),
    Act.SET_FEE: (
        "fee_unknown",
        "truongquay",
        {"amount": "8.000", "decision": "12/2025/NQ-HĐND ngày 10/7/2025"},
        {"amount": "8,5"},
    ),
    Act.SUPPLY: ("supplement_requested", "tiepnhan1", {"items": "1"}, {}),
    Act.RESUME: ("suspended", "chutich", {}, None),
    Act.RETURN_STEP: ("examined", "chutich", {"reason": "Thiếu trích yếu."}, {"reason": ""}),
    Act.REQUEST_SUPPLEMENT: ("in_process", "tuphap1", {"others": "Bản sao hộ chiếu."}, {"others": ""}),
    Act.ASSIGN: ("in_process", "chutich", {"to": "shared", "reason": "Đi công tác."}, {"reason": ""}),
    Act.CLAIM: ("received", "tuphap1", {}, None),
    Act.PUT_BACK: ("in_process", "tuphap1", {"reason": "Đi công tác."}, {"reason": ""}),
    Act.DECLARE_INTEREST: (
        "in_process",
        "tuphap1",
        {"kind": "family", "reason": "Em họ của chủ hồ sơ."},
        {"kind": "family", "reason": ""},
    ),
    Act.LIFT_INTEREST: ("barred", "chutich", {"reason": "Chỉ trùng họ tên."}, {"reason": ""}),
    Act.RECALL: ("sent_on", "tuphap1", {}, None),
    Act.TRANSFER: (
        "in_process",
        "tiepnhan1",
        {"to": "H99.01.02", "reason": "Không thuộc thẩm quyền."},
        {"way": "manifest", "reason": ""},
    ),
    Act.ACCEPT_TRANSFER: ("transferred", "tiepnhan1.mauhai", {}, None),
    Act.DECLINE_TRANSFER: (
        "transferred",
        "tiepnhan1.mauhai",
        {"reason": "Thuộc Xã Mẫu.", "papers": "not"},
        {"reason": ""},
    ),
    Act.SUSPEND: ("in_process", "chutich", {"reason": "Chờ xác minh."}, {"reason": ""}),
    Act.EXTEND: (
        "in_process",
        "chutich",
        {"value": "2", "reason": "Xác minh."},
        {"value": "99", "reason": "x"},
    ),
    Act.NOTIFY_DELAY: ("in_process", "chutich", {"reason": "Chờ trả lời."}, {"apology_date_0": "31"}),
    Act.PREPARE_DELAY: ("in_process", "tuphap1", {"reason": "Chờ trả lời."}, {"apology_date_0": "31"}),
    Act.SEND_BACK_DELAY: ("apologising", "chutich", {"reason": "Hẹn ngày gần hơn."}, {"reason": ""}),
    Act.WITHDRAW: ("received", "tiepnhan1", {"signed": "on"}, {"reason": ""}),
    Act.STOP: ("in_process", "chutich", {"ground": "law", "reason": "Theo luật."}, {"reason": ""}),
    Act.VOID_RECEIPT: ("received", "tiepnhan1", {"reason": "Nhầm người."}, {"reason": ""}),
    Act.CLOSE_AS_DUPLICATE: (
        "in_process",
        "tiepnhan1",
        {"of": "H99.01.01-260824-0003", "reason": "Nộp hai lần."},
        {"of": "H99.01.01-260824-0999", "reason": "Nộp hai lần."},
    ),
    Act.CORRECT_RECEPTION: ("in_process", "tiepnhan1", {"reason": "Gõ sai tên."}, {"p0_name": ""}),
    Act.REOPEN_FOR_CORRECTION: (
        "returned",
        "tuphap1",
        {"to": "examine", "whose": "office", "reason": "Sai ngày sinh."},
        {"reason": ""},
    ),
    Act.REVOKE_RESULT: (
        "returned",
        "chutich",
        {"basis": "Luật Hộ tịch Đ70", "reason": "Cấp sai."},
        {"basis": ""},
    ),
    Act.REFUSE: ("submitted", "tiepnhan1", {"reason": "Không thuộc thẩm quyền."}, {"reason": ""}),
}
