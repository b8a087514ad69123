"""`motcua up`: from an empty folder to a running system, and then keep it running."""

import http.client
import json
import os
import socket
import sys
import time
from dataclasses import dataclass
from http import HTTPStatus
from importlib import import_module
from pathlib import Path
from typing import Annotated

import psycopg
import typer
from django.conf import settings
from django.core.management import call_command
from rich.console import Console
from rich.table import Table

from motcua.cli import cluster, installation
from motcua.cli.errors import CliError
from motcua.cli.session import Session, open_session, tells_outages
from motcua.cli.supervisor import Child, Supervisor

WORKERS, THREADS = 4, 2
ANSWER_SECONDS = 300.0
WRONG_SECONDS = 5.0  # an answer that is not the page is asked for again so long
WATCH_SECONDS = 2.0
OWNERS_OWN = ("MOTCUA_OWNER_DSN", "DATABASE_OWNER_URL", "DATABASE_SUPERUSER_URL")

console = Console(highlight=False, markup=False, soft_wrap=True)


@tells_outages
def up(
    *,
    port: Annotated[int, typer.Option(help="cổng · port", min=1, max=65535)] = 8000,
    host: Annotated[str, typer.Option(help="địa chỉ lắng nghe · address to listen on")] = "127.0.0.1",
) -> None:
    """Make a trial installation where there is none, then run web and worker until told to stop."""
    began = time.monotonic()
    refuse_taken_port(host, port)
    os.environ.setdefault("MOTCUA_PUBLIC_URL", f"http://localhost:{port}")
    is_made = (installation.var_folder() / "installation").exists()
    session = open_session(create=None if is_made else "trial")
    console.print(f"Cơ sở dữ liệu sẵn sàng · database ready ({time.monotonic() - began:.1f} s)")
    call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=["django_htmx/ext/*"])
    if session.kind == "trial":
        # it may import models, and these need the session
        import_module("motcua.cli.trial").prepare_trial(session.var, console.print)
    supervisor = Supervisor(
        children=children(session.var, host=host, port=port),
        watch=DatabaseWatch(session),
        say=console.print,
    )

    def ready() -> None:
        wait_for_answer(supervisor, host=host, port=port)
        if not supervisor.stopping.is_set():
            greet(session, port, seconds=time.monotonic() - began)

    supervisor.run(ready=ready)
    console.print("Đã dừng · stopped")


def refuse_taken_port(host: str, port: int) -> None:
    """Raises CliError when nobody could listen there."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise CliError(
            f"Không lắng nghe được ở {host} cổng {port} ({error.strerror}): "
            "dừng chương trình đang dùng cổng ấy, hoặc chọn cổng khác bằng --port.",
            f"Cannot listen on {host} port {port} ({error.strerror}): "
            "stop the program that uses the port, or choose another with --port.",
        ) from error


def children(var: Path, *, host: str, port: int) -> list[Child]:
    """Web first, worker second; they stop in that order. The web never holds the owner's password."""
    for_worker = dict(os.environ)
    for_web = {name: value for name, value in for_worker.items() if name not in OWNERS_OWN}
    for_web["MOTCUA_DB_POOL"] = str(THREADS)
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "motcua.config.wsgi:application"]
    web += ["--host", host, "--port", str(port), "--workers", str(WORKERS), "--no-ws"]
    web += ["--blocking-threads", str(THREADS), "--respawn-failed-workers", "--workers-kill-timeout", "10"]
    worker = [sys.executable, "-m", "motcua.config.main", "work"]
    return [
        Child("web", web, for_web, var / "log" / "web.log"),
        Child("worker", worker, for_worker, var / "log" / "worker.log"),
    ]


@dataclass(slots=True)
class DatabaseWatch:
    """Sees whether the database answers, and starts ours again when it does not."""

    session: Session
    due: float = 0.0
    is_away: bool = False

    def __call__(self) -> None:
        if time.monotonic() < self.due:
            return
        try:
            psycopg.connect(self.session.dsns.app, connect_timeout=2).close()
        except psycopg.OperationalError:
            self._bring_back()
        self.due = time.monotonic() + WATCH_SECONDS

    def _bring_back(self) -> None:
        if not self.is_away:
            console.print("Cơ sở dữ liệu không trả lời, đang khởi động lại · database away, restarting it")
            self.is_away = True
        try:
            cluster.ensure(self.session.var, database=f"motcua_{self.session.kind}")
        except CliError as error:
            console.print(f"{error.vi} · {error.en}")
            return
        console.print("Cơ sở dữ liệu đã trở lại · database back")
        self.is_away = False


def wait_for_answer(supervisor: Supervisor, *, host: str, port: int) -> None:
    """Return when the web shows its first page, or when told to stop. Raises CliError, with its last error and where
    the log is, when it falls, never answers, or goes on answering with something else."""
    web = supervisor.children[0]
    address = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - read, not bound
    patience = time.monotonic() + ANSWER_SECONDS
    wrong_since: float | None = None
    while not supervisor.stopping.is_set():
        fell = web.process is None or web.process.poll() is not None
        status = asked(address, port)
        at = time.monotonic()
        if status == HTTPStatus.OK:
            return
        if status is not None:
            wrong_since = at if wrong_since is None else wrong_since
            if at - wrong_since >= WRONG_SECONDS:
                raise _failed(
                    web,
                    f"trả lời lỗi {status} thay cho trang chủ",
                    f"answers {status} instead of the home page",
                )
        elif fell:
            raise _failed(web, "không khởi động được", "did not start")
        elif at > patience:
            seconds = f"{ANSWER_SECONDS:.0f}"
            raise _failed(
                web,
                f"đang chạy nhưng {seconds} giây chưa trả lời; máy có thể quá tải",
                f"runs but has not answered for {seconds} seconds; the machine may be overloaded",
            )
        supervisor.stopping.wait(0.1)


def asked(address: str, port: int) -> int | None:
    """The status with which the first page comes, None where nobody answers."""
    connection = http.client.HTTPConnection(address, port, timeout=30)
    try:
        host = next((name for each in settings.ALLOWED_HOSTS if (name := each.lstrip(".*"))), "localhost")
        connection.request("GET", "/", headers={"Host": host})
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    return answer.status


def _failed(web: Child, vi: str, en: str) -> CliError:
    error = web.last_error()
    return CliError(
        f"Máy chủ web {vi}. Lỗi cuối: {error or 'không ghi gì'}. Xem {web.log}, sửa rồi chạy lại.",
        f"The web server {en}. Its last error: {error or 'it wrote none'}. See {web.log}, mend it and run again.",
    )


def greet(session: Session, port: int, *, seconds: float) -> None:
    """Where it is, and in a trial who may sign in."""
    accounts = session.var / "trial" / "accounts.json"
    if session.kind == "trial" and accounts.exists():
        table = Table("tài khoản · login", "mật khẩu · password", "vị trí · position")
        for row in json.loads(accounts.read_text(encoding="utf-8")):
            table.add_row(str(row["login"]), str(row["password"]), str(row["position"]))
        console.print(table)
    console.print(f"Một Cửa: http://localhost:{port}  ({seconds:.1f} s; Ctrl-C: dừng · stop)")
