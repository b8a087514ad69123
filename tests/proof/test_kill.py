"""kill -9 of the writing process and of the database under load: every answered dossier is there, none half-written."""

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.cli import cluster

ROOT = Path(__file__).resolve().parents[2]
DATABASE = "motcua_kill"
PATIENCE = 60


class Site:
    """A durable cluster of the proof's own, with an installation in it and processes that write to it."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.dsns = cluster.ensure(var, database=DATABASE)
        self.log = var / "answers"
        self.log.touch()
        self.environment = os.environ | {
            "MOTCUA_INSTALLATION_KEY": secrets.token_hex(32),
            "MOTCUA_SECRET_KEY": secrets.token_hex(32),
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        }
        self.writers: list[subprocess.Popen] = []

    def run(self, *words: str) -> str:
        command = [sys.executable, "-m", "tests.proof.site", *words]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start_writer(self) -> None:
        seed = secrets.token_hex(4)
        command = [sys.executable, "-m", "tests.proof.site", "write", self.dsns.app, seed, str(self.log)]
        self.writers.append(
            subprocess.Popen(command, cwd=ROOT, env=self.environment, stderr=subprocess.DEVNULL)
        )

    def answered(self) -> list[list[str]]:
        return [line.split() for line in self.log.read_text().splitlines()]

    def await_answers(self, more: int) -> None:
        """Let the load run until `more` requests have been answered."""
        wanted, pause = len(self.answered()) + more, threading.Event()
        for _ in range(PATIENCE * 100):
            if len(self.answered()) >= wanted:
                return
            pause.wait(0.01)
        raise AssertionError(f"no {more} answers in {PATIENCE} s")

    def kill_a_writer(self) -> None:
        victim = self.writers.pop(0)
        victim.kill()
        victim.wait()

    def kill_the_database(self) -> None:
        pid = int((self.var / "pg" / "postmaster.pid").read_text().split("\n", 1)[0])
        os.kill(pid, signal.SIGKILL)
        assert cluster.ensure(self.var, database=DATABASE) == self.dsns


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.delenv(name, raising=False)
    var = ROOT / "var" / f"test-kill-{secrets.token_hex(4)}"
    made = Site(var)
    try:
        made.run("prepare", made.dsns.owner)
        yield made
    finally:
        while made.writers:
            made.kill_a_writer()
        cluster.release(var)
        cluster.stop(var)
        shutil.rmtree(var)


def prove(site: Site, *, rounds: int, between: int, writers: int) -> None:
    for n in range(rounds):
        while len(site.writers) < writers:
            site.start_writer()
        site.await_answers(between)
        site.kill_the_database() if n % 2 == 0 else site.kill_a_writer()
    site.start_writer()
    site.await_answers(between)
    while site.writers:
        site.kill_a_writer()
    told = json.loads(site.run("inspect", site.dsns.app))
    answers = site.answered()
    print(f"{rounds} kills, {len(answers)} answers, {told['dossiers']} dossiers")
    assert told["half"] == []
    assert told["faults"] == []
    assert told["waiting"] == 0
    assert told["gap-free"] is True
    assert len({key for key, _ in answers}) == len(answers)
    assert [[key, told["keys"].get(key)] for key, _ in answers] == answers
    received = [code for key, code in answers if not key.endswith("/start")]
    assert len(set(received)) == len(received)
    # what was committed and not answered any more: at most one request for each killed writer
    assert len(told["keys"]) - len(answers) <= rounds + writers


@pytest.mark.slow
def test_a_few_kills(site):
    prove(site, rounds=3, between=8, writers=2)


@pytest.mark.proof
def test_forty_kills(site):
    prove(site, rounds=40, between=100, writers=4)
