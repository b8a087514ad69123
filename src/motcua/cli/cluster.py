"""The private PostgreSQL cluster in `var/pg`: made, started and stopped by us.

The only truth about a server is a connection: pid files and `pg_ctl status` lie after `kill -9`.
`DATABASE_URL` and `DATABASE_OWNER_URL` name a real server instead; then nothing here is made or started.
"""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

import psycopg
from psycopg.conninfo import conninfo_to_dict

from motcua.cli import binaries, server
from motcua.cli.errors import CliError
from motcua.cli.run_as import RunAs, choose
from motcua.cli.server import APP, OWNER, SETTINGS, THROWAWAY, Passwords, Server

SHARED_TEMPORARY = Path("/tmp")  # noqa: S108 - $TMPDIR may be closed to the server's user; ours is 0700
LONGEST_SOCKET_FOLDER = 85  # the kernel allows 107 bytes for the whole socket path


@dataclass(frozen=True, slots=True)
class Dsns:
    """Connection strings (libpq conninfo or URL) of the two logins; the superuser's only when ours."""

    app: str
    owner: str
    superuser: str | None


@dataclass(frozen=True, slots=True)
class Status:
    """`state` is external, absent, stopped or running; `major` is of the cluster, where there is one."""

    state: str
    major: int | None
    folder: Path


_leases: dict[Path, IO[bytes]] = {}


def ensure(var: Path, *, database: str, durable: bool = True) -> Dsns:
    """Make, start and prepare the cluster in `var`, and the empty `database` in it; returns its logins.

    Safe to call from several processes at once, and cheap when all is there (a few milliseconds). This
    process keeps a lease until `release`, so that the last one out stops the server. `durable=False` gives
    up safety for speed: for tests' own clusters.

    Raises CliError when no PostgreSQL can be found, reached or started.
    """
    external = _external()
    if external is not None:
        _reach(external.app)
        _reach(external.owner)
        _make_var(var)
        return external
    var = var.resolve()
    _make_var(var)
    with _locked(var):
        ours = _open(var)
        if not _exists(ours.data):
            server.initdb(ours)
        server.start(ours, SETTINGS if durable else SETTINGS | THROWAWAY)
        server.prepare(ours, database)
        if var not in _leases:
            _leases[var] = _lease(var)
    return Dsns(
        app=ours.dsn(APP, ours.passwords.app, database),
        owner=ours.dsn(OWNER, ours.passwords.owner, database),
        superuser=ours.superuser(database),
    )


def release(var: Path) -> None:
    """Give back this process's lease; the last process to do so stops the server."""
    var = var.resolve()
    lease = _leases.pop(var, None)
    if lease is None:
        return
    with _locked(var):
        lease.close()
        with (var / "pg.users").open("ab") as users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
        server.stop(_open(var))


def stop(var: Path) -> None:
    """Stop the server, whoever uses it; does nothing where there is none or where it does not run."""
    var = var.resolve()
    if _external() is None and _exists(var / "pg"):
        with _locked(var):
            server.stop(_open(var))


def status(var: Path) -> Status:
    """What stands in `var`, without starting anything."""
    var = var.resolve()
    data = var / "pg"
    if _external() is not None:
        return Status("external", None, data)
    if not _exists(data):
        return Status("absent", None, data)
    ours = _open(var)
    running = server.answer(ours) == "ready"
    return Status("running" if running else "stopped", ours.binaries.major, data)


def _external() -> Dsns | None:
    app, owner = os.environ.get("DATABASE_URL"), os.environ.get("DATABASE_OWNER_URL")
    if not app and not owner:
        return None
    if not app or not owner:
        raise CliError(
            "Máy chủ riêng cần cả hai biến DATABASE_URL (ứng dụng) và DATABASE_OWNER_URL (chủ sở hữu).",
            "A server of your own needs both DATABASE_URL (application) and DATABASE_OWNER_URL (owner).",
        )
    return Dsns(app=app, owner=owner, superuser=os.environ.get("DATABASE_SUPERUSER_URL"))


