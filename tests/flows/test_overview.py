"""The desk manager's board, the register book and the roster: what they count is what was done."""

from datetime import date, timedelta

import pytest

from motcua.agencies.events import RosterCell
from motcua.agencies.roster import set_roster, week
from motcua.dossiers import overview, register
from motcua.kernel.errors import Denied, Invalid
from motcua.kernel.unit_of_work import Request, unit_of_work
from tests.support.acts import moment
from tests.support.situations import dossier_in
from tests.support.world import COMMUNE, actor, viewer
from tests.support.written import written

pytestmark = pytest.mark.django_db
SINCE = moment(24, 9)
KNOWN = (
    "submitted",
    "refused",
    "received",
    "in_process",
    "examined",
    "approved",
    "supplement_requested",
    "suspended",
    "decided",
    "ready",
    "returned",
    "withdrawn",
)


def counted(at, login: str = "truongquay"):
    return overview.figures(agency=COMMUNE, viewer=viewer(login), at=at)


def behind(show: str, at) -> list[str]:
    return [
        x.code for x in overview.watched(agency=COMMUNE, viewer=viewer("truongquay"), at=at, show=show).lines
    ]


def test_each_figure_is_the_dossiers_behind_it():
    rows = {name: dossier_in(name, since=SINCE) for name in KNOWN}
    at = moment(27, 9)
    found = counted(at)

    assert found.accept == len(behind("accept", at)) == 1
    assert behind("accept", at) == [rows["submitted"]["code"]]
    running = [rows[name]["code"] for name in ("received", "in_process", "examined", "approved")]
    assert sorted(behind("today", at)) == sorted(running)
    assert (found.today, found.late) == (4, 0)
    assert found.paused == len(behind("paused", at)) == 2
    assert found.uncollected == 2
    # Money open is whatever is owed, also what was asked for at reception and stops nothing.
    assert found.to_pay == len(behind("pay", at))
    assert found.helped == len(behind("helped", at))
    assert rows["received"]["code"] in behind("pay", at)

    later = moment(28, 9)
    assert (counted(later).today, counted(later).late) == (0, 4)
    assert sorted(behind("late", later)) == sorted(running)
    assert counted(moment(24, 17)).accept_late == 0
    assert counted(moment(26, 9)).accept_late == 1


def test_the_board_is_for_those_who_watch():
    for login in ("tiepnhan1", "tuphap1", "vanthu", "kythuat"):
        with pytest.raises(Denied):
            counted(SINCE, login)
    with pytest.raises(Denied):
        overview.figures(agency=COMMUNE, viewer=viewer("chutich.mauhai"), at=SINCE)


def test_the_register_is_what_was_received_in_order():
    rows = [dossier_in("received", since=moment(24, 9, n), name=f"Nguyễn Văn {n}") for n in range(5)]
    dossier_in("submitted", since=moment(24, 10))
    window = {"agency": COMMUNE, "first": date(2026, 8, 24), "last": date(2026, 8, 24)}

    whole = list(register.whole(viewer=viewer("tiepnhan1"), **window))

    assert [e.code for e in whole] == [row["code"] for row in rows]
    assert (whole[0].name, whole[0].phone, whole[0].sets) == ("Nguyễn Văn 0", "0912345678", 1)
    first = register.register(viewer=viewer("tiepnhan1"), limit=3, **window)
    rest = register.register(viewer=viewer("tiepnhan1"), limit=3, after=first.following or "", **window)
    assert [e.code for e in (*first.entries, *rest.entries)] == [row["code"] for row in rows]
    assert rest.following is None


def test_a_register_window_is_in_order_and_not_without_end():
    for first, last in ((date(2026, 8, 2), date(2026, 8, 1)), (date(2025, 1, 1), date(2026, 8, 1))):
        with pytest.raises(Invalid):
            register.register(agency=COMMUNE, first=first, last=last, viewer=viewer("tiepnhan1"))
    with pytest.raises(Denied):
        register.register(
            agency=COMMUNE, first=SINCE.date(), last=SINCE.date(), viewer=viewer("tiepnhan1.mauhai")
        )


def test_an_evening_reception_stands_on_its_local_day():
    code = dossier_in("received", since=moment(24, 23, 30))["code"]
    day = {"agency": COMMUNE, "viewer": viewer("tiepnhan1")}
    assert [e.code for e in register.whole(first=date(2026, 8, 24), last=date(2026, 8, 24), **day)] == [code]
    assert list(register.whole(first=date(2026, 8, 25), last=date(2026, 8, 25), **day)) == []


def save(cells, login: str = "truongquay"):
    who = actor(login)
    with unit_of_work(actor=who, at=SINCE, request=Request.fresh(), origin="simulated"):
        set_roster(agency=COMMUNE, of=SINCE.date(), cells=cells, actor=who, at=SINCE, viewer=viewer(login))


def known():
    return week(agency=COMMUNE, of=SINCE.date(), viewer=viewer("truongquay"), at=SINCE)


def test_a_roster_is_set_whole_and_by_the_manager_alone():
    found = known()
    window, (anna, bert, *_) = found.windows[0], sorted(found.people, key=str)
    cell = RosterCell(counter=window.id, day=found.days[1], officer=anna, backup=bert)
    save([cell])
    assert known().cells == {(window.id, found.days[1]): (anna, bert)}

    before = written()
    wrong = [
        [RosterCell(counter=window.id, day=found.days[0], officer=anna, backup=anna)],
        [RosterCell(counter=window.id, day=found.days[0] + timedelta(days=7), officer=anna, backup=None)],
        [cell, RosterCell(counter=found.windows[1].id, day=found.days[1], officer=anna, backup=None)],
    ]
    for cells in wrong:
        with pytest.raises(Invalid):
            save(cells)
    for login in ("tiepnhan1", "chutich", "kythuat"):
        with pytest.raises(Denied):
            save([], login)
    assert written() == before
    assert known().cells == {(window.id, found.days[1]): (anna, bert)}

    save([])
    assert known().cells == {}
