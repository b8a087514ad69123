"""What the page of a step asks, by the kind of the step."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from motcua.processes.shapes import StepKind
from motcua.web.desk.forms.steps import StepForm

AT = datetime(2026, 8, 24, tzinfo=UTC)


def form(kind: StepKind, said: str = "", **data: str) -> StepForm:
    row = {"approval": {"outcome": said} if said else None, "proposal": None}
    facts: Any = SimpleNamespace(
        row=row, step=SimpleNamespace(kind=kind, papers=(), outcomes=()), is_approval=False
    )
    return StepForm(data or None, facts=facts, at=AT)  # type: ignore[arg-type]


def test_who_seals_what_was_granted_is_not_asked_whether_they_agree() -> None:
    sealing = form(StepKind.SEAL, "granted", note="Số 12.")
    assert sealing.own_names == ["note"]
    assert sealing.is_valid()
    assert sealing.arguments() == {"outcome": "granted", "note": "Số 12.", "basis": ""}


@pytest.mark.parametrize(("kind", "said"), [(StepKind.EXAMINE, ""), (StepKind.SEAL, "refused")])
def test_the_others_are(kind: StepKind, said: str) -> None:
    assert form(kind, said).own_names == ["outcome", "note", "basis"]
