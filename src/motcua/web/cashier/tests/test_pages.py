"""The cashier's pages as people use them: found, taken, printed, crossed out, closed."""

import io
import re
import time
import unicodedata
import zipfile
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pypdfium2
import pytest
from django.db import connection
from tests.support.acts import act
from tests.support.lives import opened
from tests.support.money_days import AT, asked_back, book, closed, taken, written
from tests.support.pages import visitor
from tests.support.paid_slips import counted_lower, struck_out
from tests.support.streams import count
from tests.support.world import intake

from motcua.catalogue.fees import Quantities
from motcua.dossiers import owing
from motcua.flows import progress
from motcua.flows.reception import receive
from motcua.kernel.ids import uuid7
from motcua.kernel.time import now
from motcua.payments import selectors as paid

pytestmark = pytest.mark.django_db


def browser(login: str = "thuquy") -> Any:
    """Signed in at the tests' own moment: pages read the real clock, so what they write is live now."""
    return visitor(login, at=now())


def sent(client: Any, path: str, key: str = "", **fields: Any) -> Any:
    return client.post(path, {"idempotency_key": key or str(uuid4()), **fields})


def text_of(body: bytes) -> str:
    pages = pypdfium2.PdfDocument(body)
    return unicodedata.normalize("NFC", " ".join(page.get_textpage().get_text_range() for page in pages))


def test_a_scanned_receipt_leads_straight_to_its_money():
    code = opened(AT)
    answer = browser().post("/payments", {"words": code.lower()})
    assert (answer.status_code, answer["Location"]) == (302, f"/payments/take?code={code}")


def test_a_code_brings_its_whole_visit():
    visit = uuid7()
    codes = [
        act("tiepnhan1", AT, receive, intake=replace(intake(), visit=visit)).row["code"] for _ in range(3)
    ]
    other = opened(AT)
    page = browser().post("/payments", {"words": codes[0]}).text
    assert all(code in page for code in codes)
    assert other not in page


def test_a_name_is_found_without_accents_and_shown_masked():
    code = opened(AT, name=unicodedata.normalize("NFD", "Đặng Thị Hường"))
    page = browser().post("/payments", {"words": "dang thi huong"}).text
    assert code in page
    assert "Đặng T. H." in page
    assert "Hường" not in page


