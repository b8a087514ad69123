"""Papers taken in with a slip: numbered once, let go with their dossier, waiting again once their numbers are out."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from pypdfium2 import PdfDocument

from motcua.certification import operations as books, selectors
from motcua.certification.pricing import Line
from motcua.flows import certification as flow, money, progress
from motcua.flows.certification_orders import Order
from motcua.kernel.errors import NotAllowedNow, NotFound
from motcua.kernel.time import ZONE
from motcua.ledger.selectors import check, history
from motcua.parties.operations import Particulars
from motcua.reactions.certification import let_papers_go
from motcua.web.common.pdf.render import render_receipt
from motcua.web.counter.receipt import receipt_facts
from tests.support.acts import act, moment
from tests.support.certification import CHAIR, book_of, copies, enter, hand_over, transaction
from tests.support.lives import row_of
from tests.support.world import COMMUNE, logins, viewer

pytestmark = pytest.mark.django_db
AT, LATER = moment(24, 9), moment(24, 10)
MINUTE = timedelta(minutes=1)


def taken_in(at: datetime = AT) -> dict[str, Any]:
    order = copies(("land", 4, 2), ("birth", 1, 1), name="Lê Văn Tám", signer=None)
    row: dict[str, Any] = act("tiepnhan1", at, flow.take_in, order=order).row
    return row


def numbered(dossier: UUID, at: datetime = LATER) -> list[int]:
    entered = act("tiepnhan1", at, flow.enter_waiting, dossier=dossier, signer=logins()[CHAIR])
    return [entry.number for entry in entered.entries]


def struck_out(number: int, at: datetime = LATER) -> None:
    told = {"what": "void", "new": "", "reason": "In hỏng."}
    act("tiepnhan1", at, flow.correct, book=book_of(), number=number, **told)


def waits() -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT dossier FROM certification_waiting")
        return [dossier for (dossier,) in cursor.fetchall()]


def events() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_event")
        return int(cursor.fetchone()[0])


def withdrawn() -> dict[str, Any]:
    row = taken_in()
    act("tiepnhan1", AT + MINUTE, progress.withdraw, code=row["code"], shown_by="signed_paper")
    return row


def followed(row: dict[str, Any]) -> None:
    last = history(row["id"])[-1]
    let_papers_go(last, position=last.seq, clock=lambda: AT + 2 * MINUTE)


@pytest.mark.parametrize(
    ("kind", "paper"), [("signature", "cv"), ("translator", "translation"), ("register_copy", "extract")]
)
def test_papers_of_every_kind_are_taken_in_with_a_slip(kind, paper):
    asked = Particulars(name="Lê Văn Tám", paper="citizen_id", number="099190000025")
    order = Order(agency=COMMUNE, kind=kind, lines=(Line(paper=paper),), asked=asked)
    row = act("tiepnhan1", AT, flow.take_in, order=order).row
    assert waits() == [row["id"]]


def test_papers_of_a_dossier_that_ended_get_no_number():
    row = withdrawn()
    before = events()
    with pytest.raises(NotAllowedNow):
        numbered(row["id"])
    assert (events(), waits()) == (before, [row["id"]])


def test_papers_of_a_dossier_that_ended_are_let_go_once_and_the_year_closes():
    row = withdrawn()
    followed(row)
    after = events()
    followed(row)
    assert (waits(), events()) == ([], after)
    act(CHAIR, datetime(2026, 12, 31, 16, tzinfo=ZONE), books.close_year, book=book_of())
    assert check().faults == ()


def test_papers_of_an_open_dossier_are_not_let_go():
    row = taken_in()
    before = events()
    followed(row)
    assert (waits(), events()) == ([row["id"]], before)


def test_papers_wait_again_once_the_last_of_their_numbers_is_struck_out():
    row = taken_in()
    assert numbered(row["id"]) == [1, 2]
    struck_out(1)
    assert waits() == []
    struck_out(2)
    held = selectors.waiting(row["id"], agency=COMMUNE)
    assert (held.code, held.due_at) == (row["code"], row["due_at"])
    assert numbered(row["id"], LATER + MINUTE) == [3, 4]
    hand_over(row["id"], LATER + 2 * MINUTE)
    papers = selectors.papers_of(row["id"], viewer=viewer("tiepnhan1", at=AT))
    assert [(p.number, p.paper, p.pages, p.count, p.fee, p.state) for p in papers] == [
        (1, "land", 4, 2, 12_000, "void"),
        (2, "birth", 1, 1, 2_000, "void"),
        (3, "land", 4, 2, 12_000, "signed"),
        (4, "birth", 1, 1, 2_000, "signed"),
    ]
    assert {p.told["name"] for p in papers} == {"Lê Văn Tám"}
    assert (waits(), row_of(row["code"])["state"]) == ([], "returned")
    assert check().faults == ()


def charge(code: str) -> dict[str, Any]:
    (found,) = json.loads(row_of(code)["fees"])
    return dict(found)


def test_a_number_struck_out_of_a_slip_costs_nothing_and_shows_on_it():
    row = taken_in()
    numbered(row["id"])
    before = receipt_facts(row["code"], viewer=viewer("tiepnhan1"))
    assert "14.000 đồng" in before.fee
    struck_out(2)
    assert (charge(row["code"])["amount"], row_of(row["code"])["fee_total"]) == (12_000, 12_000)
    slip = receipt_facts(row["code"], viewer=viewer("tiepnhan1"))
    assert [(line.name.split(" (")[0], line.originals, line.struck) for line in slip.components] == [
        ("Giấy chứng nhận quyền sử dụng đất", 1, False),
        ("Giấy khai sinh", 0, True),
    ]
    assert "12.000 đồng" in slip.fee
    text = " ".join(page.get_textpage().get_text_range() for page in PdfDocument(render_receipt(slip)))
    assert "gạch bỏ" in text
    struck_out(1)  # and with the last one all wait again
    again = receipt_facts(row["code"], viewer=viewer("tiepnhan1"))
    assert (again.components, again.fee) == (before.components, before.fee)
    assert numbered(row["id"], LATER + MINUTE) == [3, 4]
    assert receipt_facts(row["code"], viewer=viewer("tiepnhan1")).components == before.components
    assert check().faults == ()


def test_what_was_paid_before_is_put_right_before_the_papers_are_handed_over():
    row = taken_in()
    numbered(row["id"])
    tender = {"means": "cash", "payer": "Lê Văn Tám", "given": 20_000}
    act("thuquy", LATER, money.pay, code=row["code"], **tender)
    receipt = UUID(charge(row["code"])["receipt"])
    struck_out(2, LATER + MINUTE)
    assert (charge(row["code"])["state"], charge(row["code"])["recounted"]) == ("paid", 12_000)
    said = receipt_facts(row["code"], viewer=viewer("tiepnhan1")).fee
    assert "12.000 đồng, đã nộp" in said
    assert "14.000 đồng" in said
    before = events()
    with pytest.raises(NotAllowedNow, match="hủy biên lai"):
        hand_over(row["id"], LATER + 2 * MINUTE)
    assert events() == before
    act("thuquy", LATER + 2 * MINUTE, money.void, receipt=receipt, reason="Thu thừa.")
    assert (charge(row["code"])["state"], charge(row["code"])["amount"]) == ("open", 12_000)
    hand_over(row["id"], LATER + 3 * MINUTE)
    assert check().faults == ()


def test_numbers_struck_out_of_a_dossier_that_ended_bring_nothing_back():
    row = taken_in()
    numbered(row["id"])
    act("tiepnhan1", LATER + MINUTE, progress.withdraw, code=row["code"], shown_by="signed_paper")
    struck_out(1, LATER + 2 * MINUTE)
    struck_out(2, LATER + 2 * MINUTE)
    assert waits() == []


def test_numbered_papers_are_not_numbered_again():
    row = taken_in()
    numbered(row["id"])
    before = events()
    with pytest.raises(NotFound):
        numbered(row["id"], LATER + MINUTE)
    assert events() == before


@pytest.mark.parametrize("what", ["pages", "count"])
def test_what_a_fee_follows_from_is_not_corrected_before_the_signature(what):
    entered = enter(copies(("citizen_card", 1, 3)), AT)
    before = events()
    told = {"what": what, "new": "200", "reason": "Nhầm."}
    with pytest.raises(NotAllowedNow, match="gạch bỏ"):
        act("tiepnhan1", LATER, flow.correct, book=book_of(), number=1, **told)
    assert events() == before
    struck_out(1)
    with pytest.raises(NotAllowedNow):
        hand_over(entered.dossier, LATER)


@pytest.mark.parametrize("slip", [False, True])
def test_a_clause_is_signed_on_the_day_it_names(slip):
    dossier = taken_in()["id"] if slip else enter(copies(), AT).dossier
    if slip:
        numbered(dossier, AT)
    before = events()
    for at in (moment(25, 8), AT + timedelta(days=200)):
        with pytest.raises(NotAllowedNow, match="24/08/2026"):
            hand_over(dossier, at)
    assert events() == before
    hand_over(dossier, moment(24, 23, 59))


def test_a_number_that_stands_under_the_next_day_is_signed_on_that_day_and_not_before():
    hand_over(enter(copies(), AT).dossier, AT)
    act("tiepnhan1", LATER, books.close_day, book=book_of(), day=LATER.date())
    late = enter(copies(), moment(24, 16))
    before = events()
    with pytest.raises(NotAllowedNow, match="25/08/2026"):
        hand_over(late.dossier, moment(24, 16, 30))
    assert events() == before
    hand_over(late.dossier, moment(25, 8))
    assert check().faults == ()


def test_a_slip_that_comes_to_nothing_waits_for_no_payer_any_more():
    order = transaction("mortgage", "mortgage_rural", signer=None)
    row = act("tiepnhan1", AT, flow.take_in, order=order).row
    numbered(row["id"])
    act("tiepnhan1", LATER, money.request_payment, code=row["code"], charges=["certification"])
    told = {"what": "void", "new": "", "reason": "In hỏng."}
    act("tiepnhan1", LATER + MINUTE, flow.correct, book=book_of("transaction"), number=1, **told)
    assert (charge(row["code"])["state"], row_of(row["code"])["state"]) == ("nothing", row["state"])
    hand_over(row["id"], LATER + 2 * MINUTE)
    assert row_of(row["code"])["state"] == "returned"
    assert check().faults == ()


def test_what_was_corrected_before_all_is_struck_out_is_what_is_numbered_again():
    order = transaction("mortgage", "gift", detail="thửa 12", signer=None)
    row = act("tiepnhan1", AT, flow.take_in, order=order).row
    numbered(row["id"])
    told = {"book": book_of("transaction"), "reason": "Ghi nhầm."}
    for name in ("Bà Sai", "Bà Đúng"):
        act("tiepnhan1", LATER, flow.correct, number=1, what="parties", new=name, **told)
    act("tiepnhan1", LATER, flow.correct, number=2, what="paper", new="sale", **told)
    for number in (1, 2):
        act("tiepnhan1", LATER, flow.correct, number=number, what="void", new="", **told)
    assert numbered(row["id"], LATER + MINUTE) == [3, 4]
    old, _, one, two = selectors.papers_of(row["id"], viewer=viewer("tiepnhan1"))
    assert (one.now("parties"), one.now("paper"), one.detail) == ("Bà Đúng", "mortgage", "thửa 12")
    assert (two.now("parties"), two.now("paper")) == (old.first("parties"), "sale")
    assert old.first("parties") != "Bà Đúng"
    hand_over(row["id"], LATER + MINUTE)
    assert check().faults == ()


def test_a_corrected_name_stays_with_the_papers_that_wait_again():
    row = taken_in()
    numbered(row["id"])
    told = {"what": "name", "new": "Lê Văn Tâm", "reason": "Sai dấu."}
    act("tiepnhan1", LATER, flow.correct, book=book_of(), number=1, **told)
    struck_out(1)
    struck_out(2)
    numbered(row["id"], LATER + MINUTE)
    papers = selectors.papers_of(row["id"], viewer=viewer("tiepnhan1"))
    assert [p.now("name") for p in papers] == ["Lê Văn Tâm", "Lê Văn Tám", "Lê Văn Tâm", "Lê Văn Tám"]
    assert check().faults == ()
