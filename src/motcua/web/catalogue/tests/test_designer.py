"""Forms from their first line to the version that citizens fill in, by the designer's own pages."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from tests.support.html import Page
from tests.support.pages import plain_static, visitor
from tests.support.statements import statements
from tests.support.world import actor

from motcua.catalogue.selectors import offer
from motcua.eforms.models import Draft, Revision, Version
from motcua.eforms.operations import discard
from motcua.eforms.selectors import form, form_for, forms, shipped_document
from motcua.eforms.shapes import Form
from motcua.kernel.errors import Denied
from motcua.kernel.time import local, now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.web.catalogue.tests.designing import FORMS, LAST, announce, begun, keep, press

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    with plain_static():
        yield visitor("danhmuctinh", at=now())


@pytest.mark.slow
@pytest.mark.parametrize(("code", "number"), dict(sorted(forms())).items())
def test_each_shipped_form_as_it_is_now_is_opened_looked_at_and_taken_out_unchanged(officer, code, number):
    draft = begun(officer, code, number)
    for line in Page(officer.get(draft).text).all("a"):
        place = line["href"].partition("?at=")[2].partition("#")[0]
        if line["href"].startswith(draft) and place.count(".") > 2:
            keep(officer, draft, place, {})
    assert Draft.objects.get().revision == 1
    assert json.loads(officer.get(f"{draft}/draft.json").content) == shipped_document(code, number)


def test_from_a_version_to_what_citizens_are_asked(officer):
    draft = begun(officer, "birth")
    keep(officer, draft, "pages.0.sections.0.fields.1", {"label-vi": "Quan hệ của bạn với cháu"})
    assert "Quan hệ của bạn với cháu" in officer.get(f"{draft}/compare").text
    assert announce(officer, draft)["Location"] == f"{FORMS}/birth"
    assert Version.objects.get().number == LAST + 1
    assert not Draft.objects.exists()
    assert not Revision.objects.exists()
    assert "Quan hệ của bạn với cháu" in visitor(at=now()).get("/procedures/1.001193/form").text
    told = officer.get(f"{FORMS}/birth").text
    assert "đang hiệu lực" in told
    compared = officer.get(f"{FORMS}/birth/compare").text
    crumb = re.search(r'class="crumb"><a href="/catalogue/forms/birth">([^<]*)', compared)
    assert crumb is not None
    assert crumb[1] == "Tờ khai đăng ký khai sinh", "what it is called, not its code"
    assert "Quan hệ của bạn với cháu" in officer.get(f"{FORMS}/birth/compare").text


def test_what_is_to_come_is_asked_from_its_day_on(officer):
    draft = begun(officer, "birth")
    keep(officer, draft, "pages.0.sections.0.fields.1", {"label-vi": "Quan hệ của bạn với cháu"})
    announce(officer, draft, local(now()).date() + timedelta(days=2))
    assert "Quan hệ của bạn với cháu" not in visitor(at=now()).get("/procedures/1.001193/form").text


@pytest.mark.parametrize("login", ["danhmuc", "tiepnhan1", "chutich", "kythuat"])
def test_nobody_else_writes(officer, login):
    draft = begun(officer, "birth")
    row = Draft.objects.values().get()
    with plain_static():
        other = visitor(login, at=now())
        for path in ("", "/publish", "/discard", "/put-in", "/history", "/preview"):
            assert other.post(draft + path, {"idempotency_key": "x", "revision": "1"}).status_code == 403
        assert other.post("/catalogue/form-drafts/begin", {"from": "copy", "code": "x"}).status_code == 403
    who = actor(login, at=now())
    with pytest.raises(Denied), unit_of_work(actor=who, at=now(), request=Request.fresh()):
        discard(draft=row["id"], revision=1, actor=who)
    assert Draft.objects.values().get() == row
    assert not Version.objects.exists()


def test_a_form_made_here_shows_its_results_as_far_as_it_asks_for_them(officer):
    """A field with a known code is gone: the public page shows what is left."""
    draft = begun(officer, "birth")
    assert press(officer, draft, "pages.1.sections.0.fields.0", "remove").status_code == 302
    announce(officer, draft)
    assert visitor(at=now()).get("/procedures/1.001193/form").status_code == 200


@pytest.mark.parametrize(
    ("typed", "control", "words"),
    [
        ({"visible_if-how": "and"}, "visible_if-0-field", "Chọn mục"),
        (
            {"visible_if-how": "and", "visible_if-0-field": "requester.sex"},
            "visible_if-0-value",
            "Ghi câu trả lời",
        ),
        (
            {
                "visible_if-how": "or",
                "visible_if-0-field": "requester.paper",
                "visible_if-0-value": "Thẻ bài",
            },
            "visible_if-0-value",
            "không có câu trả lời “Thẻ bài”",
        ),
        ({"visible_if-how": "json", "visible_if-json": "{"}, "visible_if-json", "Không phải JSON"),
        ({"options": "A | B | c | d", "list": ""}, "options", "Dòng 1"),
    ],
)
def test_what_cannot_be_kept_is_told_at_its_control_and_stays(officer, typed, control, words):
    draft = begun(officer, "birth")
    place = "pages.0.sections.0.fields.1"
    fields = {"visible_if-0-field": "requester.name"} if "visible_if-0-value" in typed else {}
    answer = keep(officer, draft, place, fields | typed, status=422)
    assert words in unescape(answer.text)
    assert f"#id_{control}" in answer.text
    for name, value in typed.items():
        assert Page(answer.text).form("at", "label-vi").fields[name] == [value]
    assert Draft.objects.get().revision == 1


def test_a_rule_that_is_none_is_kept_and_told_in_the_readers_words(officer):
    draft = begun(officer, "birth")
    place = "pages.0.sections.0.fields.1"
    keep(officer, draft, place, {"visible_if-how": "json", "visible_if-json": '{"eval": ["x"]}'})
    page = officer.get(draft, {"at": place})
    assert "một quy tắc có đúng một phép" in page.text
    assert "Xem trước: " in page.text  # drawn without it
    assert Page(page.text).form("at", "label-vi").fields["visible_if-how"] == ["json"]


def test_conditions_are_put_together_from_words(officer):
    draft = begun(officer, "birth")
    rows = {"visible_if-0-field": "requester.paper", "visible_if-0-test": "among"}
    rows |= {"visible_if-0-value": "Hộ chiếu; other", "visible_if-1-field": "requester.phone"}
    keep(
        officer,
        draft,
        "pages.0.sections.0.fields.1",
        {"visible_if-how": "or", **rows, "visible_if-1-test": "empty"},
    )
    assert field(0, 0, 1)["visible_if"] == {
        "or": [{"in": [{"var": "requester.paper"}, ["passport", "other"]]}, {"!": {"var": "requester.phone"}}]
    }
    told = unescape(officer.get(f"{draft}/compare").text)
    assert "“Người yêu cầu: Giấy tờ tùy thân” là một trong “Hộ chiếu; Giấy tờ khác có ảnh" not in told
    assert "là một trong “Hộ chiếu”; “Giấy tờ khác có ảnh”" in told
    keep(officer, draft, "pages.0.sections.0.fields.1", {"key": "kinship"})
    assert field(0, 0, 1)["key"] == "kinship"


def field(page: int, section: int, number: int) -> dict:
    found = Draft.objects.get().body["pages"][page]["sections"][section]["fields"][number]
    return dict(found)


def test_a_key_that_is_changed_is_changed_where_it_is_read(officer):
    draft = begun(officer, "birth")
    keep(officer, draft, "pages.1.sections.0.fields.1", {"key": "where_born"})
    assert field(1, 0, 2)["visible_if"] == {"==": [{"var": "where_born"}, "clinic"]}


def test_what_is_pressed_is_done_and_undone(officer):
    draft = begun(officer, "birth")
    before = Draft.objects.get().body
    place = "pages.0.sections.0.fields.1"
    for button, more in (
        ("remove", {}),
        ("copy", {}),
        ("down", {}),
        ("add", {"what": "block:address", "new-vi": ""}),
    ):
        assert press(officer, draft, place, button, **more).status_code == 302
        assert Draft.objects.get().body != before, button
        assert press(officer, draft, "", "undo").status_code == 302
        assert Draft.objects.get().body == before, button
    history = officer.get(f"{draft}/history").text
    assert "Bỏ “Quan hệ với trẻ được khai sinh”" in unescape(history)
    third = next(f for f in Page(history).forms if f.fields.get("number") == ["2"])
    assert officer.post(f"{draft}/history", third.sent({})).status_code == 302
    assert len(Draft.objects.get().body["pages"][0]["sections"][0]["fields"]) == 1
    assert Draft.objects.get().revision == 10


def test_what_stands_nowhere_is_refused_in_words(officer):
    draft = begun(officer, "birth")
    for button in ("up", "down", "copy", "remove"):
        answer = press(officer, draft, "", button)
        assert (answer.status_code, "Chọn một mục bên dưới" in unescape(answer.text)) == (422, True)
    for place in ("x", "x.0", "pages.x", f"pages.{'9' * 5000}"):
        told = [press(officer, draft, place, button).status_code for button in ("up", "remove", "keep")]
        assert told == [409, 409, 409 if "pages" in place else 404]
        assert press(officer, draft, place, "keep", _update="1").status_code == 404
    assert Draft.objects.get().revision == 1


def test_the_second_of_two_is_told_and_keeps_what_was_typed(officer):
    draft = begun(officer, "birth")
    place = "pages.0.sections.0.fields.1"
    form = Page(officer.get(draft, {"at": place}).text).form("at", "label-vi")
    second = {**form.sent({"label-vi": "Người thứ hai"}), "do": "keep"}
    assert press(officer, draft, "pages.0.sections.0.fields.0", "remove").status_code == 302
    answer = officer.post(draft, second)
    assert answer.status_code == 409
    assert "Người khác vừa sửa bản soạn này" in answer.text
    again = Page(answer.text).form("at", "label-vi")
    assert again.fields["label-vi"] == ["Người thứ hai"]
    assert again.fields["at"] == ["pages.0.sections.0.fields.0"]  # where it stands now
    assert len(Draft.objects.get().body["pages"][0]["sections"][0]["fields"]) == 1
    assert officer.post(draft, {**again.sent({}), "do": "keep"}).status_code == 302
    assert field(0, 0, 0)["label"]["vi"] == "Người thứ hai"
    # What was changed is gone meanwhile.
    assert press(officer, draft, "pages.0.sections.0.fields.0", "remove").status_code == 302
    assert officer.post(draft, second).status_code == 409
    assert Draft.objects.get().body["pages"][0]["sections"][0]["fields"] == []


def test_sent_twice_it_is_kept_once(officer):
    draft = begun(officer, "birth")
    form = Page(officer.get(draft, {"at": "pages.0"}).text).form("at", "title-vi")
    typed = {**form.sent({"title-vi": "Trang đầu"}), "do": "keep"}
    assert [officer.post(draft, typed).status_code for _ in range(2)] == [302, 302]
    assert Draft.objects.get().revision == 2


def test_published_twice_it_is_one_version_and_overtaken_it_is_told(officer):
    draft = begun(officer, "birth")
    keep(officer, draft, "pages.0", {"title-vi": "Trang đầu"})
    day = local(now()).date()
    parts = {f"valid_from_{n}": str(each) for n, each in enumerate((day.day, day.month, day.year))}
    typed = Page(officer.get(f"{draft}/publish").text).form("agreed").sent({**parts, "agreed": "on"})
    answer = officer.post(f"{draft}/publish", {**typed, "upon": "0", "idempotency_key": "other"})
    assert (answer.status_code, "Vừa có một phiên bản khác" in answer.text) == (409, True)
    assert [officer.post(f"{draft}/publish", typed).status_code for _ in range(2)] == [302, 302]
    assert Version.objects.count() == 1


@pytest.mark.parametrize(("day", "words"), [(-1, "không công bố lùi ngày"), (4000, "hơn ba năm")])
def test_a_day_that_cannot_be_is_refused(officer, day, words):
    draft = begun(officer, "birth")
    keep(officer, draft, "pages.0", {"title-vi": "Trang đầu"})
    answer = announce(officer, draft, local(now()).date() + timedelta(days=day), status=422)
    assert words in answer.text
    assert not Version.objects.exists()


def test_what_does_not_fit_its_procedures_is_not_published(officer):
    draft = begun(officer, "birth")
    keep(officer, draft, "", {"procedures": "1.001193 nowhere\n9.999999"})
    page = unescape(officer.get(f"{draft}/publish").text)
    assert "thủ tục 1.001193 không có trường hợp nowhere" in page
    assert "không có thủ tục 9.999999 đang hiệu lực" in page
    keep(officer, draft, "", {"procedures": "1.004873"})
    assert "thủ tục không có giấy tờ này" in officer.get(f"{draft}/publish").text


def test_a_form_lets_go_of_a_procedure(officer):
    draft = begun(officer, "birth")
    keep(officer, draft, "", {"procedures": "2.000528"})
    announce(officer, draft)
    assert visitor(at=now()).get("/procedures/1.001193/form").status_code == 404
    assert visitor(at=now()).get("/procedures/2.000528/form").status_code == 200


def test_what_another_process_published_is_found_without_a_statement_more(officer):
    on = local(now()).date()

    def asked() -> Form:
        found = offer("1.001193", agency="", province=None, on=on)
        form = form_for(procedure="1.001193", on=on, published=found.forms)
        assert form is not None
        return form

    with statements(most=1):
        assert asked().version == LAST
    draft = begun(officer, "birth")
    keep(officer, draft, "pages.0", {"title-vi": "Trang đầu"})
    announce(officer, draft)
    assert asked().version == LAST + 1
    with statements(most=1):
        assert asked().pages[0].title.vi == "Trang đầu"
    assert form("birth", LAST + 1) is asked()
    form("birth", LAST)
    with statements(most=0):
        assert form("birth", LAST) is forms()["birth", LAST]


def test_the_preview_answers_as_a_citizens_page_does(officer):
    draft = begun(officer, "birth")
    page = officer.get(f"{draft}/preview?topic=end")
    sent = Page(page.text).form("topic")
    answer = officer.post(f"{draft}/preview", sent.sent({"wants_copies": "yes"}))
    assert "Cần trả lời mục này" not in answer.text  # something new is asked first
    answer = officer.post(f"{draft}/preview", Page(answer.text).form("copies").sent({"copies": "0"}))
    assert (answer.status_code, "Nhập số từ 1 trở lên." in answer.text) == (422, True)
    answer = officer.post(
        f"{draft}/preview", Page(answer.text).form("copies").sent({"copies": "2", "truth": "on"})
    )
    assert "Trang này điền đúng và đủ" in answer.text


def test_what_is_typed_is_looked_at_before_it_is_kept(officer):
    draft = begun(officer, "birth")
    form = Page(officer.get(draft, {"at": "pages.0.sections.0.fields.1"}).text).form("at", "label-vi")
    answer = officer.post(draft, {**form.sent({"label-vi": "Chưa giữ lại"}), "_update": "1"})
    assert "Chưa giữ lại" in answer.text
    assert "<html" not in answer.text
    assert Draft.objects.get().revision == 1


def test_a_draft_of_a_copy_and_one_from_nothing(officer):
    page = Page(officer.get("/catalogue/form-drafts/begin").text).form("code", "title-vi")
    wanted = {"code": "born_abroad", "title-vi": "Tờ khai khác", "form": f"birth {LAST}"}
    assert officer.post("/catalogue/form-drafts/begin", page.sent(wanted)).status_code == 302
    assert Draft.objects.get().body["title"] == {"vi": "Tờ khai khác", "en": ""}
    again = officer.post("/catalogue/form-drafts/begin", page.sent(wanted) | {"idempotency_key": "2"})
    assert (again.status_code, "đang có bản soạn" in again.text) == (422, True)
    known = officer.post(
        "/catalogue/form-drafts/begin", page.sent({**wanted, "code": "birth"}) | {"idempotency_key": "3"}
    )
    assert (known.status_code, "Đã có tờ khai birth" in known.text) == (422, True)
    assert Draft.objects.count() == 1
