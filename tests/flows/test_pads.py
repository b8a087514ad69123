"""Numbered pads: issued in one series, each sheet entered once, in time, by the agency that issued it."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from motcua.dossiers.events import PaperMark
from motcua.dossiers.selectors import dossier
from motcua.flows import progress, results
from motcua.flows.reception import receive
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Denied, Invalid, NotFound
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import history
from motcua.pads import operations, selectors
from motcua.web.desk.sheet import told
from tests.support.acts import act, moment
from tests.support.lives import RESULT, brought_to, everything, opened, row_of
from tests.support.together import all_at_once
from tests.support.world import actor, intake, issue_pad, viewer

pytestmark = pytest.mark.django_db
AT = moment(24, 9)


def as_manager(flow, login: str = "truongquay", at: datetime = AT, **arguments):
    who = viewer(login, at=at)
    seat = next(c for c in who.capacities if c.kind == "desk_manager")
    return by(who.actor(seat), flow, at, **arguments)


def by(who: Actor, flow, at: datetime = AT, **arguments):
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        return flow(actor=who, at=at, **arguments)


def mark(number: object, occurred_at: datetime = AT, pad: str = "S001") -> PaperMark:
    return PaperMark(pad=pad, number=str(number), occurred_at=occurred_at)


def received(number: object, at: datetime = AT, written: datetime | None = None, pad: str = "S001") -> str:
    paper = mark(number, written or at, pad)
    return str(act("tiepnhan1", at, receive, intake=intake(), paper=paper).row["code"])


def of(code: str = "S001") -> selectors.PadLine:
    return selectors.pad(code, viewer=viewer("truongquay"))


def test_numbers_go_on_from_pad_to_pad_and_the_agency_says_so_on_its_stream():
    pads = [
        as_manager(operations.issue, form="01", sheets=25),
        as_manager(operations.issue, form="03", sheets=50),
    ]
    assert [(p.code, p.first, p.last) for p in pads] == [("S002", 51, 75), ("S003", 76, 125)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT stream FROM agencies_agency WHERE code = 'H99.01.01'")
        last = history(cursor.fetchone()[0])[-1]
    assert (last.type, last.data["code"], last.data["first"]) == ("pad_issued", "S003", 76)
    assert as_manager(operations.issue, "vanthu.mauhai", form="act", sheets=25).code == "S001"


@pytest.mark.parametrize("login", ["tiepnhan1", "chutich", "kythuat", "vanthu"])
def test_only_the_desk_manager_looks_after_pads(login):
    doings: tuple[tuple[Any, dict[str, Any]], ...] = (
        (operations.issue, {"form": "01", "sheets": 25}),
        (operations.void_sheet, {"code": "S001", "number": 1, "ground": "spoiled"}),
        (operations.allow_late, {"code": "S001", "number": 1, "ground": "power"}),
    )
    for flow, arguments in doings:
        with pytest.raises(Denied):
            by(actor(login), flow, **arguments)


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ({"form": "99", "sheets": 25}, "form"),
        ({"form": "01", "sheets": 30}, "sheets"),
        ({"form": "01", "sheets": 25, "enter_within": 0}, "enter_within"),
    ],
)
def test_a_pad_that_is_none(arguments, field):
    with pytest.raises(Invalid) as refusal:
        as_manager(operations.issue, **arguments)
    assert refusal.value.field == field


def test_a_sheet_is_entered_once():
    code = received(7)
    before = everything(code)
    with pytest.raises(Invalid, match="đã nhập hoặc đã hủy") as refusal:
        act("tuphap1", moment(24, 10), progress.start, code=code, paper=mark("0007"))
    assert refusal.value.field == "paper_number"
    assert everything(code) == before
    act("tuphap1", moment(24, 10), progress.start, code=code, paper=mark(8))
    assert (of().used, of().missing) == (2, 6)


@pytest.mark.parametrize(
    ("pad", "number", "field"),
    [
        ("S009", "1", "paper_pad"),
        ("S001", "51", "paper_number"),
        ("S001", "0", "paper_number"),
        ("S001", "một", "paper_number"),
        ("S001", "²", "paper_number"),
        ("S001", "9" * 30, "paper_number"),
    ],
)
def test_a_sheet_that_was_never_issued(pad, number, field):
    with pytest.raises(Invalid) as refusal:
        received(number, pad=pad)
    assert refusal.value.field == field
    assert of().used == 0


def test_another_agencys_pad_is_none_of_ours():
    issue_pad("vanthu.mauhai")  # S001 of Xã Mẫu Hai
    code = received(1)
    assert row_of(code)["desk_agency"] == "H99.01.01"
    own = {line.id for line in selectors.pads(viewer=viewer("vanthu.mauhai"))[0]}
    assert of().id not in own
    with pytest.raises(NotFound):
        selectors.pad("S002", viewer=viewer("vanthu.mauhai"))


def test_a_spoiled_sheet_is_void_and_stays_so():
    as_manager(operations.void_sheet, code="S001", number=3, ground="spoiled")
    with pytest.raises(Invalid, match="đã nhập hoặc đã hủy"):
        received(3)
    for flow, ground in ((operations.void_sheet, "lost"), (operations.allow_late, "power")):
        with pytest.raises(Invalid) as refusal:
            as_manager(flow, code="S001", number=3, ground=ground)
        assert refusal.value.field == "number"
    received(5)
    with pytest.raises(Invalid):
        as_manager(operations.void_sheet, code="S001", number=5, ground="lost")
    shown = selectors.sheets(of(), viewer=viewer("truongquay"))
    assert [(s.number, s.state) for s in shown] == [
        (1, "missing"), (2, "missing"), (3, "void"), (4, "missing"), (5, "used"),
    ]  # fmt: skip
    assert (of().used, of().void, of().missing) == (1, 1, 3)


def test_an_old_sheet_waits_for_the_desk_managers_word():
    """Five working days: Monday's sheet until the Monday after, holidays (31/8 to 2/9) not counted."""
    written = moment(24, 9)
    received(1, at=datetime(2026, 9, 1, 9, tzinfo=written.tzinfo), written=moment(25, 9))
    late = datetime(2026, 9, 7, 9, tzinfo=written.tzinfo)
    with pytest.raises(Invalid, match="quá 5 ngày làm việc") as refusal:
        received(2, at=late, written=written)
    assert refusal.value.field == "paper_number"
    as_manager(operations.allow_late, at=late, code="S001", number=2, ground="network")
    received(2, at=late + timedelta(minutes=1), written=written)
    assert of().used == 2
    with pytest.raises(Invalid, match="đã nhập"):
        received(2, at=late + timedelta(minutes=2), written=written)


