"""What an installation holds on its first day, trial and live, also when it was broken off half-way."""

import json
import stat
from collections import Counter
from datetime import datetime

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from motcua.accounts.operations import sign_in
from motcua.agencies import selectors as agencies
from motcua.agencies.absences import absences
from motcua.agencies.handovers import records
from motcua.catalogue.starter import linked, procedures
from motcua.cli import accounts as accounts_command, agencies as agencies_command, trial
from motcua.cli.demo_away import ORDER
from motcua.cli.errors import CliError
from motcua.cli.live import prepare_live
from motcua.cli.trial import prepare_trial, readable_password
from motcua.flows.installation import demos
from motcua.kernel.errors import Denied, Invalid
from motcua.kernel.time import ZONE, now
from motcua.ledger.selectors import check
from motcua.processes.starter import linked as linked_processes, processes
from tests.support.database import Restorer
from tests.support.world import COMMUNE, OTHER_COMMUNE, trial_agencies

pytestmark = pytest.mark.django_db

# Asked for; beside them those the demonstration sends between agencies, building permits on which others are asked, and
# what a helper hands on (motcua.cli.demo_between, demo_permits, demo_away).
DOSSIERS, BETWEEN, PERMITS, HANDED = 12, 8, 2, 2
NOW = datetime(2026, 8, 28, 16, 0, tzinfo=ZONE)
PROCEDURES, PROCESSES = len((*procedures(), *linked())), len((*processes(), *linked_processes()))
BUNDLES = 2
VARIANTS = sum(len(process.variants) for process in processes())
AGENCIES = ["G99.10", "G99.20.01", "G99.30.01", "H99", COMMUNE, OTHER_COMMUNE, "H99.10"]
LOGINS = [account["login"] for agency in trial_agencies() for account in agency["accounts"]]


@pytest.fixture(scope="module", autouse=True)
def empty(database_logins, django_db_setup):
    """A database as the migrations leave it: the tests' world is put away, and back afterwards."""
    restorer = Restorer(database_logins.owner)
    with psycopg.connect(database_logins.owner) as session:
        session.execute("SET session_replication_role = replica")
        tables = session.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND relname <> 'django_migrations'"
        ).fetchall()
        names = sql.SQL(", ").join(sql.Identifier(name) for (name,) in tables)
        session.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(names))
    forget()
    yield
    restorer.restore()
    forget()


def forget() -> None:
    """What the process keeps of agencies by their code."""
    agencies.agency.cache_clear()
    agencies.unit_name.cache_clear()


@pytest.fixture(autouse=True)
def short_demo(monkeypatch):
    monkeypatch.setattr(trial, "now", lambda: NOW)
    monkeypatch.setattr(trial, "DAYS", 3)
    monkeypatch.setattr(trial, "DOSSIERS", DOSSIERS)


def rows(query, arguments=()):
    with connection.cursor() as cursor:
        cursor.execute(query, arguments)
        return cursor.fetchall()


def count(table, where="true"):
    return rows(f"SELECT count(*) FROM {table} WHERE {where}")[0][0]


def signs_in(login, password):
    return sign_in(login=login, password=password, address="", at=now()).account


def test_a_trial_is_filled_once(tmp_path):
    said = []
    prepare_trial(tmp_path, said.append)
    assert count("agencies_administrativeunit", "level = 'province'") == 34
    assert count("agencies_administrativeunit", "level = 'commune'") == 3_321
    assert count("catalogue_version") == PROCEDURES
    assert count("processes_version") == PROCESSES
    assert agencies.agency_codes() == AGENCIES
    assert count("processes_adoption", f"agency = '{COMMUNE}'") == VARIANTS + BUNDLES
    assert 0 < count("processes_adoption", f"agency = '{OTHER_COMMUNE}'") <= VARIANTS + BUNDLES
    assert count("processes_adoption", "agency IN ('H99', 'H99.10', 'G99.10')") == 0
    assert (
        count("dossiers_dossier", f"desk_agency = '{COMMUNE}' AND NOT express")
        == DOSSIERS + BETWEEN + PERMITS + HANDED
    )
    assert count("ledger_event", "origin <> 'simulated' OR installation <> 'trial'") == 0
    assert len(list((tmp_path / "demo").glob("*.pdf"))) >= 10
    opinions = Counter(rows("SELECT outcome, lapsed FROM dossiers_consultation"))
    assert opinions == {("", "tacit"): 1, ("", "silent"): 1, ("agree", ""): 2, ("", ""): 4}
    _who_is_not_at_work_is_there_to_be_seen()
    assert check().faults == ()
    assert len(said) == 5

    events = count("ledger_event")
    prepare_trial(tmp_path, said.append)
    assert count("ledger_event") == events
    assert len(said) == 5, "the second time there is nothing to do or to say"


