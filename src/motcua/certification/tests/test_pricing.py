"""The fee rule of certification, as the catalogue's own rule prices it: 226/2016/TT-BTC."""

import pytest
from hypothesis import given, strategies as st

from motcua.catalogue.starter import procedures
from motcua.certification.pricing import Line, amount, paper_meant, price
from motcua.certification.rules import kind, papers_of, rules
from motcua.kernel.errors import Invalid

VERSIONS = {v.code: v for v in procedures()}
PAGES, COPIES = st.integers(1, 2_000), st.integers(1, 500)


def fee(code: str, pages: int, count: int) -> int:
    of = kind(code)
    line = Line(paper=of.papers[0], pages=pages, count=count)
    found = amount(price(line, of=of, version=VERSIONS[of.procedure]))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("pages", "copies", "total"),
    [
        (1, 1, 2_000),
        (2, 1, 4_000),
        (3, 1, 5_000),
        (4, 2, 12_000),
        (198, 1, 200_000),
        (199, 1, 200_000),
        (2_000, 3, 600_000),
    ],
)
def test_what_copies_cost(pages, copies, total):
    assert fee("copy", pages, copies) == total


@given(PAGES, COPIES)
def test_a_copy_costs_what_the_law_says(pages, copies):
    by_hand = min(sum(2_000 if page <= 2 else 1_000 for page in range(1, pages + 1)), 200_000)
    assert fee("copy", pages, copies) == by_hand * copies


@given(PAGES, PAGES, COPIES)
def test_more_pages_never_cost_less_and_no_copy_more_than_the_cap(fewer, more, copies):
    fewer, more = sorted((fewer, more))
    assert fee("copy", fewer, copies) <= fee("copy", more, copies) <= 200_000 * copies


@given(PAGES, COPIES, COPIES)
def test_copies_are_counted_one_by_one(pages, some, others):
    assert fee("copy", pages, some) + fee("copy", pages, others) == fee("copy", pages, some + others)


@given(PAGES, st.integers(1, 50))
def test_a_signature_costs_by_the_paper_whatever_its_pages(pages, papers):
    assert fee("signature", pages, papers) == fee("translator", pages, papers) == 10_000 * papers
    assert fee("register_copy", pages, papers) == 0


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("cccd", "citizen_card"),
        ("CCCD", "citizen_card"),
        ("gks", "birth"),
        ("khai sinh", "birth"),
        ("giấy khai sinh", "birth"),
        ("sổ đỏ", "land"),
        ("so do", "land"),
        ("qd", "decision"),
        ("quyet", "decision"),
        ("bang", "diploma"),
        ("Bằng tốt nghiệp", "diploma"),
        ("zzz", None),
        ("", None),
    ],
)
def test_a_paper_is_found_by_its_letters(typed, code):
    found = paper_meant(typed, of=kind("copy"))
    assert (found.code if found else None) == code


def test_letters_mean_one_paper_of_a_kind():
    for each in rules().kinds:
        letters = [letter for paper in papers_of(each) for letter in paper.letters]
        assert len(letters) == len(set(letters)), each.code


def test_every_paper_finds_itself_by_its_name():
    for each in rules().kinds:
        for paper in papers_of(each):
            assert paper_meant(paper.label.vi, of=each) == paper


@pytest.mark.parametrize(("pages", "count"), [(0, 1), (1, 0), (-1, 1), (2_001, 1), (1, 501)])
def test_senseless_numbers_are_refused_at_their_field(pages, count):
    with pytest.raises(Invalid) as refusal:
        Line(paper="birth", pages=pages, count=count).cleaned(kind("copy"), 2)
    assert refusal.value.field in ("line-2-pages", "line-2-count")


def test_a_paper_has_its_own_clause_where_the_law_gives_one():
    assert Line(paper="authorisation").cleaned(kind("signature")).clause == "authorisation"
    assert (
        Line(paper="authorisation", clause="cannot_sign").cleaned(kind("signature")).clause == "cannot_sign"
    )
    assert Line(paper="request").cleaned(kind("signature")).clause == "signature"
    with pytest.raises(Invalid):
        Line(paper="request", clause="translator").cleaned(kind("signature"))
