"""The catalogue officer's list of findings, the words beside them, and the report to who published."""

import io
import zipfile

import pytest
from tests.support.acts import moment
from tests.support.announced import CODE, announced, one_decided
from tests.support.pages import plain_static, visitor
from tests.support.site import pages_at
from tests.support.statements import statements
from tests.support.world import viewer

from motcua.catalogue import worklist
from motcua.catalogue.decisions import deciders, decision_list
from motcua.catalogue.models import Finding
from motcua.catalogue.national.places import at_place, lines_of
from motcua.catalogue.reporting import publisher_counts, report_lines
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
        yield visitor("danhmuctinh", at=moment(24, 10))


def test_kinds_are_counted_and_lead_to_their_procedures(officer):
    who = viewer("danhmuctinh")
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
    for more in (publisher_counts, deciders, decision_list):
        with pytest.raises(Denied):
            more(viewer=viewer(login))
    with pytest.raises(Denied):
        list(report_lines(viewer=viewer(login)))


def test_a_procedure_drafted_here_has_no_record(officer):
    with pytest.raises(NotFound):
        worklist.announcement("1.004873", viewer=viewer("danhmuctinh"))


def sheets(answer) -> list[str]:
    """The texts of a workbook's sheets."""
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        return [book.read(f"xl/worksheets/sheet{n}.xml").decode() for n in (1, 2)]


def test_the_report_is_one_row_a_place_and_runs_no_formula(officer):
    one_decided(moment(24, 9, 30))
    Finding.objects.filter(what="markup").update(text="=HYPERLINK(1)")
    answer = officer.get("/catalogue/findings.xlsx?publisher=B%E1%BB%99+Th%E1%BB%AD+nghi%E1%BB%87m")
    sums, places = sheets(answer)
    lines = list(report_lines(viewer=viewer("danhmuctinh")))
    assert places.count("<row ") == 1 + len(lines) == 1 + Finding.objects.count()
    assert sums.count("<row ") == 2 + len({line.kind for line in lines})
    assert "=HYPERLINK(1)" in places
    assert "<f>" not in places
    assert "Đã xem, giữ như bản công bố" in places
    assert "=HYPERLINK(1)" not in sheets(officer.get("/catalogue/findings.xlsx?what=fee_small"))[1]


def test_the_summary_counts_what_is_sent(officer):
    one_decided(moment(24, 9, 30))
    (count,) = publisher_counts(viewer=viewer("danhmuctinh"))
    found = Finding.objects.all()
    assert (count.publisher, count.places, count.decided) == ("Bộ Thử nghiệm", len(found), 1)
    page = officer.get("/catalogue/report?publisher=B%E1%BB%99+Th%E1%BB%AD+nghi%E1%BB%87m").text
    assert f"{len(found)} chỗ, trong đó 1 chỗ đã quyết định" in page


def test_what_is_decided_is_listed_apart(officer):
    one_decided(moment(24, 9, 30))
    who = viewer("danhmuctinh")
    assert worklist.work_list(viewer=who, what="result_code_nonsense").lines == ()
    (line,) = worklist.work_list(viewer=who, what="result_code_nonsense", is_open=False).lines
    assert line.code == CODE
    assert CODE in officer.get("/catalogue/findings?state=decided").text


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
