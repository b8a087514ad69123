"""Pages draw without static files having been collected; and a cashier of two agencies."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from tests.support.pages import plain_static
from tests.support.world import OTHER_COMMUNE, logins

from motcua.agencies.models import Position, Unit
from motcua.agencies.operations import appoint
from motcua.kernel.actor import SYSTEM
from motcua.kernel.ids import uuid7
from motcua.kernel.time import now
from motcua.kernel.unit_of_work import Request, unit_of_work


@pytest.fixture(autouse=True)
def _plain_static() -> Iterator[None]:
    with plain_static():
        yield


@pytest.fixture
def also_cashier_next_door() -> None:
    """The cashier of Xã Mẫu sits at Xã Mẫu Hai's desk, too."""
    since = now() - timedelta(days=1)
    unit = Unit.objects.filter(agency__code=OTHER_COMMUNE)[0]
    Position.objects.create(id=uuid7(), unit=unit, code="cashier", position_kind="cashier", name="Thu phí")
    with unit_of_work(actor=SYSTEM, at=since, request=Request.fresh(), origin="simulated"):
        appoint(
            account=logins()["thuquy"],
            agency=OTHER_COMMUNE,
            seat="cashier",
            valid_from=since,
            actor=SYSTEM,
            at=since,
        )
