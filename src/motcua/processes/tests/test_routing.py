"""Where a dossier goes next, read from the table."""

import json
from datetime import UTC, datetime
from importlib.resources import files

import pytest

from motcua.calendars.calendar import national_calendar
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.processes.checks import parse
from motcua.processes.routing import Course, by_number, earlier_step, first_step, next_steps
from motcua.processes.shapes import ProcessVersion, Step


def process(*, without_seal: bool = False) -> ProcessVersion:
    text = (files("motcua.processes") / "data" / "1.004873.json").read_text(encoding="utf-8")
    document = json.loads(text)
    if without_seal:
        document["steps"] = [s for s in document["steps"] if s["kind"] != "seal"]
        for order, step in enumerate(document["steps"], 1):
            step["order"] = order
    return parse(document)


def course(table: ProcessVersion) -> Course:
    begin = datetime(2026, 11, 2, 1, tzinfo=UTC)
    return Course(
        process=table,
        variant="no_verification",
        promise_value="3",
        promise_unit="working_day",
        start=begin,
        at=begin,
        calendar=national_calendar(),
    )


def next_step(table: ProcessVersion, number: int, *, approved: bool = False) -> Step:
    (opened,) = next_steps(course(table), number, said="granted", approved=approved).opened
    return by_number(table, opened)


def test_the_engine_runs_what_lies_between_reception_and_return():
    table = process()
    first = first_step(table)
    assert first.kind.value == "examine"
    approve = next_step(table, first.order)
    assert approve.kind.value == "approve"
    seal = next_step(table, approve.order)
    assert seal.kind.value == "seal"
    with pytest.raises(NotAllowedNow, match="bước cuối"):
        next_step(table, seal.order, approved=True)


def test_an_approval_that_is_the_last_step_stays_open_for_the_issuing():
    table = process(without_seal=True)
    approve = next_step(table, first_step(table).order)
    assert table.deciding == approve
    assert next_step(table, approve.order) == approve
    with pytest.raises(NotAllowedNow, match="bước cuối"):
        next_step(table, approve.order, approved=True)


def test_a_way_that_the_row_does_not_have_is_refused():
    with pytest.raises(Invalid) as refused:
        next_steps(course(process()), 2, said="granted", approved=False, way="shortcut")
    assert refused.value.field == "way"


def test_only_the_tables_own_ways_lead_back():
    table = process()
    approve = next_step(table, first_step(table).order)
    assert earlier_step(table, approve.order, "examine") == first_step(table)
    with pytest.raises(Invalid, match="không cho trả"):
        earlier_step(table, first_step(table).order, "approve")
    assert by_number(table, 1).kind.value == "receive"
