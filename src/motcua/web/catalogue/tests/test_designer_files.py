"""Forms as files: taken out, put in, refused with what is wrong."""

import json
from html import unescape
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings, strategies as st
from tests.support.pages import plain_static, visitor

from motcua.eforms.drafts import LISTS, RULES, outline
from motcua.eforms.models import Draft, Version
from motcua.eforms.selectors import shipped_document
from motcua.kernel.time import local, now
from motcua.web.catalogue.tests.designing import FORMS, announce, keep, press

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    with plain_static():
        yield visitor("danhmuctinh", at=now())


def test_taken_out_and_put_in_it_is_the_same(officer):
    document = shipped_document("household_business", 1) or {}
    answer = put_in(officer, json.dumps({**document, "code": "shop"}))
    assert answer["Location"] == f"{FORMS}/shop/draft"
    out = officer.get(f"{FORMS}/shop/draft/draft.json").content
    assert json.loads(out) == {**document, "code": "shop"}
    press(officer, f"{FORMS}/shop/draft", "pages.0", "remove")
    assert put_in(officer, out, path=f"{FORMS}/shop/draft/put-in").status_code == 302
    assert officer.get(f"{FORMS}/shop/draft/draft.json").content == out
    announce(officer, f"{FORMS}/shop/draft")
    said = Version.objects.get()
    assert said.came_from["file"] == "form.json"
    assert officer.get(f"{FORMS}/shop/1.json").content != out  # with its number and its day
    assert "Đưa vào từ tệp form.json" in officer.get(f"{FORMS}/shop").text


def put_in(officer, content, *, path: str = "/catalogue/form-drafts/begin", **more):
    """Send a file to a page that takes one."""
    revision = Draft.objects.values_list("revision", flat=True).first() or 0
    file = SimpleUploadedFile("form.json", content if isinstance(content, bytes) else content.encode())
    fields = {"from": "file", "revision": revision, "idempotency_key": str(uuid4()), "file": file}
    return officer.post(path, {**fields, **more})


def broken(**changed) -> str:
    return json.dumps((shipped_document("birth", 1) or {}) | {"code": "mine"} | changed)


def unreachable() -> str:
    document = shipped_document("birth", 1) or {}
    document["pages"][1]["sections"][0]["fields"][2]["visible_if"] = {"==": [{"var": "born_at"}, "moon"]}
    return json.dumps(document | {"code": "mine"})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "Hãy chọn tệp JSON"),
        ("{", "không phải JSON"),
        ("[]", "đối tượng JSON"),
        ('{"a": 1, "a": 2}', "xuất hiện hai lần"),
        ('{"a": "\\u0000"}', "ký tự rỗng"),
        ('{"a": "\\ud800"}', "không phải JSON"),
        ('{"a": NaN}', "số quá lớn"),
        ('{"a": 9007199254740993}', "số quá lớn"),
        (b"\xff\xfe{}", "không phải UTF-8"),
        ("[" * 100_000, "không phải JSON"),
        (broken(pages=[]), "pages: phải là danh sách có ít nhất 1 mục"),
        (broken(pages=[1]), "pages: phải là danh sách các đối tượng"),
        (broken(colour="red"), "không có thuộc tính này"),
        (broken(code="Tờ khai"), "chữ thường"),
        (unreachable(), "không câu trả lời nào làm mục này hiện ra"),
    ],
)
def test_a_file_that_is_no_form_is_refused_with_what_is_wrong(officer, content, words):
    answer = put_in(officer, content)
    assert (answer.status_code, words in unescape(answer.text)) == (422, True)
    assert not Draft.objects.exists()


def test_a_large_file_is_refused(officer):
    assert "lớn hơn 2 MB" in put_in(officer, " " * 2_000_001).text
    assert not Draft.objects.exists()


