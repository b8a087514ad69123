"""Step tables begun as copies, and as files: in and out, as our JSON or BPMN, or refused with what is wrong where."""

import json
import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.support.html import Page
from tests.support.pages import plain_static, visitor

from motcua.kernel.time import now
from motcua.processes.models import Draft, Version
from motcua.web.catalogue.tests.table_drafts import CODE, PAGES, begun, body, document

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    with plain_static():
        yield visitor("danhmuctinh", at=now())


def _file(content: bytes, name: str = "x.json") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Hãy chọn tệp"),
        (b"{", "Tệp không phải JSON"),
        (b"[1]", "phải là một đối tượng JSON"),
        (b'{"steps": 3}', "steps: phải là"),
        (b'{"code": "QT-1.004873", "steps": []}', "title: chưa có tên"),
        (b'{"code": "' + b"x" * 2_100_000 + b'"}', "lớn hơn 2 MB"),
    ],
)
def test_a_file_that_is_none_is_refused_with_what_is_wrong_and_where(officer, content, words):
    for address, more in (
        (f"{PAGES}/process-drafts/begin", {"from": "file"}),
        (f"{begun(officer)}/put-in", {"revision": "1"}),
    ):
        answer = officer.post(address, {**more, "file": _file(content), "idempotency_key": now().isoformat()})
        assert answer.status_code == 422
        assert words in unescape(answer.text)
    assert body() == document()


def test_a_file_takes_the_place_of_a_draft_or_begins_one_with_its_faults(officer):
    draft = begun(officer)
    told = document() | {"source": "QT 99"}
    sent = {"revision": "1", "file": _file(json.dumps(told).encode()), "idempotency_key": "a"}
    assert officer.post(f"{draft}/put-in", sent).status_code == 302
    assert body() == told
    half = {"code": "QT-NUA", "title": {"vi": "Nửa chừng", "en": ""}, "steps": [{"work": {"vi": "Việc"}}]}
    sent = {"from": "file", "anyway": "on", "file": _file(json.dumps(half).encode()), "idempotency_key": "b"}
    answer = officer.post(f"{PAGES}/process-drafts/begin", sent)
    assert answer.status_code == 302
    assert "Còn phải sửa" in officer.get(answer["Location"]).text
    assert "QT-NUA" in officer.get(f"{PAGES}/processes", {"drafts": "yes"}).text


def test_bpmn_that_was_taken_out_begins_a_draft(officer):
    version = Version.objects.get(code=CODE).id
    content = officer.get(f"{PAGES}/process-versions/{version}/version.bpmn").content
    sent = {"from": "file", "file": _file(content, "x.bpmn"), "idempotency_key": "a"}
    answer = officer.post(f"{PAGES}/process-drafts/begin", sent)
    assert answer.status_code == 302, unescape(answer.text)
    assert [s["code"] for s in body()["steps"]] == ["receive", "examine", "approve", "seal", "return"]


def test_bpmn_with_a_condition_that_cannot_be_kept_begins_no_draft_even_with_faults(officer):
    version = Version.objects.get(code=CODE).id
    content = officer.get(f"{PAGES}/process-versions/{version}/version.bpmn").content.decode()
    flow = re.findall(r"<bpmn:sequenceFlow [^>]*/>", content)[0]
    for told in ('{"a": "\\u0000"}', '{"a": "\\ud800"}', '{"a": 1e999}', '{"!":' * 900 + "1" + "}" * 900):
        condition = f"<bpmn:conditionExpression>{told}</bpmn:conditionExpression></bpmn:sequenceFlow>"
        broken = content.replace(flow, flow.replace("/>", f">{condition}"))
        sent = {"from": "file", "anyway": "on", "file": _file(broken.encode(), "x.bpmn")}
        answer = officer.post(f"{PAGES}/process-drafts/begin", sent | {"idempotency_key": "a"})
        assert (answer.status_code, "điều kiện phải là JsonLogic" in unescape(answer.text)) == (422, True)
    assert not Draft.objects.exists()


def test_a_new_process_begins_with_what_its_procedure_says(officer):
    told = {
        "from": "copy",
        "code": "QT-MOI",
        "procedure": "1.004873",
        "title-vi": "Mới",
        "idempotency_key": "a",
    }
    page = officer.get(f"{PAGES}/process-drafts/begin", {"procedure": "1.004873"}).text
    first, others = unescape(page).split("<optgroup ")[1:3]
    assert first.startswith('label="Cùng thủ tục 1.004873"><option value="QT-1.004873 1" selected>')
    assert others.startswith('label="'), "the others by their sectors"
    assert Page(page).form("copied").fields["procedure"] == ["1.004873"]
    answer = officer.post(f"{PAGES}/process-drafts/begin", told)
    assert answer.status_code == 302
    assert [v["code"] for v in body()["variants"]] == ["no_verification", "verification"]
    taken = officer.post(f"{PAGES}/process-drafts/begin", {**told, "code": CODE, "idempotency_key": "b"})
    assert taken.status_code == 422
    assert "Đã có quy trình" in unescape(taken.text)
    copied = {**told, "code": "QT-CHEP", "copied": "QT-1.004873 1", "procedure": "1.011606"}
    nowhere = officer.post(
        f"{PAGES}/process-drafts/begin", {**copied, "procedure": "9.9", "idempotency_key": "c"}
    )
    assert nowhere.status_code == 422
    answer = officer.post(f"{PAGES}/process-drafts/begin", {**copied, "idempotency_key": "d"})
    assert [v["code"] for v in Draft.objects.get(code="QT-CHEP").body["variants"]] == ["general"]
    said = unescape(officer.get(answer["Location"]).text)
    assert "cho hợp thủ tục này: bỏ trường hợp “" in said
    assert "thủ tục không có trường hợp" not in said
