"""Deciding findings on their page: a new version, the decision seen, taken back; and kept when the file comes again."""

import json
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from tests.support.announced import CODE, RECORD, announced
from tests.support.pages import plain_static, visitor
from tests.support.world import actor, viewer

from motcua.catalogue import worklist
from motcua.catalogue.models import Decision, Finding, Version
from motcua.catalogue.operations import Choice, Outdated, decide, take_back
from motcua.catalogue.selectors import version
from motcua.catalogue.shapes import LimitUnit
from motcua.catalogue.worklist import Place
from motcua.kernel.errors import Denied, NotAllowedNow
from motcua.kernel.time import local, now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import history
from motcua.web.catalogue.deciding_fields import prefix_of

pytestmark = pytest.mark.django_db
PAGE = f"/catalogue/findings/{CODE}"
FEE = {"means": "thousands", "nature": "le_phi", "name": "Lệ phí", "fee_unit": "request", "basis": "TT 1"}


@pytest.fixture
def officer():
    announced(now())
    with plain_static():
        yield visitor("danhmuctinh", at=now())


def place(what: str, *, nth: int = 0) -> Place:
    shown = worklist.announcement(CODE, viewer=viewer("danhmuctinh", at=now()))
    return [one for one in shown.places if one.kind == what][nth]


def prefix(what: str) -> str:
    return prefix_of(place(what))


def typed(page: str) -> dict[str, str]:
    """The hidden fields of the page's form."""
    found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    return {name: value for name, value in found.items() if name != "csrfmiddlewaretoken"}


def newest() -> Version:
    return Version.objects.filter(procedure_id=CODE).latest("number")


def send(officer, what, how="decide", **fields):
    """Decide one finding on the page as it is now."""
    start, hidden = prefix(what), typed(officer.get(PAGE).text)
    return officer.post(
        PAGE, {**hidden, f"{start}-how": how, **{f"{start}-{name}": value for name, value in fields.items()}}
    )


def test_a_blank_unit_is_decided_on_its_page(officer):
    first = newest()
    assert send(officer, "unit_blank", unit="working_day", note="QĐ 99").status_code == 302
    made = newest()
    assert (made.number, made.effective_from) == (first.number + 1, local(now()).date())
    assert [e.type for e in history(made.id)] == ["procedure_version_published", "finding_decided"]
    (channel,) = version(made.id).variants[0].channels
    assert (channel.limit.unit, channel.limit.value) == (LimitUnit.WORKING_DAY, Decimal(5))
    row = Finding.objects.get(procedure_id=CODE, what="unit_blank")
    assert (row.decided_at, row.decision) == Decision.objects.values_list("decided_at", "id").get()
    assert "5 ngày làm việc" in officer.get(PAGE).text
    listed = officer.get("/catalogue/decisions").text
    assert "5 ngày làm việc" in listed
    assert "QĐ 99" in listed
    announced(now())
    assert newest().id == made.id, "the same line with the decision makes no version"
    assert Finding.objects.get(procedure_id=CODE, what="unit_blank").decision == row.decision


def test_several_are_decided_in_one_version(officer):
    before, fields = newest().number, typed(officer.get(PAGE).text)
    for what, more in {
        "unit_blank": {"unit": "same_day"},
        "fee_small": {
            "means": "thousands",
            "nature": "le_phi",
            "name": "Lệ phí",
            "fee_unit": "request",
            "basis": "TT 1",
        },
        "result_code_nonsense": {"code": "KQ.G15.000031"},
    }.items():
        start = prefix(what)
        fields |= {f"{start}-how": "decide", **{f"{start}-{name}": value for name, value in more.items()}}
    assert officer.post(PAGE, fields).status_code == 302
    made = newest()
    assert made.number == before + 1
    assert [e.type for e in history(made.id)][1:] == ["finding_decided"] * 3
    shown = version(made.id)
    assert (shown.result_codes, [a.value for f in shown.fees for a in f.amounts]) == (
        ("KQ.G15.000031",),
        [20000],
    )
    assert "20.000 đồng" in officer.get("/catalogue/decisions").text
    assert officer.post(PAGE, fields).status_code == 302, "sent twice"
    assert newest().id == made.id
    assert Decision.objects.count() == 3


