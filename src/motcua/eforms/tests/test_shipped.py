"""The shipped forms: what is landed stays as it is, each is quick to read, each can be answered whole."""

import hashlib
import json
import os
import random
import time
from dataclasses import asdict
from pathlib import Path

import pytest

from motcua.eforms.answers import check
from motcua.eforms.selectors import forms
from motcua.eforms.shapes import Form
from motcua.eforms.tests.test_schema import tried
from motcua.eforms.tests.whole import BIRTH, birth

SNAPSHOT = Path(__file__).resolve().parents[4] / "tests" / "snapshots" / "eforms.json"


def digest(form: Form) -> str:
    # A property that came later than the form counts where it is told.
    later = (("confirms", False), ("consents", False), ("prefill_if", None))
    body = asdict(form, dict_factory=lambda items: {k: v for k, v in items if (k, v) not in later})
    told = json.dumps(body, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()


def test_a_landed_version_of_a_form_is_never_edited():
    """A new version goes into a file of its own; `MOTCUA_WRITE_SNAPSHOTS=1` adds it here."""
    now = {f"{form.code} {form.version}": digest(form) for form in forms().values()}
    landed: dict[str, str] = json.loads(SNAPSHOT.read_text(encoding="utf-8")) if SNAPSHOT.exists() else {}
    if os.environ.get("MOTCUA_WRITE_SNAPSHOTS"):
        SNAPSHOT.write_text(json.dumps(now | landed, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        landed = now | landed
    assert now == landed


@pytest.mark.parametrize("form", forms().values(), ids=lambda form: f"{form.code}-{form.version}")
def test_reading_a_document_takes_less_than_a_millisecond(form):
    """Of this process's own time, the best of several for each document: a machine takes 0.05 to 0.2 milliseconds."""
    chance = random.Random(form.code)  # noqa: S311 - chance that must repeat
    slowest = 0.0
    for typed in [tried(form, chance) for _ in range(30)] + ([birth()] if form is BIRTH else []):
        took = []
        for _ in range(10):
            began = time.process_time()
            check(form, typed)
            took.append(time.process_time() - began)
        slowest = max(slowest, min(took))
    assert slowest < 0.001


@pytest.mark.parametrize("form", forms().values(), ids=lambda form: form.code)
def test_codes_of_data_are_those_that_are_known(form):
    known = (
        "HoTen",
        "NgaySinh",
        "DanToc",
        "QuocTich",
        "LoaiCuTru",
        "NoiCuTru",
        "LoaiGiayToTuyThan",
        "SoGiayToTuyThan",
    )
    told = [inner.map_to for field in form.fields for inner in (field, *field.fields) if inner.map_to]
    assert {
        code.removeprefix(code[:3]) in known or code.removeprefix(code[:2]) in known for code in told
    } <= {True}
    assert {code[: -len(next(k for k in known if code.endswith(k)))] for code in told} <= {
        "nks",
        "me",
        "cha",
        "nyc",
        "nkt",
    }
