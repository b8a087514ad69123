"""What an act costs in statements, from BEGIN to COMMIT (design, section 12)."""

import pytest
from django.db import connection

from motcua.agencies.selectors import agency
from motcua.dossiers.states import Act, State
from motcua.flows import money, progress
from motcua.flows.reception import receive, submit
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.parties.registers import Registered
from motcua.payments.operations.statements import confirm
from tests.support.acts import act, moment
from tests.support.lives import FEE_OF_ETHNICITY, brought_to, doings, opened
from tests.support.money_days import CASH, handed_up
from tests.support.register import TUYET, looked_up
from tests.support.statements import statements
from tests.support.tables import approve, row, run, seal, table
from tests.support.world import OTHER_COMMUNE, actor, intake

pytestmark = pytest.mark.django_db


def cost(login, at, flow, *, most, **arguments):
    who = actor(login, at=at)
    request = Request.of(f"counted {at}")
    with statements(most=most), unit_of_work(actor=who, at=at, request=request, origin="simulated"):
        return flow(actor=who, at=at, **arguments)


@pytest.fixture
def warm():
    """Published versions and agencies live in the process: the first dossier of the morning reads them."""
    act("tiepnhan1", moment(24, 8), receive, intake=intake())


def test_receive(warm):
    cost("tiepnhan1", moment(24, 9), receive, most=13, intake=intake(number="001099012345"))


def test_receive_a_known_citizen(warm):
    act("tiepnhan1", moment(24, 8, 30), receive, intake=intake(number="001099012345"))
    cost("tiepnhan1", moment(24, 9), receive, most=12, intake=intake(number="001099012345"))


def test_receive_whom_the_register_has_otherwise(warm):
    """What it has otherwise is told by an event of its own."""
    found = looked_up(Registered(number=TUYET[0], name="NGUYỄN THỊ ANH TUYẾT"))
    cost("tiepnhan1", moment(24, 9), receive, most=16, intake=found)


def test_submit(warm):
    cost("tiepnhan1", moment(24, 9), submit, most=14, intake=intake(number="001099012345"))


# (where, who, act, arguments of its own, at most); D12 allows step 9, decide 11, hand over 10
ACTS = [
    (State.SUBMITTED, "tiepnhan1", Act.RECEIVE, {}, 11),
    (State.SUBMITTED, "tiepnhan1", Act.REFUSE, {}, 8),
    (State.RECEIVED, "tuphap1", Act.START, {}, 8),
    (State.IN_PROCESS, "tuphap1", Act.STEP, {}, 8),
    (State.IN_PROCESS, "tuphap1", Act.STEP, {"outcome": "refused", "note": "Không đủ.", "basis": "Đ5"}, 9),
    ("approving", "chutich", Act.STEP, {}, 8),
    ("approving", "chutich", Act.RETURN_STEP, {}, 9),
    (State.IN_PROCESS, "tuphap1", Act.REQUEST_SUPPLEMENT, {}, 9),
    (State.SUPPLEMENT_REQUESTED, "tiepnhan1", Act.SUPPLY, {}, 8),
    (State.RECEIVED, "tiepnhan1", Act.REQUEST_PAYMENT, {}, 8),
    (State.DECIDED, "tiepnhan1", Act.CHARGE_AT_RETURN, {}, 6),
    (State.PAYMENT_REQUESTED, "thuquy", Act.PAY, {}, 20),
    (State.PAYMENT_REQUESTED, "chutich", Act.WAIVE, {}, 9),
    (State.IN_PROCESS, "chutich", Act.SUSPEND, {}, 8),
    ("suspended", "chutich", Act.RESUME, {}, 7),
    (State.IN_PROCESS, "chutich", Act.EXTEND, {}, 8),
    # to find the letter that waits is a statement of the test's own
    (State.IN_PROCESS, "chutich", Act.NOTIFY_DELAY, {}, 9),
    ("apologising", "chutich", Act.NOTIFY_DELAY, {}, 9),
    (State.IN_PROCESS, "tuphap1", Act.PREPARE_DELAY, {}, 8),
    ("apologising", "chutich", Act.SEND_BACK_DELAY, {}, 8),
    (State.IN_PROCESS, "tuphap1", Act.CONSULT, {}, 10),
    # to find the last one asked is a statement of the test's own
    ("consulting", "chutich.mauhai", Act.ANSWER_CONSULTATION, {}, 9),
    ("consulting", "chutich.mauhai", Act.HAND_ON_CONSULTATION, {}, 8),
    ("consulting", "tuphap1", Act.REMIND_CONSULTED, {}, 7),
    ("consulting", "tuphap1", Act.TAKE_BACK_CONSULTATION, {}, 9),
    ("sealing", "vanthu", Act.DECIDE, {}, 8),
    (State.DECIDED, "tiepnhan1", Act.MAKE_AVAILABLE, {}, 6),
    ("ready", "tiepnhan1", Act.NOTIFY_READY, {"note": "Hẹn mai."}, 6),
    ("ready", "tiepnhan1", Act.MOVE_PAPERS, {"what": "result"}, 6),
    ("ready", "tiepnhan1", Act.HAND_OVER, {"way": "authorised", "authority": "Giấy ủy quyền số 5"}, 8),
    (State.WITHDRAWN, "tiepnhan1", Act.GIVE_BACK_PAPERS, {}, 6),
    (State.DECIDED, "tiepnhan1", Act.HAND_OVER, {}, 7),
    (State.RECEIVED, "tiepnhan1", Act.WITHDRAW, {}, 7),
    (State.IN_PROCESS, "chutich", Act.ASSIGN, {}, 9),
    (State.RECEIVED, "tuphap1", Act.CLAIM, {}, 8),
    (State.IN_PROCESS, "tuphap1", Act.PUT_BACK, {}, 9),
    ("approving", "tuphap1", Act.RECALL, {}, 9),
    (State.IN_PROCESS, "tuphap1", Act.DECLARE_INTEREST, {}, 9),
    ("barred", "chutich", Act.LIFT_INTEREST, {}, 6),
    (State.IN_PROCESS, "tiepnhan1", Act.TRANSFER, {}, 13),
    (State.TRANSFERRED, "tiepnhan1.mauhai", Act.ACCEPT_TRANSFER, {}, 9),
    (State.TRANSFERRED, "tiepnhan1.mauhai", Act.DECLINE_TRANSFER, {}, 9),
    (State.IN_PROCESS, "chutich", Act.STOP, {}, 8),
    (State.RECEIVED, "tiepnhan1", Act.VOID_RECEIPT, {}, 6),
    (State.IN_PROCESS, "tiepnhan1", Act.CLOSE_AS_DUPLICATE, {}, 8),
    (State.IN_PROCESS, "tiepnhan1", Act.CORRECT_RECEPTION, {}, 7),
    (State.RETURNED, "tuphap1", Act.REOPEN_FOR_CORRECTION, {}, 6),
    (State.RETURNED, "chutich", Act.REVOKE_RESULT, {}, 6),
]