def test_the_same_words_elsewhere_in_the_procedure_are_decided_with_it(officer):
    ways = [{**RECORD["CACHTHUCTHUCHIEN"][0], "KENH": channel} for channel in "123"]
    announced(now(), CACHTHUCTHUCHIEN=ways)
    assert Finding.objects.filter(procedure_id=CODE, what="unit_blank").count() == 3
    assert send(officer, "unit_blank", unit="week", also="on").status_code == 302
    assert not Finding.objects.filter(procedure_id=CODE, what="unit_blank", decided_at=None).exists()
    assert {c.limit.unit for c in version(newest().id).variants[0].channels} == {LimitUnit.WEEK}


def test_words_that_changed_open_the_finding_again_and_say_so(officer):
    send(officer, "unit_blank", unit="working_day")
    time = {**RECORD["CACHTHUCTHUCHIEN"][0]["THOIGIAN"][0], "THOIGIANGIAIQUYET": "7"}
    announced(now(), CACHTHUCTHUCHIEN=[{"KENH": "1", "THOIGIAN": [time]}])
    assert Finding.objects.get(procedure_id=CODE, what="unit_blank").decided_at is None
    assert version(newest().id).variants[0].channels[0].limit.unit is LimitUnit.UNKNOWN
    assert "Lời của bản công bố đã đổi" in officer.get(PAGE).text
    assert send(officer, "unit_blank", unit="calendar_day").status_code == 302
    first, second = Decision.objects.order_by("decided_at")
    assert second.replaces == first.id
    announced(now())
    assert version(newest().id).variants[0].channels[0].limit.unit is LimitUnit.UNKNOWN, (
        "the first was replaced"
    )


def test_a_decision_is_taken_back_once_and_stays_in_the_history(officer):
    send(officer, "unit_blank", unit="working_day")
    one, decided = Decision.objects.get(), newest()
    path = f"/catalogue/decisions/{one.id}/take-back"
    fields = typed(officer.get(path).text)
    assert officer.post(path, fields).status_code == 302
    assert [e.type for e in history(newest().id)] == ["procedure_version_published", "finding_reopened"]
    assert newest().number == decided.number + 1
    assert Finding.objects.get(procedure_id=CODE, what="unit_blank").decided_at is None
    assert officer.post(path, fields).status_code == 302, "the same request again"
    assert officer.post(path, {**fields, "idempotency_key": "another"}).status_code == 409
    assert Decision.objects.count() == 2
    assert "Đã rút" in officer.get(PAGE).text


def test_looked_at_makes_no_version_and_stands_on_the_last_ones_stream(officer):
    before = newest()
    assert send(officer, "unit_blank", how="seen", note="Hỏi lại bộ").status_code == 302
    assert newest().id == before.id
    assert history(before.id)[-1].type == "finding_decided"
    assert Finding.objects.get(procedure_id=CODE, what="unit_blank").decided_at is not None


