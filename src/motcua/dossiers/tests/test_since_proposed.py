"""What of the things that happen after a proposal has to be looked at by itself. Pure."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from motcua.dossiers import events as e
from motcua.dossiers.facts import FieldFact, TextRef
from motcua.dossiers.since_proposed import needs_a_look, noted_on

AT = datetime(2026, 5, 4, 3, tzinfo=UTC)
TEXT = TextRef(content=UUID(int=1), digest=b"")
BODY = e.BodyFact(id=UUID(int=2), agency="", name="Chi cục", name_en="")


def found(outcome: str) -> e.FieldsBackfilled:
    return e.FieldsBackfilled(
        findings=(FieldFact(field="name", outcome="same"), FieldFact(field="born", outcome=outcome)),
        number="",
        shown=None,
        occurred_at=AT,
    )


def part(outcome: str) -> e.ChildEnded:
    return e.ChildEnded(child="police", outcome=outcome, papers=(), basis="", reasons=None, occurred_at=AT)


def silence(*, tacit: bool) -> e.ConsultationLapsed:
    return e.ConsultationLapsed(
        body=BODY,
        tacit=tacit,
        used_minutes=0,
        holder=None,
        resumed_at=None,
        due=None,
        step_due_at=None,
        beside_due=(),
        occurred_at=AT,
    )


@pytest.mark.parametrize(
    ("event", "counts"),
    [
        (e.ApplicantWrote(text=TEXT, occurred_at=AT), True),
        *(
            (found(outcome), outcome in ("differs", "not_found"))
            for outcome in ("shown", "differs", "not_found")
        ),
        *((part(outcome), outcome != "granted") for outcome in ("granted", "partly", "refused", "stopped")),
        (silence(tacit=True), False),
        (silence(tacit=False), True),
    ],
)
def test_what_speaks_against_a_proposal_counts_and_what_bears_it_out_does_not(
    event: Any, counts: bool
) -> None:
    after = noted_on({"outcome": "granted"}, event)
    assert (needs_a_look({"returned": False, "proposal": after}) is not None) is counts
    assert noted_on(None, event) is None


def test_what_came_back_to_its_proposer_counts_though_no_proposal_stands() -> None:
    assert needs_a_look({"returned": True, "proposal": None}) is not None
    assert needs_a_look({"returned": False, "proposal": None}) is None
