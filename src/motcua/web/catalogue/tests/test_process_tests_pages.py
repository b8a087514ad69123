"""Tests of a process written, recorded, mended and retired by the pages, without a browser."""

import json
from html import unescape
from typing import Any

import pytest
from tests.support.html import Page
from tests.support.lived import LIFE, lived
from tests.support.pages import plain_static, visitor

from motcua.access_log.models import Look
from motcua.kernel.time import now
from motcua.ledger.models import Event
from motcua.processes.models import Draft, Version
from motcua.processes.testing.editing import found_at
from motcua.web.catalogue.tests.table_drafts import announce, begun

pytestmark = pytest.mark.django_db
CODE = "QT-1.004837"


@pytest.fixture
def officer():
    with plain_static():
        yield visitor("danhmuctinh", at=now())


def body() -> dict[str, Any]:
    return dict(Draft.objects.get().body)


def send(
    officer, address: str, field: str, told: dict[str, str], *, do: str = "keep", status: int = 302
) -> str:
    """Type into the form that has `field`, and press a button of it."""
    page = Page(officer.get(address).text)
    answer = officer.post(address.split("?")[0], {**page.form(field).sent(told), "do": do})
    assert answer.status_code == status, unescape(answer.text)
    return str(answer.get("Location", "")) if status == 302 else unescape(answer.text)


def test_a_test_is_written_by_hand_turns_red_and_keeps_the_draft_from_being_published(officer):
    draft = begun(officer, CODE)
    told = {"title-vi": "Trả lại", "title-en": "Given back", "variant": "general"}
    address = send(officer, f"{draft}/tests", "title-vi", told, do="write")
    assert address == f"{draft}/tests/tra_lai"
    rows = (
        {"act": "start", "position": "justice_officer", "after-value": "1,5", "state": "in_process"},
        {"act": "step", "position": "justice_officer", "outcome": "granted", "steps-0": "seal",
         "due": "17:00 05/03/2026"},
        {"act": "step", "position": "clerk", "refused": "on"},
        {"act": "withdraw", "position": "", "messages-0": "withdrawn", "steps-0": "-", "after-value": "2",
         "after-unit": "calendar_day"},
    )  # fmt: skip
    for n, row in enumerate(rows, 2):
        added = officer.post(address, {"revision": Draft.objects.get().revision, "row": n - 1, "do": "add",
                                       "new-act": row["act"], "idempotency_key": f"k{n}"})  # fmt: skip
        assert added["Location"].endswith(f"?row={n}&did=add#chosen")
        assert found_at(body(), "tra_lai")["rows"][-1].get("position", "") == {4: "chair"}.get(
            n, row["position"]
        )
        send(officer, f"{address}?row={n}", "act", row)
    test = found_at(body(), "tra_lai")
    assert "Chọn việc của dòng mới" in send(
        officer, address, "new-act", {"new-act": "receive"}, do="add", status=422
    )
    assert test["rows"][1:] == [
        {"act": "start", "position": "justice_officer", "after": {"value": "1.5", "unit": "working_hour"},
         "expect": {"state": "in_process"}},
        {"act": "step", "position": "justice_officer", "outcome": "granted",
         "expect": {"steps": ["seal"], "due": "2026-03-05T17:00"}},
        {"act": "step", "position": "clerk", "expect": {"refused": True}},
        {"act": "withdraw", "after": {"value": "2", "unit": "calendar_day"},
         "expect": {"steps": [], "messages": ["withdrawn"]}},
    ]  # fmt: skip
    page = unescape(officer.get(f"{address}?row=3").text)
    assert "bước đang mở: mong đợi “Đóng dấu" in page
    assert "Hẹn trả" in page
    for where in (f"{draft}/tests", draft, f"{draft}/publish"):
        shown = unescape(officer.get(where).text)
        assert "bước đang mở: mong đợi" in shown
        assert f'href="{draft}/tests"' in shown or where.endswith("tests")
    events = Event.objects.count()
    answer = officer.post(f"{draft}/publish", {"agreed": "on", "revision": Draft.objects.get().revision, "upon": 1,
                                               "code": CODE, "idempotency_key": "p"})  # fmt: skip
    assert answer.status_code == 422
    assert (Version.objects.filter(code=CODE).count(), Event.objects.count()) == (1, events)
    mended = {"revision": Draft.objects.get().revision, "row": "3", "do": "take_over", "idempotency_key": "t"}
    assert officer.post(address, mended).status_code == 302
    assert found_at(body(), "tra_lai")["rows"][2]["expect"]["steps"] == ["approve"]
    announce(officer, draft)
    published = Version.objects.get(code=CODE, number=2)
    assert [one["code"] for one in published.body["tests"]] == ["granted", "tra_lai"]
    assert "Bài thử “Trả lại” được thêm." in unescape(officer.get(f"/catalogue/process-compare/{CODE}").text)


