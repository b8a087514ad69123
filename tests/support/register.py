"""The population register's stand-in as a program of its own, on a free port."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import httpx
from django.test import override_settings

from motcua.flows.reception import Intake
from motcua.parties.registers import Answer, Outcome, Question, Registered, provenance
from tests.support.acts import moment
from tests.support.world import intake

ROOT = Path(__file__).resolve().parents[2]
# People it knows.
TUYET = ("001190000001", "Nguyễn Thị Ánh Tuyết")
HUNG = ("001085000002", "Trần Văn Hùng")
BORN = date(1990, 2, 15)  # Tuyết


def looked_up(person: Registered | None, outcome: Outcome = Outcome.FOUND, **told: Any) -> Intake:
    """An intake of somebody whom the register was asked about at the desk: it knows `person`. `told` as in `intake`."""
    whole = intake(**{"number": TUYET[0], "name": TUYET[1], "born_on": BORN, **told})
    ((role, one),) = whole.people
    answer = Answer(
        register="population",
        number="n-7",
        asked_at=moment(24, 9),
        question=Question(number=one.number, name=one.name, born_on=one.born_on),
        outcome=outcome,
        person=person,
    )
    source = provenance(answer, name=one.name, born_on=one.born_on, sex=one.sex, address=one.address)
    return replace(whole, people=((role, replace(one, looked_up=source)),), heard={0: answer})


@dataclass
class StandIn:
    """A running stand-in; `turn` says how it answers, `kill` takes it away in the middle of whatever it does."""

    process: subprocess.Popen[str]
    address: str

    def turn(self, mode: str) -> None:
        httpx.post(f"{self.address}/mode", data={"mode": mode}, trust_env=False)

    def page(self) -> str:
        return httpx.get(self.address, trust_env=False).text

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def come_back(self, mode: str = "answer") -> None:
        """Started anew where it was."""
        self.process, address = _started(self.address.rpartition(":")[2], mode)
        assert address == self.address


@contextmanager
def stand_in(mode: str = "answer") -> Iterator[StandIn]:
    """The stand-in, and this installation connected to it."""
    process, address = _started("0", mode)
    running = StandIn(process, address)
    connected = override_settings(
        POPULATION_URL=f"{address}/population",
        POPULATION_INTEGRATION="H99-001",
        POPULATION_SERVICE="DVC-DANCU",
        POPULATION_ACCOUNT="h99.motcua",
    )
    try:
        with connected:
            yield running
    finally:
        running.kill()


def _started(port: str, mode: str) -> tuple[subprocess.Popen[str], str]:
    command = [sys.executable, "-m", "stand_ins.population", "--port", port, "--mode", mode]
    environment = {**os.environ, "PYTHONPATH": ""}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    process.stdout.close()
    return process, address
