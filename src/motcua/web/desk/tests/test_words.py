"""Two languages: every msgid has its English, and an English page has no Vietnamese words of ours."""

import re
from collections.abc import Iterator
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from django.utils import translation
from tests.support.messages import in_python, in_template

from motcua.catalogue.shapes import Limit, LimitUnit
from motcua.dossiers.operations.endings import HAND_OVER_WAYS, STOP_GROUNDS
from motcua.dossiers.operations.reception import ROLES
from motcua.dossiers.operations.steps import OUTCOMES
from motcua.dossiers.selectors import FILTERS
from motcua.kernel.say import Say
from motcua.web.desk import words
from motcua.web.desk.acts import PAGES
from motcua.web.desk.tests.support import SITUATIONS, Story, browser

DESK = Path(__file__).resolve().parent.parent
ACCENTED = re.compile(r"[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ]", re.IGNORECASE)


def msgids() -> Iterator[str]:
    """Every text of ours that gettext translates."""
    for suffix, reader in ((".html", in_template), (".py", in_python)):
        for path in DESK.rglob(f"*{suffix}"):
            yield from (text for text, _plural in reader(path.read_text(encoding="utf-8")))


def test_every_text_has_its_english() -> None:
    found = set(msgids())
    assert len(found) > 150
    with translation.override("en"):
        missing = [
            text for text in sorted(found) if ACCENTED.search(text) and translation.gettext(text) == text
        ]
    assert missing == []


def test_the_tables_of_words_are_whole() -> None:
    assert set(words.OUTCOMES) == set(OUTCOMES)
    assert set(words.STOP_WORDS) == set(STOP_GROUNDS)
    assert set(words.WAYS) == set(HAND_OVER_WAYS)
    assert set(words.ROLES) == set(ROLES)
    assert set(words.FILTERS) == set(FILTERS)
    assert set(words.UNITS) | {"same_day", "none", "unknown"} == {unit.value for unit in LimitUnit}


@pytest.mark.parametrize(
    ("limit", "vi", "en"),
    [
        (Limit(LimitUnit.WORKING_DAY, Decimal(3)), "3 ngày làm việc", "3 working days"),
        (Limit(LimitUnit.HOUR, Decimal("2.5")), "2,5 giờ", "2.5 hours"),
        (Limit(LimitUnit.SAME_DAY), "trong ngày", "the same day"),
        (Limit(LimitUnit.NONE), "không quy định", "not set"),
    ],
)
def test_limits(limit: Limit, vi: str, en: str) -> None:
    assert words.limit(limit) == Say(vi, en)


@pytest.mark.django_db
@pytest.mark.slow
def test_english_pages_have_no_vietnamese_of_ours() -> None:
    told = {text for text in msgids() if ACCENTED.search(text) and "%(" not in text}
    told |= {say.vi for table in (words.OUTCOMES, words.QUEUES, words.FILTERS) for say in table.values()}
    stories = {name: make() for name, make in SITUATIONS.items()}
    logins = ("tuphap1", "tiepnhan1", "chutich", "vanthu", "thuquy")
    addresses = ["/inbox", "/inbox?mine=1", "/dossiers"]
    addresses += [f"/dossiers/{story.code}" for story in stories.values()]
    addresses += [f"/dossiers/{story.code}/{act}" for story in stories.values() for act in PAGES]
    seen: set[str] = set()
    for login in logins:
        client = browser(login, language="en")
        for address in addresses:
            form = address.rpartition("/")[2]
            answer = client.get(address) if form not in seen else None
            if answer is None or answer.status_code != 200:
                continue
            if form in PAGES:
                seen.add(form)
            page = unescape(answer.content.decode())
            shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "|", page))
            found = [text for text in told if f"|{text}|" in shown or f"| {text} |" in shown]
            assert found == [], (login, address)
    # The receiving desk of a transfer is another agency's; tests/web/test_pages.py looks at its two forms.
    there = {"accept_transfer", "decline_transfer"}
    assert {act.value for act in PAGES} - there == seen, "every form was looked at"


@pytest.mark.django_db
def test_an_english_form_says_what_is_wrong_in_english() -> None:
    code = Story().proposed().code
    client = browser("chutich", language="en")
    answer = client.post(
        f"/dossiers/{code}/return_step", {"to": "examine", "reason": "", "idempotency_key": "k"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Write the reason." in page
    assert "Return to an earlier step" in page
