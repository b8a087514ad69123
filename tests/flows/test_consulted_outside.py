"""Opinions of bodies that were merged or are outside the system, by a numbered letter; pauses that count together."""

from datetime import date
from uuid import UUID

import pytest

from motcua.agencies.models import Agency
from motcua.dossiers.consultations import shared, waiting
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from motcua.kernel.ids import uuid7
from motcua.kernel.time import ZONE, parse_utc
from motcua.ledger.selectors import history
from motcua.web.counter.letters import opinion_letter
from motcua.web.counter.receipt import read
from tests.support.acts import moment
from tests.support.lives import brought_to, everything, plain
from tests.support.opinions import answer, ask, foreseen, replayed, under_way, with_ground
from tests.support.papers import kept
from tests.support.world import COMMUNE, OTHER_COMMUNE, logins, viewer

pytestmark = pytest.mark.django_db


def test_who_was_merged_is_asked_where_it_went():
    gone = Agency.objects.get(code=OTHER_COMMUNE)
    gone.code, gone.stream = "H99.01.09", uuid7()
    gone.succeeded_by_id, gone.succeeded_on = OTHER_COMMUNE, date(2026, 8, 19)
    gone.save(force_insert=True)
    foreseen(whom=[{"agency": "H99.01.09"}])
    code = under_way()
    assert [one["agency"] for one in ask(code, moment(24, 10), plan="neighbour", whom=[])] == [OTHER_COMMUNE]


def test_the_shipped_version_stops_the_clock_for_an_answer_in_writing():
    foreseen(pauses=True, ground="pausing_consultation")
    code = under_way()
    first, _second = ask(code, moment(24, 10), plan="neighbour")
    row = plain(code)
    assert (row["holder_kind"], row["paused"], row["due_at"]) == ("consulted", True, None)
    assert history(row["id"])[-1].data["basis"] == "123/2015/NĐ-CP, Điều 22"
    # 20 calendar days from being asked
    assert parse_utc(row["consulting"]["until"]).astimezone(ZONE).date() == date(2026, 9, 14)
    replayed(code)


def test_pauses_on_one_ground_count_together():
    with_ground(maximum="3")
    code = under_way()
    first, *_ = ask(code, moment(24, 10), login="chutich", pauses=True, value="1")
    answer(code, first, moment(25, 10))  # one working day is used
    with pytest.raises(Invalid) as refusal:
        ask(code, moment(26, 10), login="chutich", pauses=True, value="3")
    assert "31/08/2026" not in refusal.value.vi
    _, second = ask(code, moment(26, 10), login="chutich", pauses=True, value="2")
    answer(code, second, moment(28, 10))
    row = plain(code)
    assert parse_utc(row["pauses"][-1]["from"]) == moment(26, 10)
    with pytest.raises(Invalid, match="đã hết thời gian cho phép"):
        ask(code, moment(31, 10), login="chutich", pauses=True, value="1", unit="working_hour")
    replayed(code)


OUTSIDE = "outside:Ban Quản lý Khu công nghiệp Mẫu"


def test_a_body_outside_is_asked_by_a_numbered_letter_and_who_asks_writes_its_answer_down():
    code, at = brought_to("in_process")
    one, other = ask(code, at, whom=[OUTSIDE, "outside:Bảo tàng Mẫu"], papers=["form"])
    assert [one["letter"], other["letter"]] == ["01/2026/LYK", "02/2026/LYK"]
    assert (one["name"], one["agency"], one["account"]) == (
        "Ban Quản lý Khu công nghiệp Mẫu",
        COMMUNE,
        str(logins()["tuphap1"]),
    )
    with pytest.raises(NotAllowedNow):
        ask(code, at, whom=[OUTSIDE])
    listed = {line.id for line in waiting(viewer=viewer("tuphap1", at=at)).lines}
    assert listed == {UUID(one["id"]), UUID(other["id"])}
    for login in ("tuphap2", "chutich.mauhai"):
        with pytest.raises(NotFound):
            shared(UUID(one["id"]), viewer=viewer(login, at=at))
    before = everything(code)
    for login in ("tuphap2", "chutich.mauhai"):
        with pytest.raises(Denied):
            answer(code, one, moment(25, 9), login=login)
    assert everything(code) == before
    scan = kept("tuphap1", moment(25, 9))
    answer(code, one, moment(25, 9), login="tuphap1", uploads=[scan.upload])
    answer(code, other, moment(25, 9), login="chutich")
    assert [x["outcome"] for x in plain(code)["consultations"]] == ["agree", "agree"]
    replayed(code)
    shown = letter_of(code, one, viewer("tuphap1", at=at))
    assert shown[1] == "01/2026/LYK"
    assert shown[0].startswith(b"%PDF")
    assert letter_of(code, one, viewer("tuphap1", at=at)) == shown


def letter_of(code, one, who):
    return opinion_letter(read(code, viewer=who), UUID(one["id"]))


def test_whom_is_asked_here_gets_no_letter():
    code, at = brought_to("consulting")
    (one,) = plain(code)["consultations"]
    with pytest.raises(NotFound):
        letter_of(code, one, viewer("tuphap1", at=at))
