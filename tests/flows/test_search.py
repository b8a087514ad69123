"""Words people search by, of whatever letters they are."""

from dataclasses import replace

import pytest

from motcua.dossiers import selectors
from motcua.flows.reception import receive
from tests.support.acts import act, moment
from tests.support.world import intake, viewer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "words", ["anh tuyet", "ÁNH  TUYẾT", "Ánh\x00 Tuyết", "\x00", "h99.01.01-260824", "%", "_"]
)
def test_any_words_are_answered(words):
    code = act("tiepnhan1", moment(24, 9), receive, intake=intake()).row["code"]
    page = selectors.dossiers(viewer=viewer("tiepnhan1"), at=moment(24, 10), words=words)
    assert [line.code for line in page.lines] == ([] if words in "%_" and words else [code])


@pytest.mark.parametrize(
    "words",
    [
        "' or ''='",
        "\\' or 1=1 --",
        "{name}",
        "{columns}",
        "%s",
        "%(at)s",
        "$$",
        "\\",
        "a\\'; select 1; --",
        "tuyết%'",
    ],
)
def test_words_that_would_be_a_statement_are_words(words):
    act("tiepnhan1", moment(24, 9), receive, intake=intake())
    for show in ("", "open"):
        page = selectors.dossiers(viewer=viewer("tiepnhan1"), at=moment(24, 10), words=words, show=show)
        assert page.lines == ()


def test_a_name_with_a_quote_is_found():
    whole = intake()
    role, person = whole.people[0]
    whole = replace(whole, people=((role, replace(person, name="Y’Blok D'Êban")), *whole.people[1:]))
    code = act("tiepnhan1", moment(24, 9), receive, intake=whole).row["code"]
    page = selectors.dossiers(viewer=viewer("tiepnhan1"), at=moment(24, 10), words="d'eban")
    assert [line.code for line in page.lines] == [code]