def _reach(url: str) -> None:
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.Error as error:
        host = _host_of(url)
        raise CliError(
            f"Không kết nối được cơ sở dữ liệu tại {host}: {error}".strip(),
            f"Cannot connect to the database at {host}: {error}".strip(),
        ) from error


def _host_of(url: str) -> str:
    try:
        return str(conninfo_to_dict(url).get("host") or "localhost")
    except psycopg.ProgrammingError:
        return "?"


def _make_var(var: Path) -> None:
    try:
        for folder, mode in ((var, 0o711), (var / "keys", 0o700), (var / "log", 0o700)):
            if not folder.is_dir():
                folder.mkdir(parents=True, mode=mode)
                folder.chmod(
                    mode
                )  # whatever the umask: the server's user must pass through var, no other need
    except OSError as error:
        raise CliError(f"Không ghi được vào {var}: {error}", f"Cannot write to {var}: {error}") from error


@contextmanager
def _locked(var: Path) -> Iterator[None]:
    """One process at a time makes, starts or stops a ours."""
    try:
        lock = (var / "pg.lock").open("ab")
    except OSError as error:
        raise CliError(f"Không ghi được vào {var}: {error}", f"Cannot write to {var}: {error}") from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _lease(var: Path) -> IO[bytes]:
    lease = (var / "pg.users").open("ab")
    fcntl.flock(lease, fcntl.LOCK_SH)
    return lease


def _exists(data: Path) -> bool:
    try:
        (data / "PG_VERSION").stat()
    except FileNotFoundError:
        return False
    except PermissionError as error:
        raise CliError(
            f"Cơ sở dữ liệu {data} thuộc về người dùng khác. Chạy lệnh này bằng người đã tạo nó.",
            f"The database {data} belongs to another user. Run this command as the one who made it.",
        ) from error
    return True


def _open(var: Path) -> Server:
    data = var / "pg"
    major = int((data / "PG_VERSION").read_text()) if _exists(data) else None
    programs, identity = choose(binaries.choose_from(major), data)
    return Server(
        data=data,
        sockets=_socket_folder(var, identity),
        log=var / "log" / "postgresql.log",
        binaries=programs,
        identity=identity,
        passwords=_passwords(var, is_new=major is None),
    )


def _passwords(var: Path, *, is_new: bool) -> Passwords:
    path = var / "keys" / "database.json"
    if path.exists():
        return Passwords(**json.loads(path.read_text()))
    if not is_new:
        raise CliError(
            f"Thiếu {path}: mật khẩu của cơ sở dữ liệu trong {var}. Khôi phục tệp này từ bản sao lưu.",
            f"{path} is missing: the passwords of the database in {var}. Restore it from a backup.",
        )
    made = Passwords(*(secrets.token_urlsafe(24) for _ in range(3)))
    draft = path.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(asdict(made)))
    draft.rename(path)
    return made


def _socket_folder(var: Path, identity: RunAs) -> Path:
    """`var/run` where the path is short and plain, else a folder of ours under the temporary one."""
    folder = var / "run"
    plain = all(character.isalnum() or character in "/-_." for character in str(folder))
    if not plain or len(os.fsencode(folder)) > LONGEST_SOCKET_FOLDER:
        digest = sha256(os.fsencode(var)).hexdigest()[:12]
        folder = SHARED_TEMPORARY / f"motcua-{identity.uid}-{digest}"
    if not folder.is_dir():
        folder.mkdir(mode=0o700)
        identity.own(folder, mode=0o700)
    found = folder.lstat()
    if folder.is_symlink() or found.st_uid != identity.uid or found.st_mode & 0o077:
        raise CliError(
            f"Thư mục {folder} không phải của PostgreSQL này. Xóa nó rồi chạy lại.",
            f"The folder {folder} does not belong to this PostgreSQL. Remove it and run again.",
        )
    return folder
