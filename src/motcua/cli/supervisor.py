"""Keeps child processes alive until told to stop, whatever their exit status says."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from types import FrameType

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
SETTLED_SECONDS = 60.0  # after so long alive the next fall starts from the first pause again
STOP_SECONDS = 15.0
LARGEST_LOG = 10_000_000
LARGEST_TAIL = 100_000
TRACEBACK = "Traceback (most recent call last):"


@dataclass(slots=True)
class Child:
    """A process that should always run; its output goes to `log`, turned over at a start when large."""

    name: str
    command: Sequence[str]
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    not_before: float = 0.0
    log_from: int = 0

    def start(self, now: float) -> None:
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self.log_from = log.tell()
            self.process = subprocess.Popen(  # noqa: S603 - our own programs
                [sys.executable, "-m", "motcua.cli.tethered", str(os.getpid()), *self.command],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches us alone: we stop them in order
            )
        self.started = now

    def look(self, now: float) -> str:
        """Start it when it is due; returns `running`, `fell` (just now) or `waiting`."""
        if self.process is not None and self.process.poll() is None:
            return "running"
        if self.process is not None:
            self.process = None
            self.pause = FIRST_PAUSE if now - self.started > SETTLED_SECONDS else self.pause
            self.not_before = now + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE)
            return "fell"
        if now < self.not_before:
            return "waiting"
        self.start(now)
        return "running"

    def last_error(self) -> str:
        """What it died of, or failed at, since it was started last: the last line of its last traceback, else of its
        log; "" where it wrote nothing."""
        if not self.log.exists():
            return ""
        with self.log.open("rb") as log:
            log.seek(max(self.log_from, log.seek(0, os.SEEK_END) - LARGEST_TAIL))
            _before, traceback, after = log.read().decode(errors="replace").rpartition(TRACEBACK)
        said = [line for line in after.splitlines() if line.strip() and not line.startswith(" ")]
        return said[0 if traceback else -1] if said else ""

    def stop(self) -> None:
        """Ask, wait, insist."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None


@dataclass(slots=True)
class Supervisor:
    """Runs `children`, started and stopped in their order, and `watch` beside them, until told to stop."""

    children: Sequence[Child]
    watch: Callable[[], None]
    say: Callable[[str], None]
    stopping: Event = field(default_factory=Event)
    poll_seconds: float = 0.5

    def run(self, *, ready: Callable[[], None]) -> None:
        """Return after SIGINT or SIGTERM, or when `stopping` is set, with all children gone.

        `ready` is called once they have been started; what it raises ends the run.
        """
        with stop_on_signals(self.stopping):
            try:
                for child in self.children:
                    child.start(time.monotonic())
                ready()
                while not self.stopping.wait(self.poll_seconds):
                    self.watch()
                    for child in self.children:
                        if child.look(time.monotonic()) == "fell":
                            self.say(
                                f"{child.name} dừng đột ngột, chạy lại sau {child.pause / 2:g} giây "
                                f"· {child.name} fell, restarting ({child.log})"
                            )
            finally:
                for child in self.children:
                    child.stop()


@contextmanager
def stop_on_signals(stopping: Event) -> Iterator[None]:
    """SIGINT and SIGTERM set `stopping` instead of ending the process in the middle of something."""

    def ask(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
