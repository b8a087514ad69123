"""What is typed to set something locally: only what a person can mean by it."""

import pytest
from tests.support.html import Page
from tests.support.pages import plain_static, visitor

from motcua.catalogue.models import Promise
from motcua.kernel.time import now

pytestmark = pytest.mark.django_db
PROMISE = "/catalogue/procedures/1.004873/local/promise"


@pytest.mark.parametrize(("typed", "kept"), [("1_0", 0), ("１２", 0), ("1e-9", 0), ("NaN", 0), ("0,5", 3)])
def test_a_promise_is_a_number_as_people_write_it(typed, kept):
    with plain_static():
        officer = visitor("danhmuc", at=now())
        form = Page(officer.get(PROMISE).text).form("value_0")
        told = form.sent({"basis": "1/QĐ-UBND", "value_0": typed, "unit_0": "working_hour"})
        answer = officer.post(PROMISE, told)
    assert (answer.status_code, Promise.objects.count()) == (302 if kept else 422, kept)


def test_the_same_day_takes_no_number_and_another_agencys_address_sets_nothing():
    with plain_static():
        officer = visitor("danhmuc", at=now())
        form = Page(officer.get(PROMISE).text).form("value_0")
        typed = {"basis": "1/QĐ-UBND", "value_0": "2", "unit_0": "same_day"}
        assert officer.post(PROMISE, form.sent(typed)).status_code == 422
        for agency in ("H99", "H99.01.02", "nowhere"):
            assert officer.get(f"{PROMISE}?agency={agency}").status_code == 404
            assert (
                officer.post(f"{PROMISE}?agency={agency}", form.sent(typed | {"value_0": ""})).status_code
                == 404
            )
    assert Promise.objects.count() == 0
