"""Where a dossier goes next, read from the table."""

import json
from importlib.resources import files

import pytest

from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.processes.checks import parse
from motcua.processes.routing import by_number, earlier_step, first_step, next_step
from motcua.processes.shapes import ProcessVersion


def process(*, without_seal: bool = False) -> ProcessVersion:
    text = (files("motcua.processes") / "data" / "1.004873.json").read_text(encoding="utf-8")
    document = json.loads(text)
    if without_seal:
        document["steps"] = [s for s in document["steps"] if s["kind"] != "seal"]
        for order, step in enumerate(document["steps"], 1):
            step["order"] = order
    return parse(document)


def test_the_engine_runs_what_lies_between_reception_and_return():
    table = process()
    first = first_step(table)
    assert first.kind.value == "examine"
    approve = next_step(table, first.order, approved=False)
    assert approve.kind.value == "approve"
    seal = next_step(table, approve.order, approved=False)
    assert seal.kind.value == "seal"
    with pytest.raises(NotAllowedNow, match="bước cuối"):
        next_step(table, seal.order, approved=True)


def test_an_approval_that_is_the_last_step_stays_open_for_the_issuing():
    table = process(without_seal=True)
    approve = next_step(table, first_step(table).order, approved=False)
    assert table.deciding == approve
    assert next_step(table, approve.order, approved=False) == approve
    with pytest.raises(NotAllowedNow, match="bước cuối"):
        next_step(table, approve.order, approved=True)


def test_only_the_tables_own_ways_lead_back():
    table = process()
    approve = next_step(table, first_step(table).order, approved=False)
    assert earlier_step(table, approve.order, "examine") == first_step(table)
    with pytest.raises(Invalid, match="không cho trả"):
        earlier_step(table, first_step(table).order, "approve")
    assert by_number(table, 1).kind.value == "receive"
