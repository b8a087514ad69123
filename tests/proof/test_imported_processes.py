"""Ten of the forty-three issued processes, run by random people doing random things to random dossiers until each has
ended: whoever held it, the times add up to the time that passed."""

import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from motcua.cli.processes import take_processes
from motcua.dossiers.states import Act
from motcua.flows import progress
from motcua.kernel.actor import SYSTEM
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.processes.models import Version
from motcua.processes.operations import adopt
from motcua.processes.selectors import version
from tests.flows import test_walks
from tests.flows.test_walks import Walk
from tests.support.issued import process
from tests.support.world import BEGINNING, COMMUNE, OTHER_COMMUNE

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).parents[2].parent / "shared" / "data" / "internal_processes.json"
with_source = pytest.mark.skipif(not SOURCE.is_file(), reason="the sources are not beside the repository")
TEN = ("HT-03", "HT-07", "HT-11", "HT-15", "HT-17", "HT-20", "HT-25", "HT-33", "HT-35", "NCN-01")
# So many attempts anything is tried; then only what leads on, as dossiers do end.
RANDOM, PATIENCE = 60, 200
DESKS = {COMMUNE: "tiepnhan1", OTHER_COMMUNE: "tiepnhan1.mauhai"}
ONWARD = frozenset(
    {
        *(Act.RECEIVE, Act.START, Act.STEP, Act.DECIDE, Act.SUPPLY, Act.RESUME, Act.ACCEPT_TRANSFER, Act.SET_FEE),
        *(Act.CHARGE_AT_RETURN, Act.PAY, Act.WAIVE, Act.MAKE_AVAILABLE, Act.HAND_OVER),
    }
)  # fmt: skip
EACH = 6


def adopted(codes: tuple[str, ...]) -> list[tuple[str, str]]:
    """The commune runs the last version of these processes; the matters they are for."""
    matters = []
    with unit_of_work(actor=SYSTEM, at=BEGINNING, request=Request.fresh(), origin="simulated"):
        for code in codes:
            process_version = Version.objects.filter(code=code).latest("number").id
            table = version(process_version)
            for variant in table.variants:
                adopt(
                    agency=COMMUNE,
                    process_version=process_version,
                    variant=variant.code,
                    valid_from=date(2026, 8, 20),
                    actor=SYSTEM,
                    at=BEGINNING,
                )
                matters.append((table.procedure, variant.code))
    return matters


class IssuedWalk(Walk):
    """A dossier of one of the matters, until it has ended."""

    def __init__(self, seed: int, matters: list[tuple[str, str]]) -> None:
        self.matters, self.tried = matters, 0
        super().__init__(seed)

    def chosen(self, row: dict[str, Any]) -> tuple[str, Act]:
        for _ in range(50):
            login, what = super().chosen(row)
            if what is not Act.REVOKE_RESULT and (self.tried < RANDOM or what in ONWARD):
                break  # a result that is revoked leads to no end but another beginning
        # Who is the neighbour's desk manager and clerk decides as the clerk.
        return (f"{login}/clerk" if (login, what) == ("vanthu.mauhai", Act.DECIDE) else login), what

    def to_the_end(self) -> str:
        """Random acts until the dossier has ended; its last state."""
        while not self.ended and self.tried < PATIENCE:
            self.tried += 1
            self.attempt()
        if not self.ended:  # where it is, the applicant gives up
            self.send(
                DESKS[self.row()["desk_agency"]], progress.withdraw, code=self.code, shown_by="signed_paper"
            )
            self.done.append(Act.WITHDRAW)
        self.replayed()
        row = self.row()
        held = self.holdings(row)
        assert (
            sum((h["until"] - h["since"] for h in held), timedelta()) == held[-1]["until"] - held[0]["since"]
        )
        assert all(stay["ended_at"] is not None for stay in self.stays(row))
        return str(row["state"])


@pytest.fixture(autouse=True)
def no_long_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of it within the years that have a calendar."""
    monkeypatch.setattr(test_walks, "JUMPS", [0, 0, 1, 7, 60, 300, 1_500])


def run(matters: list[tuple[str, str]], each: int) -> tuple[Counter[str], Counter[Act], int]:
    """`each` dossiers of every matter; how they ended, what was done, how many holders there were."""
    ends: Counter[str] = Counter()
    done: Counter[Act] = Counter()
    holders = 0
    for n, matter in enumerate(matters):
        for k in range(each):
            walk = IssuedWalk(7_000 + n * 100 + k, [matter])
            ends[walk.to_the_end()] += 1
            done.update(walk.done)
            holders += len(walk.holdings(walk.row()))
    return ends, done, holders


def test_dossiers_of_an_issued_process_end(tmp_path: Path) -> None:
    """Of our own small collection: the rows that it lacks are put in, and it runs."""
    rows = process()["steps"]
    told = process("MAU-01", steps=[rows[1], {**rows[3], "action": "seal_and_return"}])
    told["variants"][0]["label"] = "Không xác minh"
    told["national_code"] = "1.000689"
    path = tmp_path / "own.json"
    path.write_text(json.dumps([told]), encoding="utf-8")
    assert take_processes(path) == 0
    ends, _, _ = run(adopted(("MAU-01",)), 3)
    assert sum(ends.values()) == 3


@with_source
@pytest.mark.slow
@pytest.mark.proof
def test_ten_issued_processes_run_by_many_random_dossiers() -> None:
    assert take_processes(SOURCE) == 0
    matters = adopted(TEN)
    ends, done, holders = run(matters, EACH)
    print(f"{len(TEN)} processes, {len(matters)} variants, {sum(ends.values())} dossiers ended: {dict(ends)}")
    print(
        f"{sum(done.values())} acts by {holders} holders: { {act.value: n for act, n in done.most_common()} }"
    )
    assert sum(ends.values()) == EACH * len(matters)
    assert len(ends) >= 3
    assert {Act.STEP, Act.RETURN_STEP, Act.DECIDE, Act.SUPPLY, Act.EXTEND, Act.TRANSFER} <= set(done)
