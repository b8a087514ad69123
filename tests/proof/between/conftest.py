"""Everybody at their computers, as the walks between agencies begin."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.proof.between.walk import DAY, everybody
from tests.proof.day.desk import Desk
from tests.support.database import ROOT, Logins


@pytest.fixture(scope="module")
def desk(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    database_logins: Logins,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Desk]:
    """All agencies on `DAY`; pictures go to a folder of the walk's name. What it needs beside is `prepared` there."""
    module = request.module
    pictures = ROOT / "var" / module.__name__.rpartition("test_")[2]
    static = tmp_path_factory.mktemp("static")
    with everybody(DAY, pictures, static, database_logins, django_db_blocker) as desk:
        if hasattr(module, "prepared"):
            module.prepared()
        yield desk
