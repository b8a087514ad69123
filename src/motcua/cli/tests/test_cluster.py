"""The private cluster for real: two seconds each, since nothing less shows that it comes back."""

import os
import secrets
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from motcua.cli import binaries, cluster, server
from motcua.cli.errors import CliError

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture
def var(monkeypatch):
    """A folder that the server's user can reach: pytest's own are closed to others."""
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.delenv(name, raising=False)
    folder = ROOT / "var" / f"test-cluster-{secrets.token_hex(4)}"
    yield folder
    cluster.release(folder)
    cluster.stop(folder)
    shutil.rmtree(folder)


def postmaster(var: Path) -> int:
    return int((var / "pg" / "postmaster.pid").read_text().split("\n", 1)[0])


def test_a_server_that_is_killed_comes_back_with_what_was_committed(var):
    dsns = cluster.ensure(var, database="motcua_trial")
    with psycopg.connect(dsns.owner, autocommit=True) as owner:
        owner.execute("CREATE TABLE kept (word text)")
        owner.execute("INSERT INTO kept VALUES ('committed')")
    half = psycopg.connect(dsns.owner)
    half.execute("INSERT INTO kept VALUES ('half')")
    os.kill(postmaster(var), signal.SIGKILL)
    again = cluster.ensure(var, database="motcua_trial")
    half.close()
    assert again == dsns
    with psycopg.connect(again.owner) as owner:
        assert owner.execute("SELECT word FROM kept").fetchall() == [("committed",)]


def test_the_logins_are_closed_to_each_other_and_to_the_world(var):
    dsns = cluster.ensure(var, database="motcua_trial")
    assert cluster.status(var).state == "running"
    modes = {path.name: path.stat().st_mode & 0o777 for path in var.iterdir() if path.is_dir()}
    assert modes == {"keys": 0o700, "log": 0o700, "pg": 0o700, "run": 0o700}
    assert (var / "keys" / "database.json").stat().st_mode & 0o777 == 0o600
    with psycopg.connect(dsns.app, autocommit=True) as app:
        assert app.execute("SHOW fsync").fetchone() == ("on",)
        assert app.execute("SHOW synchronous_commit").fetchone() == ("on",)
        assert app.execute("SHOW listen_addresses").fetchone() == ("",)
        assert app.execute("SELECT lower('ĐẶNG'), unaccent('Đặng')").fetchone() == ("đặng", "Dang")
        for statement in ("CREATE TABLE mine (id int)", "CREATE DATABASE mine", "SET ROLE motcua_owner"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(statement)
    wrong = psycopg.conninfo.make_conninfo(dsns.app, password="guess")
    with pytest.raises(psycopg.OperationalError, match="authentication failed"):
        psycopg.connect(wrong)


def test_what_a_failing_statement_held_is_not_in_the_log(var):
    dsns = cluster.ensure(var, database="motcua_trial")
    with psycopg.connect(dsns.owner, autocommit=True) as owner:
        owner.execute("CREATE TABLE people (name text CHECK (length(name) < 3), UNIQUE (name))")
        owner.execute("INSERT INTO people VALUES ('An')")
        for name in ("Khuất Thị Yến", "An"):
            with pytest.raises(psycopg.errors.IntegrityError, match=name):
                owner.execute(f"INSERT INTO people VALUES ('{name}')")
    log = (var / "log" / "postgresql.log").read_text()
    assert log.count("ERROR") == 2
    assert "Yến" not in log
    assert "(An)" not in log


def test_the_last_one_out_stops_the_server(var):
    """Two processes use it; it lives until both are gone, even if one is killed."""
    program = (
        "import sys; from pathlib import Path; from motcua.cli import cluster\n"
        "cluster.ensure(Path(sys.argv[1]), database='motcua_trial', durable=False)\n"
        "print('in', flush=True); sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", program, str(var)]
    other = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        cluster.ensure(var, database="motcua_trial", durable=False)
        assert other.stdout is not None
        assert other.stdout.readline() == b"in\n"
        cluster.release(var)
        assert cluster.status(var).state == "running"
        cluster.ensure(var, database="motcua_trial", durable=False)
    finally:
        other.kill()
        other.communicate()
    cluster.release(var)
    assert cluster.status(var).state == "stopped"


def test_a_stale_pid_file_of_a_foreign_process_is_no_obstacle(var):
    cluster.ensure(var, database="motcua_trial", durable=False)
    cluster.release(var)
    (var / "pg" / "postmaster.pid").write_text(f"{os.getpid()}\n{var}/pg\n")
    cluster.ensure(var, database="motcua_trial", durable=False)
    assert postmaster(var) != os.getpid()


def test_a_long_path_gets_a_short_socket_folder_and_no_secret_stays_behind(var):
    deep = var / ("dài " * 20 + "end")
    dsns = cluster.ensure(deep, database="motcua_trial", durable=False)
    sockets = Path(str(psycopg.conninfo.conninfo_to_dict(dsns.app)["host"]))
    try:
        assert len(str(sockets)) < 60
        assert sockets.stat().st_mode & 0o777 == 0o700
        assert not (deep / "pg.password").exists()
        with psycopg.connect(dsns.app) as app:
            assert app.execute("SELECT 1").fetchone() == (1,)
    finally:
        cluster.release(deep)
        shutil.rmtree(sockets)


def test_lost_passwords_are_named(var):
    cluster.ensure(var, database="motcua_trial", durable=False)
    cluster.stop(var)
    (var / "keys" / "database.json").rename(var / "keys" / "aside.json")
    with pytest.raises(CliError, match=r"Thiếu .*database\.json"):
        cluster.ensure(var, database="motcua_trial")
    (var / "keys" / "aside.json").rename(var / "keys" / "database.json")


def test_a_server_that_cannot_start_says_why(var, monkeypatch):
    cluster.ensure(var, database="motcua_trial", durable=False)
    cluster.stop(var)
    monkeypatch.setattr(server, "START_SECONDS", 0.5)
    monkeypatch.setitem(server.THROWAWAY, "shared_buffers", "much")
    with pytest.raises(CliError, match='invalid value for parameter "shared_buffers": "much"'):
        cluster.ensure(var, database="motcua_trial", durable=False)


def test_a_cluster_is_never_opened_by_another_major_version():
    with pytest.raises(CliError, match="do PostgreSQL 99 tạo"):
        binaries.choose_from(99)


def test_the_programs_may_be_named(tmp_path, monkeypatch):
    monkeypatch.setenv("MOTCUA_PG_BIN", str(tmp_path))
    with pytest.raises(CliError, match="MOTCUA_PG_BIN"):
        binaries.choose_from(None)


def test_a_server_of_ones_own_needs_both_logins(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@localhost/motcua")
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    with pytest.raises(CliError, match="DATABASE_OWNER_URL"):
        cluster.ensure(tmp_path, database="motcua_trial")


def test_a_server_of_ones_own_that_is_away_is_named(tmp_path, monkeypatch):
    url = f"host={tmp_path} dbname=motcua user=app"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("DATABASE_OWNER_URL", url)
    with pytest.raises(CliError, match=f"Không kết nối được cơ sở dữ liệu tại {tmp_path}"):
        cluster.ensure(tmp_path, database="motcua_trial")
    assert cluster.status(tmp_path).state == "external"
