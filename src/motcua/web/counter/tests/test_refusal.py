"""A request is turned away before there is a dossier: on a ground, in writing, and known at the next visit."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.support.acts import act
from tests.support.pages import visitor
from tests.support.situations import dossier_in, turned_away
from tests.support.world import COMMUNE, actor

from motcua.flows import progress
from motcua.kernel.errors import Denied, Invalid
from motcua.kernel.ids import uuid7
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.parties.operations import Particulars
from motcua.reception.grounds import GROUNDS
from motcua.reception.operations.guidance import TurnedAway, turn_away
from motcua.reception.selectors.guidance import found
from motcua.web.counter.tests.support import NAME, NUMBER, FormReader, filled, form_of, opened, post
from motcua.web.counter.tests.test_visits import text_of

REASON = "Nơi cư trú của bà thuộc xã Mẫu Hai (Luật Hộ tịch, khoản 1 Điều 21)."


def events() -> list[tuple[str, str]]:
    """The envelopes of all refusals before acceptance, with their numbers by year."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT envelope::text FROM ledger_event WHERE type = 'refusal_given' ORDER BY seq")
        envelopes = [str(row[0]) for row in cursor.fetchall()]
        cursor.execute("SELECT number FROM reception_guidance ORDER BY number")
        return list(zip([row[0] for row in cursor.fetchall()], envelopes, strict=True))


def carried(client: Client, **typed: str) -> dict[str, str]:
    """The fields of the refusal's page, opened from the receiving screen where somebody's dossier is half typed."""
    page = client.post(reverse("guidance_refuse"), filled(client) | {"_refuse": "1"})
    assert page.status_code == 200
    return FormReader(page.content.decode(), wanted="refusal").fields | {
        f"applicant-0-{name}": value for name, value in typed.items()
    }


def send(client: Client, fields: dict[str, str]) -> Any:
    """Send the page's form."""
    return client.post(reverse("guidance_refuse"), fields)


def test_from_the_receiving_screen_to_the_paper(clerk: Client) -> None:
    fields = carried(clerk, ground="not_competent", reason=REASON, advice="UBND xã Mẫu Hai.")
    assert (fields["applicant-0-name"], fields["applicant-0-number"]) == (NAME, NUMBER)
    assert fields["applicant-0-procedure"] == "1.004873"
    answer = send(clerk, fields)
    assert answer.status_code == 302
    number = str(answer["Location"]).split("/")[-1]
    assert send(clerk, fields)["Location"] == answer["Location"]
    page = clerk.get(answer["Location"]).content.decode()
    for words in (NAME, GROUNDS["not_competent"].label.vi, "xã Mẫu Hai", "mẫu 03"):
        assert words in page
    paper = text_of(clerk.get(reverse("guidance_paper", args=[number])).content)
    for words in ("PHIẾU TỪ CHỐI TIẾP NHẬN", NAME, "63/2010/NĐ-CP", "118/2025/NĐ-CP", "Mẫu Hai"):
        assert words in paper
    ((only, envelope),) = events()
    assert only == number
    assert "not_competent" in envelope
    for personal in (NAME, NUMBER, "Mẫu Hai"):
        assert personal not in envelope


def test_it_is_known_at_the_next_visit(clerk: Client, at: datetime) -> None:
    send(clerk, carried(clerk, ground="not_competent", reason=REASON))
    (one,) = found(NUMBER, agency=COMMUNE, at=at)
    assert one.is_refusal
    again = form_of(opened(clerk)).fields
    page = post(clerk, again | {"applicant-0-scan": NUMBER, "_update": "1"}).content.decode()
    assert "Đã từ chối tiếp nhận" in page
    assert REASON in page


def test_of_no_procedure_by_name_alone(clerk: Client) -> None:
    typed = {
        "applicant-0-name": "Phan Văn Hỏi",
        "applicant-0-request": "Xin xác nhận đơn vay vốn",
        "applicant-0-ground": "not_received_here",
        "applicant-0-reason": "Không phải thủ tục hành chính.",
        "idempotency_key": str(uuid7()),
    }
    answer = send(clerk, typed)
    assert answer.status_code == 302
    paper = text_of(clerk.get(str(answer["Location"]) + ".pdf").content)
    assert "Xin xác nhận đơn vay vốn" in paper
    assert (
        clerk.get("/dossiers/receive", {"guidance": str(answer["Location"]).split("/")[-1]}).status_code
        == 200
    )


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"ground": ""}, "Hãy chọn căn cứ từ chối."),
        ({"ground": "no_mood"}, "applicant-0-ground"),
        ({"reason": "  "}, "Hãy ghi lý do."),
        ({"name": ""}, "Hãy ghi họ tên"),
        ({"procedure": ""}, "Căn cứ này chỉ dùng cho một thủ tục"),
        ({"procedure": "", "ground": "not_received_here"}, "Ghi nội dung yêu cầu"),
        ({"procedure": "khai"}, "Nhiều thủ tục có tên như vậy"),
        ({"procedure": "9.999999"}, "Không có thủ tục nào"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    clerk: Client, wrong: dict[str, str], told: str
) -> None:
    fields = carried(clerk, **{"ground": "not_eligible", "reason": REASON} | wrong)
    answer = send(clerk, fields)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert wrong.get("reason", REASON) in answer.content.decode()
    assert events() == []


def test_others_are_refused(clerk: Client, at: datetime) -> None:
    fields = carried(clerk, ground="not_competent", reason=REASON)
    for login in ("truongquay", "chutich", "buudien", "kythuat"):
        answer = visitor(login, at=at).post(
            reverse("guidance_refuse"), fields | {"idempotency_key": str(uuid7())}
        )
        assert answer.status_code == 403, login
    assert events() == []


def test_the_operation_itself_refuses_others_and_unknown_grounds(at: datetime) -> None:
    turned_away(at)
    refusal = TurnedAway(
        procedure="",
        procedure_version=None,
        variant="",
        people=(("applicant", Particulars(name="A")),),
        request="Hỏi",
        ground="no_mood",
        reason="Không.",
        advice="",
        officer="",
    )
    for login, error in (("truongquay", Denied), ("tiepnhan1", Invalid)):
        who = actor(login, at=at)
        with pytest.raises(error), unit_of_work(actor=who, at=at, request=Request.fresh()):
            turn_away(refusal=refusal, actor=who, at=at)
    assert len(events()) == 1


def test_a_submitted_dossier_has_the_same_paper(clerk: Client, at: datetime) -> None:
    code = dossier_in("submitted", since=at)["code"]
    act("tiepnhan1", at, progress.refuse, code=code, reason=REASON, basis="Luật Hộ tịch, Điều 21")
    assert f"/dossiers/{code}/forms/03.pdf" in clerk.get(f"/dossiers/{code}").content.decode()
    paper = text_of(clerk.get(f"/dossiers/{code}/forms/03.pdf").content)
    for words in ("PHIẾU TỪ CHỐI TIẾP NHẬN", "Luật Hộ tịch, Điều 21", "Mẫu Hai", code):
        assert words in paper
