"""The certification desk through its flows: numbers, fees, signers, the dossier that comes and goes at once."""

import pytest
from django.db import connection

from motcua.flows import certification as flow
from motcua.flows.money import take
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow
from motcua.ledger.selectors import check
from motcua.payments.operations import Tender
from tests.support.acts import act, moment
from tests.support.certification import certified, copies, enter, hand_over, signature
from tests.support.lives import row_of
from tests.support.world import logins

pytestmark = pytest.mark.django_db


def rows(query: str, *arguments: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, list(arguments))
        return cursor.fetchall()


def entries() -> list[tuple]:
    return rows(
        "SELECT number, paper, pages, count, fee, state FROM certification_entry ORDER BY book, number"
    )


def test_one_number_for_a_paper_shared_by_its_copies():
    entered = enter(copies(("citizen_card", 1, 3), ("land", 4, 2)), moment(24, 9))
    assert [entry.number for entry in entered.entries] == [1, 2]
    assert entries() == [
        (1, "citizen_card", 1, 3, 6_000, "entered"),
        (2, "land", 4, 2, 12_000, "entered"),  # 2 x (2,000 + 2,000 + 1,000 + 1,000)
    ]
    again = enter(copies(("birth", 1, 1)), moment(24, 9, 5), login="tiepnhan2")
    assert [entry.number for entry in again.entries] == [3]


def test_received_decided_and_handed_over_in_one_event():
    at = moment(24, 16, 40)  # past 15:00: whoever waits at the desk gets it at once all the same
    recorded = certified(copies(("citizen_card", 1, 2), name="Nguyễn Thị Ánh Tuyết"), at)
    row = row_of(recorded.row["code"])
    assert (row["state"], row["national"], row["express"], row["holder_kind"]) == (
        "returned",
        10,
        True,
        "none",
    )
    assert row["received_at"] == row["decided_at"] == row["ended_at"] == row["due_at"] == at
    assert row["fee_total"] == 4_000
    assert row["result_number"] == "1, quyển số 01/2026-SCT/BS"
    assert rows("SELECT type FROM ledger_event WHERE stream = %s", row["id"]) == [("dossier_express",)]
    assert entries() == [(1, "citizen_card", 1, 2, 4_000, "signed")]
    assert check().faults == ()


def test_nobody_s_name_is_asked_for_a_copy_and_none_is_found():
    code = certified(copies(), moment(24, 9)).row["code"]
    assert row_of(code)["parties"] in ([], "[]")
    assert rows("SELECT name FROM dossiers_label WHERE dossier = %s", row_of(code)["id"]) == [("",)]
    assert check().faults == ()


def test_a_signature_asks_for_name_and_identity_paper():
    with pytest.raises(Invalid) as refusal:
        enter(signature(number=""), moment(24, 9))
    assert refusal.value.field == "number"
    assert entries() == []
    certified(signature(), moment(24, 9))
    assert entries() == [(1, "cv", 4, 1, 10_000, "signed")]


def test_kinds_have_books_of_their_own():
    enter(copies(), moment(24, 9))
    enter(signature(), moment(24, 9, 1))
    enter(copies(), moment(24, 9, 2))
    assert rows("SELECT of_kind, year, last FROM certification_book ORDER BY of_kind") == [
        ("copy", 2026, 2),
        ("signature", 2026, 1),
    ]


def test_who_is_not_authorised_that_day_cannot_be_the_signer():
    with pytest.raises(Invalid) as refusal:
        enter(copies(signer="tuphap1"), moment(24, 9))
    assert refusal.value.field == "signer"
    assert (entries(), rows("SELECT * FROM certification_book")) == ([], [])


@pytest.mark.parametrize(
    "login", ["truongquay", "thuquy", "tuphap1", "vanthu", "chutich", "thanhtra", "tiepnhan1.mauhai"]
)
def test_only_the_desk_enters_and_hands_over(login):
    entered = enter(copies(), moment(24, 9))
    before = rows("SELECT count(*) FROM ledger_event")
    with pytest.raises(Denied):
        enter(copies(), moment(24, 9, 1), login=login)
    with pytest.raises((Denied, NotAllowedNow)):
        hand_over(entered.dossier, moment(24, 9, 1), login=login)
    assert rows("SELECT count(*) FROM ledger_event") == before


def test_handed_over_twice_is_refused():
    entered = enter(copies(), moment(24, 9))
    hand_over(entered.dossier, moment(24, 9, 1))
    with pytest.raises(NotAllowedNow):
        hand_over(entered.dossier, moment(24, 9, 2))


def test_what_cannot_be_done_at_once_gets_a_slip_and_is_finished_in_the_same_place():
    at = moment(24, 9)
    order = copies(("land", 4, 200), name="Lê Văn Tám", signer=None)
    row = act("tiepnhan1", at, flow.take_in, order=order).row
    # 800 pages: two working days, not the same day
    assert (row["state"], row["due_at"], row["fee_total"]) == ("received", moment(26, 17), 1_200_000)
    assert entries() == []
    later = moment(24, 15)
    entered = act("tiepnhan1", later, flow.enter_waiting, dossier=row["id"], signer=logins()["chutich"])
    assert rows("SELECT * FROM certification_waiting") == []
    hand_over(entered.dossier, later)
    assert entries() == [(1, "land", 4, 200, 1_200_000, "signed")]
    after = row_of(row["code"])
    assert (after["state"], after["express"], after["decided_at"]) == ("returned", False, later)
    assert check().faults == ()


def test_a_slip_is_made_out_to_somebody():
    with pytest.raises(Invalid) as refusal:
        act("tiepnhan1", moment(24, 9), flow.take_in, order=copies(signer=None))
    assert refusal.value.field == "name"
    assert rows("SELECT count(*) FROM dossiers_dossier") == [(0,)]


def test_the_day_is_the_local_one():
    enter(copies(), moment(24, 23, 59))
    enter(copies(), moment(25, 0, 1))
    assert [str(day) for (day,) in rows("SELECT day FROM certification_entry ORDER BY number")] == [
        "2026-08-24",
        "2026-08-25",
    ]


def test_what_a_visit_owes_is_taken_by_one_receipt():
    at = moment(24, 9)
    codes = [certified(order, at).row["code"] for order in (copies(), signature())]
    assert [row_of(code)["fee_open"] for code in codes] == [True, True]
    tender = Tender(means="cash", payer="Trần Văn Đức", given=20_000)
    taken = act("thuquy", moment(24, 9, 5), take, codes=codes, tender=tender, expected=14_000)
    assert taken.row["total"] == 14_000
    assert [row_of(code)["fee_open"] for code in codes] == [False, False]
    assert check().faults == ()
