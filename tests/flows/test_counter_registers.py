"""Dossiers received at the desk and the registers: whoever was not looked up is looked up afterwards, what the register
has otherwise waits for somebody, and nothing is decided before."""

from dataclasses import replace
from datetime import date

import pytest

from motcua.dossiers import projector
from motcua.dossiers.selectors import dossier
from motcua.dossiers.standing import NOT_BACKFILLED
from motcua.dossiers.states import Act, State
from motcua.flows import mends, registers
from motcua.flows.corrections import Reception
from motcua.flows.reception import receive
from motcua.kernel.errors import NotAllowedNow
from motcua.ledger.selectors import history
from motcua.parties.operations import Particulars
from motcua.parties.registers import Outcome, Registered
from motcua.reactions.registers import PAUSE, ask_again
from motcua.reactions.transfers import end_the_silent
from tests.support.acts import act, moment
from tests.support.lives import MINUTE, doings, plain
from tests.support.register import BORN, HUNG, TUYET, looked_up, stand_in
from tests.support.streams import count
from tests.support.world import intake, viewer

pytestmark = pytest.mark.django_db
AT = moment(24, 9)
NAME, BORN_ON, ADDRESS = (f"population.0.{name}" for name in ("name", "born_on", "address"))
WAITS = [NAME, BORN_ON, ADDRESS]
REGISTERED = Registered(number=TUYET[0], name=TUYET[1].upper(), born_on=BORN)


def came(whole=None, **told):
    """A dossier received at the desk of somebody with a number, with nobody looked up."""
    whole = whole or intake(**{"number": TUYET[0], "name": TUYET[1], "born_on": BORN, **told})
    return act("tiepnhan1", AT, receive, intake=whole).row


def asks(at):
    return ask_again(clock=lambda: at, origin="simulated")


def waits(row):
    return [(one["field"], one["outcome"]) for one in row["degraded"] or []]


def goes_on(code, at, *acts):
    for login, what in acts:
        at += MINUTE
        doing = doings(at)[what]
        row = act(login, at, doing.flow, code=code, **doing.arguments).row
    return row


TO_THE_SEAL = (("tuphap1", Act.START), ("tuphap1", Act.STEP), ("chutich", Act.STEP))
DECIDED = ("vanthu", Act.DECIDE)


def test_the_register_is_out_the_desk_receives_and_the_work_is_completed_once_when_it_is_back():
    with stand_in() as register:
        register.kill()
        row = came()
        assert (row["state"], waits(row)) == (State.RECEIVED, [(one, "") for one in WAITS])
        assert count("access_log_registerquestion") == 0, "nobody at the desk waits for it"
        assert asks(AT + MINUTE) == 0
        goes_on(row["code"], AT + MINUTE, *TO_THE_SEAL)
        with pytest.raises(NotAllowedNow) as refusal:
            goes_on(row["code"], AT + 5 * MINUTE, DECIDED)
        assert refusal.value.vi == NOT_BACKFILLED.vi
        register.come_back()
        events = count("ledger_event")
        assert asks(AT + 2 * PAUSE) == 1
        assert asks(AT + 3 * PAUSE) == 0
    row = plain(row["code"])
    assert (row["degraded"], count("ledger_event")) == (None, events + 1)
    assert [(one["field"], one["outcome"]) for one in row["filled"]] == [(field, "same") for field in WAITS]
    assert goes_on(row["code"], AT + 3 * PAUSE, DECIDED)["state"] == State.DECIDED
    row = plain(row["code"])
    (again,) = projector.replay(history(row["id"]))["dossiers_dossier"]
    assert again == row


def test_no_silence_decides_what_the_desk_did_not_look_up():
    with stand_in("fail"):
        code = came()["code"]
        goes_on(code, AT, ("tiepnhan1", Act.TRANSFER))
        assert end_the_silent(clock=lambda: AT + 900 * PAUSE, origin="simulated") == 1
    row = plain(code)
    assert (row["state"], waits(row)[0]) == (State.RECEIVED, (NAME, ""))


