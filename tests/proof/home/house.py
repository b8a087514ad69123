"""A whole installation in processes of its own, every outside system beside it as a stand-in to be killed."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import httpx
import psycopg
from psycopg.rows import dict_row
from stand_ins.identity import CLIENT, SECRET
from stand_ins.payments import PARTNER, SECRET as PAY_SECRET

from motcua.cli import cluster
from tests.support.ports import free_port

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 180.0
TICK = 0.1
_pause = Event()


def until(what: str, true: Any, *, patience: float = PATIENCE) -> Any:
    """Wait for `true()` to be so; what it gave."""
    for _ in range(int(patience / TICK)):
        if found := true():
            return found
        _pause.wait(TICK)
    raise AssertionError(f"{what}: not in {patience:.0f} s")


def listens(port: int) -> bool:
    """Whether somebody answers there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class House:
    """`motcua up` and the stand-ins, each by its name, killed and started as one likes."""

    def __init__(self, var: Path) -> None:
        self.var = var
        names = ("web", "identity", "mail", "mailbox", "sms", "payments", "population")
        self.ports = {name: free_port() for name in names}
        self.url = f"http://localhost:{self.ports['web']}"
        self.shift = var / "shift"
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        at = {name: f"http://127.0.0.1:{port}" for name, port in self.ports.items()}
        self.at = at
        self.environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if not name.startswith(("MOTCUA_", "DATABASE_"))
            },
            "PYTHONPATH": f"{Path(__file__).parent / 'shift'}:{ROOT}",
            "PYTHONUNBUFFERED": "1",
            "MOTCUA_SHIFT": str(self.shift),
            "MOTCUA_VAR": str(var),
            "MOTCUA_PUBLIC_URL": self.url,
            "MOTCUA_IDENTITY_ISSUER": at["identity"],
            "MOTCUA_IDENTITY_CLIENT": CLIENT,
            "MOTCUA_IDENTITY_SECRET": SECRET,
            "MOTCUA_SMTP_HOST": "127.0.0.1",
            "MOTCUA_SMTP_PORT": str(self.ports["mail"]),
            "MOTCUA_SMTP_TLS": "none",
            "MOTCUA_SMS_URL": f"{at['sms']}/messages",
            "MOTCUA_PAY_URL": at["payments"],
            "MOTCUA_PAY_PARTNER": PARTNER,
            "MOTCUA_PAY_SECRET": PAY_SECRET,
            "MOTCUA_POPULATION_URL": f"{at['population']}/",
            "MOTCUA_POPULATION_INTEGRATION": "thu",
            "MOTCUA_POPULATION_SERVICE": "thu",
            "MOTCUA_POPULATION_ACCOUNT": "motcua",
        }

    # Processes --------------------------------------------------------------------------------------------------

    def command(self, name: str) -> list[str]:
        """How a process is started."""
        port = str(self.ports.get(name, 0))
        if name == "motcua":
            return [sys.executable, "-m", "motcua.config.main", "up", "--port", str(self.ports["web"])]
        words = [sys.executable, "-m", f"stand_ins.{name}", "--port", port]
        if name == "mail":
            words += ["--page", str(self.ports["mailbox"])]
        if name == "payments":
            words += [
                "--tell",
                f"{self.url}/payments/platform/confirm",
                "--back",
                f"{self.url}/payments/platform/back",
            ]
        return words

    def start(self, *names: str) -> None:
        """Start processes, and wait until each answers."""
        for name in names:
            with (self.var / f"{name}.log").open("ab") as log:
                self.running[name] = subprocess.Popen(
                    self.command(name),
                    cwd=ROOT,
                    env=self.environment,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
        for name in names:
            port = self.ports["web" if name == "motcua" else name]
            until(f"{name} answers", lambda port=port: listens(port))
        if "motcua" in names:
            until("the pages answer", self.answers)

    def answers(self) -> bool:
        """Whether a page comes."""
        try:
            return httpx.get(f"{self.url}/", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    def kill(self, *names: str) -> None:
        """kill -9, whole groups: web, its workers, the background worker; or a stand-in."""
        for name in names:
            process = self.running.pop(name)
            groups = {process.pid, *(self._children(process.pid) if name == "motcua" else ())}
            for group in groups:
                _killed(group)
            process.wait()
            port = self.ports["web" if name == "motcua" else name]
            until(f"{name} is gone", lambda port=port: not listens(port))

    def _children(self, pid: int) -> list[int]:
        told = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True)
        found = [int(word) for word in told.stdout.split()]
        return found + [deeper for child in found for deeper in self._children(child)]

    def stop(self) -> None:
        """End everything, the database too."""
        self.kill(*self.running)
        cluster.stop(self.var)
        shutil.rmtree(self.var)

    # Time and facts ---------------------------------------------------------------------------------------------

    def move(self, seconds: float) -> None:
        """Let every clock of the house go on by so much."""
        draft = self.shift.with_suffix(".new")
        draft.write_text(str(float(self.shift.read_text()) + seconds))
        draft.replace(self.shift)

    def rows(self, query: str, *arguments: object) -> list[dict[str, Any]]:
        """What stands in the database, as its owner reads it."""
        dsn = cluster.ensure(self.var, database="motcua_trial").owner
        with psycopg.connect(dsn, row_factory=dict_row) as session:
            return session.execute(query, arguments).fetchall()

    def told(self, code: str) -> list[str]:
        """The numbers of the e-mails and text messages about a dossier that came in since the outlets were started."""
        pages = [httpx.get(self.at[name]).text for name in ("mailbox", "sms")]
        rows = [row for page in pages for row in page.split("<tr>")[1:] if code in row]
        return [row.partition("<pre>")[2].partition("</pre>")[0] for row in rows]

    def accounts(self) -> list[dict[str, str]]:
        """The trial accounts: login, password, position."""
        found: list[dict[str, str]] = json.loads((self.var / "trial" / "accounts.json").read_text())
        return found

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command of `motcua`, from a shell."""
        command = [sys.executable, "-m", "motcua.config.main", *words]
        return subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True)


def _killed(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


STAND_INS = ("identity", "mail", "sms", "payments", "population")


@contextmanager
def house(name: str) -> Iterator[House]:
    """A house of that name below var, running with all its stand-ins; gone at the end."""
    var = ROOT / "var" / f"test-{name}"
    if var.exists():
        cluster.stop(var)
        shutil.rmtree(var)
    var.mkdir(parents=True)
    made = House(var)
    made.shift.write_text("0")
    try:
        made.start(*STAND_INS)
        made.start("motcua")
        yield made
    finally:
        made.stop()
