"""Step tables from a version to the next one that agencies adopt, by the designer's own pages."""

import json
import time
from html import unescape
from typing import Any

import pytest
from tests.support.html import Page
from tests.support.pages import plain_static, visitor
from tests.support.world import actor

from motcua.eforms.selectors import forms_of
from motcua.kernel.errors import Denied, Invalid
from motcua.kernel.time import now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.processes.drafting import Origin, begin, discard, publish_draft
from motcua.processes.drafts import added
from motcua.processes.models import Draft, Revision, Version
from motcua.processes.placing import places_of
from motcua.processes.starter import processes
from motcua.processes.testing.judging import procedure_of
from motcua.web.catalogue.processes.tables import row_of, times_together
from motcua.web.catalogue.tests.table_drafts import (
    CODE,
    PAGES,
    announce,
    begun,
    body,
    document,
    node,
    press,
    typed,
)

pytestmark = pytest.mark.django_db


def test_times_that_are_alike_stand_together():
    times = [{"variant": "a", "value": "1", "unit": "ngày"}, {"variant": "b"}, {"variant": "c"}]
    told = times_together(row_of({"times": times}, ["a", "b", "c"]), ["A", "B", "C"])
    assert [(words.vi, names) for words, names in told] == [("1 ngày", ["A"]), ("chưa ghi", ["B", "C"])]


@pytest.fixture
def officer():
    with plain_static():
        yield visitor("danhmuctinh", at=now())


@pytest.mark.slow
@pytest.mark.parametrize("code", [process.code for process in processes()][::4])
def test_a_table_that_is_opened_at_every_node_and_kept_is_taken_out_as_it_was(officer, code):
    draft = begun(officer, code)
    for n in range(len(document(code.removeprefix("QT-"))["steps"])):
        typed(officer, draft, f"steps.{n}", {})
    typed(officer, draft, "variants.0", {})
    typed(officer, draft, "", {})
    assert Draft.objects.get().revision == 1
    assert json.loads(officer.get(f"{draft}/draft.json").content) == document(code.removeprefix("QT-"))


def test_everything_a_row_can_say_is_typed_and_kept_unchanged_when_opened_again(officer):
    draft = begun(officer)
    press(officer, draft, "steps.1", "add", **{"what": "verify", "new-vi": "Đi xem", "new-en": "Have a look"})
    typed(
        officer,
        draft,
        "steps.2",
        {
            "positions-0": "specialist",
            "times-0-value": "0,5",
            "times-0-unit": "ngày",
            "times-1-unit": "merged",
            "outputs-0-vi": "Biên bản",
            "returns_to-0": "examine",
            "when-how": "and",
            "when-0-field": "variant",
            "when-0-value": "verification",
            "papers-0-title-vi": "Biên bản xác minh",
            "papers-0-required": "on",
            "assignment": "load",
            "apart_from-0": "examine",
            "escalation-0-when": "before",
            "escalation-0-value": "4",
            "escalation-0-unit": "working_hour",
            "escalation-0-tell-0": "chair",
        },
    )
    row = body()["steps"][2]
    assert row == {
        "order": 3,
        "code": "di_xem",
        "kind": "verify",
        "work": {"vi": "Đi xem", "en": "Have a look"},
        "positions": ["specialist"],
        "times": [
            {"variant": "no_verification", "value": "0.5", "unit": "ngày"},
            {"variant": "verification", "merged_with_previous": True},
        ],
        "outputs": [{"vi": "Biên bản", "en": ""}],
        "returns_to": ["examine"],
        "when": {"==": [{"var": "variant"}, "verification"]},
        "papers": [
            {"code": "bien_ban_xac_minh", "title": {"vi": "Biên bản xác minh", "en": ""}, "required": True}
        ],
        "assignment": "load",
        "apart_from": ["examine"],
        "escalation": [{"when": "before", "value": "4", "unit": "working_hour", "tell": ["chair"]}],
    }
    press(
        officer,
        draft,
        "steps.2",
        "add",
        **{"what": "consultation", "new-vi": "Nghĩa vụ thuế", "new-en": "Tax"},
    )
    where = "steps.2.consultations.0"
    typed(
        officer, draft, where,
        {"whom-0-agency": "H99", "limit-value": "2", "limit-unit": "working_day", "tacit": "on"},
    )  # fmt: skip
    assert body()["steps"][2]["consultations"] == [
        {
            "code": "nghia_vu_thue",
            "about": {"vi": "Nghĩa vụ thuế", "en": "Tax"},
            "whom": [{"agency": "H99"}],
            "limit": {"unit": "working_day", "value": "2"},
            "tacit": True,
        }
    ]
    assert "Hỏi ý kiến Ủy ban nhân dân Tỉnh Mẫu về Nghĩa vụ thuế" in officer.get(f"{draft}/draft.svg").text
    procedure, on = CODE.removeprefix("QT-"), now().date()
    version = procedure_of(procedure, on=on)
    assert version is not None
    place = next(iter(places_of(version, forms_of(procedure, on=on))))
    typed(officer, draft, "", {"sees-0-position": "clerk", "sees-0-parts-papers": "on", "area": place})
    assert body()["sees"] == [{"position": "clerk", "parts": ["papers"]}]
    assert body()["area"] == place
    assert (
        ">câu hỏi khi tiếp nhận: " in officer.get(draft).text or ">mục tờ khai: " in officer.get(draft).text
    )
    revision = Draft.objects.get().revision
    for place in ("", "steps.2", where, "variants.0"):
        typed(officer, draft, place, {})
    assert Draft.objects.get().revision == revision


