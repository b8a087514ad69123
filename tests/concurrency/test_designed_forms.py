"""Two people at one draft of a form: nobody writes over the other, one version comes of it."""

from typing import Any
from uuid import UUID

import pytest

from motcua.eforms.models import Draft, Revision, Version
from motcua.eforms.operations import Did, Moved, Origin, begin, keep, last_number, publish
from motcua.eforms.selectors import shipped_document
from motcua.kernel.errors import NotFound
from motcua.kernel.time import local
from motcua.kernel.unit_of_work import Request, unit_of_work
from tests.support.acts import moment
from tests.support.together import all_at_once, while_at_work
from tests.support.world import actor

pytestmark = pytest.mark.django_db(transaction=True)
AT = moment(24, 9)


def begun(_n: int = 0) -> UUID:
    who = actor("danhmuctinh", at=AT)
    with unit_of_work(actor=who, at=AT, request=Request.fresh(), origin="simulated"):
        document = shipped_document("marriage", 1) or {}
        return begin(document=document, origin=Origin(form="marriage", version=1), actor=who, at=AT)


def kept(draft: UUID, results: list[str], revision: int = 1, wait: Any = None) -> int:
    who = actor("danhmuctinh", at=AT)
    with unit_of_work(actor=who, at=AT, request=Request.fresh(), origin="simulated"):
        done = keep(
            draft=draft,
            revision=revision,
            change=lambda body: body | {"results": results},
            did=Did(what="changed"),
            actor=who,
            at=AT,
        )
        if wait is not None:
            wait()
        return done


def published(draft: UUID) -> UUID:
    who, upon = actor("danhmuctinh", at=AT), last_number("marriage")
    with unit_of_work(actor=who, at=AT, request=Request.fresh(), origin="simulated"):
        return publish(draft=draft, revision=1, valid_from=local(AT).date(), upon=upon, actor=who, at=AT)[0]


def test_begun_by_two_at_once_it_is_one_draft():
    assert len(set(all_at_once(begun, range(4)))) == 1
    assert Draft.objects.count() == Revision.objects.count() == 1


def test_the_second_of_two_is_told_and_nothing_of_the_first_is_lost():
    draft = begun()
    answer = while_at_work(lambda wait: kept(draft, ["a"], wait=wait), lambda: kept(draft, ["b"]))
    assert isinstance(answer, Moved)
    assert Draft.objects.get().body["results"] == ["a"]
    assert Revision.objects.count() == 2


def test_who_comes_after_the_first_is_done_goes_on():
    draft = begun()
    assert kept(draft, ["a"]) == 2
    assert kept(draft, ["b"], revision=2) == 3


def test_published_by_two_at_once_it_is_one_version():
    draft = begun()
    answers = all_at_once(published, [draft] * 4)
    assert sum(isinstance(answer, UUID) for answer in answers) == 1
    assert all(isinstance(answer, UUID | NotFound | Moved) for answer in answers), answers
    assert Version.objects.count() == 1
    assert not Draft.objects.exists()
