"""The platform's messages: their codes by hand, their clock, and that nothing signed can be changed unseen."""

import hashlib
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, strategies as st

from motcua.payments.platform import CONFIRM_SIGNED, Asked, Forged, Unreadable, code_of, init, query, told
from motcua.payments.vietqr import BankAccount

SECRET, PARTNER = "bi-mat", "xa-mau"
NIGHT = datetime(2026, 8, 26, 15, 4, 5, tzinfo=UTC)  # 22:04:05 in Vietnam
KEYS: dict[str, Any] = {"partner": PARTNER, "secret": SECRET}


def asked(**more):
    account = BankAccount(bin="970436", number="1234567890", holder="UBND XA MAU")
    facts: dict[str, Any] = {
        "reference": "MCABCDEFGHJ01",
        "total": 10_000,
        "lines": [("registration", "Lệ phí", 10_000)],
        "account": account,
        "procedure": "1.004873",
        "title": "Cấp giấy xác nhận " * 30,
        "agency": "H99.01.01",
        "agency_name": "UBND Xã Mẫu",
        "dossier": "H99.01.01-260826-0001",
        "address": "10.0.0.1",
        "at": NIGHT,
    }
    return Asked(**(facts | more))


def confirmation(**more):
    body = {
        "LoaiBanTin": "CONFIRM",
        "MaDoiTac": PARTNER,
        "MaThamChieu": "MCABCDEFGHJ01",
        "ThoiGianGD": "20260826220405",
        "SoTien": "10000",
        "MaTienTe": "VND",
        "MaGiaoDich": "GD1",
        "MaNganHang": "VCB",
        "TrangThaiGD": "1",
        "MaLoi": "0",
        "MoTaLoi": "",
    } | more
    return body | {"MaXacThuc": code_of(body, CONFIRM_SIGNED, SECRET)}


def test_the_code_of_a_beginning_by_hand():
    signed = (
        "INIT|1.0.6|xa-mau|MCABCDEFGHJ01|10000|PAY|1|1|vi-VN|VND|PAYMENT|Phi le phi MCABCDEFGHJ01"
        "|20260826220405|10.0.0.1|bi-mat"
    )
    body = init(asked(), **KEYS)
    assert body["MaXacThuc"] == hashlib.sha256(signed.encode()).hexdigest()
    assert len(body["ThongTinBienLai"]["TenTTHC"]) == 250
    assert sum(int(fee["SoTien"]) for fee in body["ThongTinBienLai"]["PhiLePhi"]) == 10_000


def test_the_code_of_a_question_by_hand():
    signed = "QUERY|1.0.6|xa-mau|MCABCDEFGHJ01|20260826220405|bi-mat"
    found = query("MCABCDEFGHJ01", at=NIGHT, **KEYS)
    assert found["MaXacThuc"] == hashlib.sha256(signed.encode()).hexdigest()


def test_a_confirmation_is_read():
    found = told(confirmation(), at=NIGHT, **KEYS)
    assert (found.reference, found.state, found.number, found.amount) == ("MCABCDEFGHJ01", "1", "GD1", 10_000)
    assert found.on == date(2026, 8, 26)


@given(st.sampled_from(CONFIRM_SIGNED), st.text(max_size=20))
def test_nothing_signed_is_changed_unseen(name, value):
    body = confirmation()
    if str(body[name]) == value:
        return
    with pytest.raises(Forged):
        told(body | {name: value}, at=NIGHT, **KEYS)


@pytest.mark.parametrize("body", [None, [], "x", {}, {"MaXacThuc": ""}, {"MaXacThuc": "é"}])
def test_what_is_no_message_is_not_believed(body):
    with pytest.raises((Forged, Unreadable)):
        told(body, at=NIGHT, **KEYS)


def test_two_messages_never_have_one_code_by_moving_the_separator():
    with pytest.raises(Forged):
        told(confirmation() | {"MaGiaoDich": "GD1|VCB", "MaNganHang": ""}, at=NIGHT, **KEYS)


@pytest.mark.parametrize(
    "wrong",
    [
        {"SoTien": "-1"},
        {"SoTien": "0"},
        {"SoTien": "1e4"},
        {"SoTien": "10000.0"},
        {"TrangThaiGD": "9"},
        {"MaTienTe": "USD"},
        {"MaGiaoDich": ""},
        {"ThoiGianGD": "20260826"},
        {"ThoiGianGD": "20260826250000"},
        {"ThoiGianGD": "99991231235959"},
        {"ThoiGianGD": "00010101000000"},
        {"ThoiGianGD": "20260828000000"},
        {"ThoiGianGD": "20250801000000"},
        {"MaThamChieu": "MCABCDEFGHJ\x00"},
        {"MaThamChieu": "MCÁ"},
        {"MaGiaoDich": "GD\x00"},
        {"MaGiaoDich": "GD" * 40},
    ],
)
def test_signed_nonsense_is_unreadable(wrong):
    with pytest.raises(Unreadable):
        told(confirmation(**wrong), at=NIGHT, **KEYS)


def test_another_partners_confirmation_is_not_ours():
    with pytest.raises(Forged):
        told(confirmation(MaDoiTac="xa-khac"), at=NIGHT, **KEYS)
