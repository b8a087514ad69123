"""The one-time codes, against the RFC's own vectors."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, strategies as st

from motcua.accounts.totp import DRIFT, STEP_SECONDS, accepted_step, address, code_of, seed_text, step_at

# RFC 6238, appendix B, the SHA-1 rows: seconds since 1970 and the eight digits.
SEED = b"12345678901234567890"
VECTORS = (
    (59, "94287082"),
    (1111111109, "07081804"),
    (1111111111, "14050471"),
    (1234567890, "89005924"),
    (2000000000, "69279037"),
    (20000000000, "65353130"),
)
AT = datetime(2026, 8, 24, 2, 10, tzinfo=UTC)


@pytest.mark.parametrize(("seconds", "digits"), VECTORS)
def test_the_vectors_of_the_rfc(seconds, digits):
    step = step_at(datetime.fromtimestamp(seconds, UTC))
    assert code_of(SEED, step, digits=8) == digits
    assert code_of(SEED, step) == digits[2:]


def test_the_first_vectors_of_rfc_4226():
    assert [code_of(SEED, step) for step in range(4)] == ["755224", "287082", "359152", "969429"]


@given(
    seed=st.binary(min_size=20, max_size=20),
    at=st.integers(1_700_000_000, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    off=st.integers(-3, 3),
    spent=st.integers(-3, 3),
)
def test_a_code_opens_within_one_step_and_once(seed, at, off, spent):
    step = step_at(at) + off
    found = accepted_step(seed, code_of(seed, step), at=at, after=step_at(at) + spent)
    if found is not None:
        assert code_of(seed, found) == code_of(seed, step)
        assert found > step_at(at) + spent
        assert abs(found - step_at(at)) <= DRIFT
    else:
        assert abs(off) > DRIFT or off <= spent


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "１２３４５６", "abcdef", "\x00"])
def test_what_is_no_code_opens_nothing(typed):
    assert accepted_step(SEED, typed, at=AT, after=-1) is None


def test_codes_change_every_thirty_seconds():
    assert step_at(AT + timedelta(seconds=STEP_SECONDS)) == step_at(AT) + 1


def test_what_the_app_reads():
    found = urlsplit(address(SEED, issuer="Mot Cua", login="tiepnhan1@localhost:8000"))
    assert (found.scheme, found.netloc) == ("otpauth", "totp")
    assert parse_qs(found.query) == {"secret": ["GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"], "issuer": ["Mot Cua"]}
    assert seed_text(SEED) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