@pytest.mark.parametrize(
    ("what", "fields", "said"),
    [
        ("unit_blank", {}, "Hãy chọn đơn vị."),
        ("unit_blank", {"unit": "fortnight"}, "Hãy chọn một mục."),
        ("fee_small", FEE | {"means": "amount"}, "Nhập số tiền."),
        ("fee_small", {"means": "amount", "amount": "-5"}, "Nhập số đồng bằng chữ số"),
        ("fee_in_text", FEE | {"means": "as_stated"}, "không ghi số tiền nào để giữ"),
        ("papers_grouped", {"means_0": "common"}, "Hãy chọn một mục."),
        ("papers_grouped", {"means_0": "variant", "means_1": "common"}, "Hãy đặt tên trường hợp."),
        ("paper_uncounted", {"name_0": "Sổ", "kind_0": "required_if", "originals_0": "1"}, "Hãy ghi câu hỏi"),
        ("paper_uncounted", {"name_0": "Sổ", "kind_0": "required"}, "Ghi số bản chính hoặc bản sao."),
        ("paper_uncounted", {"name_0": "Sổ", "kind_0": "one_of", "originals_0": "1"}, "Hãy đặt tên nhóm"),
        ("result_code_nonsense", {"code": "KQ1"}, "Mã kết quả có dạng"),
    ],
)  # fmt: skip
def test_a_bad_value_is_told_at_its_field_and_nothing_is_written(officer, what, fields, said):
    before = newest().id
    answer = send(officer, what, **fields)
    assert answer.status_code == 422
    assert said in answer.text
    assert (newest().id, Decision.objects.count()) == (before, 0)


def test_a_page_sent_as_it_came_says_that_nothing_was_chosen(officer):
    rows = [{**RECORD["CACHTHUCTHUCHIEN"][0]["THOIGIAN"][0], "THOIGIANGIAIQUYET": n} for n in ("5", "2.5")]
    announced(now(), CACHTHUCTHUCHIEN=[{"KENH": "1", "THOIGIAN": rows}, {"KENH": "2", "THOIGIAN": rows}])
    page = officer.get(PAGE).text.partition("<form method")[2]
    fields = typed(page) | dict(re.findall(r'<input type="text" name="([^"]+)" value="([^"]*)"', page))
    fields |= dict(re.findall(r'<select name="([^"]+)".*?<option value="([^"]*)" selected', page))
    fields |= dict.fromkeys(re.findall(r'<input type="checkbox" name="([^"]+)"', page), "on")
    answer = officer.post(PAGE, fields)
    assert answer.status_code == 422
    assert "Chưa chọn phát hiện nào để quyết định." in answer.text
    assert "Bạn đã điền ở đây" not in answer.text


def test_what_was_filled_in_and_not_decided_is_asked_about(officer):
    answer = send(officer, "unit_blank", how="", unit="week")
    assert answer.status_code == 422
    assert "Bạn đã điền ở đây" in answer.text


def test_markup_and_seventy_thousand_letters_are_harmless(officer):
    long = "<script>alert(1)</script>" + "ă" * 70_000
    time = {**RECORD["CACHTHUCTHUCHIEN"][0]["THOIGIAN"][0], "MOTA": long}
    announced(now(), CACHTHUCTHUCHIEN=[{"KENH": "1", "THOIGIAN": [time]}])
    assert send(officer, "unit_blank", unit="week", note="<script>x</script>").status_code == 302
    for page in (PAGE, "/catalogue/decisions"):
        assert "<script>" not in officer.get(page).text.partition("<main")[2].partition("</main>")[0]
    assert send(officer, "fee_small", note="x" * 70_000).status_code == 422


def test_only_the_catalogue_officer_decides(officer):
    send(officer, "unit_blank", unit="week")
    one, before = Decision.objects.get(), newest().id
    for login in ("danhmuc", "tiepnhan1", "chutich", "kythuat", "thanhtra"):
        who, at = actor(login), now()
        for act in (
            lambda who=who, at=at: take_back(decision=one.id, actor=who, at=at),
            lambda who=who, at=at: decide(procedure=CODE, choices=[], actor=who, at=at),
        ):
            with pytest.raises(Denied), unit_of_work(actor=who, at=at, request=Request.fresh()):
                act()
    assert (newest().id, Decision.objects.count()) == (before, 1)


def seen(what: str) -> Choice:
    one = place(what)
    return Choice(one.kind, one.where, one.shown, {})