def decided(code: str, at: datetime, paper: PaperMark) -> dict[str, Any]:
    return act("vanthu", at, progress.decide, code=code, papers=[RESULT], paper=paper).row


def test_a_due_moment_is_not_met_afterwards_on_a_pad_issued_afterwards():
    code, _ = brought_to("sealing")
    due = row_of(code)["due_at"]
    late = due + timedelta(days=3)
    pad = issue_pad(at=late, form="act")
    before = everything(code)
    with pytest.raises(Invalid, match="trước khi quyển") as refusal:
        decided(code, late + timedelta(minutes=1), mark(51, due - timedelta(minutes=5), pad))
    assert refusal.value.field == "occurred_at"
    assert everything(code) == before


def test_what_is_typed_after_the_due_moment_and_claims_to_be_before_it_needs_the_managers_word():
    code, _ = brought_to("sealing")
    due = row_of(code)["due_at"]
    late = due + timedelta(minutes=40)
    before = everything(code)
    with pytest.raises(Invalid, match="đã quá hẹn") as refusal:
        decided(code, late, mark(1, due - timedelta(minutes=5)))
    assert refusal.value.field == "paper_number"
    assert everything(code) == before
    as_manager(operations.allow_late, at=late, code="S001", number=1, ground="power")
    row = decided(code, late + timedelta(minutes=1), mark("0001", due - timedelta(minutes=5)))
    assert row["decided_at"] == due - timedelta(minutes=5)
    then = late + timedelta(minutes=2)
    act("tiepnhan1", then, results.make_available, code=code, shelf="", paper=mark(2, late))
    entries = dossier(code, viewer=viewer("tiepnhan1")).entries
    assert [e.allowed_late for e in entries[-2:]] == [True, False]
    assert "cho phép nhập muộn" in told(entries[-2]).actor.vi
    assert "cho phép" not in told(entries[-1]).actor.vi


def test_paper_that_admits_to_be_late_and_paper_typed_in_time_need_nobody():
    code, at = brought_to("sealing")
    due = row_of(code)["due_at"]
    assert decided(code, due, mark(1, at))["decided_at"] == at
    code, _ = brought_to("sealing")
    after = due + timedelta(minutes=30)
    assert decided(code, due + timedelta(hours=1), mark(2, after))["decided_at"] == after


def test_a_form_s_sheet_is_for_its_own_acts():
    code, at = brought_to("sealing")
    pad = issue_pad(at=moment(24, 8), form="01")
    before = everything(code)
    with pytest.raises(Invalid, match="mẫu khác") as refusal:
        decided(code, at, mark(51, at, pad))
    assert refusal.value.field == "paper_pad"
    assert everything(code) == before
    assert received(51, pad=pad)


def test_acts_from_paper_are_listed_as_such():
    code = received(2)
    line = selectors.sheets(of(), viewer=viewer("truongquay"))[1]
    assert (line.subject, line.what, line.occurred_at) == (code, "dossier_received", AT)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_use_a_sheet_once():
    codes = [opened(AT) for _ in range(2)]

    def start(code: str) -> object:
        return act("tuphap1", moment(24, 10), progress.start, code=code, paper=mark(9))

    answers = all_at_once(start, codes)
    refused = [answer for answer in answers if isinstance(answer, Invalid)]
    assert len(refused) == 1
    assert re.search("đã nhập", refused[0].vi)
    assert [row_of(code)["state"] for code in codes].count("in_process") == 1
    assert of().used == 1