def _who_is_not_at_work_is_there_to_be_seen():
    """An absence with a stand-in who alone goes on with the work, and a finished hand-over."""
    logins = dict(rows("SELECT login, id FROM accounts_account"))
    chair = agencies.viewer_of(logins["chutich"], at=NOW)
    ((handed,), _) = records(viewer=chair)
    assert handed.number == "01/2026/BBBG"
    assert [(piece.what, bool(piece.to)) for piece in handed.pieces] == [("step", True), ("step", False)]
    (away,) = absences(viewer=chair, at=NOW)
    assert (away.account, away.valid_from) == (logins["kinhte"], datetime(2026, 8, 27, tzinfo=ZONE))
    assert [one.document for one in away.seats[0].stand_ins] == [ORDER]
    acts = rows(
        "SELECT DISTINCT e->'actor'->>'id', e->'actor'->>'for', e->'actor'->>'mandate'"
        " FROM (SELECT at, envelope::jsonb AS e FROM ledger_event WHERE type LIKE 'dossier_%%') told"
        " WHERE at >= %s AND %s IN (e->'actor'->>'id', e->'actor'->>'for')",
        [away.valid_from, str(away.account)],
    )
    assert acts == [(str(logins["vanhoa"]), str(logins["kinhte"]), ORDER)]


def test_the_accounts_are_written_down_for_nobody_else(tmp_path):
    prepare_trial(tmp_path, lambda line: None)
    path = tmp_path / "trial" / "accounts.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    rows = json.loads(path.read_text(encoding="utf-8"))
    assert [row["login"] for row in rows] == LOGINS
    assert {"login", "password", "position"} == set(rows[0])
    assert len({row["password"] for row in rows}) == len(LOGINS)
    chair = next(row for row in rows if row["login"] == "chutich")
    assert chair["position"] == "Chủ tịch UBND (Xã Mẫu)"
    seen = agencies.viewer_of(signs_in("chutich", chair["password"]), at=now())
    assert [capacity.kind for capacity in seen.capacities] == ["chair"]
    guest = next(row for row in rows if row["login"] == "daidien")
    seen = agencies.viewer_of(signs_in("daidien", guest["password"]), at=now())
    assert [(c.agency, c.posted_by) for c in seen.capacities] == [(COMMUNE, OTHER_COMMUNE)]


@pytest.mark.parametrize("stage", ["publish_shipped", "set_up_agency", "adopt_what_is_staffed", "run_demo"])
def test_one_that_was_killed_is_finished(tmp_path, monkeypatch, stage):
    """At each stage: the first time through it, or the second where it has several, the machine goes down."""
    real, calls = getattr(trial, stage), []

    def goes_down(**arguments):
        calls.append(arguments)
        if len(calls) == (2 if stage in ("set_up_agency", "adopt_what_is_staffed") else 1):
            raise KeyboardInterrupt
        return real(**arguments)

    monkeypatch.setattr(trial, stage, goes_down)
    with pytest.raises(KeyboardInterrupt):
        prepare_trial(tmp_path, lambda line: None)
    monkeypatch.setattr(trial, stage, real)
    prepare_trial(tmp_path, lambda line: None)
    assert agencies.agency_codes() == AGENCIES
    assert count("catalogue_version") == PROCEDURES
    assert count("processes_version") == PROCESSES
    assert count("accounts_account") == len(LOGINS)
    assert count("dossiers_dossier", "NOT express") == DOSSIERS + BETWEEN + PERMITS + HANDED
    assert count("ledger_installation") == len(demos()[0]) == 1
    assert check().faults == ()
    rows = json.loads((tmp_path / "trial" / "accounts.json").read_text(encoding="utf-8"))
    assert signs_in(rows[0]["login"], rows[0]["password"])
    assert signs_in(rows[-1]["login"], rows[-1]["password"])


def test_passwords_can_be_read_aloud():
    words = readable_password().split("-")
    assert len(words) == 5
    assert all(word.isascii() and word.isalpha() for word in words[:4])
    assert 10 <= int(words[4]) <= 99
    assert len({readable_password() for _ in range(50)}) == 50


