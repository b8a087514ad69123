"""Two people at their screens: one proposes, the other finds it and answers; the correction's form."""

from typing import Any

import pytest

from motcua.dossiers.states import State
from motcua.flows import mends
from motcua.web.desk.tests.happy import CORRECTION, REASON
from motcua.web.desk.tests.support import Story, browser, row_of, seen

pytestmark = pytest.mark.django_db


def proposed() -> Story:
    return Story().then("tiepnhan1", mends.void_receipt, reason="Tiếp nhận nhầm người.")


def answer(login: str, story: Story, fields: dict[str, Any], key: str = "key-1") -> Any:
    told = {"seq": story.row["head_seq"], "idempotency_key": key} | fields
    return browser(login).post(f"/dossiers/{story.code}/countersign", told)


def text(login: str, path: str) -> str:
    return browser(login).get(path).content.decode()


def test_the_manager_finds_it_reads_it_and_confirms() -> None:
    story = proposed()
    assert "Chờ tôi xác nhận" not in text("tiepnhan1", "/inbox")
    inbox = text("truongquay", "/inbox")
    assert "Chờ tôi xác nhận" in inbox
    assert f"/dossiers/{story.code}/countersign" in inbox
    page = text("truongquay", f"/dossiers/{story.code}/countersign")
    assert "Nguyễn Thị Thu Hà, Công chức tiếp nhận" in page
    assert "Tiếp nhận nhầm người." in page

    done = answer("truongquay", story, {"answer": "confirm"})

    assert (done.status_code, done["Location"]) == (302, f"/dossiers/{story.code}")
    assert row_of(story.code)["stop_ground"] == "void"
    assert "Đã hủy giấy tiếp nhận" in text("truongquay", f"/dossiers/{story.code}")
    assert "Chờ tôi xác nhận" not in text("truongquay", "/inbox")


def test_a_no_needs_its_reason_and_keeps_what_was_typed() -> None:
    story = proposed()
    bare = answer("truongquay", story, {"answer": "decline"})
    assert bare.status_code == 422
    assert "Hãy ghi lý do." in bare.content.decode()
    assert answer("truongquay", story, {}).status_code == 422
    assert answer("truongquay", story, {"answer": "decline", "reason": REASON}).status_code == 302
    assert row_of(story.code)["pending"] is None
    assert seen(story.code).entries[-1].texts == (REASON,)


def test_the_second_click_of_a_yes_is_the_same_yes() -> None:
    story = proposed()
    for _ in range(2):
        assert answer("truongquay", story, {"answer": "confirm"}).status_code == 302
    assert row_of(story.code)["head_seq"] == story.row["head_seq"] + 1


def test_who_comes_late_is_told_and_gets_the_reason_back() -> None:
    story = proposed()
    story.then("tiepnhan1", mends.take_back)
    late = browser("truongquay").post(
        f"/dossiers/{story.code}/countersign",
        {"seq": "2", "answer": "decline", "reason": REASON, "idempotency_key": "k"},
    )
    assert late.status_code == 409
    assert REASON in late.content.decode()
    assert browser("truongquay").get(f"/dossiers/{story.code}/countersign").status_code == 409


def test_the_proposer_takes_it_back_and_never_confirms() -> None:
    story = proposed()
    assert "Rút đề nghị" in text("tiepnhan1", f"/dossiers/{story.code}/countersign")
    refused = answer("tiepnhan1", story, {"answer": "confirm"})
    assert refused.status_code == 403
    assert "Việc này do người khác làm" in refused.content.decode()
    assert "người xác nhận: Phụ trách" in refused.content.decode()
    assert answer("tiepnhan1", story, {"_take_back": "1"}, key="key-2").status_code == 302
    assert row_of(story.code)["pending"] is None
    assert row_of(story.code)["state"] == State.RECEIVED


def test_another_variant_shows_its_papers_before_anything_is_proposed() -> None:
    story = Story()
    path = f"/dossiers/{story.code}/correct_reception"
    other = {**CORRECTION, "variant": "verification", "idempotency_key": "key-1"}
    first = browser("tiepnhan1").post(path, other)
    assert first.status_code == 422
    assert "Trường hợp đã đổi" in first.content.decode()
    assert row_of(story.code)["pending"] is None
    second = browser("tiepnhan1").post(path, {**other, "shown": "verification", "idempotency_key": "key-2"})
    assert second.status_code == 302
    assert row_of(story.code)["pending"]["terms"] == {"variant": "verification"}


def test_a_correction_is_shown_beside_what_stands_and_then_stands() -> None:
    story = Story()
    fields = {**CORRECTION, "idempotency_key": "key-1"}
    assert browser("tiepnhan1").post(f"/dossiers/{story.code}/correct_reception", fields).status_code == 302
    page = text("truongquay", f"/dossiers/{story.code}/countersign")
    assert "Nguyễn Thị Ánh Tuyết" in page
    assert "Nguyễn Thị Ánh Nguyệt" in page
    assert "Chủ hồ sơ: họ tên" in page
    assert "Chủ hồ sơ: điện thoại" not in page, "only what changes is shown"
    dossier = text("truongquay", f"/dossiers/{story.code}")
    assert "Bạn không có việc nào" not in dossier, "there is a proposal to answer"
    seq = row_of(story.code)["pending"]["seq"]
    confirmed = {"seq": seq, "answer": "confirm", "idempotency_key": "key-2"}
    assert browser("truongquay").post(f"/dossiers/{story.code}/countersign", confirmed).status_code == 302
    assert "Nguyễn Thị Ánh Nguyệt" in text("tiepnhan1", f"/dossiers/{story.code}")
    assert row_of(story.code)["corrections"] == 1


def test_papers_that_are_missing_are_named_and_nothing_is_proposed() -> None:
    story = Story()
    fields = {k: v for k, v in CORRECTION.items() if k != "paper_form_originals"}
    told = browser("tiepnhan1").post(
        f"/dossiers/{story.code}/correct_reception", {**fields, "idempotency_key": "key-1"}
    )
    assert told.status_code == 422
    assert "Hồ sơ chưa đủ." in told.content.decode()
    assert row_of(story.code)["pending"] is None
