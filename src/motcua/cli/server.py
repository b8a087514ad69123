"""One PostgreSQL server of ours: made, started, stopped, and prepared with its two logins."""

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from motcua.cli.binaries import Binaries
from motcua.cli.errors import CliError
from motcua.cli.run_as import RunAs

SUPERUSER, OWNER, APP = "postgres", "motcua_owner", "motcua_app"
EXTENSIONS = ("unaccent", "pg_trgm", "btree_gin")
PORT = 5432  # names the socket file only; nothing listens on the network
START_SECONDS = 30
RECOVERY_SECONDS = 900  # a large cluster replaying its log after a crash is alive, not failing
LARGEST_LOG = 10_000_000

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "jit": "off",
    "wal_compression": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    # A failing statement holds what was typed, and its detail the row: names have no place in a log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True, slots=True)
class Passwords:
    superuser: str
    owner: str
    app: str


@dataclass(frozen=True, slots=True)
class Server:
    """One data folder with its programs, identity and socket folder."""

    data: Path
    sockets: Path
    log: Path
    binaries: Binaries
    identity: RunAs
    passwords: Passwords

    def dsn(self, user: str, password: str, database: str) -> str:
        return make_conninfo(
            host=str(self.sockets),
            port=PORT,
            user=user,
            password=password,
            dbname=database,
            sslmode="disable",
        )

    def superuser(self, database: str = "postgres") -> str:
        return self.dsn(SUPERUSER, self.passwords.superuser, database)


def initdb(server: Server) -> None:
    """Make the data folder beside its place and move it there whole: a half-made one never counts."""
    draft = server.data.with_name("pg.new")
    if draft.exists():
        shutil.rmtree(draft)
    draft.mkdir(mode=0o700)
    server.identity.own(draft, mode=0o700)
    locale = ["--locale=C.UTF-8"]
    if server.binaries.major >= 17:
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    password = server.data.with_name("pg.password")
    password.touch(mode=0o600)
    password.write_text(server.passwords.superuser)
    server.identity.own(password, mode=0o600)
    command = [server.binaries.program("initdb"), "-D", str(draft), "-U", SUPERUSER, "-E", "UTF8"]
    command += ["--auth=scram-sha-256", f"--pwfile={password}", "--data-checksums", *locale]
    try:
        with server.log.open("ab") as log:
            if server.identity.run(command, output=log) != 0:
                raise _failed(server, "initdb")
    finally:
        password.unlink()
    draft.rename(server.data)


def start(server: Server, settings: dict[str, str]) -> None:
    """Return once a connection answers. A postmaster killed a moment ago may stand in the way for seconds."""
    patience = time.monotonic() + START_SECONDS
    longest = time.monotonic() + RECOVERY_SECONDS
    while (told := answer(server)) != "ready":
        if time.monotonic() > (longest if told == "busy" else patience):
            raise _failed(server, "pg_ctl start")
        if told == "nobody":
            _drop_stale_pid(server.data)
        if told == "busy" or not _pg_ctl_start(server, settings):
            time.sleep(0.2)


def _pg_ctl_start(server: Server, settings: dict[str, str]) -> bool:
    told = settings | {"unix_socket_directories": str(server.sockets)}
    options = " ".join(f"-c {name}='{value}'" for name, value in told.items())
    if server.log.exists() and server.log.stat().st_size > LARGEST_LOG:
        server.log.rename(server.log.with_suffix(".log.1"))
    with server.log.open("ab") as log:
        command = [server.binaries.program("pg_ctl"), "-D", str(server.data)]
        command += ["-s", "-w", "-t", "30", "-o", options, "start"]
        return server.identity.run(command, output=log) == 0


def answer(server: Server) -> str:
    """`ready`, `busy` (starting, recovering or shutting down) or `nobody`."""
    try:
        psycopg.connect(server.superuser(), connect_timeout=5).close()
    except psycopg.OperationalError as error:
        # libpq gives no SQLSTATE for a refused connection; the server's own words tell them apart
        if "authentication failed" in str(error):
            raise CliError(
                f"Mật khẩu trong var/keys không mở được {server.data}. Khôi phục từ bản sao lưu.",
                f"The password in var/keys does not open {server.data}. Restore it from a backup.",
            ) from error
        return "busy" if "the database system is" in str(error) else "nobody"
    return "ready"


def _drop_stale_pid(data: Path) -> None:
    """Remove a pid file whose process is a zombie or no PostgreSQL; shared memory still guards the data."""
    path = data / "postmaster.pid"
    try:
        pid = int(path.read_text().split("\n", 1)[0])
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError):
        return  # no such process: PostgreSQL itself sees that
    if state == "Z" or b"postgres" not in command:
        path.unlink(missing_ok=True)


def stop(server: Server) -> None:
    if answer(server) == "nobody":
        return
    with server.log.open("ab") as log:
        command = [server.binaries.program("pg_ctl"), "-D", str(server.data), "-s", "-w", "-t", "60"]
        server.identity.run([*command, "-m", "fast", "stop"], output=log)


def prepare(server: Server, database: str) -> None:
    """The two logins, then the database; template1 hands the extensions on to every database."""
    with psycopg.connect(server.superuser(), autocommit=True) as session:
        if not _found(session, "SELECT 1 FROM pg_roles WHERE rolname = %s", OWNER):
            _extend(server)
            _make_logins(session, server.passwords)
        if not _found(session, "SELECT 1 FROM pg_database WHERE datname = %s", database):
            name = sql.Identifier(database)
            owner, app = sql.Identifier(OWNER), sql.Identifier(APP)
            session.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, owner))
            session.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
            session.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(name, app))


def _found(session: psycopg.Connection, query: str, name: str) -> bool:
    return session.execute(query.encode(), [name]).fetchone() is not None


def _extend(server: Server) -> None:
    with psycopg.connect(server.superuser("template1"), autocommit=True) as template:
        for extension in EXTENSIONS:
            try:
                template.execute(
                    sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension))
                )
            except psycopg.errors.FeatureNotSupported as error:
                raise CliError(
                    f"PostgreSQL ở {server.binaries.folder} thiếu phần mở rộng {extension}: "
                    "cài gói postgresql-contrib.",
                    f"The PostgreSQL in {server.binaries.folder} lacks the extension {extension}: "
                    "install postgresql-contrib.",
                ) from error


def _make_logins(session: psycopg.Connection, passwords: Passwords) -> None:
    app, owner = sql.Identifier(APP), sql.Identifier(OWNER)
    with session.transaction():
        session.execute(
            sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(app, sql.Literal(passwords.app)),
        )
        session.execute(
            sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}").format(owner, sql.Literal(passwords.owner)),
        )
        session.execute(sql.SQL("GRANT {} TO {}").format(app, owner))
        # tests empty tables and replay fills its own schema past the append-only triggers
        session.execute(sql.SQL("GRANT SET ON PARAMETER session_replication_role TO {}").format(owner))


def _failed(server: Server, command: str) -> CliError:
    last = "".join(server.log.read_text(errors="replace").splitlines(keepends=True)[-5:]).strip()
    return CliError(
        f"PostgreSQL không khởi động được ({command}). Nhật ký: {server.log}\n{last}",
        f"PostgreSQL did not start ({command}). Its log: {server.log}\n{last}",
    )