def test_set_a_fee(warm):
    code = opened(moment(24, 9), procedure="1.004859", variant="change")
    cost("truongquay", moment(24, 10), money.set_fee, most=6, code=code, **FEE_OF_ETHNICITY)


def test_fill_in_by_a_paper(warm):
    code, at = opened(moment(24, 9), degraded=("population.0.name",)), moment(24, 10)
    doing = doings(at)[Act.BACKFILL]
    cost(doing.login, at, doing.flow, most=7, code=code, **doing.arguments)


def test_a_visit_with_three_dossiers_is_paid_at_once(warm):
    """Beside what all share (the claim, the receipt with its number, lines and name) two statements a dossier."""
    at = moment(24, 9)
    codes = [opened(at) for _ in range(3)]
    cost("thuquy", at, money.take, most=22, codes=codes, tender=CASH)


@pytest.mark.parametrize(("place", "login", "what", "more", "most"), ACTS, ids=lambda value: str(value)[:20])
def test_an_act(place, login, what, more, most):
    code, at = brought_to(place)
    opened(at)  # a twin
    agency(OTHER_COMMUNE)  # lives in the process
    doing = doings(at)[what]
    cost(login, at, doing.flow, most=most, code=code, **{**doing.arguments, **more})


def test_every_act_is_counted():
    assert {what for _, _, what, _, _ in ACTS} | {Act.SET_FEE, Act.BACKFILL} == set(doings(moment(24, 9)))


def test_confirm_a_statement_of_a_thousand_lines(warm):
    at = moment(24, 9)
    which = handed_up(*(f"24/08/2026,5000,x,FT{n}" for n in range(1_000)), at=at)
    cost("truongquay", at, confirm, most=12, statement=which)


def two_statements():
    with statements(most=1), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.execute("SELECT 2")


def test_too_many_statements_are_listed():
    with pytest.raises(AssertionError, match=r"at most 1 allowed:\n +1\. SELECT 1\n +2\. SELECT 2"):
        two_statements()


BRANCHES = (
    row("examine"),
    row("land", branch="a.1", positions=["economic_section"]),
    row("culture", branch="a.2", positions=["culture_society_section"], returns_to=["examine"]),
    approve(),
    seal(),
)


@pytest.fixture
def branching():
    """A dossier in the first step of a process with branches."""
    run(table(*BRANCHES))
    code = act("tiepnhan1", moment(24, 8), receive, intake=intake()).row["code"]
    act("tuphap1", moment(24, 9), progress.start, code=code)
    return code


def test_steps_of_branches_cost_no_more(branching):
    """What opens two, what ends one, what ends the last and opens the row behind; and what gives all of them back."""
    hour = iter(range(10, 20))

    def step(login):
        cost(login, moment(24, next(hour)), progress.step, most=8, code=branching, outcome="granted")

    step("tuphap1")
    back = {"to": "examine", "reason": "Sai."}
    cost("vanhoa", moment(24, next(hour)), progress.return_step, most=9, code=branching, **back)
    for login in ("tuphap1", "vanhoa", "kinhte"):
        step(login)
    step("chutich")