def test_from_a_version_to_the_one_that_agencies_adopt(officer):
    draft = begun(officer)
    typed(officer, draft, "steps.1", {"positions-0": "economic_section"})
    told = unescape(officer.get(f"{draft}/compare").text)
    assert "vị trí đổi từ Công chức Tư pháp - Hộ tịch thành Chuyên viên Phòng Kinh tế" in told
    sent = announce(officer, draft)
    assert officer.post(f"{draft}/publish", sent).status_code == 302, "sent twice, published once"
    assert list(Version.objects.filter(code=CODE).order_by("number").values_list("number", flat=True)) == [
        1,
        2,
    ]
    assert not Draft.objects.exists()
    assert not Revision.objects.exists()
    page = unescape(officer.get(f"{PAGES}/processes/{CODE}").text)
    assert "Phiên bản 2" in page
    assert "Lương Thị Bích Ngọc" in page
    commune = visitor("danhmuc", at=now())
    second = Version.objects.get(code=CODE, number=2).id
    assert "Áp dụng" in commune.get(f"{PAGES}/process-versions/{second}/adopt").text


def test_branches_side_by_side_are_drawn_and_published(officer):
    draft = begun(officer)
    for name, branch in (("Nhánh hai", "2"), ("Nhánh một", "1")):
        press(officer, draft, "steps.1", "add", **{"what": "verify", "new-vi": name, "new-en": name})
        typed(
            officer, draft, "steps.2",
            {"positions-0": "clerk", "times-0-value": "0,5", "times-0-unit": "ngày", "times-1-value": "0,5",
             "times-1-unit": "ngày", "parallel-group": "a", "parallel-branch": branch},
        )  # fmt: skip
    assert "song song a/1" in officer.get(draft).text
    assert "Chưa công bố được" in unescape(officer.get(f"{draft}/publish").text), "more time than the limit"
    typed(officer, draft, "steps.1", {"times-0-value": "0,5", "times-1-value": "19,5"})
    assert f"{draft}/draft.svg?r=" in officer.get(draft).text
    assert officer.get(f"{draft}/draft.svg").text.count("Nhánh ") >= 2
    codes = [s["code"] for s in body()["steps"]]
    typed(officer, draft, "steps.2", {"apart_from-0": codes[3]})
    assert body()["steps"][3]["apart_from"] == [codes[2]], "who works beside says it too"
    page = unescape(officer.get(draft).text)
    assert "được đổi theo ở cả: Nhánh hai." in page
    typed(officer, draft, "steps.3", {"apart_from-0": ""})
    assert not [s for s in body()["steps"] if s.get("apart_from")]
    announce(officer, draft)
    assert [s.get("parallel") for s in Version.objects.get(code=CODE, number=2).body["steps"][2:4]] == [
        {"group": "a", "branch": "1"},
        {"group": "a", "branch": "2"},
    ]


def test_a_draft_with_a_fault_is_kept_listed_and_never_published(officer):
    draft = begun(officer)
    typed(officer, draft, "steps.2", {"positions-0": "", "positions-1": ""})
    page = unescape(officer.get(draft).text)
    assert f"{draft}?at=steps.2#chosen" in page
    assert "1 lỗi" in page
    publishing = unescape(officer.get(f"{draft}/publish").text)
    assert "Chưa công bố được" in publishing
    told = {"revision": "2", "upon": "1", "agreed": "on", "code": CODE, "idempotency_key": "x"}
    assert officer.post(f"{draft}/publish", told).status_code == 422
    row = Draft.objects.get()
    who, at = actor("danhmuctinh", at=now()), now()
    with pytest.raises(Invalid), unit_of_work(actor=who, at=at, request=Request.fresh()):
        publish_draft(draft=row.id, revision=2, upon=1, actor=who, at=at)
    assert Version.objects.filter(code=CODE).count() == 1


