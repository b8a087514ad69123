"""Replay into a second schema: equal after a life, different where a row was changed, unmoved by acts meanwhile."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from motcua.cli.database import point_django_at
from motcua.dossiers.states import Act, State
from motcua.ledger import replay as module
from motcua.ledger.replay import SCHEMA, replay, restore
from tests.flows.test_branch_walks import BranchWalk
from tests.flows.test_walks import walked
from tests.support.acts import act, moment
from tests.support.lives import PLACES, brought_to, doings
from tests.support.money_days import MONEY_DOSSIERS, a_day_of_money, paid_online
from tests.support.situations import third_return
from tests.support.together import alone

pytestmark = pytest.mark.django_db(transaction=True)
MONEY = {
    "payments_book",
    "payments_credit",
    "payments_line",
    "payments_match",
    "payments_order",
    "payments_receipt",
    "payments_refund",
    "payments_settlement",
    "payments_settledline",
}
PAID_ONLINE = 3  # dossiers
TABLES = {
    *MONEY,
    "dossiers_consultation",
    "dossiers_dossier",
    "dossiers_holding",
    "dossiers_custody",
    "dossiers_transfer",
    "dossiers_travel",
    "processes_runningstep",
    "certification_book",
    "certification_entry",
    "certification_waiting",
    "certification_note",
    "reception_guidancestanding",
}


@pytest.fixture
def as_owner(database_logins, owner_cursor) -> Iterator[None]:
    """Replay makes a schema, so it runs as the owner."""
    point_django_at(database_logins.owner)
    yield
    point_django_at(database_logins.app)
    owner_cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")


@pytest.fixture
def lives() -> list[str]:
    """A dossier in every place there is, a day of money, some paid from home, and a third return."""
    a_day_of_money()
    paid_online(moment(24, 9))
    third_return(moment(24, 9))
    return [brought_to(place)[0] for place in PLACES]


@pytest.fixture
def few() -> list[str]:
    return [brought_to(place)[0] for place in (State.RECEIVED, "approving")]


def test_dossiers_in_every_state_come_out_as_they_stand(lives, as_owner):
    found = {d.table: d for d in replay()}
    assert found.keys() == TABLES
    assert all(d.equal for d in found.values()), found
    dossiers = len(lives) + MONEY_DOSSIERS + PAID_ONLINE
    assert found["dossiers_dossier"].running == found["dossiers_dossier"].rebuilt == dossiers
    assert [found[table].rebuilt for table in sorted(MONEY)] == [2, 6, 6, 1, 3, 6, 1, 0, 0]
    assert found["reception_guidancestanding"].rebuilt == 3
    assert found["dossiers_holding"].rebuilt > len(lives)
    assert found["processes_runningstep"].rebuilt >= len(lives) - 2  # two were never received


def test_dossiers_in_several_branches_come_out_as_they_stand(as_owner):
    for seed in range(5):
        walked(BranchWalk(seed), 20)
    assert [d.table for d in replay() if not d.equal] == []


def test_it_may_be_done_again(few, as_owner):
    assert all(d.equal for d in [*replay(), *replay()])


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("dossiers_dossier", "SET due_at = due_at - interval '1 day' WHERE due_at IS NOT NULL"),
        ("dossiers_dossier", "SET queue = 'H99.01.01/desk' WHERE state = 'received'"),
        ("dossiers_holding", "SET since = since - interval '1 s' WHERE until IS NULL"),
        ("processes_runningstep", "SET outcome = 'refused' WHERE outcome = 'granted'"),
    ],
)
def test_a_row_that_was_changed_by_hand_is_found(few, as_owner, superuser_cursor, table, change):
    superuser_cursor.execute(f"UPDATE {table} {change}")
    changed = superuser_cursor.rowcount
    assert changed >= 1
    found = {d.table: d for d in replay()}
    assert {d.table for d in found.values() if not d.equal} == {table}
    assert (found[table].only_running, found[table].only_rebuilt) == (changed, changed)


def test_a_row_that_was_deleted_is_found(few, as_owner, superuser_cursor):
    superuser_cursor.execute("DELETE FROM dossiers_dossier WHERE code = %s", [few[0]])
    (found,) = [d for d in replay() if d.table == "dossiers_dossier"]
    assert (found.only_running, found.only_rebuilt) == (0, 1)


def test_an_act_meanwhile_is_no_difference(as_owner, monkeypatch):
    """Events are read first and rows compared later: an act between the two belongs to neither."""
    code, at = brought_to(State.RECEIVED)
    compare = module._compare

    def act_then_compare(*arguments):
        with ThreadPoolExecutor(1) as other:
            other.submit(alone, start_once).result()
        return compare(*arguments)

    def start_once():
        if not started:
            started.append(act("tuphap1", at, doings(at)[Act.START].flow, code=code))

    started: list[object] = []
    monkeypatch.setattr(module, "_compare", act_then_compare)
    assert all(d.equal for d in replay())
    assert len(started) == 1
    monkeypatch.undo()
    assert all(d.equal for d in replay())


def test_content_that_was_erased_is_not_needed(few, as_owner, superuser_cursor):
    superuser_cursor.execute("UPDATE dossiers_content SET erased_at = now(), salt = NULL, sealed = NULL")
    superuser_cursor.execute("TRUNCATE dossiers_label")
    assert all(d.equal for d in replay())


def test_what_is_running_is_not_touched(few, as_owner):
    with connection.cursor() as cursor:
        cursor.execute("SELECT d.xmin, d.ctid FROM dossiers_dossier d ORDER BY code")
        before = cursor.fetchall()
        replay()
        cursor.execute("SELECT d.xmin, d.ctid FROM dossiers_dossier d ORDER BY code")
        assert cursor.fetchall() == before


def test_an_upgrade_fills_new_columns_from_the_events(lives, as_owner):
    """As a migration leaves them: every new column empty, the new table too."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE dossiers_dossier SET shelf = '', papers_owed = false, reminders = 0")
        cursor.execute("DELETE FROM dossiers_custody")
    before = {d.table for d in replay() if not d.equal}

    restored = {d.table for d in restore()}

    assert before == restored == {"dossiers_dossier", "dossiers_custody"}
    assert all(d.equal for d in replay())
    assert restore() == []