def test_a_broken_file_is_mended_in_the_draft_and_published_only_then(officer):
    assert put_in(officer, unreachable(), anyway="on").status_code == 302
    draft = f"{FORMS}/mine/draft"
    assert "không câu trả lời nào làm mục này hiện ra" in officer.get(draft).text
    page = officer.get(f"{draft}/publish")
    assert "Chưa công bố được" in page.text
    day = local(now()).date()
    typed = {"valid_from_0": day.day, "valid_from_1": day.month, "valid_from_2": day.year, "agreed": "on"}
    sent = {**typed, "revision": 1, "upon": 0, "idempotency_key": "k"}
    assert officer.post(f"{draft}/publish", sent).status_code == 422
    assert (Version.objects.count(), Draft.objects.count()) == (0, 1)
    keep(officer, draft, "pages.1.sections.0.fields.2", {"visible_if-0-value": "Tại cơ sở y tế"})
    announce(officer, draft)
    assert Version.objects.get().code == "mine"


def nested(levels: int) -> str:
    """A form with groups in one another; written by hand, as json.dumps would be too deep for it."""
    group = '{"key": "g", "type": "group", "label": {"vi": "G", "en": "G"}, "fields": ['
    whole = json.loads(broken())
    whole["pages"][0]["sections"][0]["fields"] = ["HERE"]
    return json.dumps(whole).replace('"HERE"', group * levels + "]}" * levels)


def of_paper(value) -> str:
    """A form with a file field whose paper is `value`."""
    whole = json.loads(broken())
    file = {"key": "f", "type": "file", "label": {"vi": "T", "en": "F"}, "document": value}
    whole["pages"][0]["sections"][0]["fields"].append(file)
    return json.dumps(whole)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (nested(200), "lồng sâu quá"),
        (nested(20), "lồng sâu quá"),
        (nested(4), "mục lồng sâu quá 5 lớp"),
        (broken(colour=json.loads("[" * 90 + "]" * 90)), "lồng sâu quá 64 lớp"),
        (of_paper({"a": 1}), "document: phải là chữ"),
        (of_paper([[[]]]), "document: phải là chữ"),
        (broken(title=[]), "title: phải là chữ hai thứ tiếng"),
        (broken(colour={"deep": [2**60]}), "colour.deep[0]: 1152921504606846976: số quá lớn"),
    ],
)
def test_a_file_whose_draft_could_not_be_shown_is_refused_with_its_faults_too(officer, content, words):
    answer = put_in(officer, content, anyway="on")
    assert (answer.status_code, words in unescape(answer.text)) == (422, True)
    assert not Draft.objects.exists()


NAMES = st.sampled_from(
    [*LISTS, *RULES, "key", "type", "label", "hint", "options", "list", "limits", "document", "parts", "map"]
    + [
        "default",
        "required",
        "prefill",
        "map_to",
        "confirms",
        "procedures",
        "results",
        "code",
        "vi",
        "strange",
    ]
    + ["var", "==", "and"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["", "x", "file", "birth", "1.001193", "0"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


def _ways(value, way=()):
    """The places of all that stands in a document."""
    if way:
        yield way
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, each in steps:
        yield from _ways(each, (*way, step))


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_document_makes_a_page_of_its_draft_fail(officer, data):
    """Whatever a file holds, it is refused, or every page of its draft says what is wrong with it."""
    whole = json.loads(broken())
    for _ in range(data.draw(st.integers(1, 4))):
        way = data.draw(st.sampled_from(sorted(_ways(whole), key=str)))
        inside = whole
        for step in way[:-1]:
            inside = inside[step]
        if isinstance(inside, dict) and data.draw(st.booleans()):
            inside[data.draw(NAMES)] = data.draw(JSON)
        else:
            inside[way[-1]] = data.draw(JSON)
    Draft.objects.all().delete()
    taken = put_in(officer, json.dumps(whole), anyway="on")
    assert taken.status_code in (302, 422)
    if taken.status_code == 302:
        draft = taken["Location"]
        for page in ("", "/preview", "/draft.json", "/publish", "/compare", "/history"):
            assert officer.get(f"{draft}{page}").status_code in (200, 404), page
        for line in outline(Draft.objects.get().body):
            assert officer.get(draft, {"at": line.place}).status_code == 200
