"""`ledger check` looks at pads, their sheets, and texts that belong to nobody."""

import pytest

from motcua.flows import progress
from motcua.flows.certification import enter
from motcua.ledger.selectors import check
from motcua.pads import operations
from tests.flows.test_pads import as_manager, mark
from tests.support.acts import act, moment
from tests.support.certification import copies
from tests.support.lives import opened
from tests.support.money_days import a_day_of_money

pytestmark = pytest.mark.django_db(transaction=True)

TABLES = ("pads_pad", "pads_sheet", "payments_content", "certification_text")
CHANGES = [
    ("UPDATE pads_pad SET last = last + 500", "altered: the pad S001"),
    ("UPDATE pads_pad SET enter_within = 30", "altered: the pad S001"),
    ("UPDATE pads_pad SET issued_at = '2020-01-01'", "altered: the pad S001"),
    ("INSERT INTO pads_pad SELECT gen_random_uuid(), agency, 'S009', form, 900, 949, 5, issued_at FROM pads_pad",
     "numbers: the sheets of the pads of H99.01.01 are not 1 to the last"),
    ("UPDATE pads_sheet SET number = 33 WHERE number = 3", "altered: sheet 3 of pad S001"),
    ("UPDATE pads_sheet SET subject = 'X' WHERE number = 3", "added: no event uses sheet 3 of pad S001"),
    ("DELETE FROM pads_sheet WHERE number = 3", "altered: sheet 3 of pad S001"),
    ("UPDATE pads_sheet SET occurred_at = occurred_at - interval '1 day' WHERE number = 3",
     "altered: sheet 3 of pad S001"),
    ("UPDATE pads_sheet SET ground = 'lost' WHERE number = 4", "altered: sheet 4 of a pad"),
    ("DELETE FROM pads_sheet WHERE number = 5", "altered: sheet 5 of a pad"),
    ("UPDATE pads_sheet SET ground = 'power' WHERE number = 3", "added: no event decides on sheet 3 of a pad"),
    ("UPDATE payments_content SET owner = gen_random_uuid()", "added: no event names the text"),
    ("UPDATE certification_text SET book = gen_random_uuid()", "added: no event names the text"),
]  # fmt: skip


@pytest.fixture
def intruder(superuser_cursor):
    """The superuser with all triggers out of the way, over a day with paper, money and a certified copy."""
    a_day_of_money()
    act("tiepnhan1", moment(24, 16), enter, order=copies(("citizen_card", 1, 3), name="Lê A"))
    code = opened(moment(24, 9))
    act("tuphap1", moment(24, 10), progress.start, code=code, paper=mark(3, moment(24, 10)))
    as_manager(operations.void_sheet, at=moment(24, 11), code="S001", number=4, ground="spoiled")
    as_manager(operations.allow_late, at=moment(24, 11), code="S001", number=5, ground="power")
    superuser_cursor.execute("SET session_replication_role = replica")
    return superuser_cursor


@pytest.fixture
def kept(intruder):
    """The tables as they are, to be put back."""
    for table in TABLES:
        intruder.execute(f"CREATE TEMP TABLE kept_{table} AS SELECT * FROM {table}")
    return intruder


def put_back(cursor):
    for table in reversed(TABLES):
        cursor.execute(f"DELETE FROM {table}")
    for table in TABLES:
        cursor.execute(f"INSERT INTO {table} SELECT * FROM kept_{table}")


def test_each_change_is_told(kept):
    assert check().faults == ()
    for change, found in CHANGES:
        kept.execute(change)
        told = {fault.what for fault in check().faults}
        assert any(what.startswith(found) for what in told), (change, told)
        put_back(kept)
    assert check().faults == ()