def test_money_is_taken_and_the_second_click_is_the_same_receipt():
    code, client = opened(AT), browser()
    path, key = f"/payments/take?code={code}", str(uuid4())
    form = {
        "means": "cash",
        "given": "50.000",
        "slip": "",
        "payer": "Nguyễn Thị Ánh Tuyết",
        "expected": "10000",
    }
    first, second = sent(client, path, key, **form), sent(client, path, key, **form)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    page = client.get(first["Location"]).text
    assert "BL-" in page
    assert "40.000 đồng" in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"given": "5000"}, "còn thiếu 5.000 đồng"),
        ({"given": "9,5"}, "Nhập số đồng bằng chữ số"),
        ({"given": "-1"}, "Nhập số đồng bằng chữ số"),
        ({"means": "card"}, "Hãy ghi số giao dịch"),
        ({"payer": ""}, "Hãy ghi người nộp tiền"),
        ({"expected": "8000"}, "Số phải thu nay là 10.000 đồng"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(wrong, said):
    code = opened(AT)
    before = written()
    form = {"means": "cash", "given": "", "slip": "", "payer": "Lê Văn Tám", "expected": "10000"} | wrong
    answer = sent(browser(), f"/payments/take?code={code}", **form)
    assert answer.status_code in (409, 422)
    assert said in answer.text
    assert written() == before
    if "payer" not in wrong:
        assert 'value="Lê Văn Tám"' in answer.text


def test_a_receipt_is_printed_in_three_parts_with_its_words():
    receipt = taken(opened(AT))
    answer = browser().get(f"/payments/receipts/{receipt['id']}.pdf")
    text = text_of(answer.content)
    assert text.count("BL-2026/0000001") >= 3
    assert "Mười nghìn đồng" in text
    assert "Liên 3" in text
    assert answer.content == browser("truongquay").get(f"/payments/receipts/{receipt['id']}.pdf").content


def test_a_voided_receipt_is_crossed_out_and_names_its_replacement():
    code, client = opened(now()), browser()
    receipt = taken(code, at=now())
    path = f"/payments/receipts/{receipt['id']}"
    assert sent(client, path, deed="void", reason="").status_code == 422
    assert sent(client, path, deed="fly").status_code == 422
    form = {
        "deed": "replace",
        "reason": "Sai tên",
        "means": "cash",
        "given": "",
        "slip": "",
        "payer": "Lê Văn B",
    }
    new = sent(client, path, **form)["Location"]
    assert "Thay cho một biên lai đã hủy" in client.get(new).text
    text = text_of(client.get(f"{path}.pdf").content)
    assert "ĐÃ HỦY" in text
    assert "thay bằng biên lai BL-" in text


def test_a_refund_goes_through_a_leader_to_its_voucher():
    code, client, leader = opened(now()), browser(), browser("chutich")
    receipt = taken(code, at=now())
    asking = {"deed": "refund", "charges": f"{code}|registration", "ground": "overcharged", "reason": "Nhầm."}
    page = f"/payments/receipts/{receipt['id']}"
    assert 'value="refund"' not in client.get(page).text
    assert sent(client, page, **asking).status_code == 409
    closed({10_000: 1}, at=now())
    path = sent(client, page, **asking)["Location"]
    paying = {"deed": "pay", "means": "cash", "slip": "", "recipient": "Bà Tuyết"}
    assert sent(client, path, **paying).status_code == 409
    assert client.get(f"{path}.pdf").status_code == 404
    assert sent(client, path, deed="approve").status_code == 403
    assert sent(leader, path, deed="approve").status_code == 302
    assert sent(client, path, **paying).status_code == 302
    assert "PC-" in text_of(client.get(f"{path}.pdf").content)


def test_the_form_proposes_what_was_taken_in_excess_and_no_other_amount():
    row, receipt = counted_lower(now())
    code, client, leader = row["code"], browser(), browser("chutich")
    page = f"/payments/receipts/{receipt}"
    shown = client.get(page).text
    assert f"{code}: 2.000 đồng (phần thu thừa, vì phí đã tính lại; đã thu 14.000 đồng)" in shown
    assert 'name="amount"' not in shown
    asking = {
        "deed": "refund",
        "charges": f"{code}|certification",
        "ground": "overcharged",
        "reason": "Gạch một số.",
        "amount": "14000",
    }
    answers = [sent(client, page, "one", **asking) for _ in range(2)]
    assert [a.status_code for a in answers] == [302, 302]
    assert count("payments_refund") == 1
    path = answers[0]["Location"]
    assert "Hoàn 2.000 đồng" in leader.get(path).text
    assert "(14.000 đồng)" in leader.get(path).text
    assert "hoàn 2.000 đồng" in client.get(page).text
    assert sent(leader, path, deed="approve").status_code == 302
    struck_out(1, at=now())
    paying = {"deed": "pay", "means": "cash", "slip": "", "recipient": "Lê Văn Tám"}
    assert sent(client, path, **paying).status_code == 409
    assert "đã tính lại" in sent(client, path, **paying).text
    assert 'value="decline"' not in client.get(path).text
    assert sent(leader, path, deed="decline", reason="Đã tính lại phí.").status_code == 302
    assert "không duyệt" in client.get(path).text


def test_a_day_is_closed_on_the_page_and_says_where_it_does_not_balance():
    client = browser()
    one, two = (
        taken(opened(now()), at=now()),
        taken(opened(now(), procedure="1.000656"), at=now()),
    )
    path = f"/payments/books/{one['book']}"
    short = sent(client, path, deed="close", note_10000="1")
    assert short.status_code == 422
    assert "thiếu 5.000 đồng" in short.text
    assert f"/payments/receipts/{two['id']}" in short.text
    said = {"deed": "close", "note_10000": "1", "faulty": str(two["id"]), "note": "Chưa thu."}
    assert sent(client, path, **said).status_code == 302
    page = client.get(path).text
    assert "Chưa thu." in page
    sheet = text_of(client.get(f"{path}.pdf").content)
    assert "-5.000" in sheet
    assert "Chênh lệch tại biên lai BL-" in sheet
    assert sent(client, path, **said).status_code == 409


def test_two_people_open_a_book_again():
    client, manager = browser(), browser("truongquay")
    taken(opened(now()), at=now())
    row = closed({10_000: 1}, at=now())
    path = f"/payments/books/{row['id']}"
    assert sent(manager, path, deed="close", note_10000="1").status_code == 403
    assert sent(client, path, deed="ask_reopening", reason="Đếm nhầm").status_code == 302
    assert sent(client, path, deed="reopen").status_code == 403
    assert sent(manager, path, deed="reopen").status_code == 302
    assert book()["id"] == row["id"]


def test_what_was_paid_and_then_withdrawn_is_proposed_to_go_back():
    code = opened(AT)
    taken(code)
    act("tiepnhan1", AT, progress.withdraw, code=code, shown_by="signed_paper")
    page = browser().get("/payments").text
    assert "Đã nộp tiền nhưng hồ sơ kết thúc không có kết quả" in page
    assert "BL-2026/0000001" in page


def linked(page: str, ends: str) -> str:
    """The address of the page's link whose mark `ends` it."""
    found = [href for href in re.findall(r'href="([^"]*)"', page) if ends in href]
    return str(found[-1]).replace("&amp;", "&") if found else ""


def test_what_is_to_go_back_is_read_page_by_page_to_its_end(monkeypatch):
    monkeypatch.setattr(owing, "PAGE", 2)
    codes = [opened(AT) for _ in range(3)]
    for code in codes:
        taken(code)
        act("tiepnhan1", AT, progress.withdraw, code=code, shown_by="signed_paper")
    client = browser()
    first = client.get("/payments").text
    assert [code in first for code in codes] == [False, True, True]
    second = client.get(f"/payments{linked(first, 'back=')}").text
    assert [code in second for code in codes] == [True, False, False]
    assert linked(second, "back=") == ""
    assert 'href="/payments#back_title"' in second


def test_refunds_that_wait_are_read_page_by_page_to_their_end(monkeypatch):
    monkeypatch.setattr(paid, "PAGE", 2)
    codes = [opened(AT) for _ in range(3)]
    receipt = taken(*codes)["id"]
    closed({10_000: 3})
    refunds = [f"/payments/refunds/{asked_back(receipt, code)['id']}" for code in codes]
    client = browser()
    first = client.get("/payments/refunds").text
    assert [f'"{refund}"' in first for refund in refunds] == [True, True, False]
    second = client.get(f"/payments/refunds{linked(first, 'after=')}").text
    assert [f'"{refund}"' in second for refund in refunds] == [False, False, True]
    assert client.get("/payments/refunds?after=x").status_code == 200


@pytest.mark.parametrize("login", ["tiepnhan1", "tuphap1", "truongquay", "chutich", "thanhtra"])
def test_nobody_else_takes_money_on_a_page(login):
    code = opened(AT)
    before = written()
    form = {"means": "cash", "given": "", "slip": "", "payer": "x", "expected": "10000"}
    assert sent(browser(login), f"/payments/take?code={code}", **form).status_code == 403
    assert written() == before


def many(count: int) -> None:
    """`count` more lines in the open book, written straight: how reading behaves, not how they come to be."""
    first = taken(opened(AT))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO payments_receipt SELECT gen_random_uuid(), agency, book, series, year, number + n, at, means,"
            " total, given, slip, payer, cashier, replaces, replaced_by, voided_at, voided_by, void_why, head_seq,"
            " head_hash, head_at FROM payments_receipt, generate_series(1, %s) n WHERE id = %s",
            [count, first["id"]],
        )
        cursor.execute(
            "INSERT INTO payments_line (receipt, n, reference, charge, rule, amount, standing, payee)"
            " SELECT id, 1, 'X-' || number, 'registration', 'registration', 10000, true, '' FROM payments_receipt"
            " WHERE id <> %s",
            [first["id"]],
        )


