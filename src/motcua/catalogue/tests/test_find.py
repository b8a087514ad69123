"""Finding a procedure at a busy desk: letters without accents, everyday names, abbreviations, codes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.catalogue.selectors import find
from motcua.catalogue.starter import linked, procedures

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("khai sinh", "1.001193"),
        ("KHAI SINH", "1.001193"),
        ("khai sính", "1.001193"),
        ("gks", "1.001193"),
        ("khai tu", "1.000656"),
        ("ket hon", "1.000894"),
        ("đkkh", "1.000894"),
        ("trich luc", "2.000635"),
        ("sao y", "2.000815"),
        ("CMND", "2.000815"),
        ("photo cong chung", "2.000815"),
        ("doc than", "1.004873"),
        ("chu ky", "2.000884"),
        ("so yeu ly lich", "2.000884"),
        ("cai chinh", "1.004859"),
        ("di chuc", "2.001019"),
        ("con nuoi", "2.001263"),
        ("giam ho", "1.004837"),
        ("ly hon o nuoc ngoai", "2.000554"),
        ("1.004873", "1.004873"),
        ("004873", "1.004873"),
    ],
)
def test_what_people_type_finds_what_they_mean(typed: str, first: str) -> None:
    assert find(typed)[0].code == first


def test_all_for_nothing_typed_and_nothing_for_nonsense() -> None:
    assert len(find("", limit=500)) == len(procedures()) + len(linked())
    assert find("phi thuyền") == []
    assert len(find("", limit=3)) == 3


@pytest.mark.parametrize("typed", ["%", "_", "\\", "'; --"])
def test_signs_of_the_search_itself_mean_nothing(typed: str) -> None:
    assert find(typed) == []


def test_a_bar_is_a_space() -> None:
    assert find("khai|sinh") == find("khai sinh")
    assert find("|") == find("")


def test_one_statement_however_many_words() -> None:
    with CaptureQueriesContext(connection) as seen:
        find("dang ky khai sinh co yeu to nuoc ngoai")
    assert len(seen) == 1


def test_every_procedure_answers_to_its_everyday_names() -> None:
    for version in procedures():
        assert version.search_words
        for words in version.search_words:
            assert version.code in {f.code for f in find(words, limit=500)}, words
