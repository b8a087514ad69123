"""A dossier lives through the pages, as five people turn them."""

import re
from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.test import Client

from motcua.dossiers.states import Act, State
from motcua.kernel.time import local, now
from motcua.web.desk.tests.support import NAME, RESULT, Story, browser, day_fields, row_of, seen

pytestmark = pytest.mark.django_db
SURE = {"sure": "on"}


def press(client: Client, code: str, act: str, fields: Mapping[str, object]) -> str:
    """Open the act's page, post its form with `fields`, and give back the dossier's page after it."""
    page = client.get(f"/dossiers/{code}/{act}")
    assert page.status_code == 200, page.content.decode()
    key = re.search(r'main.*?name="idempotency_key" value="([^"]+)"', page.content.decode(), re.DOTALL)
    assert key is not None
    answer = client.post(f"/dossiers/{code}/{act}", {**fields, "idempotency_key": key[1]}, follow=True)
    assert answer.redirect_chain == [(f"/dossiers/{code}", 302)], answer.content.decode()
    return answer.content.decode()


def offered(page: str) -> list[str]:
    """The acts a dossier's page offers, in order."""
    led_to = re.findall(r'href="/dossiers/[^"/]+/([a-z_]+)"', page)
    return [each for each in led_to if each in set(Act)]  # its messages are a page beside them


def test_a_life_by_five_people() -> None:
    code = Story().code
    officer, chair, clerk = browser("tuphap1"), browser("chutich"), browser("vanthu")
    shelf, desk = browser("tiepnhan1"), browser("tiepnhan2")

    page = press(officer, code, "start", {})
    assert "Đã ghi nhận: Nhận việc." in page
    assert offered(page) == [
        "step",
        "put_back",
        "declare_interest",
        "request_supplement",
        "request_payment",
        "consult",
        "prepare_delay",
    ]

    page = press(officer, code, "step", {"outcome": "granted", "note": "Hồ sơ hợp lệ."})
    assert offered(page) == ["recall"], "until the leader has opened it"
    assert row_of(code)["proposal"]["outcome"] == "granted"

    form = chair.get(f"/dossiers/{code}/step").content.decode()
    assert "<h1>" in form
    assert "Duyệt và ký" in form
    assert "Hồ sơ hợp lệ." in form, "the leader reads what was proposed"
    assert "Hoàng Văn Sơn" in form
    assert "Bạn không có việc nào với hồ sơ này lúc này." in officer.get(f"/dossiers/{code}").content.decode()
    page = press(chair, code, "step", {"outcome": "granted"})
    assert "Đã ghi nhận: Duyệt và ký." in page
    assert row_of(code)["approval"]["position"] == "chair"

    form = clerk.get(f"/dossiers/{code}/decide").content.decode()
    assert "Phan Văn Thắng" in form, "the clerk reads who approved"
    today = local(now()).date()
    paper = {"result_number": "12/UBND-XN", "result_kind": RESULT, "medium": "wet_ink"}
    page = press(clerk, code, "decide", {**paper, **day_fields("result_date", today), **SURE})
    assert row_of(code)["state"] == State.DECIDED
    assert row_of(code)["result_number"] == "12/UBND-XN"

    page = press(shelf, code, "make_available", {"shelf": "A3"})
    assert offered(page) == [
        "hand_over",
        "notify_ready",
        "charge_at_return",
        "move_papers",
        "reopen_for_correction",
    ]
    given = {"way": "in_person", "recipient": NAME, "checked_by": "citizen_id", "proof": "paper", **SURE}
    page = press(desk, code, "hand_over", given)
    assert offered(page) == ["reopen_for_correction"]

    row = row_of(code)
    assert (row["state"], row["holder_kind"]) == (State.RETURNED, "none")
    entries = seen(code).entries
    assert [e.type for e in entries] == [
        "dossier_received",
        "dossier_started",
        "dossier_step_taken",
        "dossier_step_taken",
        "dossier_decided",
        "dossier_result_available",
        "dossier_handed_over",
    ]
    assert [e.actor for e in entries[1:]] == [
        "Hoàng Văn Sơn",
        "Hoàng Văn Sơn",
        "Phan Văn Thắng",
        "Ngô Thị Mai",
        "Nguyễn Thị Thu Hà",
        "Trần Minh Đức",
    ]
    assert {e.origin for e in entries[1:]} == {"live"}
    assert entries[-1].texts == (NAME,)
    assert now() - entries[-1].at < timedelta(minutes=1)
