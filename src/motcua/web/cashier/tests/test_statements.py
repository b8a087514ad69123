"""A bank's statement handed up at the desk: seen first, taken in once, by two people."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from tests.support.lives import opened
from tests.support.money_days import asked_online, came_in, do, fees
from tests.support.pages import visitor
from tests.support.statements import statements
from tests.support.streams import count
from tests.support.world import COMMUNE, OTHER_COMMUNE

from motcua.flows import online_money
from motcua.flows.statements import Fate, foresee
from motcua.kernel.errors import ClockStepped
from motcua.kernel.time import local, now
from motcua.payments.online import days_of
from motcua.payments.operations import incoming
from motcua.payments.ordering import Outcome, Source
from motcua.payments.statements import Line, read
from motcua.reactions import statements as taking_in

pytestmark = pytest.mark.django_db
TABLES = ("ledger_event", "payments_credit", "payments_receipt", "payments_statement")
HERE = "/payments/statements"


def browser(login="thuquy"):
    return visitor(login, at=now())


def written():
    return tuple(count(table) for table in TABLES)


def statement(*lines):
    today = f"{local(now()):%d/%m/%Y}"
    head = "Ngày,Số tiền,Nội dung,Mã giao dịch"
    told = "\n".join([head, *(f"{today},{amount},{text},{number}" for amount, text, number in lines)])
    return SimpleUploadedFile("sao-ke.csv", told.encode(), "text/csv")


def sent(client, path, **fields):
    return client.post(path, {"idempotency_key": str(uuid4()), **fields})


@pytest.fixture
def texts():
    """The texts of four orders of 10.000 đồng, and their dossiers."""
    codes = [opened(now()) for _ in range(4)]
    return codes, [asked_online(code, now()).order["text"] for code in codes]


def handed_up(*lines, client=None):
    """The page of a statement that the cashier hands up."""
    answer = sent(client or browser(), HERE, file=statement(*lines))
    return answer["Location"]


def confirmed(there, login="truongquay"):
    return sent(browser(login), there, deed="confirm")


def outcomes():
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, outcome FROM payments_credit WHERE source = 'bank' ORDER BY number")
        return dict(cursor.fetchall())


def test_each_line_is_foreseen_then_taken_in_once_however_often_the_file_comes(texts):
    codes, (fits, short, elsewhere, _open) = texts
    came_in(f"{elsewhere}01", number="P1", source=Source.PLATFORM, at=now())
    lines = (
        (10_000, f"CK {fits}", "FT1"), (9_000, short, "FT2"), (10_000, f"{elsewhere}01", "FT3"), (10_000, fits, "FT4"),
        (5_000, "khong ro", "FT5"), (-7_000, "chi", "FT6"), ("x", "hong", "FT7"), (5_000, "khong ro", "FT5"),
    )  # fmt: skip
    before = written()
    there = handed_up(*lines)
    assert written() == (before[0] + 1, *before[1:3], before[3] + 1), "kept, told once, and nothing else"
    for client in (browser(), browser("truongquay")):
        shown = client.get(there).text
        for said in ("Khớp, đã cấp biên lai", "Số tiền khác số phải nộp", "Cùng khoản đã ghi", "Nộp hai lần"):
            assert said in shown
        for said in ("Không rõ của hồ sơ nào", "Tiền ra, bỏ qua", "Dòng 8", "Đã nhập lần trước", codes[0]):
            assert said in shown
    assert confirmed(there).status_code == 302
    assert {state for _, _, state in fees(codes[0])} == {"paid"}
    assert {state for _, _, state in fees(codes[1])} == {"open"}
    assert outcomes() == {
        "FT1": Outcome.PAID,
        "FT2": Outcome.AMOUNT,
        "FT3": Outcome.SAME,
        "FT4": Outcome.TWICE,
        "FT5": Outcome.UNKNOWN,
    }
    after = written()
    confirmed(handed_up(*lines))
    told = written()
    assert told[1:3] == after[1:3], "no money is written twice"
    assert told[0] == after[0] + 2, "only that the file was handed up and confirmed again"


def test_what_each_line_did_stays_on_its_page_and_says_where_the_money_is_by_now(texts):
    codes, (fits, _short, _elsewhere, _open) = texts
    lines = ((10_000, fits, "FT1"), (10_000, "ai do", "FT2"), (-7_000, "chi", "FT3"), ("x", "hong", "FT4"))
    there = handed_up(*lines)
    confirmed(there)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed IS NULL FROM payments_statement")
        assert cursor.fetchall() == [(True,)], "the file is gone once all is seen to"
        cursor.execute("SELECT id FROM payments_credit WHERE number = 'FT2'")
        (credit,) = cursor.fetchone()
    page = browser().get(there).text
    for said in ("Đã ghi hết sao kê này", codes[0], "Khớp, đã cấp biên lai", "Không rõ của hồ sơ nào"):
        assert said in page
    for said in (
        "Tiền ra, bỏ qua",
        "Dòng 5: Số tiền “x” không phải số đồng nguyên",
        "1 dòng lỗi, không nhập",
    ):
        assert said in page
    assert codes[1] not in page
    sent(browser(), f"/payments/transfers/{credit}", deed="assign", code=codes[1])
    page = browser("truongquay").get(there).text
    assert codes[1] in page
    assert "đã tìm ra hồ sơ" in page
    again = browser().get(handed_up(*lines)).text
    assert codes[1] in again, "what a cashier found is known, and shown as such"
    assert again.count("Đã nhập lần trước") == 1 + 2, "in the totals once, and at each line"


def test_what_was_matched_or_assigned_by_hand_is_known_and_is_not_proposed_again(texts):
    codes, (text, other, *_rest) = texts
    at = now()
    platform = came_in(f"{text}01", number="P1", source=Source.PLATFORM, at=at)
    line = came_in("QT NTTT", number="FT1", at=at)
    do("thuquy", incoming.match, at, credit=line["id"], others=[platform["id"]])
    assigned = came_in("khong ro", number="FT2", at=at)
    do("thuquy", online_money.assign, at, credit=assigned["id"], code=codes[1])
    lines = ((10_000, "QT NTTT", "FT1"), (10_000, "khong ro", "FT2"), (10_000, f"{text}01", "FT3"))
    there = handed_up(*lines, (10_000, other, "FT4"))
    page = browser().get(there).text
    for said in (
        "đã ghép với nguồn kia",
        "đã tìm ra hồ sơ",
        codes[1],
        "Nộp hai lần",
        "Hồ sơ không còn nợ khoản này",
    ):
        assert said in page
    for never in ("Khớp, đã cấp biên lai", "Cùng khoản đã ghi từ nguồn kia", "Không rõ của hồ sơ nào"):
        assert never not in page
    confirmed(there)
    assert outcomes() | {"FT1": "", "FT2": ""} == {
        "FT1": "", "FT2": "", "FT3": Outcome.TWICE, "FT4": Outcome.NOT_OWED,
    }  # fmt: skip


def test_a_reference_that_comes_with_another_text_is_foreseen_as_refused():
    there = handed_up((10_000, "nop le phi", "F1"), (10_000, "nop le phi khac", "F1"))
    for _ in range(2):
        page = browser().get(there).text
        assert "1 dòng lỗi, không nhập" in page
        assert "đã có với lời chuyển khoản khác" in page
        confirmed(there)
    again = browser().get(handed_up((10_000, "nop le phi", "F1"), (10_000, "lan nua", "F1"))).text
    assert "1 dòng lỗi, không nhập" in again
    assert "Đã nhập lần trước" in again


def test_what_was_foreseen_is_what_became_of_each_line(texts):
    _, (one, two, _, _) = texts
    body = statement((10_000, one, "F1"), (10_000, one, "F2"), (1, two, "F3"), (3, "la", "F4")).read()
    lines = [line for line in read(body, days=days_of(COMMUNE, at=now())) if isinstance(line, Line)]
    fates = [one.fate for one in foresee(lines=lines, agency=COMMUNE)]
    became = [
        came_in(line.told, line.amount, number=line.number, at=now() + timedelta(seconds=n))["outcome"]
        for n, line in enumerate(lines)
    ]
    assert [fate.value for fate in fates] == became
    again = foresee(lines=lines, agency=COMMUNE)
    assert {one.fate for one in again} == {Fate.BEFORE}


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "Hãy chọn tệp sao kê"),
        (b"%PDF-1.4 no statement", "Dòng đầu phải có các cột"),
        ("Ngày,Số tiền,Nội dung,Mã giao dịch\n".encode(), "không có dòng tiền về"),
        ("Ngày,Số tiền,Nội dung,Mã giao dịch\n31/12/9999,1,x,FT1\n".encode(), "Dòng 2: Ngày 31/12/9999"),
        ("Ngày;Số tiền".encode("utf-16"), "không phải văn bản UTF-8"),
        (b"x" * 2_000_001, "lớn hơn 2 MB"),
    ],
    ids=["empty", "pdf", "no lines", "no day", "utf-16", "large"],
)
def test_what_is_no_statement_is_refused_with_how_to_mend_it(body, told):
    before = written()
    answer = sent(browser(), HERE, file=SimpleUploadedFile("a.csv", body))
    assert answer.status_code in (413, 422)
    assert told in answer.text
    assert written() == before


def test_lines_of_impossible_days_are_listed_and_the_others_taken_in(texts):
    codes, (fits, *_rest) = texts
    today = f"{local(now()):%d/%m/%Y}"
    early = f"{local(now()) - timedelta(days=10):%d/%m/%Y}"
    told = [
        f"{today},10000,{texts[1][0]},FT1",
        "31/12/9999,10000,x,FT2",
        "01/01/1970,10000,x,FT3",
        f"{early},10000,{texts[1][1]},FT4",
    ]
    body = "\n".join(["Ngày,Số tiền,Nội dung,Mã giao dịch", *told]).encode()
    there = sent(browser(), HERE, file=SimpleUploadedFile("a.csv", body))["Location"]
    for page in (
        lambda: browser().get(there).text,
        lambda: confirmed(there).headers and browser().get(there).text,
    ):
        shown = page()
        assert "3 dòng lỗi, không nhập" in shown
        for said in ("Dòng 3: Ngày 31/12/9999 ở sau hôm nay", "Dòng 4: Ngày 01/01/1970 quá cũ"):
            assert said in shown
        assert f"Dòng 5: Ngày {early} ở trước ngày lập lệnh nộp tiền" in shown
    assert outcomes() == {"FT1": Outcome.PAID}
    assert {state for _, _, state in fees(codes[1])} == {"open"}
    assert fits


def test_what_says_nothing_about_a_line_leaves_it_for_another_click(monkeypatch):
    there, second = handed_up(*((5_000, "la", f"FT{n}") for n in range(3))), browser("truongquay")

    def late(*, incoming, actor, at):
        if incoming.number == "FT1":
            raise ClockStepped("Máy chủ chậm.", "The server is slow.")
        return online_money.receive(incoming=incoming, actor=actor, at=at)

    monkeypatch.setattr(taking_in, "receive", late)
    answer = sent(second, there, deed="confirm")
    assert answer.status_code == 503
    assert "Máy chủ chậm" in answer.text
    assert "Còn 2 dòng chưa ghi" in answer.text
    monkeypatch.undo()
    assert sent(second, there, deed="go_on").status_code == 302
    assert list(outcomes()) == ["FT0", "FT1", "FT2"]
    assert "Đã ghi hết sao kê này" in second.get(there).text


def test_a_number_that_comes_again_with_another_sum_is_refused_by_name():
    came_in("la", 5_000, number="FT1", at=now())
    before = written()
    there = handed_up((6_000, "la", "FT1"), (7_000, "la", "FT2"), (8_000, "la", "FT2"))
    confirmed(there)
    page = browser().get(there).text
    assert "Dòng 2: Mã giao dịch này đã có với nội dung khác: 5.000 đồng" in page
    assert "Dòng 4: Mã giao dịch này đã có với nội dung khác: 7.000 đồng" in page
    assert written()[1] == before[1] + 1


@pytest.mark.parametrize("login", ["tiepnhan1", "chutich", "truongquay", "chutich.mauhai", "thanhtra"])
def test_only_the_cashier_hands_a_statement_up(login):
    before = written()
    assert sent(browser(login), HERE, file=statement((10_000, "x", "FT1"))).status_code == 403
    assert written() == before


@pytest.mark.parametrize("login", ["tiepnhan1", "chutich.mauhai", "vanthu.mauhai", "thanhtra", "kythuat"])
@pytest.mark.parametrize("deed", ["confirm", "withdraw", "go_on"])
def test_for_others_there_is_no_such_statement(login, deed, texts):
    there = handed_up((10_000, texts[1][0], "FT1"))
    other, before = browser(login), written()
    assert other.get(there).status_code == 404
    assert sent(other, there, deed=deed).status_code == 404
    assert written() == before


def test_nobody_confirms_what_they_handed_up_themselves(texts):
    client = browser()
    there, before = handed_up((10_000, texts[1][0], "FT1"), client=client), written()
    assert "Xác nhận và ghi" not in client.get(there).text
    answer = sent(client, there, deed="confirm")
    assert answer.status_code == 403
    assert "Cần người thứ hai để xác nhận sao kê" in answer.text
    assert sent(client, there, deed="go_on").status_code == 302
    assert written() == before
    assert {state for _, _, state in fees(texts[0][0])} == {"open"}


@pytest.mark.parametrize("login", ["truongquay", "chutich", "phochutich"])
def test_where_one_cashier_sits_alone_who_controls_or_leads_is_the_second(login, texts):
    there = handed_up((10_000, texts[1][0], "FT1"))
    assert "Xác nhận và ghi" in browser(login).get(there).text
    assert confirmed(there, login).status_code == 302
    assert {state for _, _, state in fees(texts[0][0])} == {"paid"}


def test_who_is_to_confirm_is_told_where_they_look_at_money(texts):
    there = handed_up((10_000, texts[1][0], "FT1"))
    for path in ("/payments/books", "/payments/transfers"):
        assert "1 sao kê ngân hàng chờ xác nhận" in browser("chutich").get(path).text
        assert "chờ xác nhận" not in browser().get(path).text, "their own waits for somebody else"
    confirmed(there)
    assert "1 sao kê ngân hàng chờ xác nhận" not in browser("chutich").get("/payments/books").text


@pytest.mark.parametrize("login", ["thuquy", "truongquay"])
def test_a_statement_that_is_dropped_does_nothing_and_its_file_is_gone(login, texts):
    there = handed_up((10_000, texts[1][0], "FT1"))
    before = written()
    assert sent(browser(login), there, deed="withdraw").status_code == 302
    assert "Sao kê này đã bỏ" in browser().get(there).text
    answer = confirmed(there)
    assert answer.status_code == 409
    assert "không còn chờ xác nhận" in answer.text
    assert written() == (before[0] + 1, *before[1:])
    assert "đã bỏ" in browser().get(HERE).text


def test_what_nobody_confirms_goes_after_two_weeks(texts):
    there = handed_up((10_000, texts[1][0], "FT1"))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE payments_statement SET expires_at = created_at - interval '1 second'")
    second, before = browser("truongquay"), written()
    assert second.get(there).status_code == 404
    assert there not in second.get(HERE).text
    assert sent(second, there, deed="confirm").status_code == 404
    assert written() == before


def test_two_clicks_take_it_in_once(texts):
    there, client = handed_up((10_000, texts[1][0], "FT1")), browser("truongquay")
    for _click in range(2):
        assert client.post(there, {"deed": "confirm", "idempotency_key": "one"}).status_code == 302
    assert (count("payments_credit"), count("payments_receipt")) == (1, 1)


@pytest.mark.usefixtures("also_cashier_next_door")
def test_a_cashier_of_two_agencies_says_for_which(texts):
    client, before = browser(), written()
    page = client.get(HERE).text
    assert "Xã Mẫu Hai" in page
    answer = sent(client, HERE, file=statement((10_000, texts[1][0], "FT1")))
    assert answer.status_code == 422
    assert "Hãy chọn một mục" in answer.text
    assert written() == before
    there = sent(client, HERE, file=statement((10_000, texts[1][0], "FT1")), agency=OTHER_COMMUNE)["Location"]
    assert "Xã Mẫu Hai" in client.get(there).text
    assert browser("truongquay").get(there).status_code == 404
    there = sent(client, HERE, file=statement((10_000, texts[1][0], "FT1")), agency=COMMUNE)["Location"]
    assert browser("truongquay").get(there).status_code == 200


def test_a_thousand_lines_cost_no_statement_each_and_are_read_by_pages():
    client, second = browser(), browser("truongquay")
    there = handed_up(*((5_000, "khong ro", f"FT{n}") for n in range(1_000)), client=client)
    second.get(there)
    with statements(most=14):
        page = second.get(there).text
    assert "Các dòng 1–50 trong 1000" in page
    assert "1000 dòng" in page
    assert "Các dòng 951–1000 trong 1000" in second.get(f"{there}?from=999").text
    assert confirmed(there).status_code == 302
    page = second.get(there).text
    assert "Còn 900 dòng chưa ghi" in page
    assert "đã xác nhận, chưa ghi hết" in second.get(HERE).text
    assert count("payments_credit") == 100
    assert sent(second, there, deed="go_on").status_code == 302
    assert count("payments_credit") == 200
    with statements(most=14):
        page = client.get(f"{there}?from=150").text
    assert "Các dòng 151–200 trong 1000" in page


def test_what_was_confirmed_is_taken_in_to_its_last_line_without_another_click():
    there = handed_up(*((5_000, "khong ro", f"FT{n}") for n in range(230)))
    assert taking_in.take_confirmed_in(clock=now) == 0, "nobody has confirmed it"
    confirmed(there)
    assert "Máy tự ghi tiếp phần còn lại" in browser().get(there).text
    assert [taking_in.take_confirmed_in(clock=now) for _round in range(3)] == [100, 30, 0]
    assert count("payments_credit") == 230
    assert "Đã ghi hết sao kê này" in browser().get(there).text


def test_a_thousand_known_lines_are_known_in_one_request():
    lines = [(5_000, "khong ro", f"FT{n}") for n in range(120)]
    there = handed_up(*lines)
    confirmed(there)
    sent(browser("truongquay"), there, deed="go_on")
    assert "Đã ghi hết sao kê này" in browser().get(there).text
    again, second = handed_up(*lines), browser("truongquay")
    with statements(most=30):
        assert sent(second, again, deed="confirm").status_code == 302
    assert "Đã ghi hết sao kê này" in second.get(again).text
