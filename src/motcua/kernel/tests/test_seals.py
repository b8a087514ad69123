"""What is sealed opens only where it belongs, and says nothing on the way."""

import pytest
from cryptography.exceptions import InvalidTag

from motcua.kernel import seals

PLAIN = "Nguyễn Thị Ánh Tuyết, 001099012345".encode()


def test_what_was_sealed_comes_back():
    sealed = seals.encrypt("content", PLAIN, bound_to=b"row 1")
    assert seals.decrypt("content", sealed, bound_to=b"row 1") == PLAIN
    assert PLAIN not in sealed
    assert "Nguyễn".encode() not in sealed


def test_two_seals_of_one_text_differ():
    assert seals.encrypt("content", PLAIN) != seals.encrypt("content", PLAIN)


@pytest.mark.parametrize(
    ("purpose", "bound_to"), [("content", b"row 2"), ("content", b""), ("other", b"row 1")]
)
def test_a_seal_moved_to_another_place_does_not_open(purpose, bound_to):
    sealed = seals.encrypt("content", PLAIN, bound_to=b"row 1")
    with pytest.raises(InvalidTag):
        seals.decrypt(purpose, sealed, bound_to=bound_to)


@pytest.mark.parametrize("place", [0, 11, 12, -1])
def test_one_flipped_bit_is_noticed(place):
    sealed = bytearray(seals.encrypt("content", PLAIN))
    sealed[place] ^= 1
    with pytest.raises(InvalidTag):
        seals.decrypt("content", bytes(sealed))


def test_each_purpose_has_a_key_of_its_own():
    keys = {seals.key(purpose) for purpose in ("content", "tracking", "sign-in", "held-form")}
    assert len(keys) == 4
    assert {len(key) for key in keys} == {32}
    assert seals.mac("identifier", b"x") != seals.mac("sign-in", b"x")
    assert seals.mac("identifier", b"x") == seals.mac("identifier", b"x")
