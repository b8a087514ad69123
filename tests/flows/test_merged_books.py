"""The cash and certification books of a merged agency end at its successor."""

from dataclasses import replace

import pytest
from django.db import connection

from motcua.agencies.models import Appointment, Position, Unit
from motcua.certification import operations as books
from motcua.cli import ledger
from motcua.flows import day_books, money, settlements
from motcua.flows.reception import receive
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from motcua.kernel.ids import uuid7
from motcua.kernel.time import now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.payments import settling
from motcua.payments.operations import Count
from motcua.payments.operations.settlements import agrees
from motcua.payments.record import rows
from tests.flows.test_mergers import AFTER, BEFORE, merge, take_over
from tests.support import certification as certifications
from tests.support.acts import act, moment
from tests.support.bundle import brought
from tests.support.certification import book_of, certified, copies, signature
from tests.support.combined_answers import BIRTH, answered
from tests.support.lives import opened, plain
from tests.support.money_days import closed, do, taken
from tests.support.pages import plain_static, visitor
from tests.support.world import COMMUNE, OTHER_COMMUNE, POLICE, intake, logins, viewer

pytestmark = pytest.mark.django_db
DEPARTMENT = "H99.10"


def seat_of(agency, login, kind="cashier"):
    """Somebody of `agency` gets a seat of `kind` there."""
    unit = Unit.objects.get(agency=agency, is_desk=True)
    seat = Position.objects.create(
        id=uuid7(), unit=unit, code=f"{kind}.new", position_kind=kind, name="Thủ quỹ"
    )
    Appointment.objects.create(
        id=uuid7(), account_id=logins()[login], position=seat, valid_from=moment(20, 8)
    )


def received_for(procedure=""):
    """The code of a dossier of Xã Mẫu with a fee for its police, or one that it received for Xã Mẫu Hai."""
    if procedure:
        row = plain(brought(replace(intake(procedure), form=answered()), moment(24, 8, 59)))
    else:
        row = act("tiepnhan1", moment(24, 9), receive, intake=intake(competent=OTHER_COMMUNE)).row
    for charge in row["fees"]:
        if charge["amount"] is None:
            fee = {"charge": charge["charge"], "amount": 10_000, "decision": "12/2025/NQ-HĐND"}
            act("truongquay", moment(24, 9), money.set_fee, code=row["code"], **fee)
    return str(row["code"])


def as_cashier(login, at, flow, **arguments):
    who = viewer(login, at=at)
    cashier = who.actor(next(c for c in who.capacities if c.kind == "cashier"))
    with unit_of_work(actor=cashier, at=at, request=Request.fresh(), origin="simulated"):
        return flow(actor=cashier, at=at, **arguments)


def test_the_day_s_cash_is_counted_and_handed_in_at_the_successor():
    taken(opened(moment(24, 9)))
    seat_of(OTHER_COMMUNE, "vanthu.mauhai")
    (book,) = rows("SELECT * FROM payments_book", [])
    count = {"notes": {10_000: 1}, "note": "Đếm cùng thủ quỹ cũ."}
    with pytest.raises(Denied):  # before its day it is nobody else's
        as_cashier("vanthu.mauhai", BEFORE, day_books.close_book, book=book["id"], count=Count(**count))
    merge()
    take_over()
    with pytest.raises(Invalid) as refusal:  # nothing stays in a box that nobody opens again
        as_cashier("vanthu.mauhai", AFTER, day_books.close_book, book=book["id"], count=Count(**count))
    assert refusal.value.field == "handed_in"
    assert rows("SELECT closed_at FROM payments_book", []) == [{"closed_at": None}]
    whole = Count(**count, handed_in=10_000)
    closed = as_cashier("vanthu.mauhai", AFTER, day_books.close_book, book=book["id"], count=whole).row
    assert (closed["agency"], closed["closed_at"]) == (COMMUNE, AFTER)
    if closed["seconded"]:
        act("chutich.mauhai", AFTER, day_books.confirm_closing, book=book["id"])
    assert ledger.check() == 0


