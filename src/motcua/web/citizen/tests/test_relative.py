"""Handing in from home for somebody else, and what that person sees and says to it."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from stand_ins.identity import PEOPLE
from tests.support.citizens import citizen_client
from tests.support.pages import visitor
from tests.support.papers import pdf, sent
from tests.support.world import COMMUNE

from motcua.access_log.models import Look
from motcua.flows.progress import withdraw
from motcua.kernel.actor import SYSTEM, Actor
from motcua.kernel.errors import Denied
from motcua.kernel.time import now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import history
from motcua.parties.operations import Particulars, identify
from motcua.parties.selectors import names_of
from motcua.web.citizen.tests.test_assist import row_of
from motcua.web.citizen.tests.walk import send

pytestmark = pytest.mark.django_db
PROCEDURE = "2.002516"


def written_for(client: Client, whom: dict[str, Any], *, notified: str = "submitter") -> str:
    """A draft for somebody else as far as the check; its address."""
    draft = send(client, f"/my/begin/{PROCEDURE}", {"agency": COMMUNE, "whom": "relative"})["Location"]
    path = client.get(draft)["Location"]
    path = send(client, path, whom)["Location"]
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


ASKED = MAY | {"name": PEOPLE["may"]["HoVaTen"], "number": number_of("may")}


def filed(client: Client, whom: dict[str, Any]) -> str:
    return str(send(client, written_for(client, whom), {"sure": "on"})["Location"]).rpartition("/")[2]


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
    check = written_for(client, ASKED)
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


def test_one_wrong_digit_shows_a_stranger_nothing(at):
    """The number is another's: neither who has signed in before nor who comes later finds the dossier."""
    before = citizen_client("may", at=at)
    client = citizen_client(at=at)
    code = filed(client, MAY | {"number": number_of("may")})
    for stranger in (before, citizen_client("may", at=at)):
        assert code not in stranger.get("/my/dossiers").text
        for page in ("", "/withdraw", "/supply", "/write", "/object", "/payment"):
            path = f"/my/dossiers/{code}{page}"
            assert stranger.get(path).status_code == 404, page
            assert stranger.post(path, {"sure": "on"}).status_code in (404, 405), page
    assert row_of(code)["state"] == "submitted"


def test_the_owner_of_a_number_typed_with_another_name_comes_later(at):
    client = citizen_client(at=at)
    wrong, right = filed(client, MAY | {"number": number_of("may")}), filed(client, ASKED)
    shown = citizen_client("may", at=at).get("/my/dossiers").text
    assert right in shown, "number and name are theirs"
    assert wrong not in shown


def test_who_is_typed_with_a_false_name_and_kind_keeps_neither(at):
    typed = Particulars(
        name="Ke Gian", kind="citizen", paper="tax_code", number=str(PEOPLE["congty"]["MaSoThue"])
    )
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin="simulated"):
        false, nearly = identify(people=[typed, replace(typed, name="CONG TY TNHH MAU")], actor=SYSTEM, at=at)
    signed_in = citizen_client("congty", at=at)
    assert "Công ty TNHH Mẫu" in signed_in.get("/my/dossiers").text
    assert signed_in.get("/my/mandates").status_code == 200
    assert names_of([false, nearly]) == {false: "Ke Gian", nearly: "Công ty TNHH Mẫu"}
    assert list(Look.objects.filter(what="named_by_identity").values_list("who", "subject")) == [
        (str(nearly), str(nearly))
    ]


@pytest.mark.parametrize(
    ("kind", "paper", "number"),
    [
        ("citizen", "tax_code", "0100109106"),
        ("citizen", "agency_code", "H99.01.01"),
        ("business", "citizen_id", "001155000077"),
        ("organisation", "none", ""),
    ],
)
def test_a_kind_that_does_not_fit_the_paper_is_refused(at, kind, paper, number):
    client = citizen_client(at=at)
    draft = send(client, f"/my/begin/{PROCEDURE}", {"agency": COMMUNE, "whom": "relative"})["Location"]
    path = client.get(draft)["Location"]
    refused = send(client, path, MAY | {"kind": kind, "paper": paper, "number": number})
    assert refused.status_code == 422
    assert "không hợp với đối tượng" in refused.text
    assert send(client, path, MAY | {"kind": "citizen", "paper": "citizen_id"}).status_code == 302


def test_who_handed_it_in_does_not_end_it_and_the_applicant_does(at):
    client = citizen_client(at=at)
    code = filed(client, ASKED)
    page, path = f"/my/dossiers/{code}", f"/my/dossiers/{code}/withdraw"
    other = citizen_client("may", at=at)
    assert path in other.get(page).text
    shown = client.get(page).text
    assert path not in shown
    assert "đơn có chữ ký nộp tại Bộ phận Một cửa" in shown
    assert client.get(path).status_code == client.post(path, {"sure": "on"}).status_code == 403
    submitter = Actor(kind="citizen", id=row_of(code)["parties"][1]["party"])
    with (
        pytest.raises(Denied),
        unit_of_work(actor=submitter, at=at, request=Request.fresh(), origin="simulated"),
    ):
        withdraw(code=code, shown_by="account", actor=submitter, at=at)
    assert row_of(code)["state"] == "submitted"
    assert send(other, path, {"sure": "on"}).status_code == 302
    assert row_of(code)["state"] == "withdrawn"