@pytest.mark.parametrize(
    ("told", "control", "words"),
    [
        ({"times-0-value": "hai"}, "times-0-value", "Nhập một số lớn hơn 0"),
        ({"times-0-unit": "merged"}, "times-0-value", "không ghi số"),
        ({"when-how": "and"}, "when-0-field", "Chọn mục"),
        ({"when-how": "json", "when-json": "{"}, "when-json", "Không phải JSON"),
    ],
)
def test_what_cannot_be_kept_is_told_at_its_control_and_stays(officer, told, control, words):
    draft = begun(officer)
    answer = typed(officer, draft, "steps.1", told, status=422)
    assert words in unescape(answer.text)
    assert f"#id_{control}" in answer.text
    for name, value in told.items():
        assert Page(answer.text).form("node_code").fields[name] == [value]
    assert Draft.objects.get().revision == 1


def test_rows_move_are_copied_removed_and_what_was_done_is_undone(officer):
    draft = begun(officer)
    before = body()
    assert press(officer, draft, "steps.3", "up")["Location"].startswith(f"{draft}?at=steps.2")
    assert [s["code"] for s in body()["steps"]] == ["receive", "examine", "seal", "approve", "return"]
    press(officer, draft, "steps.2", "undo")
    assert body() == before
    press(officer, draft, "steps.1", "copy")
    assert [s["code"] for s in body()["steps"]][:3] == ["receive", "examine", "examine_2"]
    press(officer, draft, "steps.1", "remove")
    assert "examine" not in [c for s in body()["steps"] for c in s.get("returns_to", ())]
    history = Page(officer.get(f"{draft}/history").text)
    form = next(f for f in history.forms if f.fields.get("number") == ["1"])
    assert officer.post(f"{draft}/history", form.sent({})).status_code == 302
    assert body() == before


def test_what_stands_nowhere_is_refused_in_words(officer):
    draft = begun(officer)
    for button in ("up", "down", "copy", "remove"):
        answer = press(officer, draft, "", button)
        assert (answer.status_code, "Chọn một mục bên dưới" in unescape(answer.text)) == (422, True)
    for place in ("x", "x.0", "steps.x", f"steps.{'9' * 5000}"):
        assert [press(officer, draft, place, do).status_code for do in ("up", "remove", "draw", "keep")] == [
            409
        ] * 4
    assert Draft.objects.get().revision == 1


def test_another_process_is_written_in_when_it_is_published(officer):
    draft = begun(officer)
    press(officer, draft, "steps.1", "add", what="includes")
    typed(officer, draft, "steps.2", {"includes": "QT-1.001193 1"})
    assert body()["steps"][2] == {
        "order": 3, "code": body()["steps"][2]["code"], "includes": {"process": "QT-1.001193", "number": 1},
    }  # fmt: skip
    page = unescape(officer.get(draft).text)
    assert "QT-1.001193 1" in page
    typed(officer, draft, "variants.0", {"limit-value": "9"})
    typed(officer, draft, "variants.1", {"limit-value": "99"})
    announce(officer, draft)
    codes = [s["code"] for s in Version.objects.get(code=CODE, number=2).body["steps"]]
    assert len(codes) == 5 + 3
    assert codes[2].endswith(".examine")


def test_a_part_of_another_agency_is_typed_and_kept_unchanged_when_opened_again(officer):
    draft = begun(officer)
    press(
        officer, draft, "", "add", **{"what": "child", "new-vi": "Đăng ký thường trú", "new-en": "Residence"}
    )
    told = {"body": "police", "procedure": "1.004222", "variant": "general", "limit-value": "12",
            "limit-unit": "working_hour", "after_step": "seal", "form": "child\nmother"}  # fmt: skip
    typed(officer, draft, "children.0", told)
    assert body()["children"] == [
        {
            "code": "dang_ky_thuong_tru",
            "title": {"vi": "Đăng ký thường trú", "en": "Residence"},
            "procedure": "1.004222",
            "variant": "general",
            "body": "police",
            "limit": {"unit": "working_hour", "value": "12"},
            "after_step": "seal",
            "form": ["child", "mother"],
        }
    ]
    revision = Draft.objects.get().revision
    typed(officer, draft, "children.0", {})
    assert Draft.objects.get().revision == revision
    assert "Không còn lỗi" in officer.get(draft).text
    press(officer, draft, "steps.3", "remove")
    page = unescape(officer.get(draft).text)
    assert f"{draft}?at=children.0#chosen" in page
    assert "Bắt đầu sau bước: “seal” không phải bước của quy trình" in page