def test_what_is_typed_wrong_stays_with_what_is_wrong_and_two_people_do_not_overwrite_each_other(officer):
    draft = begun(officer, CODE)
    address = f"{draft}/tests/granted"
    before = body()
    for row, told, said in (
        ("2", {"after-value": "-1"}, "không đi lùi"),
        ("2", {"after-value": "hai"}, "Ghi một số"),
        ("2", {"position": ""}, "cần vị trí"),
        ("2", {"due": "mai"}, "Ghi giờ và ngày"),
        ("0", {"title-vi": ""}, "Ghi tên bài thử"),
        ("0", {"answers": "area"}, "mã = giá trị"),
    ):
        field = "act" if row != "0" else "begins"
        page = send(officer, f"{address}?row={row}", field, told, status=422)
        assert said in page
    assert body() == before
    old = Draft.objects.get().revision
    send(officer, f"{address}?row=2", "act", {"after-value": "2"})
    stale = (
        Page(officer.get(f"{address}?row=2").text)
        .form("act")
        .sent({"after-value": "3", "revision": str(old)})
    )
    answer = officer.post(address, {**stale, "do": "keep"})
    assert answer.status_code == 409
    assert 'value="3"' in answer.text
    assert found_at(body(), "granted")["rows"][1]["after"]["value"] == "2"


def test_a_row_asks_what_its_act_needs_and_shows_it_for_another_before_anything_is_kept(officer):
    """All fields stood there at once, whatever was done."""
    address = f"{begun(officer, CODE)}/tests/granted?row=2"
    always = {
        "act",
        "state",
        "steps-0",
        "due",
        "step_due",
        "messages-0",
        "after-value",
        "after-unit",
        "revision",
        "row",
    }

    def asked(shown: str) -> set[str]:
        form = Page(shown).form("act")
        return set(form.fields) - {"idempotency_key", "csrfmiddlewaretoken", "do"}

    page = officer.get(address).text
    told = Page(page).form("act")
    before = body()
    for act, more in (
        ("start", set()),
        ("step", {"outcome"}),
        ("return_step", {"to"}),
        ("extend", {"value"}),
        ("stop", {"ground"}),
        ("consult", {"whom", "value"}),
    ):
        shown = officer.post(
            address.partition("?")[0], {**told.sent({"act": act, "after-value": "7"}), "do": "choose"}
        )
        assert shown.status_code == 200
        assert asked(shown.text) - always - {"position", "person", "steps-1", "messages-1"} == more, act
        assert 'value="7"' in shown.text
    waits = officer.post(address.partition("?")[0], {**told.sent({"act": "wait"}), "do": "choose"}).text
    assert not asked(waits) & {"position", "refused", "outcome"}
    assert body() == before


