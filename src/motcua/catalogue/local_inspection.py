"""What `ledger check` compares with the events of agencies: what they set of procedures."""

import json
from collections.abc import Iterator
from typing import Any

from motcua.catalogue.events import ProcedureLocalised
from motcua.catalogue.models import Handling, Place, Promise, Schedule
from motcua.ledger.chain import Fault
from motcua.ledger.inspection import Batch

# What is set, of which procedure, from when, on what, for which subject, to what.
Told = tuple[str, str, str, str, str, str]


def localities(batch: Batch) -> Iterator[Fault]:
    """What agencies set by their events and is gone from the tables, or is not there as they say."""
    found = [event for _, envelopes in batch for event in envelopes if event.type == ProcedureLocalised.TYPE]
    procedures = {event.data["procedure"] for event in found}
    rows = set(_rows(procedures)) if found else set()
    for event in found:
        data = event.data
        for subject, value in data["terms"].items():
            amounts = _plain(json.loads(value)) if data["what"] == "fees" else value
            told = (data["what"], data["procedure"], data["valid_from"], data["basis"], subject, amounts)
            if (event.agency, told) not in rows:
                yield Fault(
                    event.stream, event.seq, f"altered: {data['what']} of {data['procedure']}, {subject}"
                )


def _rows(procedures: set[str]) -> Iterator[tuple[str, Told]]:
    for promise in Promise.objects.filter(procedure_id__in=procedures):
        told = " ".join(part for part in (promise.value, promise.unit) if part)
        yield promise.agency, _told("promise", promise, f"{promise.variant}.{promise.channel}", told)
    for place in Place.objects.filter(procedure_id__in=procedures):
        yield place.agency, _told("place", place, "address", place.address)
    for handling in Handling.objects.filter(procedure_id__in=procedures):
        yield handling.agency, _told("handled_in", handling, "handled_in", handling.handled_in)
    for schedule in Schedule.objects.all():
        for fee in schedule.body["fees"]:
            if fee["procedure"] in procedures:
                day = schedule.valid_from.isoformat()
                told_fee = (
                    "fees",
                    fee["procedure"],
                    day,
                    schedule.basis,
                    fee["rule"],
                    _plain(fee["amounts"]),
                )
                yield schedule.agency, told_fee


def _plain(amounts: Any) -> str:
    return json.dumps(amounts, sort_keys=True)


def _told(what: str, row: Any, subject: str, value: str) -> Told:
    return what, row.procedure_id, row.valid_from.isoformat(), row.basis, subject, value