def test_a_thousand_receipts_are_paged():
    many(1_000)
    client, path, seen = browser(), f"/payments/books/{book()['id']}", set()
    after, pages = None, 0
    while True:
        page = paid.receipts_of(book()["id"], after=after)
        seen |= {row["number"] for row in page.rows}
        pages += 1
        if page.following is None:
            break
        after = page.following
    assert (len(seen), pages) == (1_001, 21)
    first = client.get(path)
    assert "Trang sau" in first.text or "after=" in first.text


def test_ten_thousand_lines_are_exported_in_a_moment():
    many(10_000)
    began = time.perf_counter()
    answer = browser().get("/payments/receipts.xlsx?agency=H99.01.01&first=2026-08-24&last=2026-08-24")
    took = time.perf_counter() - began
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book_file:
        sheet = book_file.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row ") == 10_002
    assert took < 15, "5 s on a machine of its own (design, section 12)"


@pytest.mark.parametrize(
    "window",
    [
        "first_0=31&first_1=2&first_2=2026",
        "first=x&last=y",
        "first=2026-08-24&last=2026-08-01",
        "first=2020-01-01&last=2026-01-01",
    ],
)
def test_a_window_that_is_none_is_refused(window):
    assert browser().get(f"/payments/receipts.xlsx?{window}").status_code == 422


def test_pages_nobody_counted_are_not_a_council_s_missing_decision():
    copies = intake("2.000815", "general")
    code = act("tiepnhan1", AT, receive, intake=replace(copies, quantities=Quantities())).row["code"]
    page = browser().post("/payments", {"words": code[:-1]}).text
    for shown in (page, browser().get(f"/payments/take?code={code}").text):
        assert "chưa ghi số trang, số bản" in shown
        assert "chưa có mức thu" not in shown
    assert "phụ trách quầy nhập ở hồ sơ" in page
    assert "chưa ghi số trang, số bản" in browser("truongquay").get(f"/dossiers/{code}/set_fee").text
