"""What publishing asks a reason for, what a file may hold, and texts nobody expects."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from tests.support.drafts import shipped
from tests.support.html import Page
from tests.support.pages import plain_static, visitor
from tests.support.world import actor

from motcua.catalogue.models import Draft, Version
from motcua.catalogue.operations import keep
from motcua.kernel.time import now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.web.catalogue.tests.test_drafts import CODE, begun, decision, sent
from motcua.web.common.requests import HELD_COOKIE

pytestmark = pytest.mark.django_db
BIRTH = {
    "code": "birth",
    "name": {"vi": "Bản sao Giấy khai sinh", "en": "A copy of the birth certificate"},
    "kind": "required",
    "copies": 1,
}


@pytest.fixture
def officer():
    with plain_static():
        yield visitor("danhmuctinh", at=now())


def rewritten(**changes):
    """Let the open draft say `changes`."""
    row, at, who = Draft.objects.get(), now(), actor("danhmuctinh", at=now())
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        keep(draft=row.id, revision=row.revision, change=lambda body: body | changes, actor=who, at=at)


def asking(officer, **more):
    """A draft that asks for a copy of a birth certificate."""
    draft = begun(officer)
    body = Draft.objects.get().body
    variants = [{**each, "components": ["birth", *each["components"]]} for each in body["variants"]]
    rewritten(components=[{**BIRTH, **more}, *body["components"]], variants=variants)
    return draft


def test_a_paper_a_register_holds_is_published_with_a_reason_only(officer):
    path = f"{asking(officer)}/publish"
    page = officer.get(path).text
    assert "Cơ sở dữ liệu hộ tịch điện tử" in page
    before = Version.objects.count()
    answer = sent(officer, path, "number", decision())
    assert (answer.status_code, "Hãy ghi lý do" in answer.text) == (422, True)
    assert (Version.objects.count(), Draft.objects.count()) == (before, 1)
    assert Page(answer.text).form("number").fields["number"] == ["99/QĐ-UBND"]
    reason = {"because-birth-vi": "Sổ gốc bị mất, 123/2015/NĐ-CP Điều 24"}
    assert sent(officer, path, "number", decision() | reason).status_code == 302
    published = Version.objects.latest("published_at").body["components"][0]
    assert published["asked_because"] == {"vi": "Sổ gốc bị mất, 123/2015/NĐ-CP Điều 24"}


def test_a_register_that_may_stand_in_is_no_reason_to_ask(officer):
    path = f"{asking(officer, sources=['database'])}/publish"
    assert "Cơ sở dữ liệu hộ tịch điện tử" in officer.get(path).text
    assert sent(officer, path, "number", decision()).status_code == 422


def put_in(officer, draft, content, name="x.json"):
    form = Page(officer.get(f"{draft}/put-in").text).form("revision").sent({})
    return officer.post(f"{draft}/put-in", {**form, "file": SimpleUploadedFile(name, content)})


def test_a_draft_is_taken_out_and_put_in(officer):
    draft = begun(officer)
    taken = officer.get(f"{draft}/draft.json")
    document = json.loads(taken.content)
    document["title"]["vi"] = "Tên từ tệp"
    for text in (json.dumps(document).encode(), json.dumps(document, ensure_ascii=False).encode("utf-8-sig")):
        assert put_in(officer, draft, text).status_code == 302
    assert Draft.objects.get().body["title"]["vi"] == "Tên từ tệp"


def test_an_unfinished_draft_is_taken_out_and_put_back(officer):
    draft = sent(officer, "/catalogue/drafts/begin", "code", {"code": "1.234567"})["Location"]
    body = Draft.objects.get().body
    taken = officer.get(f"{draft}/draft.json")
    assert put_in(officer, draft, taken.content).status_code == 302
    assert Draft.objects.get().body == body
    document = json.loads(taken.content) | {"level": "village"}
    assert put_in(officer, draft, json.dumps(document).encode()).status_code == 422


def broken(**changes):
    return json.dumps(shipped(CODE) | changes, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Hãy chọn tệp JSON"),
        (b"{", "không phải JSON"),
        (b"[]", "đối tượng JSON"),
        (b"[" * 100_000, "không phải JSON"),
        ("Hồ sơ".encode("utf-16"), "không phải UTF-8"),
        (b'{"code": "1.004873", "code": "1.004873"}', "xuất hiện hai lần"),
        (broken(title={"vi": "a\u0000b"}), "NUL"),
        (broken(code="1.000001"), "phải là 1.004873"),
        (broken(levels=["moon"], audience=["martian"]), "audience[0]"),
        (broken(title={"vi": "x" * 2_000_001}), "2 MB"),
        (b'{"code": "1.004873", "\\ud800": 1}', "không phải JSON"),
        (b'{"\\ud800": 1, "\\ud800": 1}', "không phải JSON"),
        (broken(sets=2**60), "sets"),
    ],
)
def test_a_file_that_is_wrong_changes_nothing_and_says_where(officer, content, told):
    draft = begun(officer)
    before = Draft.objects.values().get()
    answer = put_in(officer, draft, content)
    assert (answer.status_code, told in answer.text) == (422, True)
    assert Draft.objects.values().get() == before


def test_every_fault_of_a_file_is_named(officer):
    draft = begun(officer)
    answer = put_in(officer, draft, broken(levels=["moon"], audience=["martian"]))
    assert "levels[0]" in answer.text
    assert "audience[0]" in answer.text


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script> & \"'>", "Tên rất dài " * 91, "Trình tự\nhai dòng", "ữ" * 70_000]
)
def test_any_text_is_kept_and_shown_as_it_is(officer, text):
    draft = begun(officer)
    path = f"{draft}/parts/name"
    assert sent(officer, path, "title-vi", {"title-vi": text}).status_code == 302
    assert Draft.objects.get().body["title"]["vi"] == text.strip()
    assert Page(officer.get(path).text).form("title-vi").fields["title-vi"] == [text.strip()]
    for page in ("", "/compare", "/publish", "/discard"):
        answer = officer.get(f"{draft}{page}")
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text


def test_a_name_too_long_for_a_list_is_told_at_its_field_and_may_wait(officer):
    draft = begun(officer)
    path = f"{draft}/parts/papers"
    answer = sent(officer, path, "components-0-name-vi", {"components-0-name-vi": "x" * 201})
    assert (answer.status_code, "dài quá 200 chữ" in answer.text) == (422, True)
    form = Page(answer.text).form("components-0-name-vi")
    assert form.fields["components-0-name-vi"] == ["x" * 201]
    assert officer.post(path, form.sent({}) | {"do": ["anyway"]}).status_code == 302
    assert "dài quá 200 chữ" in officer.get(f"{draft}/publish").text


def test_more_rows_come_without_a_script_and_nothing_is_written(officer):
    draft = begun(officer)
    path = f"{draft}/parts/order"
    form = Page(officer.get(path).text).form("order-0-vi")
    answer = officer.post(path, form.sent({"order-0-vi": "Đang gõ dở"}) | {"more": ["order"]})
    again = Page(answer.text).form("order-0-vi")
    assert again.fields["order-0-vi"] == ["Đang gõ dở"]
    assert len(again.fields) > len(form.fields)
    assert Draft.objects.get().revision == 1


def test_a_new_procedure_is_written_from_nothing(officer):
    assert sent(officer, "/catalogue/drafts/begin", "code", {"code": CODE}).status_code == 422
    assert sent(officer, "/catalogue/drafts/begin", "code", {"code": "1.23"}).status_code == 422
    answer = sent(officer, "/catalogue/drafts/begin", "code", {"code": "1.234567"})
    page = officer.get(answer["Location"]).text
    for missing in ("Thiếu tên thủ tục", "Thiếu lĩnh vực", "Thiếu trình tự", "Thiếu thành phần hồ sơ"):
        assert missing in page
    assert "1.234567" in officer.get("/catalogue/procedures?drafts=yes").text
    assert officer.get("/catalogue/procedures/1.234567").status_code == 200


def test_a_draft_is_discarded_once_and_after_a_change_only_when_seen(officer):
    draft = begun(officer)
    form = Page(officer.get(f"{draft}/discard").text).form("revision").sent({})
    rewritten(sets=3)
    assert officer.post(f"{draft}/discard", form).status_code == 409
    again = Page(officer.get(f"{draft}/discard").text).form("revision").sent({})
    assert [officer.post(f"{draft}/discard", again).status_code for _ in range(2)] == [302, 302]
    assert not Draft.objects.exists()


@pytest.mark.parametrize("query", ["?q=%00", "?after=%00", "?q=%25_%5C", "?q=" + "a" * 500, "?after=9999"])
def test_odd_searches_are_harmless(officer, query):
    assert officer.get(f"/catalogue/procedures{query}").status_code == 200


@pytest.mark.parametrize("query", ["?from=x&to=y", "?from=%00", ""])
def test_odd_comparisons_are_harmless(officer, query):
    assert officer.get(f"/catalogue/procedures/{CODE}/compare{query}").status_code == 404


def test_a_file_brings_no_words_of_an_announcement_in(officer):
    draft = begun(officer)
    document = shipped(CODE) | {"announced": {"publisher": "Bộ khác"}}
    document["variants"][0]["channels"][0]["announced"] = [{"value": "5"}]
    assert put_in(officer, draft, json.dumps(document).encode()).status_code == 302
    body = Draft.objects.get().body
    assert "announced" not in body
    assert "announced" not in body["variants"][0]["channels"][0]


def test_what_stands_twice_is_told_at_its_field(officer):
    draft = begun(officer)
    answer = sent(officer, f"{draft}/parts/basis", "legal_basis", {"legal_basis": "1/2026\n2/2026\n1/2026"})
    assert (answer.status_code, "xuất hiện hai lần" in answer.text) == (422, True)
    assert 'href="#id_legal_basis"' in answer.text
    answer = sent(officer, f"{draft}/parts/words", "search_words", {"search_words": "a|b"})
    assert (answer.status_code, "không được có dấu" in answer.text) == (422, True)


def test_a_session_that_ended_gives_back_what_was_typed(officer):
    draft = begun(officer)
    path = f"{draft}/parts/order"
    typed = Page(officer.get(path).text).form("order-0-vi").sent({"order-0-vi": "Gõ dở khi hết phiên"})
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_session SET expires_at = %s", [now()])
    assert officer.post(path, typed).status_code == 302
    again = visitor("danhmuctinh", at=now())
    again.cookies[HELD_COOKIE] = officer.cookies[HELD_COOKIE].value
    page = again.get(path)
    assert Page(page.text).form("order-0-vi").fields["order-0-vi"] == ["Gõ dở khi hết phiên"]
    assert Draft.objects.get().revision == 1


def test_a_revision_of_thousands_of_figures_is_none(officer):
    draft = begun(officer)
    before = Draft.objects.values().get()
    file = SimpleUploadedFile("x.json", broken(sets=3))
    answer = officer.post(f"{draft}/put-in", {"revision": "9" * 5000, "idempotency_key": "k", "file": file})
    assert answer.status_code == 409
    assert Draft.objects.values().get() == before


def test_the_longest_list_of_papers_known_is_sent_whole(officer):
    draft = begun(officer)
    papers = [{**BIRTH, "code": f"p{i}", "name": {"vi": f"Giấy tờ số {i}"}} for i in range(94)]
    variants = [
        {**each, "components": [one["code"] for one in papers]}
        for each in Draft.objects.get().body["variants"]
    ]
    rewritten(components=papers, variants=variants)
    answer = sent(
        officer, f"{draft}/parts/papers", "components-93-name-vi", {"components-93-name-vi": "Cuối"}
    )
    assert answer.status_code == 302
    assert Draft.objects.get().body["components"][93]["name"] == {"vi": "Cuối"}
