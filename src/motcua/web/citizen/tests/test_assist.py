"""Handing in for the person who stands at the screen, all the way by HTTP; and that the next one finds nothing."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from tests.support.html import Page
from tests.support.pages import visitor
from tests.support.papers import pdf, sent
from tests.support.site import cookie_of, pages_at
from tests.support.world import COMMUNE, OTHER_COMMUNE, viewer

from motcua.accounts.terms import SESSION_LIFE
from motcua.dossiers.record import lock_by_id
from motcua.kernel.time import now
from motcua.ledger.selectors import history
from motcua.submissions.operations import leave
from motcua.web.citizen.tests.walk import send
from motcua.web.citizen.writing import Writing

pytestmark = pytest.mark.django_db
WHOM = {"name": "Lò Thị Mai", "number": "001155000077", "born_0": "1", "born_1": "2", "born_2": "1955"}
PROCEDURE = "2.002516"


def written_for(client: Client, procedure: str = PROCEDURE, **consent: Any) -> str:
    """A draft for somebody else as far as the check; its address."""
    draft = send(client, f"/assist/begin/{procedure}")["Location"]
    path = client.get(draft)["Location"]
    assert path.endswith("/whom")
    path = send(client, path, WHOM)["Location"]
    path = send(client, path, {"delegated": "no"})["Location"]
    path = send(client, path, {"address": "Bản Mẫu"})["Location"]
    files = {
        "paper-online_form": sent(name="to khai.pdf"),
        "paper-related_papers": sent(pdf(mark="so ho tich"), name="trich luc.pdf"),
    }
    path = send(client, path, **files)["Location"]
    assert path.endswith("/consent")
    return str(send(client, path, {"consent": "said", "sure": "on", **consent})["Location"])


def row_of(code: str) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM dossiers_dossier WHERE code = %s", [code])
        (dossier,) = cursor.fetchone()
        return lock_by_id(dossier)


def test_for_another_agency_it_is_typed_and_handed_in_at_this_desk(at):
    """Xã Mẫu Hai has no police on the system: of its own it receives no bundle, for Xã Mẫu it does."""
    draft = send(visitor("tiepnhan1.mauhai", at=now()), "/assist/begin/2.002621")["Location"]
    seat = viewer("tiepnhan1.mauhai", at=now())
    writing = Writing(UUID(draft.rpartition("/")[2]), owner=seat.account, at=now(), seat=seat.capacities[0])
    assert (writing.intake.agency, writing.intake.competent) == (OTHER_COMMUNE, COMMUNE)


@pytest.mark.parametrize(
    ("login", "kind", "organisation"),
    [
        ("tiepnhan1", "desk", "Trung tâm Phục vụ hành chính công"),
        ("giaodichvien", "post", "Điểm Bưu điện - Văn hóa xã"),
        ("tinhnguyen", "volunteer", "Tổ công nghệ số cộng đồng"),
    ],
)
def test_typed_for_somebody_with_their_consent(at, login, kind, organisation):
    client = visitor(login, at=now())
    check = written_for(client)
    shown = client.get(check).text
    assert "Lò Thị Mai" in shown
    assert "001155000077" not in shown
    assert "01/02/1955" in shown
    done = send(client, check, {"sure": "on"})
    code = done["Location"].rpartition("/")[2]
    row = row_of(code)
    assert (row["channel"], row["assisted"], row["filing"]["kind"]) == ("online", True, kind)
    assert row["filing"]["organisation"] == organisation
    event, *_ = history(row["id"])
    assert event.data["filing"]["consent"] == "said"
    assert event.actor["position_kind"] in ("reception_officer", "post_clerk", "volunteer")
    assert "Mai" not in str(event.data)
    assert [p["role"] for p in row["parties"]] == ["applicant"]
    confirmation = client.get(done["Location"]).text
    assert code in confirmation
    assert "8.000 đồng" in confirmation.replace("\u00a0", " ")
    assert "Nộp tại quầy của" in confirmation
    assert "Mai" not in confirmation
    assert client.get(f"/assist/dossiers/{code}/slip.pdf").content.startswith(b"%PDF")


def test_the_same_words_find_the_same_as_for_all_and_what_is_not_taken_is_told(at):
    client = visitor("tiepnhan1", at=now())
    page = client.get("/assist?q=giay+khai+sinh").text
    here = re.findall(r"/assist/begin/([0-9.]+)", page)
    everywhere = re.findall(r'href="/procedures/([0-9.]+)"', client.get("/procedures?q=giay+khai+sinh").text)
    assert here == [code for code in everywhere if code in here]
    assert here
    assert (f"không nhận: {len(everywhere) - len(here)}." in page) is (len(everywhere) > len(here))
    police = client.get("/assist?q=1.004194").text
    assert "cơ quan này không nhận: 1." in police


def test_the_next_person_finds_nothing(at):
    client = visitor("tiepnhan1", at=now())
    check = written_for(client)
    draft = check.removesuffix("/check")
    page = client.get(f"{draft}/whom")
    assert page["Cache-Control"] == "no-store"
    assert 'autocomplete="off"' in page.text
    gone = client.post("/assist/next", {"idempotency_key": "k1"})
    assert (gone["Location"], gone["Clear-Site-Data"]) == ("/assist", '"cache"')
    for path in (f"{draft}/whom", check, f"{draft}/consent.pdf", draft):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "Mai" not in answer.text
    assert "Mai" not in client.get("/assist").text
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM submissions_draft), (SELECT count(*) FROM files_upload)")
        assert cursor.fetchone() == (0, 0)


def test_what_was_handed_in_is_handed_out_until_the_person_goes(at):
    client = visitor("giaodichvien", at=now())
    check = written_for(client)
    code = send(client, check, {"sure": "on"})["Location"].rpartition("/")[2]
    assert client.get(f"/assist/dossiers/{code}/slip.pdf").status_code == 200
    assert client.get(check)["Location"] == f"/assist/dossiers/{code}"
    client.post("/assist/next", {"idempotency_key": "k1"})
    assert client.get(f"/assist/dossiers/{code}/slip.pdf").status_code == 404
    assert code in client.get("/assist").text
    assert client.get(f"/dossiers/{code}").status_code == 404
    assert client.get("/inbox")["Location"] == "/assist"
    another = visitor("tinhnguyen", at=now())
    assert another.get(f"/assist/dossiers/{code}").status_code == 404
    assert code not in another.get("/assist").text


def test_a_locked_screen_asks_whether_it_is_still_the_same_person(at):
    client = visitor("tiepnhan1", at=now())
    check = written_for(client)
    draft = check.removesuffix("/check")
    leave_all()
    for path in (check, f"{draft}/whom", draft, f"{draft}/consent.pdf"):
        assert client.get(path)["Location"] == "/assist"
    typed = client.post(f"{draft}/whom", {"name": "Kẻ Khác", "revision": "2"})
    assert typed["Location"] == "/assist"
    shown = client.get("/assist").text
    assert "làm tiếp" in shown
    assert "Mai" not in shown
    assert client.post(f"{draft}/stay", {"idempotency_key": "k2"})["Location"] == draft
    assert "Lò Thị Mai" in client.get(check).text


def leave_all() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT session FROM submissions_draft WHERE session IS NOT NULL")
        for (session,) in cursor.fetchall():
            leave(session=session)


def test_locking_leaves_the_draft(at):
    client = visitor("tiepnhan1", at=now())
    check = written_for(client)
    client.post("/lock", {"path": check, "typed": ""})
    with connection.cursor() as cursor:
        cursor.execute("SELECT session FROM submissions_draft")
        assert cursor.fetchall() == [(None,)]


def test_consent_holds_of_what_was_read_back_only(at):
    client = visitor("tiepnhan1", at=now())
    check = written_for(client)
    path = check.removesuffix("/check")
    send(client, f"{path}/whom", WHOM | {"name": "Lò Thị Mây"})
    shown = client.get(check)
    assert "Nội dung đã thay đổi sau khi đồng ý" in shown.text
    refused = client.post(check, {"sure": "on", "idempotency_key": "k", "revision": "9", "agreed": "x"})
    assert refused.status_code == 422
    assert send(client, f"{path}/consent", {"sure": "on"})["Location"] == check
    assert send(client, check, {"sure": "on"}).status_code == 302


def test_without_consent_nothing_is_handed_in(at):
    client = visitor("tinhnguyen", at=now())
    check = written_for(client)
    path = check.removesuffix("/check")
    refused = send(client, f"{path}/consent", {"sure": []})
    assert refused.status_code == 422
    assert "chưa đồng ý" in refused.text
    assert send(client, f"{path}/consent", {"sure": "on", "consent": "sheet"}).status_code == 422
    kept = send(client, f"{path}/consent", {"sure": "on", "consent": "sheet", "paper_kept": "on"})
    assert kept["Location"] == check


def test_two_clicks_hand_in_once(at):
    client = visitor("tiepnhan1", at=now())
    check = written_for(client)
    form = Page(client.get(check).text).form("sure")
    first, second = (client.post(check, form.sent({"sure": "on"})) for _ in range(2))
    assert first["Location"] == second["Location"]


@pytest.mark.parametrize("login", ["thuquy", "chutich", "truongquay", "daidien", "buudien", "duongday"])
def test_nobody_else_hands_in_for_others(at, login):
    client = visitor(login, at=now())
    assert client.get("/assist").status_code == 403
    assert client.post(f"/assist/begin/{PROCEDURE}", {"idempotency_key": "k"}).status_code == 403
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM submissions_draft")
        assert cursor.fetchone() == (0,)


def test_the_desk_reads_who_typed_and_how_it_was_agreed(at):
    client = visitor("tinhnguyen", at=now())
    code = send(client, written_for(client), {"sure": "on"})["Location"].rpartition("/")[2]
    desk = visitor("tiepnhan1", at=now()).get(f"/dossiers/{code}").text
    assert "Tình nguyện viên nộp giúp" in desk
    assert "Tổ công nghệ số cộng đồng, Lò Văn Tân" in desk
    assert "Đồng ý bằng lời" in desk
    assert "đồng ý để Tổ công nghệ số cộng đồng" in desk


def test_the_first_page_asks_little_of_the_database(at, django_assert_max_num_queries):
    client = visitor("tiepnhan1", at=now())
    send(client, written_for(client), {"sure": "on"})
    client.get("/assist?q=ho+tich")
    with django_assert_max_num_queries(7):
        client.get("/assist?q=ho+tich")


def test_what_is_typed_into_an_ended_session_waits_for_the_same_person(at):
    begun = now()
    with pages_at(begun):
        client = visitor("tiepnhan1", at=begun)
        check = written_for(client)
    path = check.replace("/check", "/you")
    later = begun + SESSION_LIFE - timedelta(minutes=1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE submissions_draft SET expires_at = expires_at + interval '1 day'")
    told = {"revision": "9", "address": "Bản Hạ", "way": "desk", "_asked": "phone email address way"}
    with pages_at(later + timedelta(minutes=2)):
        assert client.post(path, told)["Location"].startswith("/sign-in")
        name, secret = cookie_of("tiepnhan1", at=later)
        client.cookies[name] = secret
        assert client.get(path)["Location"] == "/assist"
        assert "Bản Hạ" not in client.get("/assist").text
        client.post(check.replace("/check", "/stay"), {"idempotency_key": "k"})
        assert "Bản Hạ" in client.get(path).text
        with connection.cursor() as cursor:
            cursor.execute("SELECT revision FROM submissions_draft")
            assert cursor.fetchone() == (6,)


def test_a_draft_is_handed_in_as_it_was_begun_only(at):
    client = visitor("tiepnhan1", at=now())
    check = written_for(client)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE submissions_draft SET filing = 'volunteer'")
    assert send(client, check, {"sure": "on"}).status_code == 403
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM dossiers_dossier")
        assert cursor.fetchone() == (0,)
