"""`motcua calendar publish`: exactly the open dossiers that a change concerns move, by an event each, once."""

import json
from datetime import date, datetime, timedelta
from itertools import count

import pytest
from django.db import connection

from motcua.cli import calendar, ledger, replay
from motcua.cli.calendar import publish, written
from motcua.cli.errors import CliError
from motcua.dossiers.events import CalendarApplied
from motcua.dossiers.operations import IssuedPaper, MissingPaper
from motcua.flows import progress
from motcua.flows.calendar import publish_calendar
from motcua.flows.reception import receive
from motcua.kernel.actor import SYSTEM
from motcua.kernel.codec import decode
from motcua.kernel.errors import Invalid, NotFound
from motcua.kernel.time import ZONE
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger import dispatcher, sequencer
from motcua.ledger.chain import Fault
from motcua.ledger.models import Reacted
from motcua.ledger.replay import TableDifference
from motcua.ledger.selectors import CheckReport, history
from tests.support.world import COMMUNE, OTHER_COMMUNE, actor, intake

BASIS = "QĐ 12/QĐ-UBND"


def moment(day: int, hour: int, month: int = 8) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=ZONE)


def act(login, at, flow, **arguments):
    who = actor(login, at=at)
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        return flow(actor=who, at=at, **arguments).row


@pytest.fixture
def dossiers(db):
    """Open ones received on Monday 24 August: due on Thursday (three days), on 16 September (23 days), the same
    day, none while papers are awaited; and one decided before."""
    codes = {
        "three": act("tiepnhan1", moment(24, 9), receive, intake=intake()),
        "calendar_days": act("tiepnhan1", moment(24, 9), receive, intake=intake(variant="verification")),
        "same_day": act("tiepnhan1", moment(24, 10), receive, intake=intake("1.000656")),
        "waiting": act("tiepnhan1", moment(24, 10), receive, intake=intake()),
        "decided": act("tiepnhan1", moment(24, 10), receive, intake=intake()),
    }
    codes = {name: row["code"] for name, row in codes.items()}
    missing = [MissingPaper(component="form", text="Thiếu chữ ký.")]
    act("tuphap1", moment(24, 14), progress.request_supplement, code=codes["waiting"], items=missing)
    code = codes["decided"]
    act("tuphap1", moment(24, 14), progress.start, code=code)
    act("tuphap1", moment(24, 15), progress.step, code=code, outcome="granted")
    act("chutich", moment(24, 16), progress.step, code=code, outcome="granted")
    paper = IssuedPaper(role="result", kind="KQ.G15.000038", number="1/UBND", date=date(2026, 8, 24))
    act("vanthu", moment(24, 16), progress.decide, code=code, papers=[paper])
    return codes


def dues(codes):
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, due_at FROM dossiers_dossier")
        found = dict(cursor.fetchall())
    return {name: found[code] for name, code in codes.items()}


def applied():
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM dossiers_dossier")
        streams = [row[0] for row in cursor.fetchall()]
    events = [e for stream in streams for e in history(stream) if e.type == CalendarApplied.TYPE]
    return [decode(CalendarApplied, e.data) for e in events]


AS_RECEIVED = {
    "three": moment(27, 17),
    "calendar_days": moment(16, 17, 9),
    "same_day": moment(24, 17),
    "waiting": None,
    "decided": moment(27, 17),
}


def test_a_day_off_moves_exactly_the_terms_that_span_it(dossiers, capsys):
    assert dues(dossiers) == AS_RECEIVED
    assert publish(day_off=["2026-08-26"], basis=BASIS, name="Nghỉ bão", agency=COMMUNE) == 0
    assert dues(dossiers) == AS_RECEIVED | {"three": moment(28, 17)}
    (event,) = applied()
    assert (event.old.due_at, event.new.due_at) == (moment(27, 17), moment(28, 17))
    assert event.edition.startswith("vn-2025+vn-2026+vn-2027+H99.01.01.")
    out = capsys.readouterr().out
    assert "1 hồ sơ đang mở dời hạn" in out
    assert dossiers["three"] in out
    assert "17:00 27/08/2026" in out
    assert "17:00 28/08/2026" in out

    assert publish(day_off=["2026-08-26"], basis=BASIS, agency=COMMUNE) == 0
    assert len(applied()) == 1, "the second time nothing moves"
    assert "0 hồ sơ đang mở dời hạn" in capsys.readouterr().out


def test_a_preview_publishes_nothing(dossiers, capsys):
    assert publish(day_off=["2026-08-26"], basis=BASIS, agency=COMMUNE, dry_run=True) == 0
    assert "1 hồ sơ đang mở dời hạn" in capsys.readouterr().out
    assert dues(dossiers) == AS_RECEIVED
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM calendars_publishededition")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    ("options", "moved"),
    [
        ({"closed": ["2026-09-16..2026-09-17"]}, {"calendar_days": moment(18, 17, 9)}),
        ({"day_off": ["2026-09-16"], "agency": ""}, {"calendar_days": moment(17, 17, 9)}),
        ({"make_up": ["2026-08-29"]}, {}),
        ({"day_off": ["2026-08-27"], "make_up": ["2026-08-29"]}, {"three": moment(28, 17)}),
        ({"day_off": ["2026-08-26"], "agency": OTHER_COMMUNE}, {}),
        (
            {"hours": ("2026-08-27..2026-08-28", "07:00-11:00,13:30-16:00")},
            {"three": moment(27, 16)},
        ),
        (
            {"hours": ("2026-09-01..", "08:00-15:00")},
            {"calendar_days": moment(16, 15, 9)},
        ),
    ],
)
def test_each_kind_of_change(dossiers, options, moved):
    assert publish(basis=BASIS, **{"agency": COMMUNE, **options}) == 0
    assert dues(dossiers) == AS_RECEIVED | moved
    assert len(applied()) == len(moved)


