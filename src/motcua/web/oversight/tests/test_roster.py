"""The roster's page: set for a week, copied into the next, by the desk's manager alone."""

from collections.abc import Iterator

import pytest
from tests.support.html import Page
from tests.support.pages import plain_static, visitor
from tests.support.world import logins

from motcua.kernel.time import now

pytestmark = pytest.mark.django_db
WEEK, NEXT, THIRD = "2030-03-04", "2030-03-11", "2030-03-18"


@pytest.fixture(autouse=True)
def _plain_static() -> Iterator[None]:
    with plain_static():
        yield


def asked(login: str, query: str):
    return visitor(login, at=now()).get(f"/board/roster?{query}")


def chosen(page: str) -> list[str]:
    """Whom the lists of the page have chosen, in order; "" where nobody."""
    return [people[0] for name, people in Page(page).form("idempotency_key").sent({}).items() if "-" in name]


def test_a_week_is_set_and_copied_into_the_next():
    manager, one, two = visitor("truongquay", at=now()), logins()["tiepnhan1"], logins()["tiepnhan2"]
    path = f"/board/roster?week={WEEK}"
    form = Page(manager.get(path).text).form("idempotency_key")
    names = [name for name in form.sent({}) if name.endswith(WEEK)]
    officer, backup = (next(n for n in names if n.startswith(what)) for what in ("officer", "backup"))
    answer = manager.post(path, form.sent({officer: str(one), backup: str(two)}))
    assert (answer.status_code, answer["Location"]) == (302, path)
    kept = [person for person in chosen(manager.get(path).text) if person]
    assert kept == [str(one), str(two)]

    offered = manager.get(f"/board/roster?week={NEXT}").text
    assert "copy=1" in offered
    assert not any(chosen(offered))
    copied = manager.get(f"/board/roster?week={NEXT}&copy=1").text
    assert [person for person in chosen(copied) if person] == kept
    assert "chưa lưu" in copied
    assert not any(chosen(manager.get(f"/board/roster?week={NEXT}").text)), "looking saves nothing"
    assert "Tuần trước cũng chưa có lịch" in manager.get(f"/board/roster?week={THIRD}&copy=1").text


def test_nobody_else_copies():
    assert asked("tiepnhan1", f"week={NEXT}&copy=1").status_code == 403
    seen = asked("chutich", f"week={NEXT}&copy=1")
    assert seen.status_code == 200
    assert "Chép tuần trước" not in seen.text
