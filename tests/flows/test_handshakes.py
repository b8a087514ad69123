"""How long giver and receiver of a transfer took, each by its own office hours."""

from datetime import timedelta

import pytest
from django.db import connection

from motcua.calendars.calendar import national_calendar
from motcua.dossiers.selectors import dossier
from motcua.dossiers.transfer_times import Side, times, transfer_moments
from motcua.flows import progress, transfers
from motcua.flows.reception import receive
from motcua.kernel.errors import Denied
from motcua.reactions.transfers import end_the_silent
from motcua.web.desk.handshakes import measured
from tests.flows.test_transfers import assert_replayed, transferred
from tests.support.acts import act, moment
from tests.support.lives import plain
from tests.support.world import COMMUNE, OTHER_COMMUNE, intake, viewer

pytestmark = pytest.mark.django_db
AWAY = "tiepnhan1.mauhai"


def sent(**more):
    return sent_on(moment(24, 9), moment(24, 10), **more)


def sent_on(received, at, **more):
    code = act("tiepnhan1", received, receive, intake=intake()).row["code"]
    why = {"to": OTHER_COMMUNE, "reason": "Không thuộc thẩm quyền."}
    act("tiepnhan1", at, transfers.transfer, code=code, **why, **more)
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
    end_the_silent(clock=lambda: moment(26, 9), origin="simulated")
    (one,) = took(code, moment(26, 9))
    assert one[1:] == ("0 h 0 min of office time", "8 h 0 min of office time")


def test_papers_whose_arrival_nobody_notes_count_as_arrived_after_two_working_days():
    """Else the receiver could put its own 8 hours off for ever, and the giver would be charged for it."""
    code = sent_on(moment(24, 9), moment(24, 15), way="manifest", manifest="BG-07")

    def ended(at):
        return end_the_silent(clock=lambda: at, origin="simulated")

    assert ended(moment(26, 14, 59)) == 0
    assert (ended(moment(26, 16)), ended(moment(26, 16))) == (1, 0)
    row = plain(code)
    assert (row["state"], row["holder_agency"]) == ("transferred", OTHER_COMMUNE)
    assert (row["holder_since"], row["step_due_at"]) == (moment(26, 15), moment(27, 15))
    assert "coi như đã đến" in dossier(code, viewer=viewer(AWAY, at=moment(27, 8))).entries[-1].sentence.vi
    assert ended(moment(27, 16)) == 1
    assert plain(code)["competent_agency"] == OTHER_COMMUNE
    assert took(code, moment(28, 9))[0][1:] == (
        "16 h 0 min of office time",
        "8 h 0 min of office time",
    )
    assert_replayed(code)


def test_what_the_receiver_cannot_take_over_goes_back_once_the_silence_is_over():
    """The neighbour has ended its process meanwhile: silence finds nothing to pin."""
    code = sent()
    left = plain(code)["transfer"]["back_to"]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE processes_adoption SET valid_to = '2026-08-25' WHERE agency = %s", [OTHER_COMMUNE]
        )
    at = moment(26, 9)
    assert end_the_silent(clock=lambda: moment(25, 9, 59), origin="simulated") == 0
    assert end_the_silent(clock=lambda: at, origin="simulated") == 1
    row = plain(code)
    assert {name: row[name] for name in ("holder_kind", "holder_agency", "queue")}.items() <= left.items()
    assert (row["state"], row["competent_agency"], row["holder_since"]) == ("received", COMMUNE, at)
    assert (row["transfer"], row["elsewhere"], row["paused"]) == (None, "", False)
    ((outcome, *spent),) = took(code, at)
    assert "trả về nơi chuyển" in outcome
    assert spent == ["0 h 0 min of office time", "15 h 0 min of office time"]
    assert [one["outcome"] for one in transferred(row["id"])] == ["returned"]
    said = dossier(code, viewer=viewer("tiepnhan1", at=at)).entries[-1].sentence.vi
    assert "không tiếp nhận được" in said
    assert_replayed(code)
    assert end_the_silent(clock=lambda: at, origin="simulated") == 0


def test_a_dossier_that_went_nowhere_measures_nothing():
    code = act("tiepnhan1", moment(24, 9), receive, intake=intake()).row["code"]
    assert took(code, moment(24, 10)) == []


def test_the_board_measures_each_side_by_the_agency_at_the_other_end():
    answered, silent, declined, waiting = sent(), sent(), sent(way="manifest", manifest="BG-1"), sent()
    act(AWAY, moment(24, 11), transfers.accept, code=answered)
    act(AWAY, moment(24, 15), transfers.note_arrival, code=declined)
    act(AWAY, moment(24, 16), transfers.decline, code=declined, reason="Thuộc Xã Mẫu.")
    withdrawn = sent()
    withdraw = {"shown_by": "signed_paper", "reason": ""}
    act("tiepnhan1", moment(24, 17), progress.withdraw, code=withdrawn, **withdraw)
    end_the_silent(clock=lambda: moment(25, 10), origin="simulated")
    late = sent_on(moment(25, 15), moment(25, 16))
    at = moment(26, 8)

    ((given,), (taken,)) = (figures(COMMUNE, "truongquay", at), figures(OTHER_COMMUNE, "chutich.mauhai", at))
    assert (given.gave, given.other, taken.gave, taken.other) == (True, OTHER_COMMUNE, False, COMMUNE)
    assert (given.count, given.silent, given.declined, given.open) == (6, 2, 1, 1)
    assert given.oldest == moment(25, 16)
    # Five at once and one on paper from 10:00 to 15:00, without lunch; answered after 1 h, 1 h, 8 h and 8 h.
    assert (given.giving, given.receiving) == (Side(6, 0, 210), Side(4, 270, 480))
    assert (taken.count, taken.giving, taken.receiving) == (given.count, given.giving, given.receiving)
    for code in (answered, silent, declined, waiting, withdrawn, late):
        assert_replayed(code)


def test_what_never_arrived_is_shown_however_old_it_is():
    sent(way="manifest", manifest="BG-1")
    at = moment(24, 9) + timedelta(days=200)
    (line,) = figures(COMMUNE, "truongquay", at)
    assert (line.count, line.open, line.oldest, line.giving) == (1, 1, moment(24, 10), None)


def test_only_who_watches_over_an_agency_sees_its_times():
    for who in ("tiepnhan1", "chutich.mauhai"):
        with pytest.raises(Denied):
            figures(COMMUNE, who, moment(26, 8))


def figures(agency, who, at):
    found = transfer_moments(agency=agency, viewer=viewer(who, at=at), at=at)
    calendar = national_calendar()
    return times(found, agency=agency, calendars={COMMUNE: calendar, OTHER_COMMUNE: calendar}, at=at)