def test_what_was_collected_for_others_is_settled_by_the_successor_under_the_old_numbers():
    """Xã Mẫu collected for its police and for Xã Mẫu Hai, and goes up in Xã Mẫu Hai: what it had closed is confirmed,
    sent and received there; what it had not, the successor settles; what was the successor's is its own now."""
    kept, left, own = (received_for(procedure) for procedure in (BIRTH, BIRTH, ""))
    taken(kept)
    closed({10_000: 0}, at=moment(24, 15), note="Chưa đếm.")
    before = do("thuquy", settlements.close, moment(24, 15, 5), payee=POLICE)
    taken(left, own, at=moment(24, 15, 30))
    seat_of(OTHER_COMMUNE, "vanthu.mauhai")
    merge()
    told = {"slip": "UNC 9", "on": AFTER.date()}
    for flow, more in ((settlements.confirm, {}), (settlements.send, told)):
        with pytest.raises(Denied):  # before its day it is nobody else's
            act("chutich.mauhai", BEFORE, flow, settlement=before["id"], **more)
    take_over()
    act("chutich.mauhai", AFTER, settlements.confirm, settlement=before["id"])
    as_cashier("vanthu.mauhai", AFTER, settlements.send, settlement=before["id"], **told)
    done = act(
        "truongcongan", AFTER, settlements.receive, settlement=before["id"], amount=before["total"]
    ).row
    assert (done["agency"], done["series"], done["number"], done["day"]) == (
        COMMUNE, before["series"], before["number"], before["day"],
    )  # fmt: skip

    book = rows("SELECT id FROM payments_book WHERE closed_at IS NULL", [])[0]["id"]
    count = Count(notes={10_000: 2}, note="Đếm cùng thủ quỹ cũ.", handed_in=20_000)
    if as_cashier("vanthu.mauhai", AFTER, day_books.close_book, book=book, count=count).row["seconded"]:
        act("chutich.mauhai", AFTER, day_books.confirm_closing, book=book)
    there = viewer("vanthu.mauhai", at=AFTER)
    assert settling.unsettled(agency=COMMUNE, viewer=there, on=AFTER.date()) == []
    (one,) = settling.unsettled(agency=OTHER_COMMUNE, viewer=there, on=AFTER.date())
    assert (one.payee, one.taken) == (POLICE, before["total"]), "what was the successor's is its own"
    with pytest.raises(NotAllowedNow):
        as_cashier("vanthu.mauhai", AFTER, settlements.close, payee=OTHER_COMMUNE)
    after = as_cashier("vanthu.mauhai", AFTER, settlements.close, payee=POLICE).row
    assert (after["agency"], after["total"]) == (OTHER_COMMUNE, before["total"])
    assert [line["reference"] for line in settling.lines_of(after["id"])] == [left]
    assert ledger.check() == 0


def test_what_others_collected_for_the_predecessor_is_its_successor_s():
    """Xã Mẫu Hai, for whom Xã Mẫu collected, goes up in the department: one settlement is closed before the day, one
    after it, and the department says of both how much came."""
    first, second = received_for(), received_for()
    taken(first)
    closed({10_000: 1}, at=moment(24, 15))
    before = do("thuquy", settlements.close, moment(24, 15, 5), payee=OTHER_COMMUNE)
    taken(second, at=moment(24, 15, 30))
    seat_of(DEPARTMENT, "tiepnhan.soxaydung", "justice_officer")
    merge(predecessor=OTHER_COMMUNE, successor=DEPARTMENT)
    take_over()
    closed({10_000: 2}, at=AFTER)
    (one,) = settling.unsettled(agency=COMMUNE, viewer=viewer("thuquy", at=AFTER), on=AFTER.date())
    assert (one.payee, one.taken) == (DEPARTMENT, 10_000)
    after = do("thuquy", settlements.close, AFTER, payee=OTHER_COMMUNE)
    assert after["payee"] == DEPARTMENT
    for key in (before["id"], after["id"]):
        do("truongquay", settlements.confirm, AFTER, settlement=key)
        do("thuquy", settlements.send, AFTER, settlement=key, slip="UNC 10", on=AFTER.date())
        with plain_static():
            page = visitor("giamdoc.soxaydung", at=now())
            assert "Xác nhận số tiền thực nhận" in page.get(f"/payments/settlements/{key}").text
            told = {"idempotency_key": str(uuid7()), "deed": "receive", "amount": "10000", "note": ""}
            assert page.post(f"/payments/settlements/{key}", told).status_code == 302
        assert agrees(settling.settlement(key, viewer=viewer("thuquy", at=AFTER)))
    assert ledger.check() == 0


