"""Deciding findings on their page: a new version, the decision seen, taken back; and kept when the file comes again."""

import re
from decimal import Decimal

import pytest
from tests.support.announced import CODE, RECORD, announced
from tests.support.pages import plain_static, visitor
from tests.support.world import viewer

from motcua.catalogue import worklist
from motcua.catalogue.models import Decision, Finding, Version
from motcua.catalogue.selectors import version
from motcua.catalogue.shapes import LimitUnit
from motcua.kernel.time import local, now
from motcua.ledger.selectors import history
from motcua.web.catalogue.deciding_fields import prefix_of

pytestmark = pytest.mark.django_db
PAGE = f"/catalogue/findings/{CODE}"


@pytest.fixture
def officer():
    announced(now())
    with plain_static():
        yield visitor("danhmuc", at=now())


def prefix(what: str) -> str:
    shown = worklist.announcement(CODE, viewer=viewer("danhmuc", at=now()))
    return next(prefix_of(place) for place in shown.places if place.kind == what)


def typed(page: str) -> dict[str, str]:
    """The hidden fields of the page's form."""
    found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    return {name: value for name, value in found.items() if name != "csrfmiddlewaretoken"}


def newest():
    return Version.objects.filter(procedure_id=CODE).order_by("-number").first()


def test_a_blank_unit_is_decided_on_its_page(officer):
    first = newest()
    unit = prefix("unit_blank")
    fields = typed(officer.get(PAGE).text)
    answer = officer.post(PAGE, {**fields, f"{unit}-how": "decide", f"{unit}-unit": "working_day"})
    assert answer.status_code == 302
    made = newest()
    assert (made.number, made.effective_from) == (first.number + 1, local(now()).date())
    assert [e.type for e in history(made.id)] == ["procedure_version_published", "finding_decided"]
    (channel,) = version(made.id).variants[0].channels
    assert (channel.limit.unit, channel.limit.value) == (LimitUnit.WORKING_DAY, Decimal(5))
    row = Finding.objects.get(procedure_id=CODE, what="unit_blank")
    assert (row.decided_at, row.decision) == Decision.objects.values_list("decided_at", "id").get()
    page = officer.get(PAGE).text
    assert "5 ngày làm việc" in page
    announced(now())
    assert newest().id == made.id, "the same line with the decision makes no version"
    assert Finding.objects.get(procedure_id=CODE, what="unit_blank").decision == row.decision
    assert RECORD["MATTHC"] == CODE
