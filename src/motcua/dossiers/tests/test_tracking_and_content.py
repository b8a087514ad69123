"""What a citizen's receipt holds, and how personal text is kept: derived or sealed, never readable."""

import hashlib
import json
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidTag

from motcua.dossiers.content import open_body, snapshot, text
from motcua.dossiers.tracking import pin, token, token_digest

KEY, OTHER_KEY = bytes(32), bytes(31) + b"\x01"
ONE, TWO = UUID(int=1), UUID(int=2)


def test_the_token_has_16_bytes_and_is_the_same_each_time():
    made = token(KEY, ONE, 1)
    assert made == token(KEY, ONE, 1)
    assert len(made) == 22
    assert token_digest(made) == hashlib.sha256(made.encode()).digest()


def test_key_dossier_and_version_each_change_token_and_pin():
    ways = [(KEY, ONE, 1), (KEY, ONE, 2), (KEY, TWO, 1), (OTHER_KEY, ONE, 1)]
    assert len({token(*way) for way in ways}) == 4
    assert len({pin(*way) for way in ways}) == 4


def test_pins_have_six_digits_and_are_spread():
    pins = [pin(KEY, UUID(int=n), 1) for n in range(2_000)]
    assert all(len(p) == 6 and p.isdigit() for p in pins)
    assert len(set(pins)) > 1_900
    assert {p[0] for p in pins} == set("0123456789")


def test_a_text_is_sealed_salted_and_named_by_its_digest():
    kept = text("reason", "Nguyễn Văn A nộp thiếu")
    assert kept.digest == hashlib.sha256(kept.salt + "Nguyễn Văn A nộp thiếu".encode()).digest()
    assert (kept.ref.content, kept.ref.digest) == (kept.id, kept.digest)
    assert "Nguyễn".encode() not in kept.sealed()
    assert open_body(kept.id, kept.sealed()) == "Nguyễn Văn A nộp thiếu"


def test_equal_texts_have_different_digests():
    assert text("reason", "x").digest != text("reason", "x").digest


def test_a_sealed_text_opens_on_its_own_row_only():
    kept = text("reason", "x")
    with pytest.raises(InvalidTag):
        open_body(ONE, kept.sealed())


def test_what_was_erased_is_none():
    assert open_body(ONE, None) is None


def test_a_snapshot_is_plain_json_of_the_particulars():
    kept = snapshot("party:applicant", {"name": "Ánh", "born": None})
    body = open_body(kept.id, kept.sealed())
    assert body is not None
    assert json.loads(body) == {"name": "Ánh", "born": None}
