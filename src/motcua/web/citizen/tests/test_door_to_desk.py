"""A dossier all the way by HTTP: signed in, written, handed in, asked for more, supplied, received, withdrawn."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test import Client
from tests.support.citizens import citizen_client, come_in
from tests.support.html import Page
from tests.support.pages import visitor
from tests.support.papers import pdf, sent
from tests.support.world import COMMUNE, viewer

from motcua.dossiers.own import is_own, own_dossier
from motcua.dossiers.selectors import dossier, find_row
from motcua.dossiers.states import State
from motcua.eforms.tests.whole import BIRTH
from motcua.flows.reception import examine
from motcua.flows.submissions import hand_in
from motcua.flows.terms import terms_of
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid
from motcua.kernel.time import now
from motcua.ledger.selectors import history
from motcua.submissions.models import Draft
from motcua.web.citizen.tests.birth import asked, birth_written
from motcua.web.citizen.tests.walk import handed_in, received_at_desk, send, written
from motcua.web.citizen.writing import Writing
from motcua.web.common.acting import WHOM

pytestmark = pytest.mark.django_db


def row_of(code: str) -> Any:
    return find_row(code, viewer=viewer("tiepnhan1"))[0]


def test_from_the_procedure_to_the_desk(provider):
    client = Client()
    assert "/my/begin/2.002516" in client.get("/procedures/2.002516").text
    begin = client.get("/my/begin/2.002516")
    assert begin["Location"] == "/my/sign-in?next=%2Fmy%2Fbegin%2F2.002516"
    assert come_in(client, following="/my/begin/2.002516") == "/my/begin/2.002516"
    check = written(client)
    assert check.endswith("/check")
    shown = client.get(check).text
    assert "to khai.pdf" in shown
    assert "001190000001" not in shown
    done = send(client, check, {"sure": "on"})
    code = done["Location"].rpartition("/")[2]
    confirmation = client.get(done["Location"])
    assert confirmation.status_code == 200
    assert code in confirmation.text
    assert "8 giờ làm việc" in confirmation.text
    assert code in client.get("/my/dossiers").text

    desk = visitor("tiepnhan1", at=now())
    assert code in desk.get("/inbox").text
    missing = received_at_desk(desk, code, {"good_online_form": []})
    assert missing.status_code == 422
    assert row_of(code)["state"] == State.SUBMITTED
    as_it_stands = send(desk, f"/dossiers/{code}/receive", {"found_residence": "on"})
    assert as_it_stands.status_code == 422, "nothing is in order before somebody has looked at it"
    assert row_of(code)["state"] == State.SUBMITTED
    received = received_at_desk(desk, code, {"found_residence": "on"})
    assert received.status_code == 302, received.text
    row = row_of(code)
    assert (row["state"], row["channel"]) == (State.RECEIVED, "online")
    assert not any(c["originals"] + c["copies"] for c in row["components"] if c["component"] == "online_form")
    assert [e.actor["kind"] for e in history(row["id"])] == ["citizen", "citizen", "staff"]
    assert "to khai.pdf" in desk.get(f"/dossiers/{code}").text
    assert "Đã tiếp nhận" in client.get(f"/my/dossiers/{code}").text


def test_a_form_is_filled_in_topic_by_topic_and_read_at_the_desk(at):
    client = citizen_client(at=at)
    path = birth_written(client, born="2025-01-02", on_time="no")
    assert "Nguyễn Minh" in client.get(path).text
    assert "Không phải nộp phí" not in client.get(path).text
    done = send(client, path, {"sure": "on"})
    assert done.status_code == 302, done.text
    code = done["Location"].rpartition("/")[2]
    shown = dossier(code, viewer=viewer("tiepnhan1"))
    assert shown.form is not None
    assert shown.form.answers["child"]["name"] == "Nguyễn Minh"
    assert "Nguyễn Minh" not in str([e.data for e in history(shown.row["id"])])
    mine = client.get(f"/my/dossiers/{code}/sent").text
    assert "Nguyễn Minh" in mine
    assert f"/my/dossiers/{code}/sent" in client.get(f"/my/dossiers/{code}").text
    paper = client.get(f"/my/dossiers/{code}/sent/form.pdf")
    assert paper.content.startswith(b"%PDF")
    desk = visitor("tiepnhan1", at=at)
    assert "Nguyễn Minh" in desk.get(f"/dossiers/{code}").text
    assert "Nguyễn Minh" in desk.get(f"/dossiers/{code}/receive").text
    assert "note_scans" not in {c["component"] for c in shown.row["components"]}, "a note is no paper"


def test_the_check_shows_what_was_answered_and_nothing_twice(at):
    client = citizen_client(at=at)
    shown = client.get(birth_written(client, born="2025-01-02", on_time="no")).text
    assert re.findall(r"<dt>([^<]*)</dt><dd>\s*</dd>", shown) == []
    titles = re.findall(r"<h[23][^>]*>([^<]+)</h[23]>", shown)
    assert len(titles) == len(set(titles)), titles
    for topic in BIRTH.pages:
        beside = rf'<h2 id="s_form-{topic.key}">[^<]*</h2><a href="[^"]*/form-{topic.key}\?check">Sửa<span class="vh"> '
        assert len(re.findall(beside, shown)) == 1


def test_the_parts_of_a_draft_stay_what_they_are_while_questions_come(at):
    client = citizen_client(at=at)
    draft = send(client, "/my/begin/1.001193", {"agency": COMMUNE})["Location"]
    path = client.get(draft)["Location"]
    answers, seen = {"birth_notice": "no", "on_time": "no", "delegated": "no"}, set()
    while "/form-" not in path:
        page = client.get(path).text
        seen |= set(re.findall(r"Phần \d trên \d: [^.]+", page))
        path = send(client, path, asked(client, path, answers))["Location"]
        answers |= dict.fromkeys(("witness", "foundling", "surrogacy"), "no")
    assert seen == {"Phần 1 trên 3: trường hợp và liên hệ"}
    assert "Phần 2 trên 3: tờ khai và giấy tờ" in client.get(path).text


def test_a_page_that_comes_back_with_a_question_says_why_and_leads_to_it(at):
    client = citizen_client(at=at)
    draft = send(client, "/my/begin/1.001193", {"agency": COMMUNE})["Location"]
    path = client.get(draft)["Location"]
    answers = {"birth_notice": "no", "on_time": "no", "delegated": "no", "foundling": "no", "surrogacy": "no"}
    back = send(client, path, asked(client, path, answers))["Location"]
    assert back.startswith(f"{path}#id_")
    target = back.partition("#")[2]
    shown = client.get(back).text
    assert f'id="{target}"' in shown
    assert re.search(r'class="notice info">Đã lưu\. Vì [^<]+ là “Không”, xin trả lời thêm: “[^<]+”\.', shown)


def test_where_nothing_is_to_be_paid_it_is_said(at):
    client = citizen_client(at=at)
    born = (at - timedelta(days=10)).date()
    check = birth_written(client, born=born.isoformat(), on_time="yes")
    assert "Không phải nộp phí, lệ phí." in client.get(check).text
    done = send(client, check, {"sure": "on"})
    assert done.status_code == 302, done.text
    assert "Không phải nộp phí, lệ phí." in client.get(done["Location"]).text


def test_an_answer_about_the_time_limit_that_the_date_of_birth_contradicts_is_told_and_refused(at):
    client = citizen_client(at=at)
    check = birth_written(client, born="1995-05-01", on_time="yes")
    shown = client.get(check).text
    assert "Trẻ sinh ngày 01/05/1995, đến nay đã quá 60 ngày." in shown
    assert "Nộp hồ sơ" not in shown
    assert "đến nay đã quá 60 ngày" in client.get(check.replace("/check", "/form-child")).text
    draft = UUID(check.split("/")[3])
    owner = Draft.objects.get(id=draft).owner
    writing = Writing(draft, owner=owner, at=at)
    with pytest.raises(Invalid, match="đã quá 60 ngày"), transaction.atomic():
        hand_in(
            draft=draft,
            revision=writing.kept.revision,
            intake=writing.intake,
            agreed=terms_of(examine(intake=writing.intake, at=at), writing.intake),
            actor=Actor(kind="citizen", id=str(owner)),
            at=at,
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM dossiers_dossier")
        assert cursor.fetchone() == (0,)
    assert send(client, check.replace("/check", "/questions"), {"on_time": "no"}).status_code == 302
    assert send(client, check, {"sure": "on"}).status_code == 302


def test_what_the_desk_asks_for_is_answered_item_by_item(at):
    client, desk = citizen_client(at=at), visitor("tiepnhan1", at=at)
    code = handed_in(client)
    asked = send(
        desk,
        f"/dossiers/{code}/request_supplement",
        {"missing_online_form": "on", "wrong_online_form": "Tờ khai mờ.", "others": "Ảnh hộ chiếu."},
    )
    assert asked.status_code == 302, asked.text
    assert "Tờ khai mờ." in client.get(f"/my/dossiers/{code}").text
    path = f"/my/dossiers/{code}/supply"
    assert send(client, path).status_code == 422, "nothing is sent"
    first = send(client, path, item_1=sent(pdf(mark="ro hon")))
    assert first["Location"] == path
    assert row_of(code)["state"] == State.SUPPLEMENT_REQUESTED
    page = client.get(path).text
    assert "Còn 1 mục chưa trả lời" in page
    assert set(Page(page).form("words_2").fields) & {"item_1", "words_1"} == set()
    assert "Ảnh hộ chiếu." in page
    assert send(client, path, item_2=sent(pdf(mark="ho chieu"))).status_code == 302
    row = row_of(code)
    assert row["state"] == State.SUBMITTED
    assert row["answer_due_at"] is not None, "a new 8-hour clock"
    for page in (desk.get(f"/dossiers/{code}").text, desk.get(f"/dossiers/{code}/receive").text):
        assert ">bản cũ<" in page
        assert ">bản mới<" in page
    assert client.get(path).status_code == 409


def test_who_sent_it_opens_what_they_sent_and_nobody_else_does(at):
    client = citizen_client(at=at)
    code = handed_in(client)
    page = client.get(f"/my/dossiers/{code}/sent").text
    assert "to khai.pdf" in page
    assert "0912 345 678" in page
    (first, *_more) = re.findall(rf"/my/dossiers/{code}/sent/[0-9a-f-]{{36}}", page)
    opened = client.get(first)
    assert opened.getvalue().startswith(b"%PDF")
    assert "sandbox" in opened["Content-Security-Policy"]
    assert client.get(f"/my/dossiers/{code}/sent/form.pdf").status_code == 404, "it has no form"
    other = citizen_client("may", at=at)
    for path in (f"/my/dossiers/{code}/sent", first, f"/my/dossiers/{code}/sent/form.pdf"):
        assert other.get(path).status_code == 404


def test_a_dossier_is_withdrawn_by_its_owner_alone(at):
    client, other = citizen_client(at=at), citizen_client("hung", at=at)
    code = handed_in(client)
    path = f"/my/dossiers/{code}/withdraw"
    form = Page(client.get(path).text).form("sure").sent({"sure": "on"})
    assert other.get(path).status_code == 404
    assert other.post(path, form).status_code == 409, "a page that was opened for somebody else"
    assert other.post(path, {k: v for k, v in form.items() if k != WHOM}).status_code == 404
    assert row_of(code)["state"] == State.SUBMITTED
    assert client.post(path, {**form, "sure": ""}).status_code == 422
    for _click in range(2):
        assert client.post(path, form)["Location"] == f"/my/dossiers/{code}"
    assert row_of(code)["state"] == State.WITHDRAWN
    assert len(history(row_of(code)["id"])) == 3


def test_a_dossier_is_refused_and_the_citizen_sees_it(at):
    client, desk = citizen_client(at=at), visitor("tiepnhan1", at=at)
    code = handed_in(client)
    told = {"basis": "118/2025/NĐ-CP, Điều 17", "reason": "Không thuộc đối tượng.", "sure": "on"}
    assert send(desk, f"/dossiers/{code}/refuse", told).status_code == 302
    assert "Hồ sơ không được tiếp nhận" in client.get(f"/my/dossiers/{code}").text


def test_handing_in_twice_makes_one_dossier(at):
    client = citizen_client(at=at)
    check = written(client)
    form = Page(client.get(check).text).form("sure").sent({"sure": "on"})
    places = {client.post(check, form)["Location"] for _click in range(2)}
    places.add(client.post(check, {**form, "idempotency_key": "another-tab"})["Location"])
    assert len(places) == 1
    assert client.get(check)["Location"] in places
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM dossiers_dossier")
        assert cursor.fetchone() == (1,)
        cursor.execute("SELECT sealed IS NULL, submitted_as <> '' FROM submissions_draft")
        assert cursor.fetchall() == [(True, True)]


def test_who_only_collects_the_result_owns_nothing(at):
    client = citizen_client(at=at)
    row = row_of(handed_in(client))
    party = {"parties": [{**row["parties"][0], "role": "recipient"}]}
    assert not is_own({**row, **party}, row["parties"][0]["party"])
    assert own_dossier(row["code"], party=row["parties"][0]["party"])["id"] == row["id"]
