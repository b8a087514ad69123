"""`motcua up` says it is ready when its first page is shown, and otherwise what is wrong and where that stands."""

import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from motcua.cli import up
from motcua.cli.errors import CliError
from motcua.cli.supervisor import Child, Supervisor

FAULT = """INFO of an earlier start
Traceback (most recent call last):
  File "urls.py", line 1, in <module>
    import fitz
ModuleNotFoundError: No module named 'fitz'

[INFO] worker-2 goes on
"""
statuses: list[int] = []


class Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(statuses.pop(0) if len(statuses) > 1 else statuses[0])
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def port() -> Iterator[int]:
    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Child]:
    """A process that runs, with a log of an earlier start."""
    log = tmp_path / "web.log"
    log.write_text("OldError: of before\n")
    child = Child("web", [sys.executable, "-c", "import signal; signal.pause()"], {}, log)
    child.start(0.0)
    yield child
    child.stop()


def waits(web: Child, port: int) -> None:
    up.wait_for_answer(Supervisor([web], lambda: None, print), host="127.0.0.1", port=port)


def test_an_answer_that_is_no_page_is_told_with_its_error_and_the_log(web, port, monkeypatch):
    statuses[:] = [503, 200]
    waits(web, port)
    monkeypatch.setattr(up, "WRONG_SECONDS", 0.0)
    statuses[:] = [500]
    with pytest.raises(CliError) as silent:
        waits(web, port)
    assert "trả lời lỗi 500" in silent.value.vi
    assert "wrote none" in silent.value.en
    with web.log.open("a") as log:
        log.write(FAULT)
    with pytest.raises(CliError) as told:
        waits(web, port)
    assert "Lỗi cuối: ModuleNotFoundError: No module named 'fitz'." in told.value.vi
    assert str(web.log) in told.value.vi
    assert str(web.log) in told.value.en


def test_it_asks_for_localhost_where_no_host_is_named(port, settings):
    settings.ALLOWED_HOSTS = []
    statuses[:] = [200]
    assert up.asked("127.0.0.1", port) == 200


def test_a_web_that_fell_is_told_with_its_last_word(web):
    with web.log.open("a") as log:
        log.write("cannot bind\n")
    web.stop()
    with pytest.raises(CliError, match="không khởi động được. Lỗi cuối: cannot bind"):
        waits(web, 1)