def test_a_certification_book_is_closed_with_its_last_number_at_the_successor():
    certified(copies(("citizen_card", 1, 3), name="Nguyễn Thị Ánh Tuyết"), moment(24, 9))
    certifications.enter(signature(), moment(24, 9, 5))
    book, other = book_of(), book_of("signature")
    with pytest.raises(NotFound):
        act("chutich.mauhai", BEFORE, books.close_year, book=book)
    merge()
    take_over()
    act("chutich.mauhai", AFTER, books.close_year, book=book)
    with pytest.raises(NotAllowedNow, match="chưa ký"):
        act("chutich.mauhai", AFTER, books.close_year, book=other)
    strike = {"number": 1, "what": "void", "new": "", "reason": "Ghi lại ở sổ của cơ quan mới."}
    act("tiepnhan1.mauhai", AFTER, books.correct, book=other, **strike)
    act("chutich.mauhai", AFTER, books.close_year, book=other)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT last FROM certification_book WHERE agency = %s AND closed_at IS NOT NULL", [COMMUNE]
        )
        assert sorted(cursor.fetchall()) == [(1,), (1,)]
    assert ledger.check() == 0


def test_money_the_predecessor_took_is_voided_and_given_back_at_the_successor():
    one, two = opened(moment(24, 9)), opened(moment(24, 9))
    first, second = taken(one), taken(two)
    seat_of(OTHER_COMMUNE, "vanthu.mauhai")
    asking = {"charges": [(two, "registration")], "ground": "overcharged", "reason": "Thu nhầm."}
    merge()
    with pytest.raises(Denied):  # before its day it is nobody else's
        as_cashier("vanthu.mauhai", BEFORE, money.void, receipt=first["id"], reason="Thu nhầm.")
    take_over()
    with pytest.raises(NotAllowedNow):  # its book is not counted yet
        as_cashier("vanthu.mauhai", AFTER, money.ask_refund, receipt=second["id"], **asking)
    as_cashier("vanthu.mauhai", AFTER, money.void, receipt=first["id"], reason="Thu nhầm.")
    count = Count(notes={10_000: 1}, note="Đếm cùng thủ quỹ cũ.", handed_in=10_000)
    as_cashier("vanthu.mauhai", AFTER, day_books.close_book, book=second["book"], count=count)
    asked = as_cashier("vanthu.mauhai", AFTER, money.ask_refund, receipt=second["id"], **asking).row
    act("chutich.mauhai", AFTER, money.decide_refund, refund=asked["id"], agreed=True)
    given = {"refund": asked["id"], "means": "cash", "recipient": "Nguyễn Thị Ánh Tuyết"}
    as_cashier("vanthu.mauhai", AFTER, money.pay_refund, **given)
    books_of = rows("SELECT agency, cash_in FROM payments_book ORDER BY opened_at, agency", [])
    assert [book["agency"] for book in books_of] == [COMMUNE, OTHER_COMMUNE]
    found = rows("SELECT agency, book FROM payments_refund", [])
    assert found[0]["agency"] == OTHER_COMMUNE
    assert found[0]["book"] != second["book"]
    assert ledger.check() == 0


def test_the_predecessor_s_book_is_counted_and_its_pad_closed_on_the_successor_s_pages():
    at = now()
    receipt = taken(opened(moment(24, 9)))
    seat_of(OTHER_COMMUNE, "vanthu.mauhai")
    seat_of(OTHER_COMMUNE, "tiepnhan1.mauhai", "desk_manager")
    merge()
    take_over()
    with plain_static():
        client, path = visitor("vanthu.mauhai", at=at), f"/payments/books/{receipt['book']}"
        count = {"deed": "close", "note_10000": "1", "note": "Đếm cùng thủ quỹ cũ."}
        kept = client.post(path, {"idempotency_key": str(uuid7()), **count, "handed_in": "0"})
        assert kept.status_code == 422
        assert "nộp hết tiền trong két" in kept.text
        assert (
            client.post(path, {"idempotency_key": str(uuid7()), **count, "handed_in": "10000"}).status_code
            == 302
        )
        assert 'value="close"' not in client.get(path).text
        manager = visitor("tiepnhan1.mauhai", at=at)
        (pad,) = rows("SELECT id, first, last FROM pads_pad WHERE agency = %s", [COMMUNE])
        assert str(pad["id"]) in manager.get("/pads").text
        for login, status in (("chutich.mauhai", 403), ("tiepnhan1.mauhai", 302), ("tiepnhan1.mauhai", 409)):
            closing = {"idempotency_key": str(uuid7()), "close": str(pad["id"])}
            assert visitor(login, at=at).post("/pads", closing).status_code == status
            if status == 403:
                assert rows("SELECT 1 FROM pads_sheet WHERE pad_id = %s", [pad["id"]]) == []
        sheets = rows("SELECT DISTINCT state, ground FROM pads_sheet WHERE pad_id = %s", [pad["id"]])
        assert sheets == [{"state": "void", "ground": "merged"}]
        assert str(pad["id"]) not in manager.get("/pads").text
    assert ledger.check() == 0
