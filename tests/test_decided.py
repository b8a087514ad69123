"""`ledger check` where findings were decided."""

import pytest

from motcua.catalogue.inspection import strays
from motcua.catalogue.models import Decision
from motcua.cli import ledger
from motcua.kernel.ids import uuid7
from motcua.kernel.time import now
from tests.support.announced import announced, one_decided

pytestmark = pytest.mark.django_db


def test_the_ledger_knows_every_decision_and_misses_none():
    announced(now())
    one = Decision.objects.get(id=one_decided(now()))
    assert ledger.check() == 0
    one.pk, one.replaces = uuid7(), None
    one.save(force_insert=True)
    assert ledger.check() == 1
    (fault,) = strays()
    assert f"no event tells of the decision {one.pk}" in str(fault)
