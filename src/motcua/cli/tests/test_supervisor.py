import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from motcua.cli.supervisor import FIRST_PAUSE, LONGEST_PAUSE, SETTLED_SECONDS, Child, Supervisor

# writes its name when it starts, and again when it is asked to stop
PATIENT = """
import signal, sys
def leave(*_):
    open(sys.argv[1], "a").write(sys.argv[2] + " stopped\\n")
    sys.exit(0)
signal.signal(signal.SIGTERM, leave)
open(sys.argv[1], "a").write(sys.argv[2] + " started\\n")
while True:
    signal.pause()
"""


def child(name: str, tmp_path: Path, program: str = PATIENT) -> Child:
    command = [sys.executable, "-c", program, str(tmp_path / "story"), name]
    return Child(name, command, dict(os.environ), tmp_path / f"{name}.log", pause=0.01)


def story(tmp_path: Path) -> list[str]:
    path = tmp_path / "story"
    return path.read_text().splitlines() if path.exists() else []


def run(children: list[Child], until: Callable[[], bool], said: list[str]) -> None:
    """Supervise until `until()` holds."""
    supervisor = Supervisor(children, watch=lambda: None, say=said.append, poll_seconds=0.02)

    def watch() -> None:
        if until():
            supervisor.stopping.set()

    supervisor.watch = watch
    supervisor.run(ready=lambda: None)


def test_children_stop_in_their_order(tmp_path):
    children = [child("web", tmp_path), child("worker", tmp_path)]
    run(children, lambda: len(story(tmp_path)) == 2, [])
    assert sorted(story(tmp_path)[:2]) == ["web started", "worker started"]
    assert story(tmp_path)[2:] == ["web stopped", "worker stopped"]
    assert [each.process for each in children] == [None, None]


def test_a_child_that_ends_is_started_again_whatever_its_status(tmp_path):
    said: list[str] = []
    ending = "import sys; open(sys.argv[1], 'a').write('came\\n')"
    run([child("worker", tmp_path, ending)], lambda: len(story(tmp_path)) >= 3, said)
    assert story(tmp_path)[:3] == ["came"] * 3
    assert len(said) >= 2
    assert said[0].startswith("worker dừng đột ngột")


def test_the_pause_grows_and_is_forgotten_after_a_quiet_minute(tmp_path):
    falling = child("web", tmp_path)
    falling.pause = FIRST_PAUSE
    pauses = []
    for _ in range(8):
        falling.process = subprocess.Popen(["/bin/true"])
        falling.process.wait()
        falling.started = 100.0
        assert falling.look(101.0) == "fell"
        pauses.append(falling.not_before - 101.0)
        assert falling.look(101.0) == "waiting"
    assert pauses == [0.5, 1, 2, 4, 8, 16, LONGEST_PAUSE, LONGEST_PAUSE]
    falling.process = subprocess.Popen(["/bin/true"])
    falling.process.wait()
    assert falling.look(100.0 + SETTLED_SECONDS + 1) == "fell"
    assert falling.not_before == 100.0 + SETTLED_SECONDS + 1 + FIRST_PAUSE


def test_what_ready_raises_still_stops_the_children(tmp_path):
    children = [child("web", tmp_path)]

    def fail() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        Supervisor(children, watch=lambda: None, say=print).run(ready=fail)
    assert children[0].process is None


def test_a_large_log_is_turned_over(tmp_path, monkeypatch):
    monkeypatch.setattr("motcua.cli.supervisor.LARGEST_LOG", 10)
    (tmp_path / "web.log").write_text("an old and long log\n")
    run([child("web", tmp_path)], lambda: bool(story(tmp_path)), [])
    assert (tmp_path / "web.log.1").read_text() == "an old and long log\n"
    assert (tmp_path / "web.log").read_text() == ""


def test_children_die_with_a_supervisor_that_is_killed(tmp_path):
    """The grandchild holds the writing end of a pipe: end of file says that it is gone."""
    reader, writer = os.pipe()
    killed = (
        "import os, signal, subprocess, sys\n"
        "tethered = [sys.executable, '-m', 'motcua.cli.tethered', str(os.getpid())]\n"
        f"child = 'import os, signal; os.write({writer}, b\"alive\"); signal.pause()'\n"
        f"subprocess.Popen([*tethered, sys.executable, '-c', child], pass_fds=[{writer}])\n"
        "signal.pause()\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", killed], pass_fds=[writer])
    os.close(writer)
    try:
        assert os.read(reader, 5) == b"alive"
        parent.send_signal(signal.SIGKILL)
        assert os.read(reader, 5) == b""
    finally:
        parent.kill()
        parent.wait()
        os.close(reader)