def test_a_version_drafted_here_is_not_changed_by_a_decision(officer):
    announced(now(), MATTHC="1.004873")
    shown = worklist.announcement("1.004873", viewer=viewer("danhmuctinh", at=now()))
    one = next(p for p in shown.places if p.kind == "unit_blank")
    who, at = actor("danhmuctinh"), now()
    choice = Choice(one.kind, one.where, one.shown, {"unit": "week"})
    with pytest.raises(NotAllowedNow), unit_of_work(actor=who, at=at, request=Request.fresh()):
        decide(procedure="1.004873", choices=[choice], actor=who, at=at)
    drafted = next(p for p in shown.places if p.kind == "drafted_here")
    choice = Choice(drafted.kind, drafted.where, drafted.shown, {})
    with unit_of_work(actor=who, at=at, request=Request.fresh()):
        decide(procedure="1.004873", choices=[choice], actor=who, at=at)
    assert Finding.objects.get(procedure_id="1.004873", what="drafted_here").decided_at == at


def test_who_comes_second_is_told_on_the_page(officer):
    start, fields = prefix("unit_blank"), typed(officer.get(PAGE).text)
    send(officer, "unit_blank", unit="week")
    made = newest().id
    fields |= {f"{start}-how": "decide", f"{start}-unit": "month"}
    answer = officer.post(PAGE, fields)
    assert answer.status_code == 409
    assert "vừa được người khác quyết định" in answer.text
    assert (newest().id, Decision.objects.count()) == (made, 1)


def test_words_that_are_no_longer_those_shown_are_not_decided(officer):
    choice = seen("unit_blank")
    time = {**RECORD["CACHTHUCTHUCHIEN"][0]["THOIGIAN"][0], "MOTA": "khác"}
    announced(now(), CACHTHUCTHUCHIEN=[{"KENH": "1", "THOIGIAN": [time]}])
    who, at = actor("danhmuctinh"), now()
    with pytest.raises(Outdated), unit_of_work(actor=who, at=at, request=Request.fresh()):
        decide(procedure=CODE, choices=[choice], actor=who, at=at)
    assert not Decision.objects.exists()


ALIKE = "/catalogue/findings-alike"


def test_the_same_words_in_many_procedures_are_decided_fifty_at_a_time(officer):
    codes = [f"9.91{n:04}" for n in range(60)]
    for code in codes:
        announced(now() + timedelta(0), MATTHC=code)
    one = place("unit_blank")
    assert one.others == 60
    path = f"{ALIKE}?what=unit_blank&alike={one.alike}&publisher={RECORD['COQUANCONGBO']}"
    fields = {**typed(officer.get(path).text), "alike-how": "decide", "alike-unit": "working_day"}
    shown = officer.post(path, {**fields, "do": "preview"})
    assert "5 ngày làm việc" in shown.text
    assert not Decision.objects.exists(), "a preview writes nothing"
    first = typed(shown.text) | {"do": "decide"}
    done = officer.post(path, first)
    assert "Đã quyết định 50 trên 61 thủ tục." in done.text
    again = officer.post(path, first)
    assert Decision.objects.count() == 50, "the same request again"
    assert "Đã quyết định 50 trên 61 thủ tục." in again.text
    last = officer.post(path, typed(done.text) | {"do": "decide"})
    assert "Đã xong" in last.text
    assert not Finding.objects.filter(what="unit_blank", alike=one.alike, decided_at=None).exists()
    assert officer.get(path).status_code == 200


def test_the_event_holds_no_words_of_the_officer(officer):
    send(officer, "unit_blank", unit="week", note="Bà Nguyễn Thị Mẫu nói")
    assert "Nguyễn" not in json.dumps([dict(e.data) for e in history(newest().id)], ensure_ascii=False)


def test_a_number_of_papers_of_thousands_of_figures_is_none_and_the_page_stands(officer):
    groups = json.loads(json.dumps(RECORD["THANHPHANHOSO"]))
    groups[0]["GIAYTO"][0] |= {"SOBANCHINH": "9" * 5000, "TENGIAYTO": "Đơn, nếu có"}
    announced(now(), THANHPHANHOSO=groups)
    assert officer.get(PAGE).status_code == 200
