"""Plain data and back; what cannot stand in an event is refused."""

import json
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import pytest

from motcua.kernel.codec import decode, encode


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner:
    name: str
    digest: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outer:
    id: UUID
    on: date
    at: datetime
    amount: Decimal
    colour: Colour
    inner: Inner
    others: tuple[Inner, ...]
    count: int | None = None
    flag: bool = False


SAMPLE = Outer(
    id=UUID(int=7),
    on=date(2026, 8, 24),
    at=datetime(2026, 8, 24, 2, 10, tzinfo=UTC),
    amount=Decimal("0.50"),
    colour=Colour.RED,
    inner=Inner(name="Ánh", digest=b"\x01\xff"),
    others=(Inner(name="a"), Inner(name="b", digest=b"")),
)


def test_every_kind_of_value_has_one_plain_form():
    assert encode(SAMPLE) == {
        "id": "00000000-0000-0000-0000-000000000007",
        "on": "2026-08-24",
        "at": "2026-08-24T02:10:00.000000Z",
        "amount": "0.50",
        "colour": "red",
        "inner": {"name": "Ánh", "digest": "01ff"},
        "others": [{"name": "a", "digest": None}, {"name": "b", "digest": ""}],
        "count": None,
        "flag": False,
    }


def test_it_comes_back_through_json():
    assert decode(Outer, json.loads(json.dumps(encode(SAMPLE)))) == SAMPLE


def test_fields_an_older_writer_did_not_know_take_their_defaults():
    plain = encode(SAMPLE)
    del plain["count"], plain["flag"]
    assert decode(Outer, plain) == SAMPLE


def test_a_field_nobody_knows_is_refused():
    with pytest.raises(ValueError, match=r"Inner: unknown fields \['age'\]"):
        decode(Inner, {"name": "a", "age": 3})


@pytest.mark.parametrize("value", [1.5, {"a": [0.1]}, object(), {1, 2}, Inner])
def test_floats_and_strangers_are_refused(value):
    with pytest.raises(TypeError, match="cannot stand in an event"):
        encode(value)


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="needs an offset"):
        encode({"at": datetime(2026, 8, 24)})  # noqa: DTZ001 - that is the fault


def test_strings_and_keys_are_nfc():
    nfd = unicodedata.normalize("NFD", "Hường")
    assert encode({nfd: [nfd]}) == {"Hường": ["Hường"]}
