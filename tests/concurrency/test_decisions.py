"""Imports and decisions at the same moment: one after the other, and neither is lost."""

import json
import threading

import pytest
from django.db import IntegrityError

from motcua.catalogue import worklist
from motcua.catalogue.models import Announcement, Decision, Finding, Procedure, Version
from motcua.catalogue.operations import Choice, Outdated, decide, importing, publishing
from motcua.catalogue.selectors import version
from motcua.catalogue.shapes import LimitUnit
from motcua.cli import national
from motcua.kernel.time import now
from motcua.kernel.unit_of_work import Request, unit_of_work
from tests.support.announced import CODE, RECORD, announced
from tests.support.together import all_at_once, while_at_work
from tests.support.world import actor, viewer

pytestmark = pytest.mark.django_db(transaction=True)
MANY = [f"9.92{n:04}" for n in range(60)]


def newest(code=CODE):
    return Version.objects.filter(procedure_id=code).latest("number")


def choice(value):
    shown = worklist.announcement(CODE, viewer=viewer("danhmuctinh", at=now()))
    place = next(p for p in shown.places if p.kind == "unit_blank")
    return Choice(place.kind, place.where, place.shown, value)


def decided(one, then=lambda: None):
    who, at = actor("danhmuctinh"), now()
    with unit_of_work(actor=who, at=at, request=Request.fresh()):
        made = decide(procedure=CODE, choices=[one], actor=who, at=at)
        then()
    return made


def lines(path, codes, **changes):
    told = [json.dumps({**RECORD, "MATTHC": code, **changes}, ensure_ascii=False) for code in codes]
    path.write_text("\n".join(told), encoding="utf-8")
    return path


def test_of_several_officers_at_once_one_decides_and_the_others_are_told():
    announced(now())
    one = choice({"unit": "working_day"})
    answers = all_at_once(lambda _: decided(one), range(4))
    assert sum(isinstance(answer, Outdated) for answer in answers) == 3
    assert (Decision.objects.count(), newest().number) == (1, 2)


def test_two_imports_at_once_make_each_version_once(tmp_path):
    path = lines(tmp_path / "both.jsonl", MANY)
    answers = all_at_once(lambda _: national.catalogue(path), range(2))
    assert answers == [0, 0]
    assert Version.objects.filter(procedure_id__in=MANY).count() == len(MANY)
    found = Finding.objects.filter(procedure_id__in=MANY, what="unit_blank")
    assert found.count() == len(MANY)
    kept = Procedure.objects.filter(code__in=MANY).values_list("announcement", flat=True)
    assert Announcement.objects.filter(id__in=kept).count() == len(MANY)


def test_without_the_lock_two_imports_would_collide(tmp_path, monkeypatch):
    both = threading.Barrier(2, timeout=10)
    for module in (importing, publishing):
        monkeypatch.setattr(module, "one_at_a_time", lambda: None)
    weighed = importing._weighed
    monkeypatch.setattr(importing, "_weighed", lambda *told: (both.wait(), weighed(*told))[1])
    path = lines(tmp_path / "both.jsonl", MANY[:1])
    answers = all_at_once(lambda _: national.catalogue(path), range(2))
    assert [type(answer) for answer in answers].count(IntegrityError) == 1


@pytest.mark.parametrize("first", ["decision", "import"])
def test_an_import_and_a_decision_at_once_lose_neither(tmp_path, monkeypatch, first):
    announced(now())
    path = lines(tmp_path / "changed.jsonl", [CODE], TENTTHC="Tên mới")
    one = choice({"unit": "working_day"})
    if first == "decision":
        assert while_at_work(lambda wait: decided(one, wait), lambda: national.catalogue(path)) == 0
    else:
        take_in = national.take_in
        held = threading.Event()

        def slowly(**told):
            taken = take_in(**told)
            if not held.is_set():
                held.set()
                waiting[0]()
            return taken

        waiting = []
        monkeypatch.setattr(national, "take_in", slowly)

        def imported(wait):
            waiting.append(wait)
            national.catalogue(path)

        while_at_work(imported, lambda: decided(one))
    made = version(newest().id)
    assert made.title.vi == "Tên mới"
    assert made.variants[0].channels[0].limit.unit is LimitUnit.WORKING_DAY
    assert Finding.objects.get(procedure_id=CODE, what="unit_blank").decided_at is not None
