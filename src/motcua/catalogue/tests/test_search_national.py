"""Everyday phrases over the country's procedures, where the national file lies beside the repository."""

import json
import time

import pytest

from motcua.catalogue.listing import everyday_names, language
from motcua.catalogue.national.lines import Line, lines
from motcua.catalogue.search import Index, Searched
from motcua.catalogue.tests.phrases import missed, phrases
from motcua.catalogue.tests.test_national_sources import FILE
from motcua.catalogue.tests.test_search import SHIPPED

pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="the sources are not beside the repository")


@pytest.fixture(scope="module")
def index() -> Index:
    """The shipped procedures, and of the national ones those that are not shipped, as `listing` holds them."""
    here = {doc.code for doc in SHIPPED}
    told = [json.loads(line.text) for line in lines(FILE) if isinstance(line, Line) and line.text]
    announced = (
        Searched(
            code := record["MATTHC"],
            " ".join(record["TENTTHC"].split()),
            everyday_names().get(code, ()),
            "".join(field["TENLINHVUC"] for field in record["LINHVUCTHUCHIEN"][:1]),
        )
        for record in told
    )
    return Index((*SHIPPED, *(doc for doc in announced if doc.code not in here)), language())


def test_phrases_of_all_walks_of_life(index: Index) -> None:
    told = phrases("national_phrases.tsv")
    assert len(told) >= 250
    assert len(missed(index, told)) <= 0.05 * len(told), missed(index, told)


def test_phrases_that_nothing_was_fitted_to(index: Index) -> None:
    told = phrases("national_unseen_phrases.tsv")
    assert len(missed(index, told)) <= 0.1 * len(told), missed(index, told)


def test_phrases_of_a_commune_among_those_of_the_country(index: Index) -> None:
    """Some of them mean other procedures too, which come first there."""
    told = phrases("everyday_phrases.tsv")
    assert len(missed(index, told)) <= 0.05 * len(told), missed(index, told)


def test_it_answers_at_once(index: Index) -> None:
    taken = []
    for phrase, _ in phrases("national_phrases.tsv"):
        begun = time.perf_counter()
        index.find(phrase)
        taken.append(time.perf_counter() - begun)
    assert sorted(taken)[int(len(taken) * 0.95)] < 0.05
