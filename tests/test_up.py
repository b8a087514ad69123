"""The whole machine: an empty folder, `init --live`, `up`, parts of it killed, and a clean stop."""

import contextlib
import http.client
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Timer

import pytest

from motcua.cli import cluster
from tests.support.ports import free_port

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60.0
MOTCUA = [sys.executable, "-m", "motcua.config.main"]


@pytest.fixture
def var(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = ROOT / "var" / f"test-up-{secrets.token_hex(4)}"
    for name in [name for name in os.environ if name.startswith(("MOTCUA_", "DATABASE_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("MOTCUA_VAR", str(folder))
    monkeypatch.setenv("PYTHONUNBUFFERED", "1")
    yield folder
    cluster.stop(folder)
    shutil.rmtree(folder)


@pytest.fixture
def port() -> int:
    return free_port()


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*MOTCUA, *words], capture_output=True, text=True, check=False, timeout=300)


def until(process: subprocess.Popen[str], word: str) -> str:
    """Read what it says up to the line that holds `word`."""
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if word in line:
            return line
    raise AssertionError(f"it ended without saying {word!r}:\n{''.join(said)}")


def answer(port: int) -> int:
    """The status of the first page; what is being restarted (refused, or 503) is waited for."""
    patience = time.monotonic() + PATIENCE
    while True:
        status = 0
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        with contextlib.suppress(ConnectionRefusedError), contextlib.closing(connection):
            connection.request("GET", "/", headers={"Host": "localhost"})
            status = connection.getresponse().status
        if status not in (0, 503) or time.monotonic() > patience:
            return status
        Event().wait(0.1)


def children_of(pid: int) -> dict[str, int]:
    """The supervisor's children by what they are."""
    listed = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(pid)], capture_output=True, text=True
    ).stdout
    kinds = {"granian": "web", "config.main work": "worker"}
    return {
        kind: int(line.split()[0])
        for line in listed.splitlines()
        for sign, kind in kinds.items()
        if sign in line
    }


@pytest.mark.slow
def test_a_live_installation_runs_survives_and_stops(var, port):
    assert run("work").returncode == 2
    made = run("init", "--live")
    assert (made.returncode, made.stderr) == (0, "")
    assert (var / "installation").read_text() == "live\n"
    up = subprocess.Popen([*MOTCUA, "up", "--port", str(port)], stdout=subprocess.PIPE, text=True)
    watchdog = Timer(300, up.kill)
    watchdog.start()
    try:
        until(up, f"http://localhost:{port}")
        assert answer(port) == 200
        assert run("up", "--port", str(port)).returncode == 2

        before = children_of(up.pid)
        assert sorted(before) == ["web", "worker"]
        os.kill(before["web"], signal.SIGKILL)
        until(up, "web dừng đột ngột")
        os.kill(int((var / "pg" / "postmaster.pid").read_text().split("\n", 1)[0]), signal.SIGKILL)
        until(up, "Cơ sở dữ liệu đã trở lại")
        os.kill(before["worker"], signal.SIGKILL)
        until(up, "worker dừng đột ngột")
        assert answer(port) == 200

        up.send_signal(signal.SIGTERM)
        until(up, "Đã dừng")
        assert up.wait(30) == 0
    finally:
        watchdog.cancel()
        up.kill()
        up.communicate()
    assert cluster.status(var).state == "stopped"
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))
    assert "Traceback" not in (var / "log" / "web.log").read_text()
    assert "Traceback" not in (var / "log" / "worker.log").read_text()


def test_a_live_folder_never_becomes_a_trial(var):
    var.mkdir(mode=0o711)
    (var / "installation").write_text("trial\n")
    refused = run("init", "--live")
    assert refused.returncode == 2
    assert "không phải live" in refused.stderr
    assert not (var / "pg").exists()
