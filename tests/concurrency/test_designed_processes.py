"""Two people at one draft of a process: nobody writes over the other, one version comes of it."""

from typing import Any
from uuid import UUID

import pytest

from motcua.kernel.drafting import Did, Moved
from motcua.kernel.errors import NotFound
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.processes.drafting import Origin, begin, keep, publish_draft
from motcua.processes.models import Draft, Revision, Version
from motcua.processes.selectors import published_body
from tests.support.acts import moment
from tests.support.together import all_at_once, while_at_work
from tests.support.world import actor

pytestmark = pytest.mark.django_db(transaction=True)
AT = moment(24, 9)
CODE = "QT-1.004873"


def begun(_n: int = 0) -> UUID:
    who = actor("danhmuctinh", at=AT)
    with unit_of_work(actor=who, at=AT, request=Request.fresh(), origin="simulated"):
        document = published_body(CODE, 1) or {}
        return begin(document=document, origin=Origin(process=CODE, version=1), actor=who, at=AT)


def kept(draft: UUID, source: str, wait: Any = None) -> int:
    who = actor("danhmuctinh", at=AT)
    with unit_of_work(actor=who, at=AT, request=Request.fresh(), origin="simulated"):
        done = keep(
            draft=draft,
            revision=1,
            change=lambda body: body | {"source": source},
            did=Did(what="changed"),
            actor=who,
            at=AT,
        )
        if wait is not None:
            wait()
        return done


def published(draft: UUID) -> UUID:
    who = actor("danhmuctinh", at=AT)
    with unit_of_work(actor=who, at=AT, request=Request.fresh(), origin="simulated"):
        return publish_draft(draft=draft, revision=2, upon=1, actor=who, at=AT)


def test_begun_by_two_at_once_it_is_one_draft():
    assert len(set(all_at_once(begun, range(4)))) == 1
    assert Draft.objects.count() == Revision.objects.count() == 1


def test_the_second_of_two_is_told_and_nothing_of_the_first_is_lost():
    draft = begun()
    answer = while_at_work(lambda wait: kept(draft, "a", wait=wait), lambda: kept(draft, "b"))
    assert isinstance(answer, Moved)
    assert Draft.objects.get().body["source"] == "a"
    assert Revision.objects.count() == 2


def test_published_by_two_at_once_it_is_one_version():
    draft = begun()
    kept(draft, "a")
    answers = all_at_once(published, [draft] * 4)
    assert sum(isinstance(answer, UUID) for answer in answers) == 1
    assert all(isinstance(answer, UUID | NotFound | Moved) for answer in answers), answers
    assert Version.objects.filter(code=CODE).count() == 2
    assert not Draft.objects.exists()
