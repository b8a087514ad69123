"""Two people at one draft: nobody writes over the other, one version comes of it."""

from uuid import UUID

import pytest

from motcua.catalogue.models import Draft, Version
from motcua.catalogue.operations import Moved, begin, keep
from motcua.flows.drafting import publish_draft
from motcua.kernel.errors import NotFound
from motcua.kernel.time import local
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.operations import AlreadyDone
from tests.support.acts import moment
from tests.support.drafts import newest
from tests.support.together import all_at_once, while_at_work
from tests.support.world import actor

pytestmark = pytest.mark.django_db(transaction=True)
AT = moment(24, 9)
CODE = "1.001193"


@pytest.fixture
def draft() -> UUID:
    who = actor("danhmuctinh", at=AT)
    with unit_of_work(actor=who, at=AT, request=Request.fresh(), origin="simulated"):
        return begin(code=CODE, version=newest(CODE), actor=who, at=AT)


def kept(draft, sets, revision=1, wait=None):
    who = actor("danhmuctinh", at=AT)
    with unit_of_work(actor=who, at=AT, request=Request.fresh(), origin="simulated"):
        done = keep(
            draft=draft, revision=revision, change=lambda body: body | {"sets": sets}, actor=who, at=AT
        )
        if wait is not None:
            wait()
        return done


def published(draft, request, revision=1):
    who = actor("danhmuctinh", at=AT)
    with unit_of_work(actor=who, at=AT, request=request, origin="simulated"):
        return publish_draft(
            draft=draft,
            revision=revision,
            decision={"number": "9/QĐ-UBND", "by": {"vi": "Tỉnh"}, "issued_on": "2026-08-20"},
            reasons={},
            effective_from=local(AT).date(),
            upon=newest(CODE),
            actor=who,
            at=AT,
        )


def test_the_second_of_two_is_told_and_nothing_of_the_first_is_lost(draft):
    answer = while_at_work(lambda wait: kept(draft, 5, wait=wait), lambda: kept(draft, 7))
    assert isinstance(answer, Moved)
    assert Draft.objects.get().body["sets"] == 5
    # having seen it, the second keeps theirs
    assert kept(draft, 7, revision=2) == 3
    assert Draft.objects.get().body["sets"] == 7


def test_of_drafts_begun_at_once_one_is(draft):
    Draft.objects.all().delete()
    version = newest(CODE)

    def begun(_number):
        who = actor("danhmuctinh", at=AT)
        with unit_of_work(actor=who, at=AT, request=Request.fresh(), origin="simulated"):
            return begin(code=CODE, version=version, actor=who, at=AT)

    assert len(set(all_at_once(begun, range(4)))) == 1
    assert Draft.objects.count() == 1


def test_published_by_two_at_once_it_is_one_version(draft):
    before = Version.objects.count()
    twin = Request.fresh()
    answers = all_at_once(lambda request: published(draft, request), [twin, twin, Request.fresh()])
    done = [each for each in answers if isinstance(each, UUID)]
    assert len(done) == 1
    assert all(isinstance(each, (UUID, AlreadyDone, NotFound)) for each in answers)
    assert Version.objects.count() == before + 1
    assert not Draft.objects.exists()


def test_what_is_kept_while_it_is_published_is_not_lost_unseen(draft):
    def first(wait):
        kept(draft, 5, wait=wait)

    answer = while_at_work(first, lambda: published(draft, Request.fresh()))
    assert isinstance(answer, Moved)
    assert Draft.objects.get().body["sets"] == 5
