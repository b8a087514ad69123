"""Days held against the bank's statement and the platform; what waits is counted."""

import csv
import io
from uuid import UUID, uuid4

import pytest
from tests.support.lives import opened
from tests.support.money_days import asked_online, came_in, do, handed_up
from tests.support.pages import visitor
from tests.support.world import COMMUNE, actor

from motcua.agencies.selectors import account_names
from motcua.flows import online_money
from motcua.kernel.say import Say
from motcua.kernel.time import local, now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.payments import online
from motcua.payments.handed_up import Became
from motcua.payments.operations import statements
from motcua.payments.ordering import Source

pytestmark = pytest.mark.django_db


def browser(login="thuquy"):
    return visitor(login, at=now())


@pytest.fixture
def texts():
    """The texts of four orders of 10.000 đồng, and their dossiers."""
    codes = [opened(now()) for _ in range(4)]
    return codes, [asked_online(code, now()).order["text"] for code in codes]


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


def test_money_assigned_by_hand_says_by_whom_and_where_it_went(texts):
    codes, (paid_twice, *_others) = texts
    at = now()
    unknown = came_in("nop tien", number="BK1", at=at)
    came_in(paid_twice, number="BK2", at=at)
    second = came_in(paid_twice, number="BK3", at=at)
    client, cashier = browser(), actor("thuquy", at=at).id
    name = account_names({UUID(cashier)})[UUID(cashier)]
    shown = client.get(f"/payments/transfers/{second['id']}").text
    assert f'type="hidden" name="code" value="{codes[0]}"' in shown
    refused = client.post(
        f"/payments/transfers/{second['id']}",
        {"idempotency_key": str(uuid4()), "deed": "assign", "code": codes[1]},
    )
    assert refused.status_code == 409
    assert codes[0] in refused.text
    do("thuquy", online_money.assign, at, credit=unknown["id"], code=codes[1])
    for path in ("/payments/transfers", f"/payments/transfers/{unknown['id']}"):
        assert codes[1] in client.get(path).text
    page = browser("chutich").get("/payments/reconciliation").text
    assert f"gán tay bởi {name}" in page
    assert page.count("gán tay bởi") == 1
    today = local(at).date().isoformat()
    told = client.get(f"/payments/reconciliation.csv?agency={COMMUNE}&first={today}&last={today}").text
    lines = {line["mã giao dịch"]: line for line in csv.DictReader(io.StringIO(told.removeprefix("\ufeff")))}
    assert (lines["BK1"]["hồ sơ"], lines["BK1"]["gán tay bởi"]) == (codes[1], name)
    assert (lines["BK3"]["hồ sơ"], lines["BK3"]["gán tay bởi"]) == (codes[0], "")


def test_what_a_confirmed_statement_did_not_write_is_told_where_money_is_looked_at():
    at = now()
    day = f"{local(at):%d/%m/%Y}"
    which = handed_up(
        f"{day},10000,la,FT1", f"{day},7000,la,FT1", f"{day},x,la,FT3", f"{day},9000,la,FT4", at=at
    )
    manager = actor("truongquay", at=at)
    with unit_of_work(actor=manager, at=at, request=Request.fresh(), origin="simulated"):
        statements.confirm(statement=which, actor=manager, at=at)
    statements.mark(statement=which, lines=[2], became=Became.NEW)
    statements.refuse(statement=which, why={3: Say("khác", "other")})
    told = "Chưa ghi: 1 dòng, 9.000 đồng; Dòng lỗi, không nhập: 2 dòng, 7.000 đồng"
    for path in ("/payments/transfers", "/payments/reconciliation"):
        for login in ("thuquy", "thanhtra"):
            page = browser(login).get(f"{path}?agency={COMMUNE}").text.replace("\u00a0", " ")
            assert told in " ".join(page.split())
            assert (f'href="/payments/statements/{which}"' in page) == (login == "thuquy")
    waits_still = "/payments/transfers?on=2026-01-01"
    assert "Chưa ghi: 1 dòng" in browser().get(waits_still).text
    statements.mark(statement=which, lines=[5], became=Became.NEW)
    statements.let_go(statement=which)
    assert "Chưa ghi" not in browser().get(waits_still).text
    assert "2 dòng, 7.000" in browser().get("/payments/reconciliation").text


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
