"""An intake put aside for the desk: who sends the old page and who goes on with it make one dossier together."""

import pytest
from django.db import connection

from motcua.kernel.time import now
from motcua.web.counter import views
from motcua.web.counter.tests.support import filled, form_of, post
from tests.support.pages import plain_static, visitor
from tests.support.together import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def dossiers_of_two(*, taken_over_before: bool) -> int:
    """One officer sends the page that was put aside while another takes it over and receives it."""
    at = now()
    with plain_static():
        first, second = visitor("tiepnhan1", at=at), visitor("tiepnhan2", at=at)
        old = filled(first)
        assert post(first, old | {"_park": "desk"}).status_code == 302
        address = f"/dossiers/receive?intake={old['intake']}"

        def take_over() -> dict[str, str] | None:
            there = second.post(f"/intakes/{old['intake']}/resume")
            return form_of(second.get(address)).fields if there.status_code == 302 else None

        page = take_over() if taken_over_before else None

        def go_on() -> None:
            fields = page or take_over()
            if fields is not None:
                post(second, fields)

        all_at_once(lambda one: one(), [lambda: post(first, old), go_on])
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM dossiers_dossier")
        found: int = cursor.fetchone()[0]
    return found


@pytest.mark.parametrize("taken_over_before", [True, False])
def test_two_who_have_one_intake_make_one_dossier(taken_over_before):
    assert dossiers_of_two(taken_over_before=taken_over_before) == 1


def test_without_its_end_in_the_unit_of_work_they_make_two(monkeypatch):
    """The control: the race is a real one."""
    monkeypatch.setattr(views, "finish", lambda *_: None)
    assert dossiers_of_two(taken_over_before=True) == 2
