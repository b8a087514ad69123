"""What a preview shows is what then happens, and who is owed a word for it; in any order of editions."""

import random
from datetime import date, timedelta

import pytest

from motcua.calendars.editions import written
from motcua.calendars.selectors import calendar_of
from motcua.dossiers import moved, projector
from motcua.dossiers.operations import MissingPaper
from motcua.dossiers.tracked import tracked
from motcua.dossiers.untold import untold
from motcua.flows import progress, transfers
from motcua.flows.calendar import not_moved_yet, preview, progress as progress_of, publish_calendar
from motcua.flows.reception import receive
from motcua.kernel.errors import Denied, NotAllowedNow
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger import dispatcher, sequencer
from motcua.ledger.selectors import history
from tests.support.acts import act, moment
from tests.support.lives import plain
from tests.support.world import COMMUNE, OTHER_COMMUNE, actor, intake, viewer

pytestmark = pytest.mark.django_db
AT = moment(24, 9)
BASIS = "12/QĐ-UBND"


def a_few():
    """Open dossiers with different limits, begun at different hours; one waits for papers."""
    opened = [
        act("tiepnhan1", moment(24, 8 + n), receive, intake=intake(**terms)).row["code"]
        for n, terms in enumerate([{}, {"variant": "verification"}, {"procedure": "1.000656"}, {}, {}])
    ]
    missing = [MissingPaper(component="form", text="Thiếu chữ ký.")]
    act("tuphap1", moment(24, 14), progress.request_supplement, code=opened[-1], items=missing)
    return opened


def an_edition(pick):
    """Days off, days worked or other hours in the weeks that the dossiers' limits span."""
    day = pick.choice([date(2026, 8, 24), date(2026, 9, 12)]) + timedelta(days=pick.randrange(6))
    last = day + timedelta(days=pick.randrange(4))
    hours = [[["07:00", "11:00"], ["13:30", "16:30"]], [["08:00", "12:00"]]]
    changes = pick.choice(
        [
            {"days_off": [{"date": str(day)}]},
            {"closures": [{"from": str(day), "to": str(last)}]},
            {"working_days": [{"date": str(day)}]},
            {"hours": [{"from": str(day), "to": str(last), "spans": pick.choice(hours)}]},
        ]
    )
    return written(code=f"e{pick.randrange(10**9)}", changes=changes, name=("Thử", "A try"), basis=BASIS)


def publish(document, found=None, login="chutich", agency=COMMUNE, at=AT):
    who = actor(login, at=at)
    found = found or preview(document=document, agency=agency)
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        return publish_calendar(
            document=document, agency=agency, basis=BASIS, actor=who, at=at, mark=found.mark, found=found
        )


def assert_replayed(code):
    row = plain(code)
    assert projector.replay(history(row["id"]))["dossiers_dossier"] == [row]


EVENING = moment(24, 17)


def work(at=EVENING):
    while sequencer.sequence():
        pass
    while dispatcher.dispatch(clock=lambda: at):
        pass


@pytest.mark.parametrize("seed", range(4))
def test_what_a_preview_shows_is_what_then_happens(seed):
    pick = random.Random(seed)  # noqa: S311 - seeded test data
    codes, someone_moved = a_few(), 0
    for n in range(8):
        document = an_edition(pick)
        before = {code: plain(code) for code in codes}
        found = preview(document=document, agency=COMMUNE)
        edition = publish(document, found, at=AT + timedelta(minutes=n))
        assert len(not_moved_yet(agency=COMMUNE)) == len(found.moves)
        work()
        shown = {move.code: move for move in found.moves}
        for code in codes:
            row, was = plain(code), before[code]
            if code not in shown:
                assert (row["due_at"], row["head_seq"]) == (was["due_at"], was["head_seq"])
                continue
            assert (was["due_at"], row["due_at"]) == (shown[code].old, shown[code].new)
            assert (row["to_tell"] is not None) == (shown[code].is_later or was["to_tell"] is not None)
        assert progress_of(edition=edition, agency=COMMUNE).moved == len(found.moves)
        assert found.later + found.earlier <= len(found.moves)
        assert not_moved_yet(agency=COMMUNE) == []
        someone_moved += len(found.moves)
    assert someone_moved
    for code in codes:
        assert_replayed(code)


def test_whose_date_comes_later_is_told_once_and_whose_comes_earlier_is_not():
    code, *_ = a_few()
    publish(written(code="a", changes={"days_off": [{"date": "2026-08-26"}]}, name=("A", "A"), basis=BASIS))
    work()
    row = plain(code)
    assert row["due_at"] == moment(28, 17)
    (owed,) = untold(row["to_tell"])
    assert (owed.about, owed.was) == ("due_moved", moment(27, 17))
    (line, *_rest) = moved.moved("to_tell", viewer=viewer("tiepnhan1")).lines
    assert (line.code, line.untold, line.due_at) == (code, (owed,), moment(28, 17))
    page = tracked(row["id"])
    assert page.row["due_at"] == moment(28, 17)
    assert "Lịch làm việc thay đổi" in page.entries[-1].sentence.vi

    act("tiepnhan1", moment(25, 8), transfers.tell, code=code, words=[owed.seq], way="phone")
    assert plain(code)["to_tell"] is None
    with pytest.raises(NotAllowedNow):
        act("tiepnhan1", moment(25, 9), transfers.tell, code=code, words=[owed.seq], way="phone")

    back = {"working_days": [{"date": "2026-08-26"}]}
    publish(written(code="b", changes=back, name=("B", "B"), basis=BASIS), at=moment(25, 10))
    work(moment(25, 12))
    assert (plain(code)["due_at"], plain(code)["to_tell"]) == (moment(27, 17), None)
    assert_replayed(code)


@pytest.mark.parametrize("login", ["tiepnhan1", "truongquay", "thanhtra", "chutich.mauhai", "quantritinh"])
def test_who_may_not_publishes_nothing(login):
    code, *_ = a_few()
    document = written(code="a", changes={"days_off": [{"date": "2026-08-26"}]}, name=("A", "A"), basis=BASIS)
    label = calendar_of(COMMUNE).label
    for agency in (COMMUNE, ""):
        with pytest.raises(Denied):
            publish(document, login=login, agency=agency)
    with pytest.raises(Denied):
        publish(document, login="chutich", agency=OTHER_COMMUNE)
    work()
    assert calendar_of(COMMUNE).label == label
    assert plain(code)["due_at"] == moment(27, 17)