def test_an_agencys_own_days_stand_over_a_later_decree(dossiers):
    """The preview lays the editions as the calendar does: the nation's below, whenever they were published."""
    assert publish(make_up=["2026-08-29"], day_off=["2026-08-26"], basis=BASIS, agency=COMMUNE) == 0
    assert dues(dossiers)["three"] == moment(28, 17)
    assert publish(day_off=["2026-08-29"], make_up=["2026-08-26"], basis=BASIS) == 0
    assert dues(dossiers)["three"] == moment(28, 17)


def test_a_file_is_published(dossiers, tmp_path):
    document = {
        "code": "xa-mau-1",
        "year": None,
        "days_off": [{"date": "2026-08-26", "name": {"vi": "Nghỉ", "en": "Off"}, "basis": BASIS}],
    }
    file = tmp_path / "edition.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    assert publish(file, basis=BASIS, agency=COMMUNE) == 0
    assert dues(dossiers)["three"] == moment(28, 17)


@pytest.mark.django_db
def test_what_is_wrong_is_said_and_nothing_is_published(tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    nameless = tmp_path / "nameless.json"
    nameless.write_text("[]", encoding="utf-8")
    wrong = [
        (CliError, {"basis": BASIS}),
        (CliError, {"file": broken, "basis": BASIS}),
        (CliError, {"file": nameless, "basis": BASIS}),
        (CliError, {"file": tmp_path / "absent.json", "basis": BASIS}),
        (CliError, {"file": broken, "day_off": ["2026-08-26"], "basis": BASIS}),
        (Invalid, {"day_off": ["2026-08-26"]}),
        (Invalid, {"day_off": ["26/8/2026"], "basis": BASIS}),
        (Invalid, {"closed": ["2026-08-26..2026-08-25"], "basis": BASIS}),
        (Invalid, {"hours": ("2026-08-26", "07:00"), "basis": BASIS}),
        (NotFound, {"day_off": ["2026-08-26"], "agency": "H00", "basis": BASIS}),
    ]
    for kind, options in wrong:
        with pytest.raises(kind):
            publish(**options)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM calendars_publishededition")
        assert cursor.fetchone() == (0,)


def test_while_a_worker_is_at_it_the_command_says_so(dossiers, capsys, monkeypatch):
    monkeypatch.setattr(calendar.dispatcher, "dispatch", lambda **_: 0)
    assert publish(day_off=["2026-08-26"], basis=BASIS, agency=COMMUNE) == 1
    assert "Còn 1 hồ sơ chưa dời hạn" in capsys.readouterr().out


def test_each_move_has_its_own_instant_and_one_that_refuses_keeps_no_other_waiting(dossiers):
    """A live act may lie at most a minute back, however many dossiers there are; and clocks can step."""
    first = act("tiepnhan1", moment(24, 11), receive, intake=intake())
    last = act("tiepnhan1", moment(30, 8, 11), receive, intake=intake())
    at = moment(30, 7, 11)
    document = written(
        code="storm",
        changes={"days_off": [{"date": "2026-08-26"}, {"date": "2026-12-01"}]},
        name=("Nghỉ bão", "Storm"),
        basis=BASIS,
    )
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin="simulated"):
        publish_calendar(document=document, agency=COMMUNE, basis=BASIS, actor=SYSTEM, at=at)
    while sequencer.sequence():
        pass
    ticks = (at + timedelta(seconds=n) for n in count(1))
    while dispatcher.dispatch(clock=lambda: next(ticks)):
        pass
    assert dues(dossiers)["three"] == moment(28, 17)
    assert dues({"first": first["code"], "last": last["code"]}) == {
        "first": moment(28, 17),
        "last": moment(3, 17, 12),
    }
    assert len({event.occurred_at for event in applied()}) == len(applied()) == 2
    row = Reacted.objects.get(reaction="move_open_dossiers", done_at=None)
    assert "Máy chủ lệch giờ" in row.error

    assert dispatcher.retry_open(clock=lambda: moment(30, 9, 11)) == 1
    assert dues({"last": last["code"]}) == {"last": moment(4, 17, 12)}
    assert len(applied()) == 3


@pytest.mark.django_db
def test_a_whole_ledger_and_a_broken_one(capsys, monkeypatch):
    assert ledger.check() == 0
    assert "Sổ cái nguyên vẹn" in capsys.readouterr().out
    fault = Fault(next(iter(history_streams())), 3, "altered: the bytes do not give the stored hash")
    report = CheckReport(streams=1, events=3, waiting=0, faults=(fault,))
    monkeypatch.setattr(ledger, "check_ledger", lambda: report)
    assert ledger.check() == 1
    out = capsys.readouterr().out
    assert str(fault.stream) in out
    assert "altered" in out


def history_streams():
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT stream FROM ledger_event LIMIT 1")
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.django_db(transaction=True)
def test_replay_as_the_owner(database_logins, capsys, monkeypatch):
    monkeypatch.setenv("MOTCUA_APP_DSN", database_logins.app)
    monkeypatch.setenv("MOTCUA_OWNER_DSN", database_logins.owner)
    assert replay.replay() == 0
    out = capsys.readouterr().out
    assert "dossiers_dossier" in out
    assert "Giống nhau" in out


def test_a_difference_is_shown(capsys):
    assert replay.show([TableDifference("dossiers_holding", 5, 4, 1, 0)]) == 1
    assert "Khác nhau" in capsys.readouterr().out
