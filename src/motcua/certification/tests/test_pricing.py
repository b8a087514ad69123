"""The fee rule of certification, as the catalogue's own rule prices it: 226/2016/TT-BTC."""

import pytest
from hypothesis import given, strategies as st

from motcua.catalogue.starter import procedures
from motcua.certification.pricing import Line, amount, paper_meant, price
from motcua.certification.rules import kind, kind_of_procedure, papers_of, rules
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


TRANSACTION = kind("transaction")


def transaction_fee(paper: str, pages: int, originals: int, clause: str = "") -> int | None:
    line = Line(paper=paper, pages=pages, count=originals, clause=clause).cleaned(TRANSACTION)
    of = TRANSACTION.under(line.clause)
    return amount(price(line, of=of, version=VERSIONS[of.procedure]))


@given(st.sampled_from(TRANSACTION.papers), PAGES, COPIES)
def test_a_transaction_costs_once_whatever_its_pages_and_originals(paper, pages, originals):
    by_law = {"amendment": 30_000, "mortgage_rural": 0}.get(paper, 50_000)
    assert transaction_fee(paper, pages, originals) == by_law


def test_an_exemption_counts_only_where_the_procedure_has_it():
    assert transaction_fee("mortgage_rural", 4, 3, clause="amendment") == 30_000


def test_each_clause_of_the_book_has_its_procedure_in_the_catalogue_and_its_result():
    for clause in TRANSACTION.clauses:
        of = TRANSACTION.under(clause.code)
        version = VERSIONS[of.procedure]
        assert of.result in {result.code for result in version.results}
        assert set(of.handed) <= {c.code for c in version.components_of(of.variant)}
        assert kind_of_procedure(of.procedure) is TRANSACTION
        assert TRANSACTION.under(TRANSACTION.clause_for(of.procedure)).procedure == of.procedure


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
