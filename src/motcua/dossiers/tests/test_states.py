"""The act table against the design, re-keyed here by hand; and what it answers in every standing."""

import itertools

import pytest

from motcua.dossiers.standing import Standing, why_not
from motcua.dossiers.states import ACTS, ENDED, LABELS, NATIONAL, OPEN, Act, State

ANY = " ".join(State)
WORK = "received in_process"
PAYING = f"{WORK} supplement_requested payment_requested decided returned"
# act: from, to ("" the state left, or derived), built; design, section 4
ANY_OPEN = " ".join(sorted(OPEN))
DESIGN = {
    "submit": ("", "submitted", True),
    "receive": ("submitted", "received", True),
    "refuse": ("submitted", "refused", True),
    "request_supplement": (f"submitted {WORK}", "supplement_requested", True),
    "supply": ("supplement_requested", "", True),
    "request_payment": (f"submitted {WORK}", "payment_requested", True),
    "charge_at_return": ("decided", "decided", True),
    # and while it is at work, for the fee of the reception; set_fee is ours (ADR 0021)
    "pay": (f"submitted {PAYING}", "", True),  # what is due when handing in: ours, ADR 0038
    "waive": (PAYING, "", True),
    "set_fee": (PAYING, "", True),
    "backfill": (f"{WORK} supplement_requested payment_requested", "", True),  # ours, ADR 0040
    # opinions of others: ours, ADR 0056
    "consult": ("in_process", "", True),
    **dict.fromkeys(
        ("answer_consultation", "hand_on_consultation", "remind_consulted", "take_back_consultation"),
        ("in_process supplement_requested payment_requested", "", True),
    ),
    "start": ("received", "in_process", True),
    "assign": (WORK, "in_process", True),
    "claim": (WORK, "", True),  # ours, ADR 0058
    "put_back": (WORK, "", True),  # ours, ADR 0058
    "declare_interest": (WORK, "", True),  # ours, ADR 0058
    "lift_interest": (WORK, "", True),  # ours, ADR 0058
    "recall": ("in_process", "", True),  # ours, ADR 0058
    "step": ("in_process", "in_process", True),
    "return_step": ("in_process", "in_process", True),
    "transfer": (f"submitted {WORK}", "transferred", True),
    "accept_transfer": ("transferred", "received", True),
    "decline_transfer": ("transferred", "", True),
    "suspend": ("in_process", "in_process", True),
    "resume": ("in_process", "in_process", True),
    "extend": (WORK, "", True),
    "notify_delay": (f"{WORK} supplement_requested payment_requested", "", True),
    # the letter is prepared, or given back: ours, ADR 0061
    **dict.fromkeys(
        ("prepare_delay", "send_back_delay"), (f"{WORK} supplement_requested payment_requested", "", True)
    ),
    "decide": ("in_process", "decided", True),
    "make_available": ("decided", "decided", True),
    "notify_ready": ("decided", "decided", True),
    "move_papers": (ANY_OPEN, "", True),  # ours, ADR 0018
    "hand_over": ("decided", "returned", True),
    "express": ("", "returned", True),
    "withdraw": (f"submitted {WORK} supplement_requested payment_requested transferred", "withdrawn", True),
    "stop": ("supplement_requested payment_requested in_process", "stopped", True),
    "give_back_papers": ("refused withdrawn stopped", "", True),
    "void_receipt": ("received", "stopped", True),
    "close_as_duplicate": (f"submitted {WORK}", "stopped", True),
    "correct_reception": (WORK, "", True),
    "reopen_for_correction": ("decided returned", "in_process", True),
    "revoke_result": ("decided returned", "", True),
    "mirror": (ANY, "", False),
}
DRAFT = {"submit", "receive", "express", "mirror"}
MENDS = {Act.REOPEN_FOR_CORRECTION, Act.REVOKE_RESULT}
SETTLE = {"pay", "waive", "set_fee"}
OF_OPINIONS = {"answer_consultation", "hand_on_consultation", "remind_consulted", "take_back_consultation"}
WHILE_SUSPENDED = {
    *("move_papers", "backfill", "resume", "withdraw", "stop", "notify_delay", "extend"),
    *("prepare_delay", "send_back_delay"),
    *SETTLE,
    *OF_OPINIONS,
}
# An opinion's time is over, runs, or has stopped the dossier's clock.
ASKED = [{}, {"awaiting": True}, {"awaiting": True, "consulting": True}]
ASKED.append({"awaiting": True, "consulting": True, "consult_paused": True})
# A letter of apology waits for a leader, was signed, or neither.
LETTERS = [{}, {"apology_waits": True}, {"apologised": True}]
NOT_UNTIL_PAID = {"hand_over", "charge_at_return"}
STANDINGS = [
    Standing(stage, supplement, payment, suspended, degraded=degraded, **asked, **letter)
    for stage, supplement, payment, suspended, degraded, asked, letter in itertools.product(
        State, *([False, True],) * 4, ASKED, LETTERS
    )
    if stage not in (State.SUPPLEMENT_REQUESTED, State.PAYMENT_REQUESTED)
]


def test_the_table_is_the_designs():
    table = {
        row.act.value: (set(row.sources), row.to.value if row.to else "", row.built) for row in ACTS.values()
    }
    assert table == {act: (set(sources.split()), to, built) for act, (sources, to, built) in DESIGN.items()}
    assert {row.act.value for row in ACTS.values() if row.from_draft} == DRAFT


