"""A bank statement's file: handed up by a command, its faults told line by line; somebody of the agency confirms it."""

import pytest
from tests.support.lives import opened
from tests.support.money_days import account_set, asked_online, fees
from tests.support.streams import count
from tests.support.world import COMMUNE, viewer

from motcua.cli.bank_statement import bank_statement
from motcua.cli.errors import CliError
from motcua.kernel.actor import SYSTEM
from motcua.kernel.time import local, now
from motcua.payments import handed_up

pytestmark = pytest.mark.django_db


def test_a_statement_is_handed_up_and_pays_nothing_by_itself(tmp_path, capsys):
    at = now()
    account_set(at)
    code = opened(at)
    text = asked_online(code, at).order["text"]
    file = tmp_path / "sao-ke.csv"
    day = f"{local(at):%d/%m/%Y}"
    file.write_text(
        "Ngày,Số tiền,Nội dung,Mã giao dịch\n"
        f"{day},10.000,CK {text} le phi,FT1\n"
        f"{day},-3.000,phi,FT3\n"
        f"hôm qua,10.000,ai do,FT4\n",
        encoding="utf-8",
    )
    assert bank_statement(file, agency=COMMUNE) == 1
    said = capsys.readouterr().out
    assert "Dòng 4: Ngày “hôm qua”" in said
    assert "1 khoản tiền về, chờ người của cơ quan xác nhận" in said
    assert {state for _, _, state in fees(code)} == {"open"}
    assert (count("payments_credit"), count("payments_statement")) == (0, 1)
    ((waiting,), _more) = handed_up.statements(viewer=viewer("thuquy"), at=now())
    assert (waiting["handed_by"], waiting["lines"], waiting["confirmed_at"]) == (SYSTEM.id, 1, None)


def test_a_file_that_is_none(tmp_path):
    file = tmp_path / "sao-ke.csv"
    with pytest.raises(CliError):
        bank_statement(file, agency=COMMUNE)
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CliError):
        bank_statement(file, agency=COMMUNE)
    with pytest.raises(CliError):
        bank_statement(file, agency="H00.99")
