"""Two officers put the same papers on the wall at the same moment: each print says truly what hung there before it."""

import pytest
from django.db import connection

from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import check
from motcua.postings.board import board
from motcua.postings.operations import post
from motcua.postings.selectors import belongs_on, wall_of
from motcua.postings.wall import Form, change_of
from tests.support.acts import moment
from tests.support.together import all_at_once
from tests.support.world import COMMUNE, actor

pytestmark = pytest.mark.django_db(transaction=True)
AT = moment(26, 9)


def hang(login: str, *, whole: bool = True) -> object:
    wall = wall_of(COMMUNE, Form.SHEETS)
    change = change_of(
        wall, belongs_on(board(COMMUNE, on=AT.date())), form=Form.SHEETS, sector="", whole=whole
    )
    who = actor(login, at=AT)
    wanted = {
        "agency": COMMUNE,
        "form": "sheets",
        "sector": "",
        "whole": whole,
        "digest": change.digest.hex(),
    }
    with unit_of_work(actor=who, at=AT, request=Request.fresh(), origin="simulated"):
        return post(**wanted, actor=who, at=AT)


def test_both_are_written_one_after_the_other():
    answers = all_at_once(hang, ["truongquay", "tiepnhan1"])
    assert not [a for a in answers if isinstance(a, Exception)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT seq) FROM postings_print")
        assert cursor.fetchone() == (2, 2)
    assert check().faults == ()


def test_of_two_who_hang_what_changed_one_has_nothing_left_to_hang():
    answers = all_at_once(lambda login: hang(login, whole=False), ["truongquay", "tiepnhan1"])
    refused = [a for a in answers if isinstance(a, Exception)]
    assert len(refused) == 1
    assert "Không có gì để niêm yết" in str(refused[0])
    assert check().faults == ()