def test_of_two_people_the_second_is_told_and_loses_nothing(officer):
    draft = begun(officer)
    mine = node(officer, draft, "steps.1").sent({"work-vi": "Việc của tôi"})
    typed(officer, draft, "steps.2", {"work-vi": "Việc của người kia"})
    press(officer, draft, "steps.0", "copy")  # what I look at stands elsewhere now
    answer = officer.post(draft, {**mine, "do": "keep"})
    assert answer.status_code == 409
    page = unescape(answer.text)
    assert "Người khác vừa sửa bản soạn này." in page
    again = Page(page).form("node_code")
    assert (again.fields["at"], again.fields["work-vi"]) == (["steps.2"], ["Việc của tôi"])
    assert officer.post(draft, {**again.sent({}), "do": "keep"}).status_code == 302
    assert [s["work"]["vi"] for s in body()["steps"]][2:4] == ["Việc của tôi", "Việc của người kia"]


def test_what_is_published_meanwhile_is_compared_anew(officer):
    draft = begun(officer)
    typed(officer, draft, "steps.1", {"work-vi": "Việc mới"})
    sent = Page(officer.get(f"{draft}/publish").text).form("agreed").sent({"agreed": "on"})
    typed(officer, draft, "steps.1", {"work-vi": "Việc mới hơn"})
    answer = officer.post(f"{draft}/publish", sent)
    assert answer.status_code == 409
    assert "Việc mới hơn" in unescape(answer.text)
    assert Version.objects.filter(code=CODE).count() == 1


@pytest.mark.parametrize("login", ["danhmuc", "tiepnhan1", "chutich", "kythuat"])
def test_nobody_else_writes(officer, login):
    draft = begun(officer)
    row = Draft.objects.values().get()
    with plain_static():
        other = visitor(login, at=now())
        for path in ("", "/publish", "/discard", "/put-in", "/history"):
            assert other.post(draft + path, {"idempotency_key": "x", "revision": "1"}).status_code == 403
        for path in ("", "/compare", "/history", "/draft.json"):
            assert other.get(draft + path).status_code == 403
        assert other.post(f"{PAGES}/process-drafts/begin", {"from": "copy", "code": "x"}).status_code == 403
    who, at = actor(login, at=now()), now()
    for does in (
        lambda: begin(document=document(), origin=Origin(process=CODE, version=1), actor=who, at=at),
        lambda: discard(draft=row["id"], revision=1, actor=who),
        lambda: publish_draft(draft=row["id"], revision=1, upon=1, actor=who, at=at),
    ):
        with pytest.raises(Denied), unit_of_work(actor=who, at=at, request=Request.fresh()):
            does()
    assert Draft.objects.values().get() == row
    assert Version.objects.filter(code=CODE).count() == 1


def long_table(steps: int) -> dict[str, Any]:
    """A table of so many rows, some on condition, some with ways back."""
    made = document()
    made["variants"][0]["limit"]["value"] = made["variants"][1]["limit"]["value"] = "999"
    for n in range(steps - len(made["steps"])):
        row = {"kind": "verify", "work": {"vi": f"Việc thứ {n}", "en": f"Work {n}"}, "positions": ["clerk"]}
        made, _place = added(made, f"steps.{n + 1}", "step", row)
        step = made["steps"][n + 2]
        step["times"] = [{**each, "value": "0.1", "unit": "ngày"} for each in step["times"]]
        if n % 7 == 3:
            step["when"] = {"==": [{"var": "channel"}, "online"]}
        if n % 5 == 4:
            step["returns_to"] = [made["steps"][n]["code"]]
    return made


def test_five_hundred_rows_open_in_a_second(officer):
    who, at = actor("danhmuctinh", at=now()), now()
    with unit_of_work(actor=who, at=at, request=Request.fresh()):
        made = begin(document=long_table(500), origin=Origin(process=CODE, version=1), actor=who, at=at)
    address = f"{PAGES}/process-drafts/{made}"
    officer.get(address, {"at": "steps.0"})  # templates are read once a process
    begun_at = time.process_time()
    page = officer.get(address, {"at": "steps.250"})
    took = time.process_time() - begun_at
    assert page.status_code == 200
    assert "Không còn lỗi" in page.text
    assert took < 1, took
