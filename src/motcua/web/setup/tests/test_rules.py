"""What must be two people is shown as the acts obey it; the forms' versions say what is unverified."""

import pytest
from tests.support.pages import plain_static, visitor

from motcua.agencies.policy import NOT_ON_ONESELF
from motcua.dossiers.countersign import PAIRS
from motcua.dossiers.states import ACTS
from motcua.kernel.time import now
from motcua.payments.policy import TWO_PEOPLE
from motcua.web.common.pdf.forms import FORMS
from motcua.web.setup.rules import two_people
from motcua.web.setup.words import PERSON_ACTS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def pages():
    with plain_static():
        yield


def test_every_act_of_two_people_is_in_the_list():
    listed = list(two_people())
    assert {ACTS[act].label for act in PAIRS} <= {one.what for one in listed}
    assert len(listed) == len(PAIRS) + len(TWO_PEOPLE) + len(NOT_ON_ONESELF & set(PERSON_ACTS)) + 3
    assert all(one.first.vi and one.second.vi and one.first != one.second for one in listed)


def test_the_page_says_it():
    page = visitor("truongquay", at=now()).get("/rules").text
    for act in PAIRS:
        assert ACTS[act].label.vi.capitalize() in page
    assert "khoản 4 Điều 20" in page
    assert page.count("chưa xác minh") == sum(not one.verified for one in FORMS)
    assert "…/HDHS" in page
    for login in ("tiepnhan1", "duongday", "thuquy"):
        assert visitor(login, at=now()).get("/rules").status_code == 403
