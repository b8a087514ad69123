"""What came in by itself, as the cashier settles it; the account, which a leader sets; and a statement's file."""

from uuid import uuid4

import pytest
from tests.support.lives import opened
from tests.support.money_days import account_set, asked_online, came_in, fees
from tests.support.pages import visitor
from tests.support.streams import count
from tests.support.world import COMMUNE

from motcua.cli.bank_statement import bank_statement
from motcua.cli.errors import CliError
from motcua.kernel.time import local, now
from motcua.payments.online import account_of

pytestmark = pytest.mark.django_db


def browser(login="thuquy"):
    return visitor(login, at=now())


def sent(client, path, **fields):
    return client.post(path, {"idempotency_key": str(uuid4()), **fields})


def test_money_of_unknown_origin_is_given_its_dossier_or_sent_back():
    code, at = opened(now()), now()
    lost, other = came_in("nop tien", number="FT1", at=at), came_in("nop tien", number="FT2", at=at)
    client = browser()
    listed = client.get("/payments/transfers").text
    assert "FT1" in listed
    assert "Không rõ của hồ sơ nào" in listed
    page = f"/payments/transfers/{lost['id']}"
    refused = sent(client, page, deed="assign", code="H99.01.01-260824-0999")
    assert refused.status_code == 404
    assert 'value="H99.01.01-260824-0999"' in refused.text
    sent(client, page, deed="assign", code=code)
    assert "BT-" in client.get(page).text
    assert {state for _, _, state in fees(code)} == {"paid"}
    back = f"/payments/transfers/{other['id']}"
    assert sent(client, back, deed="give_back", slip="").status_code == 422
    assert "UNC 5" in sent_and_seen(client, back, deed="give_back", slip="UNC 5")
    assert "Chờ xử lý" not in client.get("/payments/transfers").text


def sent_and_seen(client, path, **fields):
    sent(client, path, **fields)
    return client.get(path).text


def test_an_electronic_receipt_is_looked_at_and_printed():
    at = now()
    came_in(asked_online(opened(at), at).order["text"], at=at)
    client = browser()
    listed = client.get("/payments/transfers").text
    page = f"/payments/transfers/{listed.partition('/payments/transfers/')[2].partition(chr(34))[0]}"
    receipt = client.get(page).text.partition('href="/payments/receipts/')[2].partition('"')[0]
    shown = client.get(f"/payments/receipts/{receipt}").text
    assert "Chuyển khoản ngân hàng" in shown
    assert "Hủy biên lai" not in shown
    assert "Đề nghị hoàn tiền" in shown
    assert client.get(f"/payments/receipts/{receipt}.pdf").content.startswith(b"%PDF")
    today = local(at).date()
    window = f"?agency={COMMUNE}&first={today}&last={today}"
    assert client.get(f"/payments/receipts.xlsx{window}").status_code == 200


def test_only_a_leader_sets_the_account():
    told = {"deed": "set", "bank": "970436", "number": "0123 456 789", "holder": "Ủy ban Xã Mẫu"}
    for login in ("thuquy", "truongquay", "thanhtra"):
        assert sent(browser(login), "/payments/account", **told).status_code == 403
    assert account_of(COMMUNE) is None
    assert sent(browser("chutich"), "/payments/account", **told | {"bank": "1"}).status_code == 422
    assert sent(browser("chutich"), "/payments/account", **told | {"number": "12-34"}).status_code == 422
    assert sent(browser("chutich"), "/payments/account", **told).status_code == 302
    found = account_of(COMMUNE)
    assert found is not None
    assert (found.number, found.holder) == ("0123456789", "UY BAN XA MAU")
    assert "0123456789" in browser("thanhtra").get("/payments/account").text


def test_a_statement_is_taken_in_once_and_its_faults_are_told(tmp_path, capsys):
    at = now()
    account_set(at)
    code = opened(at)
    text = asked_online(code, at).order["text"]
    file = tmp_path / "sao-ke.csv"
    day = f"{local(at):%d/%m/%Y}"
    file.write_text(
        "Ngày,Số tiền,Nội dung,Mã giao dịch\n"
        f"{day},10.000,CK {text} le phi,FT1\n"
        f"{day},10.000,CK {text} lan hai,FT2\n"
        f"{day},-3.000,phi,FT3\n"
        f"hôm qua,10.000,ai do,FT4\n",
        encoding="utf-8",
    )
    assert bank_statement(file, agency=COMMUNE) == 1
    said = capsys.readouterr().out
    assert "Dòng 5: Ngày “hôm qua”" in said
    assert "Dòng 3: FT2, 10.000 đồng: Nộp hai lần" in said
    assert {state for _, _, state in fees(code)} == {"paid"}
    written = count("ledger_event"), count("payments_credit")
    file.write_text(file.read_text(encoding="utf-8").rpartition("hôm")[0], encoding="utf-8")
    assert bank_statement(file, agency=COMMUNE) == 0
    assert "2 đã nhập lần trước" in capsys.readouterr().out
    assert (count("ledger_event"), count("payments_credit")) == written


def test_a_number_that_comes_again_with_another_sum_is_told(tmp_path, capsys):
    file = tmp_path / "sao-ke.csv"
    head, day = "date,amount,text,bank reference\n", f"{local(now()):%Y-%m-%d}"
    file.write_text(f"{head}{day},5000,x,FT1\n{day},6000,x,FT1\n", encoding="utf-8")
    assert bank_statement(file, agency=COMMUNE) == 1
    assert "Dòng 3:" in capsys.readouterr().out
    assert count("payments_credit") == 1


def test_a_file_that_is_none(tmp_path):
    file = tmp_path / "sao-ke.csv"
    with pytest.raises(CliError):
        bank_statement(file, agency=COMMUNE)
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CliError):
        bank_statement(file, agency=COMMUNE)
    with pytest.raises(CliError):
        bank_statement(file, agency="H00.99")