def test_rows_move_and_a_test_of_a_version_before_is_retired_not_dropped(officer):
    draft = begun(officer, CODE)
    address = f"{draft}/tests/granted"

    def press(does: str, row: int, status: int = 302, **more: str) -> str:
        told = {
            "revision": str(Draft.objects.get().revision),
            "row": str(row),
            "do": does,
            "idempotency_key": now().isoformat(),
        }
        answer = officer.post(address, {**told, **more})
        assert answer.status_code == status, unescape(answer.text)
        return str(unescape(answer.text))

    def acts() -> list[str]:
        return [row["act"] for row in found_at(body(), "granted")["rows"]]

    before = acts()
    press("down", 2)
    assert acts()[1:3] == before[2:0:-1]
    press("copy", 2)
    press("remove", 2)
    press("up", 3)
    assert acts() == before
    assert "luôn đứng đầu" in press("remove", 1, status=422)
    assert "phiên bản đã công bố" in press("drop", 0, status=422)
    assert "Hãy ghi lý do" in press("retire", 0, status=422, retired="")
    press("retire", 0, retired="Không còn bước này")
    assert "Không còn bước này" in unescape(officer.get(f"{draft}/tests").text)
    press("use", 0)
    assert "retired" not in found_at(body(), "granted")
    told = {"title-vi": "Nháp", "variant": "general"}
    other = send(officer, f"{draft}/tests", "title-vi", told, do="write")
    gone = {"revision": Draft.objects.get().revision, "row": 0, "do": "drop", "idempotency_key": "d"}
    assert officer.post(other, gone).status_code == 302
    assert officer.get(other).status_code == 404


def test_a_published_test_is_changed_only_with_a_reason_and_what_is_unchanged_is_not_published(officer):
    draft = begun(officer, CODE)
    nothing = unescape(officer.get(f"{draft}/publish").text)
    assert "Không có gì để công bố" in nothing
    assert 'name="agreed"' not in nothing
    address = f"{draft}/tests/granted"
    send(officer, f"{address}?row=2", "act", {"after-value": "3", "due": "", "state": "", "steps-0": ""})
    assert "đã đổi so với phiên bản trước" in unescape(officer.get(f"{draft}/publish").text)
    assert "Hãy ghi lý do sửa" in send(
        officer, address, "changed", {"changed": " "}, do="explain", status=422
    )
    send(officer, address, "changed", {"changed": "Bước này nay lâu hơn"}, do="explain")
    assert "Ghi lý do" not in unescape(officer.get(address).text)
    announce(officer, draft)
    published = Version.objects.get(code=CODE, number=2)
    assert published.body["tests"][0]["changes"] == ["Bước này nay lâu hơn"]
    for where in (f"/catalogue/process-versions/{published.id}", f"/catalogue/process-compare/{CODE}"):
        assert "Bước này nay lâu hơn" in unescape(officer.get(where).text)


def test_an_ended_dossier_is_recorded_by_the_page_and_the_look_is_noted(officer):
    code = lived(*LIFE)
    draft = begun(officer)
    page = send(officer, f"{draft}/tests", "dossier", {"dossier": "H99-1"}, do="record", status=404)
    assert "Không có hồ sơ" in page
    assert f'name="dossier" value="{code}"' in officer.get(f"{draft}/tests").text, "offered by its code"
    address = send(officer, f"{draft}/tests", "dossier", {"dossier": code.lower()}, do="record")
    assert address.endswith("/tests/recorded")
    assert "Ghi từ một hồ sơ đã chạy phiên bản 1" in unescape(officer.get(address).text)
    assert Look.objects.filter(what="process_test_recorded", subject=code).count() == 1
    assert code not in json.dumps(body())
    announce(officer, draft)
    assert Version.objects.get(code="QT-1.004873", number=2).body["tests"][0]["source"] == "1"


@pytest.mark.parametrize("login", ["danhmuc", "tuphap1", "chutich"])
def test_who_does_not_announce_reads_and_writes_no_test(officer, login):
    draft = begun(officer, CODE)
    before = Draft.objects.values().get()
    with plain_static():
        other = visitor(login, at=now())
        for path in ("/tests", "/tests/granted"):
            assert other.get(draft + path).status_code == 403
            assert (
                other.post(draft + path, {"do": "write", "revision": "1", "idempotency_key": "x"}).status_code
                == 403
            )
    assert Draft.objects.values().get() == before
