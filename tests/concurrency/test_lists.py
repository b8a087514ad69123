"""Two officers of one desk receive the same list of people at once: each line becomes one dossier."""

import pytest
from django.db import connection

from motcua.kernel.time import now
from motcua.ledger.selectors import check
from motcua.reception.operations import batches
from motcua.web.counter.tests.support import filled
from motcua.web.counter.tests.test_batches import book, person, sent
from tests.support.pages import plain_static, visitor
from tests.support.together import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)

LINES = 5


def received_by_two() -> tuple[int, int, int]:
    """Two officers receive one list of LINES people: dossiers, lines that are dossiers, lines with a finding."""
    at = now()
    with plain_static():
        officers = [visitor(login, at=at) for login in ("tiepnhan1", "tiepnhan2")]
        people = book(*[person(n) for n in range(1, LINES + 1)])
        page = sent(officers[0], people, filled(officers[0]))["Location"]
        answers = all_at_once(lambda officer: officer.post(f"{page}/receive").status_code, officers)
    assert answers == [302, 302]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM dossiers_dossier), count(*) FILTER (WHERE code <> ''),"
            " count(*) FILTER (WHERE findings <> '[]') FROM reception_batchrow"
        )
        found: tuple[int, int, int] = cursor.fetchone()
    return found


def test_a_list_received_by_two_makes_each_dossier_once():
    assert received_by_two() == (LINES, LINES, 0)
    assert check().faults == ()


def test_without_the_line_s_lock_each_is_made_twice(monkeypatch):
    """The control: the race is a real one."""
    monkeypatch.setattr(batches, "take", lambda **_: True)
    monkeypatch.setattr(batches, "mark", lambda **_: None)
    assert received_by_two()[0] == 2 * LINES
