"""A bank's statement handed up at the desk: seen first, taken in once; and the day held against it."""

import csv
import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from tests.support.lives import opened
from tests.support.money_days import asked_online, came_in, fees
from tests.support.pages import visitor
from tests.support.streams import count
from tests.support.world import COMMUNE, viewer

from motcua.flows.statements import Fate, foresee
from motcua.kernel.time import local, now
from motcua.payments import online
from motcua.payments.ordering import Outcome, Source
from motcua.payments.statements import Line, read

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


def test_each_line_is_foreseen_then_taken_in_once_however_often_the_file_comes(texts):
    codes, (fits, short, elsewhere, _open) = texts
    came_in(f"{elsewhere}01", number="P1", source=Source.PLATFORM, at=now())
    lines = (
        (10_000, f"CK {fits}", "FT1"), (9_000, short, "FT2"), (10_000, f"{elsewhere}01", "FT3"), (10_000, fits, "FT4"),
        (5_000, "khong ro", "FT5"), (-7_000, "chi", "FT6"), ("x", "hong", "FT7"), (5_000, "khong ro", "FT5"),
    )  # fmt: skip
    client, before = browser(), written()
    there = sent(client, HERE, file=statement(*lines))["Location"]
    assert written() == (*before[:3], before[3] + 1), "kept, and nothing else"
    shown = client.get(there).text
    for said in ("Khớp, đã cấp biên lai", "Số tiền khác số phải nộp", "Cùng khoản đã ghi", "Nộp hai lần"):
        assert said in shown
    for said in ("Không rõ của hồ sơ nào", "Tiền ra, bỏ qua", "Dòng 8", "Đã nhập lần trước", codes[0]):
        assert said in shown
    sent(client, there)
    assert {state for _, _, state in fees(codes[0])} == {"paid"}
    assert {state for _, _, state in fees(codes[1])} == {"open"}
    assert "Đã ghi hết sao kê này" in client.get(there).text
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, outcome FROM payments_credit WHERE source = 'bank' ORDER BY number")
        outcomes = dict(cursor.fetchall())
    assert outcomes == {
        "FT1": Outcome.PAID,
        "FT2": Outcome.AMOUNT,
        "FT3": Outcome.SAME,
        "FT4": Outcome.TWICE,
        "FT5": Outcome.UNKNOWN,
    }
    after = written()
    again = sent(client, HERE, file=statement(*lines))["Location"]
    sent(client, again)
    sent(client, there)
    told = written()
    assert told[1:3] == after[1:3], "no money is written twice"
    assert told[0] == after[0] + 1, "only that the file was handed up again"


def test_what_was_foreseen_is_what_became_of_each_line(texts):
    _, (one, two, _, _) = texts
    body = statement((10_000, one, "F1"), (10_000, one, "F2"), (1, two, "F3"), (3, "la", "F4")).read()
    lines = [line for line in read(body) if isinstance(line, Line)]
    fates = [one.fate for one in foresee(lines=lines, agency=COMMUNE, viewer=viewer("thuquy"))]
    became = [
        came_in(line.told, line.amount, number=line.number, at=now() + timedelta(seconds=n))["outcome"]
        for n, line in enumerate(lines)
    ]
    assert [fate.value for fate in fates] == became
    again = foresee(lines=lines, agency=COMMUNE, viewer=viewer("thuquy"))
    assert {one.fate for one in again} == {Fate.BEFORE}


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "Hãy chọn tệp sao kê"),
        (b"%PDF-1.4 no statement", "Dòng đầu phải có các cột"),
        ("Ngày,Số tiền,Nội dung,Mã giao dịch\n".encode(), "không có dòng tiền về"),
        ("Ngày;Số tiền".encode("utf-16"), "không phải văn bản UTF-8"),
        (b"x" * 2_000_001, "lớn hơn 2 MB"),
    ],
    ids=["empty", "pdf", "no lines", "utf-16", "large"],
)
def test_what_is_no_statement_is_refused_with_how_to_mend_it(body, told):
    before = written()
    answer = sent(browser(), HERE, file=SimpleUploadedFile("a.csv", body))
    assert answer.status_code in (413, 422)
    assert told in answer.text
    assert written() == before


@pytest.mark.parametrize("login", ["tiepnhan1", "chutich", "truongquay", "chutich.mauhai"])
def test_only_the_cashier_hands_a_statement_up_or_takes_one_in(login, texts):
    there = sent(browser(), HERE, file=statement((10_000, texts[1][0], "FT1")))["Location"]
    other, before = browser(login), written()
    assert other.get(HERE).status_code == 403
    assert sent(other, HERE, file=statement((10_000, texts[1][0], "FT1"))).status_code == 403
    assert other.get(there).status_code == 404
    assert sent(other, there).status_code == 404
    assert written() == before


def test_two_clicks_take_it_in_once(texts):
    client = browser()
    there = sent(client, HERE, file=statement((10_000, texts[1][0], "FT1")))["Location"]
    for _click in range(2):
        assert client.post(there, {"idempotency_key": "one"}).status_code == 302
    assert (count("payments_credit"), count("payments_receipt")) == (1, 1)


def test_the_day_is_held_against_the_statement_and_the_platform(texts):
    codes, (both, bank, platform, waits) = texts
    at = now()
    came_in(f"{both}01", number="P1", source=Source.PLATFORM, at=at)
    came_in(f"NTTT {both} 01", number="FT1", at=at)
    came_in(bank, number="FT2", at=at)
    came_in(f"{platform}01", number="P3", source=Source.PLATFORM, at=at)
    came_in("la", number="=FT4", at=at)
    client = browser()
    page = client.get("/payments/reconciliation").text.replace("\u00a0", " ")
    for said in (
        "Khớp",
        "Chỉ nền tảng báo",
        "Chỉ có trên sao kê",
        "Chỉ có lệnh nộp",
        "nguồn kia: FT1",
        waits,
    ):
        assert said in page
    today = local(at).date().isoformat()
    told = client.get(f"/payments/reconciliation.csv?agency={COMMUNE}&first={today}&last={today}").text
    lines = list(csv.DictReader(io.StringIO(told.removeprefix("\ufeff"))))
    found = {line["mã giao dịch"]: (line["hồ sơ"], line["đối soát"].partition(",")[0]) for line in lines}
    assert found == {
        "P1": (codes[0], "Khớp"),
        "FT2": (codes[1], "Khớp"),
        "P3": (codes[2], "Chỉ nền tảng báo"),
        "'=FT4": ("", "Chỉ có trên sao kê"),
        waits: (codes[3], "Chỉ có lệnh nộp"),
    }


@pytest.mark.parametrize("window", ["first=2026-11-20&last=2026-11-01", "first=2026-01-01&last=2026-11-01"])
def test_a_window_that_is_none_is_refused(window):
    answer = browser().get(f"/payments/reconciliation?agency={COMMUNE}&{window}")
    assert answer.status_code == 422
    assert "92 ngày" in answer.text


def test_what_waits_is_counted_and_read_on():
    at = now()
    for n in range(online.PAGE + 2):
        came_in("la", number=f"FT{n:03}", at=at)
    client = browser()
    page = client.get("/payments/transfers?on=2026-01-01").text
    assert "Chờ xử lý: 52 khoản" in page
    assert "FT049" in page
    assert "FT050" not in page
    more = page.partition('<a href="?')[2].partition('"')[0].replace("&amp;", "&")
    assert "FT051" in client.get(f"/payments/transfers?{more}").text