def test_the_ten_national_codes():
    assert {state.value: code for state, code in NATIONAL.items()} == {
        "submitted": 1, "received": 2, "refused": 3, "in_process": 4, "supplement_requested": 5,
        "payment_requested": 6, "withdrawn": 7, "stopped": 8, "decided": 9, "returned": 10, "transferred": None,
    }  # fmt: skip


def test_what_has_ended():
    assert {State.REFUSED, State.WITHDRAWN, State.STOPPED, State.RETURNED} == ENDED
    assert set(State) == OPEN | ENDED
    for ended in ENDED:
        built_from_there = {row.act for row in ACTS.values() if row.built and ended in row.sources}
        # what ended without a result still owes the papers that were handed in
        # and what was handed over at once may still be paid for
        settle = {Act(name) for name in SETTLE}
        assert built_from_there == (MENDS | settle if ended is State.RETURNED else {Act.GIVE_BACK_PAPERS})


def test_nothing_after_reception_and_a_revoked_result():
    touched = why_not(Act.VOID_RECEIPT, Standing(State.RECEIVED, touched=True))
    assert touched is not None
    assert touched.en == "Something has happened since reception, so the receipt can't be voided."
    assert why_not(Act.WITHDRAW, Standing(State.RECEIVED, touched=True)) is None
    revoked = Standing(State.DECIDED, revoked=True)
    for act in (Act.MAKE_AVAILABLE, Act.HAND_OVER, Act.REVOKE_RESULT):
        reason = why_not(act, revoked)
        assert reason is not None
        assert reason.vi == "Kết quả đã bị thu hồi."
    assert why_not(Act.REOPEN_FOR_CORRECTION, revoked) is None


@pytest.mark.parametrize(
    ("standing", "state"),
    [
        (Standing(State.RECEIVED), "received"),
        (Standing(State.RECEIVED, supplement_open=True), "supplement_requested"),
        (Standing(State.IN_PROCESS, payment_open=True), "payment_requested"),
        (Standing(State.IN_PROCESS, supplement_open=True, payment_open=True), "supplement_requested"),
        (Standing(State.IN_PROCESS, suspended=True), "in_process"),
        (Standing(State.DECIDED, payment_open=True), "decided"),
        (Standing(State.TRANSFERRED, supplement_open=True), "transferred"),
        (Standing(State.WITHDRAWN, supplement_open=True), "withdrawn"),
    ],
)
def test_the_state_is_derived(standing, state):
    assert standing.state == state


@pytest.mark.parametrize("act", Act)
def test_every_act_in_every_standing(act):
    sources, _, built = DESIGN[act.value]
    for standing in STANDINGS:
        fits = standing.state.value in sources.split()
        fits = fits and (not standing.suspended or act.value in WHILE_SUSPENDED)
        fits = fits and (standing.suspended or act is not Act.RESUME)
        owing = standing.stage is State.DECIDED and standing.payment_open
        fits = fits and not (owing and act.value in NOT_UNTIL_PAID)
        # opinions: nothing is decided or sent on while one's time runs, and what has the clock stopped stops the rest
        held_up = standing.consult_paused and act.value not in WHILE_SUSPENDED | {"consult"}
        fits = fits and not held_up and not (standing.consulting and act.value in ("decide", "transfer"))
        waits = standing.consulting if act is Act.TAKE_BACK_CONSULTATION else standing.awaiting
        fits = fits and (waits or act.value not in OF_OPINIONS)
        # one letter of apology, which is given back before it is signed
        fits = fits and not (standing.apologised and act.value in ("notify_delay", "prepare_delay"))
        fits = fits and (standing.apology_waits or act is not Act.SEND_BACK_DELAY)
        # what no register could say is filled in first
        fits = fits and not (act is Act.DECIDE and standing.degraded)
        fits = fits and (standing.degraded or act is not Act.BACKFILL)
        reason = why_not(act, standing)
        assert (reason is None) == (built and fits), (act, standing, reason)


@pytest.mark.parametrize("act", [row.act for row in ACTS.values() if not row.built])
def test_what_is_not_built_says_so_in_both_languages_wherever_it_is_asked(act):
    label = ACTS[act].label
    for standing in STANDINGS:
        reason = why_not(act, standing)
        assert reason is not None
        assert reason.vi == f"Chức năng “{label.vi}” chưa mở trong phiên bản này."
        assert reason.en == f"“{label.en}” is not open in this version yet."


def test_a_refusal_names_the_state_and_the_act():
    reason = why_not(Act.HAND_OVER, Standing(State.RECEIVED))
    assert reason is not None
    assert reason.vi == "Hồ sơ đang ở trạng thái “Đã tiếp nhận” nên không thể “Trả kết quả”."
    assert reason.en == "The dossier is “Received”, so “Hand over” is not possible."
    waiting = why_not(Act.STEP, Standing(State.IN_PROCESS, suspended=True))
    assert waiting is not None
    assert waiting.vi == "Hồ sơ đang tạm dừng; hãy “Tiếp tục” trước."


def test_every_state_and_act_has_its_words():
    said = [*LABELS.values(), *(row.label for row in ACTS.values())]
    assert all(say.vi.strip() and say.en.strip() for say in said)
    assert set(LABELS) == set(State)
    assert len({row.label.vi for row in ACTS.values()}) == len(ACTS)
