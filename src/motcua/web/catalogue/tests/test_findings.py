"""The catalogue officer's list of findings, the words beside them, and the report to who published."""

import csv
import io

import pytest
from tests.support.acts import moment
from tests.support.announced import CODE, announced
from tests.support.pages import plain_static, visitor
from tests.support.site import pages_at
from tests.support.statements import statements
from tests.support.world import viewer

from motcua.catalogue import worklist
from motcua.catalogue.models import Finding
from motcua.catalogue.national.places import at_place, lines_of
from motcua.kernel.errors import Denied, NotFound

pytestmark = pytest.mark.django_db
KINDS = [
    "unit_blank",
    "fee_small",
    "fee_in_text",
    "papers_grouped",
    "paper_uncounted",
    "result_code_nonsense",
    "markup",
]


@pytest.fixture
def officer():
    announced(moment(24, 9))
    with plain_static(), pages_at(moment(24, 10)):
        yield visitor("danhmuc", at=moment(24, 10))


def test_kinds_are_counted_and_lead_to_their_procedures(officer):
    who = viewer("danhmuc")
    counts = {one.kind.value: one.procedures for one in worklist.kind_counts(viewer=who)}
    assert {kind: counts.get(kind) for kind in KINDS} == dict.fromkeys(KINDS, 1)
    (line,) = worklist.work_list(viewer=who, what="fee_small").lines
    assert (line.code, line.publisher) == (CODE, "Bộ Thử nghiệm")
    assert worklist.work_list(viewer=who, what="fee_small", publisher="Bộ khác").lines == ()
    assert worklist.work_list(viewer=who, after=CODE).lines == ()


def test_the_words_stand_beside_the_finding(officer):
    page = officer.get(f"/catalogue/findings/{CODE}").text
    assert "20.000 vnđ/tờ khai" in page
    assert "Xác nhận giống vật nuôi quý hiếm &lt;b&gt;" in page
    assert "<b>" not in page.partition("<main")[2]


@pytest.mark.parametrize("login", ["tiepnhan1", "chutich", "kythuat", "thanhtra"])
def test_nobody_else_reads_them(officer, login):
    for read in (worklist.kind_counts, worklist.publishers, worklist.work_list):
        with pytest.raises(Denied):
            read(viewer=viewer(login))
    with pytest.raises(Denied):
        list(worklist.places(viewer=viewer(login)))


def test_a_procedure_drafted_here_has_no_record(officer):
    with pytest.raises(NotFound):
        worklist.announcement("1.004873", viewer=viewer("danhmuc"))


def test_the_report_is_one_row_a_place_and_runs_no_formula(officer, monkeypatch):
    Finding.objects.filter(what="markup").update(text="=HYPERLINK(1)")
    answer = officer.get("/catalogue/findings.csv?publisher=B%E1%BB%99+Th%E1%BB%AD+nghi%E1%BB%87m")
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 1 + len(list(worklist.places(viewer=viewer("danhmuc"))))
    assert {row[2] for row in rows[1:]} == {"Bộ Thử nghiệm"}
    assert "'=HYPERLINK(1)" in {row[5] for row in rows}


@pytest.mark.parametrize(
    "query", ["?what=nothing", "?after=%00", "?publisher=%00x", "?after=9999", "?what=%27--"]
)
def test_odd_filters_are_harmless(officer, query):
    assert officer.get(f"/catalogue/findings{query}").status_code == 200


def test_it_costs_three_statements(officer):
    officer.get("/catalogue/findings")
    with statements(most=5):
        officer.get("/catalogue/findings")


def test_places_are_found_in_a_record():
    record = {"A": [{"B": "x", "C": ["y", ""]}]}
    assert list(lines_of(at_place(record, "A[0]"))) == [("B", "x"), ("C", "y")]
    assert at_place(record, "A[1].B") is None
    assert at_place(record, "A.B") is None
    assert at_place(record, "") == record
