"""How long giver and receiver of a transfer took, each by its own office hours."""

import pytest

from motcua.dossiers.selectors import dossier
from motcua.flows import transfers
from motcua.flows.reception import receive
from motcua.reactions.transfers import accept_the_silent
from motcua.web.desk.handshakes import measured
from tests.support.acts import act, moment
from tests.support.world import OTHER_COMMUNE, intake, viewer

pytestmark = pytest.mark.django_db


def sent(**more):
    code = act("tiepnhan1", moment(24, 9), receive, intake=intake()).row["code"]
    why = {"to": OTHER_COMMUNE, "reason": "Không thuộc thẩm quyền."}
    act("tiepnhan1", moment(24, 10), transfers.transfer, code=code, **why, **more)
    return code


def took(code, at):
    shown = dossier(code, viewer=viewer("tiepnhan1", at=at))
    return [
        (one.outcome.vi, one.giver_took.en, one.receiver_took.en if one.receiver_took else None)
        for one in measured(shown.handshakes, at=at)
    ]


def test_electronically_all_the_time_is_the_receivers_and_lunch_is_nobodys():
    code = sent()
    assert took(code, moment(24, 11)) == [
        ("chờ trả lời", "0 h 0 min of office time", "1 h 0 min of office time")
    ]
    act("tiepnhan1.mauhai", moment(24, 14), transfers.accept, code=code)
    assert took(code, moment(25, 9)) == [("đã nhận", "0 h 0 min of office time", "2 h 30 min of office time")]


def test_on_paper_the_way_is_the_givers():
    code = sent(way="manifest", manifest="BG-08/2026")
    assert took(code, moment(24, 11)) == [("chờ trả lời", "1 h 0 min of office time", None)]
    act("tiepnhan1.mauhai", moment(24, 15), transfers.note_arrival, code=code)
    act("tiepnhan1.mauhai", moment(24, 16), transfers.decline, code=code, reason="Thuộc Xã Mẫu.")
    assert took(code, moment(25, 9)) == [
        ("đã từ chối", "3 h 30 min of office time", "1 h 0 min of office time")
    ]


def test_silence_is_measured_to_its_eighth_hour():
    code = sent()
    accept_the_silent(clock=lambda: moment(26, 9), origin="simulated")
    (one,) = took(code, moment(26, 9))
    assert one[1:] == ("0 h 0 min of office time", "8 h 0 min of office time")


def test_a_dossier_that_went_nowhere_measures_nothing():
    code = act("tiepnhan1", moment(24, 9), receive, intake=intake()).row["code"]
    assert took(code, moment(24, 10)) == []
