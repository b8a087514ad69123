"""VietQR: what stands in the payload, read back by a parser of its own."""

import binascii

import pytest
from hypothesis import given, strategies as st

from motcua.payments.vietqr import BANKS, BankAccount, crc16, payload

ACCOUNT = BankAccount(bin="970436", number="1234567890", holder="UBND XA MAU")
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def fields(told: str) -> dict[str, str]:
    """EMVCo's tag, length, value, read without anything of ours."""
    found, at = {}, 0
    while at < len(told):
        tag, length = told[at : at + 2], int(told[at + 2 : at + 4])
        assert tag not in found
        found[tag] = told[at + 4 : at + 4 + length]
        assert len(found[tag]) == length
        at += 4 + length
    return found


def test_the_payload_of_a_known_transfer():
    # Put together by hand from the specification; the check by Python's own CRC.
    body = (
        "000201010212" "3854" "0010A000000727" "0124" "0006970436" "01101234567890" "0208QRIBFTTA"
        "5303704" "540550000" "5802VN" "6215" "0811MCABCDEFGHJ" "6304"
    )  # fmt: skip
    wanted = f"{body}{binascii.crc_hqx(body.encode(), 0xFFFF):04X}"
    assert payload(ACCOUNT, amount=50_000, text="MCABCDEFGHJ") == wanted


def test_the_check_is_that_of_the_standard():
    assert crc16(b"123456789") == 0x29B1


@given(st.binary(max_size=300))
def test_the_check_is_pythons_own(body):
    assert crc16(body) == binascii.crc_hqx(body, 0xFFFF)


@given(
    st.sampled_from(sorted(BANKS)),
    st.text(LETTERS, min_size=6, max_size=19),
    st.integers(1, 9_999_999_999_999),
    st.text(LETTERS, min_size=1, max_size=25),
)
def test_what_goes_in_is_read_back(bank, number, amount, text):
    told = payload(BankAccount(bank, number, "X"), amount=amount, text=text)
    found = fields(told)
    service = fields(found["38"])
    assert (service["00"], service["02"]) == ("A000000727", "QRIBFTTA")
    assert fields(service["01"]) == {"00": bank, "01": number}
    assert (found["01"], found["53"], found["54"], found["58"]) == ("12", "704", str(amount), "VN")
    assert fields(found["62"]) == {"08": text}
    assert found["63"] == f"{binascii.crc_hqx(told[:-4].encode(), 0xFFFF):04X}"


@pytest.mark.parametrize(
    ("account", "amount", "text"),
    [
        (BankAccount("999999", "123456", "X"), 1, "MC"),
        (BankAccount("970436", "12 34", "X"), 1, "MC"),
        (ACCOUNT, 0, "MC"),
        (ACCOUNT, 10**13, "MC"),
        (ACCOUNT, 1, ""),
        (ACCOUNT, 1, "nộp"),
        (ACCOUNT, 1, "M" * 26),
    ],
)
def test_what_no_bank_could_read_is_refused(account, amount, text):
    with pytest.raises(ValueError, match="an account|an amount|a transfer"):
        payload(account, amount=amount, text=text)
