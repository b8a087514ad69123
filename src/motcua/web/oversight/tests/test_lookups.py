"""The log of what was asked of state registers, as inspectors read it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.support.pages import plain_static, visitor
from tests.support.situations import asked_of_register
from tests.support.statements import statements
from tests.support.world import COMMUNE, actor, viewer

from motcua.access_log.operations import note_intake, note_question
from motcua.access_log.selectors import PAGE, Stray, questions
from motcua.kernel.errors import Denied
from motcua.kernel.ids import uuid7
from motcua.kernel.time import now

STRANGER = "người này không có trong hồ sơ"
pytestmark = pytest.mark.django_db


def page(browser: Client, query: str = "") -> str:
    answer = browser.get(f"/lookups{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_who_asked_what_for_and_how_it_ended() -> None:
    at = now()
    asked_of_register(at, "H99.01.01-260824-0001")
    with plain_static():
        html = page(visitor("thanhtra", at=at))
    for words in ("Công chức tiếp nhận", "Tìm thấy", "lượt tiếp nhận tại quầy, chưa thành hồ sơ", STRANGER):
        assert words in html
    for words in ("Hệ thống tự tra lại", "Bị ngắt giữa chừng", 'href="/dossiers/H99.01.01-260824-0001"'):
        assert words in html


def test_what_was_asked_after_the_reception_is_not_the_dossiers() -> None:
    at, code, intake = now(), "H99.01.01-260824-0001", str(uuid7())
    told: dict[str, Any] = {"procedure": "1.004873", "subject": intake, "register": "population"}
    told |= {"agency": COMMUNE, "whom": "001190000001", "actor": actor("tiepnhan1", at=at)}
    note_question(at=at, **told)
    note_intake(intake=intake, dossier=code, people=["001190000001"], at=at)
    note_question(at=at + timedelta(seconds=1), **told)
    lines, _following = questions(viewer=viewer("thanhtra", at=at))
    assert [(line.subject, line.stray) for line in lines] == [(code, Stray.LATE), (code, "")]
    with plain_static():
        assert page(visitor("thanhtra", at=at)).count("tra sau khi đã tiếp nhận hồ sơ này") == 1


def test_it_is_read_page_by_page() -> None:
    at = now()
    clerk = actor("tiepnhan1", at=at)
    told: dict[str, Any] = {"procedure": "1.004873", "subject": "", "whom": "001190000001", "actor": clerk}
    told["register"] = "population"
    asked = [note_question(agency=COMMUNE, at=at + timedelta(seconds=n), **told) for n in range(PAGE + 3)]
    elsewhere = note_question(agency="H98", at=at, **told)
    inspector = viewer("thanhtra", at=at)
    with statements(most=1):
        lines, following = questions(viewer=inspector)
    rest, end = questions(viewer=inspector, after=str(following))
    assert [line.number for line in [*lines, *rest]] == sorted(asked, reverse=True)
    assert (len(rest), end) == (3, None)
    with plain_static():
        html = page(visitor("thanhtra", at=at), f"?after={following}")
    assert str(min(asked)) in html
    assert str(max(asked)) not in html
    assert str(elsewhere) not in html
    with pytest.raises(Denied):
        questions(viewer=viewer("chutich", at=at))
