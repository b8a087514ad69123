"""Handing in from home for somebody else, and what that person sees and says to it."""

from typing import Any

import pytest
from django.test import Client
from stand_ins.identity import PEOPLE
from tests.support.citizens import citizen_client
from tests.support.pages import visitor
from tests.support.papers import pdf, sent
from tests.support.world import COMMUNE

from motcua.kernel.time import now
from motcua.ledger.selectors import history
from motcua.web.citizen.tests.test_assist import row_of
from motcua.web.citizen.tests.walk import send

pytestmark = pytest.mark.django_db
PROCEDURE = "2.002516"


def written_for(client: Client, whom: dict[str, Any], *, notified: str = "submitter") -> str:
    """A draft for somebody else as far as the check; its address."""
    draft = send(client, f"/my/begin/{PROCEDURE}", {"agency": COMMUNE, "whom": "relative"})["Location"]
    path = client.get(draft)["Location"]
    path = send(client, path, whom)["Location"]
    path = send(client, path, {"variant": "no_verification"})["Location"]
    path = send(client, path, {"delegated": "no"})["Location"]
    path = send(client, path, {"address": "Bản Mẫu"})["Location"]
    files = {
        "paper-online_form": sent(name="to khai.pdf"),
        "paper-related_papers": sent(pdf(mark="so ho tich"), name="trich luc.pdf"),
    }
    path = send(client, path, **files)["Location"]
    assert path.endswith("/consent")
    page = client.get(path).text
    assert "đồng ý để Nguyễn Thị Ánh Tuyết nhập và nộp giúp" in page
    assert client.get(path.replace("/consent", "/consent.pdf")).content.startswith(b"%PDF")
    said = {"consent": "sheet", "sure": "on", "notified": notified}
    assert send(client, path, said).status_code == 422
    return str(send(client, path, said, sheet=sent(pdf(mark="phieu"), name="phieu.pdf"))["Location"])


MAY = {
    "name": "Hà Thị May",
    "number": "001155000077",
    "relation": "con gái",
    "born_0": "01",
    "born_1": "02",
    "born_2": "1955",
}


def number_of(who: str) -> str:
    return str(PEOPLE[who]["SoDinhDanh"])


def test_for_a_relative_with_a_signed_sheet(at):
    client = citizen_client(at=at)
    check = written_for(client, MAY)
    shown = client.get(check).text
    assert "Hà Thị May" in shown
    code = send(client, check, {"sure": "on"})["Location"].rpartition("/")[2]
    row = row_of(code)
    assert row["filing"]["kind"] == "relative"
    assert [p["role"] for p in row["parties"]] == ["applicant", "submitter", "notified"]
    applicant, submitter, notified = (p["party"] for p in row["parties"])
    assert applicant != submitter == notified
    event = history(row["id"])[0]
    assert event.data["filing"]["sheet"]["component"] == "_consent"
    assert "con gái" not in str(event.data)
    desk = visitor("tiepnhan1", at=now()).get(f"/dossiers/{code}").text
    for told in ("Người thân, người giúp nộp thay", "con gái", "phieu.pdf", "Phiếu đồng ý nhờ nộp hồ sơ"):
        assert told in desk
    mine = client.get(f"/my/dossiers/{code}").text
    assert "nộp thay" in mine
    assert "Tôi không nhờ nộp" not in mine
    assert client.get(f"/my/dossiers/{code}/object").status_code == 404


def test_nobody_is_their_own_helper(at):
    client = citizen_client(at=at)
    check = written_for(client, MAY | {"number": number_of("tuyet")})
    refused = send(client, check, {"sure": "on"})
    assert refused.status_code == 422
    assert "chính người đang đăng nhập" in refused.text


def test_the_applicant_objects_and_the_desk_reads_it_before_it_receives(at):
    client = citizen_client(at=at)
    check = written_for(client, MAY | {"number": number_of("may")})
    code = send(client, check, {"sure": "on"})["Location"].rpartition("/")[2]
    other = citizen_client("may", at=at)
    assert code in other.get("/my/dossiers").text
    assert "Tôi không nhờ nộp" in other.get(f"/my/dossiers/{code}").text
    path = f"/my/dossiers/{code}/object"
    assert send(other, path).status_code == 422
    assert row_of(code)["filing"]["objected"] is None
    assert (
        send(other, path, {"sure": "on", "reason": "Tôi không biết gì."})["Location"]
        == f"/my/dossiers/{code}"
    )
    assert "đã báo không nhờ nộp" in other.get(f"/my/dossiers/{code}").text
    assert other.get(path)["Location"] == f"/my/dossiers/{code}"
    desk = visitor("tiepnhan1", at=now())
    for page in (f"/dossiers/{code}", f"/dossiers/{code}/receive"):
        assert "báo không nhờ ai nộp" in desk.get(page).text
    assert "Tôi không biết gì." in desk.get(f"/dossiers/{code}").text
