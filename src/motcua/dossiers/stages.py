"""Where a dossier stands: its states, their words, their national codes. What leads from one to another is the table of
acts (dossiers.states)."""

from enum import StrEnum

from motcua.kernel.say import Say


class State(StrEnum):
    """Where a dossier stands. Derived: an open supplement request, else an open payment request, else the stage."""

    SUBMITTED = "submitted"
    RECEIVED = "received"
    REFUSED = "refused"
    IN_PROCESS = "in_process"
    SUPPLEMENT_REQUESTED = "supplement_requested"
    PAYMENT_REQUESTED = "payment_requested"
    TRANSFERRED = "transferred"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    DECIDED = "decided"
    RETURNED = "returned"


# The ten national codes (interop regulation: TrangThaiHoSo). A transfer sends none of its own.
NATIONAL: dict[State, int | None] = {
    State.SUBMITTED: 1,
    State.RECEIVED: 2,
    State.REFUSED: 3,
    State.IN_PROCESS: 4,
    State.SUPPLEMENT_REQUESTED: 5,
    State.PAYMENT_REQUESTED: 6,
    State.WITHDRAWN: 7,
    State.STOPPED: 8,
    State.DECIDED: 9,
    State.RETURNED: 10,
    State.TRANSFERRED: None,
}

LABELS: dict[State, Say] = {
    State.SUBMITTED: Say("Mới đăng ký", "Submitted"),
    State.RECEIVED: Say("Đã tiếp nhận", "Received"),
    State.REFUSED: Say("Không được tiếp nhận", "Refused"),
    State.IN_PROCESS: Say("Đang xử lý", "In process"),
    State.SUPPLEMENT_REQUESTED: Say("Chờ bổ sung giấy tờ", "Waiting for papers"),
    State.PAYMENT_REQUESTED: Say("Chờ nộp phí, lệ phí", "Waiting for payment"),
    State.TRANSFERRED: Say("Đang chuyển cơ quan", "In transfer"),
    State.WITHDRAWN: Say("Đã rút hồ sơ", "Withdrawn"),
    State.STOPPED: Say("Dừng giải quyết", "Stopped"),
    State.DECIDED: Say("Đã có kết quả", "Decided"),
    State.RETURNED: Say("Đã trả kết quả", "Result handed over"),
}

ENDED = frozenset({State.REFUSED, State.WITHDRAWN, State.STOPPED, State.RETURNED})
RUNNING = frozenset(
    {State.RECEIVED, State.IN_PROCESS, State.SUPPLEMENT_REQUESTED, State.PAYMENT_REQUESTED, State.TRANSFERRED}
)
OPEN = frozenset(State) - ENDED
# Where a register's answer about the people still matters.
ANSWERED_IN = RUNNING | {State.SUBMITTED}