@pytest.mark.parametrize(
    ("person", "told", "left", "says"),
    [
        (REGISTERED, {}, [], ""),
        (REGISTERED, {"name": "Nguyễn Thị Anh Tuyết"}, [(NAME, "differs")], "họ tên: NGUYỄN THỊ ÁNH TUYẾT"),
        (REGISTERED, {"born_on": date(1990, 2, 16)}, [(BORN_ON, "differs")], "ngày sinh: 15/02/1990"),
        (replace(REGISTERED, born_on=None), {}, [(BORN_ON, "unstated")], ""),
        (replace(REGISTERED, address="Thôn Bắc, Xã Mẫu"), {}, [], ""),
        (None, {}, [(one, "not_found") for one in WAITS], ""),
    ],
)
def test_what_the_register_said_at_the_desk_waits_as_what_it_says_afterwards(person, told, left, says):
    with stand_in():
        row = came(looked_up(person, Outcome.FOUND if person else Outcome.NOT_FOUND, **told))
        code = row["code"]
        assert waits(row) == left
        assert row["untouched"], "the receipt can still be voided"
        assert asks(AT + MINUTE) == 0, "somebody has to look: it is not asked again"
    assert count("access_log_registerquestion") == 0
    entries = dossier(code, viewer=viewer("vanthu", at=AT)).entries
    assert len(entries) == (2 if left else 1)
    assert "".join(entries[-1].texts).endswith(says)
    goes_on(code, AT + MINUTE, *TO_THE_SEAL)
    if left:
        with pytest.raises(NotAllowedNow):
            goes_on(code, AT + 5 * MINUTE, DECIDED)
        fields = [field for field, _ in left]
        act("vanthu", AT + 6 * MINUTE, registers.backfill, code=code, fields=fields, shown="Căn cước.")
    assert goes_on(code, AT + 7 * MINUTE, DECIDED)["state"] == State.DECIDED
    now = plain(code)
    (again,) = projector.replay(history(now["id"]))["dossiers_dossier"]
    assert again == now


@pytest.mark.parametrize("outcome", [Outcome.SILENT, Outcome.UNREADABLE])
def test_who_was_looked_up_in_vain_waits_beside_who_was_not(outcome):
    with stand_in():
        whole = looked_up(None, outcome)
        other = Particulars(name=HUNG[1], paper="citizen_id", number=HUNG[0])
        row = came(replace(whole, people=(*whole.people, ("submitter", other))))
        assert [field for field, _ in waits(row)] == [*WAITS, "population.1.name"]
        assert asks(AT + MINUTE) == 2
    assert plain(row["code"])["degraded"] is None


def test_without_a_register_or_a_personal_number_nothing_waits():
    assert came()["degraded"] is None
    with stand_in():
        assert came(intake())["degraded"] is None


def put_right(code, people, at=AT + MINUTE):
    whole = intake()
    told = Reception(variant=whole.variant, people=people, handed=whole.handed, answers=whole.answers)
    seq = act("tiepnhan1", at, mends.correct_reception, code=code, reception=told, reason="Sai.").row[
        "head_seq"
    ]
    return act("truongquay", at + MINUTE, mends.confirm, code=code, seq=seq).row


def test_who_is_added_or_changed_by_a_correction_is_looked_up():
    code = came(intake())["code"]
    ((role, one),) = intake().people
    known = replace(one, paper="citizen_id", number=TUYET[0], born_on=BORN)
    added = Particulars(name=HUNG[1], paper="citizen_id", number=HUNG[0])
    with stand_in():
        row = put_right(code, ((role, known), (role, added)))
        assert waits(row) == [(one, "") for one in [*WAITS, "population.1.name"]]
        assert asks(AT + PAUSE) == 2
    row = plain(code)
    assert row["degraded"] is None
    assert {one["field"] for one in row["filled"]} == {*WAITS, "population.1.name"}
    (again,) = projector.replay(history(row["id"]))["dossiers_dossier"]
    assert again == row


def test_a_correction_looks_nobody_up_who_stands_or_where_there_is_no_register():
    ((role, one),) = intake(number=TUYET[0], name=TUYET[1], born_on=BORN).people
    added = Particulars(name=HUNG[1], paper="citizen_id", number=HUNG[0])
    code = came()["code"]
    assert put_right(code, ((role, one), (role, added)))["degraded"] is None
    with stand_in():
        same = ((role, replace(one, phone="0987654321")), (role, added))
        assert put_right(code, same, AT + PAUSE)["degraded"] is None
