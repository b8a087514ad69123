"""Two imports of the same processes at the same moment: one makes the versions, the other finds them."""

import json

import pytest
from django.db import IntegrityError

from motcua.cli import processes as command
from motcua.processes import importing
from motcua.processes.models import Version
from tests.support.issued import process
from tests.support.together import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 40


def many(path):
    path.write_text(json.dumps([process(f"MAU-{n:02}") for n in range(MANY)]), encoding="utf-8")
    return path


def test_two_at_once_make_each_version_once(tmp_path):
    path = many(tmp_path / "both.json")
    assert all_at_once(lambda _: command.take_processes(path), range(2)) == [0, 0]
    assert Version.objects.filter(code__startswith="MAU-").count() == MANY
    assert set(Version.objects.filter(code__startswith="MAU-").values_list("number", flat=True)) == {1}


def test_the_control_without_the_lock_they_meet(tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "one_at_a_time", lambda: None)
    path = many(tmp_path / "both.json")
    answers = all_at_once(lambda _: command.take_processes(path), range(2))
    assert sum(isinstance(answer, IntegrityError) for answer in answers) == 1