def test_a_live_one_is_empty_but_for_what_the_house_ships(tmp_path, settings):
    settings.INSTALLATION = "live"
    said = []
    prepare_live(tmp_path, said.append)
    assert count("ledger_installation", "what = 'live'") == 1
    assert count("agencies_administrativeunit") == 3_355
    assert count("catalogue_version") == PROCEDURES
    assert count("processes_version") == PROCESSES
    assert [count(t) for t in ("agencies_agency", "dossiers_dossier", "catalogue_schedule")] == [0, 0, 0]
    assert count("ledger_event", "origin = 'live' AND installation = 'live'") == count("ledger_event")
    assert count("ledger_event") == 1 + PROCEDURES + PROCESSES
    assert [line.rpartition(": ")[0] for line in said] == [
        "Tài khoản quản trị · administrator",
        "Mật khẩu, chỉ hiện một lần · password, shown only once",
    ]
    login, password = (line.rpartition(": ")[2] for line in said)
    assert agencies.viewer_of(signs_in(login, password), at=now()).capacities == ()

    prepare_live(tmp_path, said.append)
    assert len(said) == 2
    assert count("ledger_event") == 1 + PROCEDURES + PROCESSES
    assert count("accounts_account") == 1
    assert check().faults == ()
    assert list(tmp_path.iterdir()) == [], "no password lies about"


def test_the_first_administrator_gets_the_first_agency_s_seat(tmp_path, capsys, settings):
    settings.INSTALLATION = "live"
    said = []
    prepare_live(tmp_path, said.append)
    login, password = (line.rpartition(": ")[2] for line in said)
    agencies_command.add(code="H98", name="UBND tỉnh Thử", level="province")
    agencies_command.add(code="H98.01", name="UBND xã Thử", parent="H98", administrator="kythuatxa")
    agencies_command.add(code="H98.02", name="UBND xã Thử Hai", parent="H98")
    told = capsys.readouterr().out
    assert "technical administrator: quantri" in told
    assert "Chưa có quản trị kỹ thuật" in told
    first = agencies.viewer_of(signs_in(login, password), at=now())
    assert [(c.kind, c.agency) for c in first.capacities] == [("technical_administrator", "H98")]
    (given,) = (line.rpartition(": ")[2] for line in told.splitlines() if "shown only once" in line)
    second = agencies.viewer_of(signs_in("kythuatxa", given), at=now())
    assert [(c.kind, c.agency) for c in second.capacities] == [("technical_administrator", "H98.01")]
    assert count("accounts_account", "must_change_password") == 2
    assert check().faults == ()
    forget()


def test_who_holds_the_server_lets_an_administrator_in_again(tmp_path, capsys, settings):
    settings.INSTALLATION = "live"
    said = []
    prepare_live(tmp_path, said.append)
    accounts_command.reset(login="quantri")
    agencies_command.add(code="H98", name="UBND tỉnh Thử", level="province")
    accounts_command.reset(login="quantri")
    first, second = (
        line.rpartition(": ")[2] for line in capsys.readouterr().out.splitlines() if "only once" in line
    )
    with pytest.raises(Denied):
        signs_in("quantri", first)
    assert signs_in("quantri", second)
    assert count("accounts_account", "must_change_password AND factors_reset_at IS NOT NULL") == 1
    assert count("ledger_event", "type IN ('password_reset', 'factors_reset')") == 2
    with pytest.raises(CliError, match="nobody"):
        accounts_command.reset(login="nobody")
    forget()


def test_agencies_are_added_by_their_code(capsys, settings):
    settings.INSTALLATION = "live"
    agencies_command.add(code="H98", name="UBND tỉnh Thử", level="province")
    agencies_command.add(code="H98.01", name="UBND xã Thử", parent="H98", place="Xã Thử")
    assert agencies.agency_codes() == ["H98", "H98.01"]
    facts = agencies.agency("H98.01")
    assert (facts.parent, facts.parent_name, facts.level) == ("H98", "UBND tỉnh Thử", "commune")
    assert "Đã lập cơ quan H98.01" in capsys.readouterr().out
    with pytest.raises(Invalid, match="đã có"):
        agencies_command.add(code="H98", name="Lần nữa", level="province")
    with pytest.raises(CliError, match="ward"):
        agencies_command.add(code="H97", name="?", level="ward")
    forget()
