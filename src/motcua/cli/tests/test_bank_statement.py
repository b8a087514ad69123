"""A bank statement's file: taken in once, its faults told line by line."""

import pytest
from tests.support.lives import opened
from tests.support.money_days import account_set, asked_online, fees
from tests.support.streams import count
from tests.support.world import COMMUNE

from motcua.cli.bank_statement import bank_statement
from motcua.cli.errors import CliError
from motcua.kernel.time import local, now

pytestmark = pytest.mark.django_db


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
