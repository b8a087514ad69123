"""The files of a draft live and die with it, and a page that came late never writes over another."""

import json
from datetime import timedelta
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection
from tests.support.citizens import citizen_client, citizen_session
from tests.support.html import Page
from tests.support.pages import plain_static
from tests.support.papers import pdf, sent
from tests.support.site import pages_at
from tests.support.world import COMMUNE

from motcua.eforms.answers import check as check_answers
from motcua.eforms.tests.whole import BIRTH, birth
from motcua.files import operations as files, selectors
from motcua.kernel.time import local, now
from motcua.submissions import operations as submissions
from motcua.web.citizen.kept_files import as_said, files_of, without
from motcua.web.citizen.tests.walk import handed_in, send, written
from motcua.web.citizen.topics import FORM, kept_answers

pytestmark = pytest.mark.django_db
GONE, HAND_IN = "không còn được giữ", "Nộp hồ sơ"


def waiting() -> list[tuple[UUID, UUID]]:
    """Who sent each file that waits, and which it is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT account_id, id FROM files_upload ORDER BY id")
        return [(whose, which) for whose, which in cursor.fetchall()]


def test_files_live_as_long_as_the_draft_they_were_sent_for():
    begun = now()
    with plain_static():
        with pages_at(begun):
            check = written(citizen_client(at=begun))
        later = begun + timedelta(days=20)
        with pages_at(later):
            you = check.replace("/check", "/you")
            assert send(citizen_client(at=later), you, {"phone": "0911111111"}).status_code == 302
        last = begun + timedelta(days=40)
        files.sweep(at=last)
        with pages_at(last):
            shown = citizen_client(at=last).get(check).text
            assert "0911111111" in shown
            assert GONE not in shown
            assert HAND_IN in shown
    assert len(waiting()) == 2


def test_a_file_that_is_gone_is_named_until_the_page_is_saved_again(at):
    client = citizen_client(at=at)
    check = written(client)
    papers = check.replace("/check", "/papers")
    owner, first = waiting()[0]
    files.discard(first, owner=owner)
    shown = client.get(check).text
    assert "Tệp “to khai.pdf” " + GONE in shown
    assert "Tệp “trich luc.pdf”" not in shown
    assert HAND_IN not in shown
    form = Page(client.get(check).text)
    assert not [f for f in form.forms if "sure" in f.choices], "there is nothing to send"
    assert GONE in client.get(papers).text
    again = send(client, papers, **{"paper-online_form": sent(name="to khai.pdf")})
    assert again["Location"] == check
    shown = client.get(check).text
    assert GONE not in shown
    assert HAND_IN in shown


def test_a_page_without_the_file_that_is_gone_can_be_saved(at):
    client = citizen_client(at=at)
    papers = written(client).replace("/check", "/papers")
    owner, first = waiting()[0]
    files.discard(first, owner=owner)
    assert send(client, papers).status_code == 422, "this paper is needed"
    assert GONE not in client.get(papers).text


def test_the_same_files_sent_twice_are_no_conflict(at):
    client = citizen_client(at=at)
    check = written(client)
    papers, you = (check.replace("/check", page) for page in ("/papers", "/you"))
    held = Page(client.get(papers).text).form("revision").sent({})
    assert send(client, you, {"phone": "0911111111"}).status_code == 302
    assert client.post(papers, held)["Location"] == check, "the same references, written anew"
    bare = {name: value for name, value in held.items() if not name.endswith("_kept")}
    same = {
        "paper-online_form": sent(name="to khai.pdf"),
        "paper-related_papers": sent(pdf(mark="so ho tich"), name="trich luc.pdf"),
    }
    assert client.post(papers, bare | same)["Location"] == check, "the same files, sent anew"
    other = {**same, "paper-online_form": sent(pdf(mark="khac"), name="to khai.pdf")}
    assert client.post(papers, bare | other).status_code == 409
    assert HAND_IN in client.get(check).text


def test_what_is_given_up_or_taken_out_leaves_no_files(at):
    client = citizen_client(at=at)
    check = written(client)
    papers, drop = check.replace("/check", "/papers"), check.replace("/check", "/drop")
    other = written(citizen_client("hung", at=at))
    (owner, first), (_owner, second) = waiting()[:2]
    assert owner == _owner
    form = Page(client.get(papers).text).form("revision").sent({})
    client.post(papers, {**form, "paper-online_form_drop": str(first)})
    assert (owner, first) not in waiting()
    assert (owner, second) in waiting()
    assert citizen_client("hung", at=at).post(drop).status_code == 404
    assert (owner, second) in waiting()
    assert client.post(drop).status_code == 302
    assert owner not in {whose for whose, _file in waiting()}
    assert HAND_IN in citizen_client("hung", at=at).get(other).text


def test_a_draft_that_was_handed_in_is_not_given_up(at):
    client = citizen_client(at=at)
    check = written(client)
    done = send(client, check, {"sure": "on"})["Location"]
    assert client.post(check.replace("/check", "/drop"))["Location"] == done


def test_what_was_typed_into_an_ended_session_does_not_write_over_another_device():
    begun = now()
    with plain_static():
        with pages_at(begun):
            home = citizen_client(at=begun)
            path = written(home).replace("/check", "/you")
            form = Page(home.get(path).text).form("phone")
        later = begun + timedelta(days=2)
        with pages_at(later):
            late = home.post(path, form.sent({"phone": "0922222222"}))
            assert "/my/sign-in" in late["Location"]
            assert send(citizen_client(at=later), path, {"phone": "0911111111"}).status_code == 302
            home.cookies[settings.CITIZEN_COOKIE] = citizen_session("tuyet", at=later)
            shown = home.get(path)
            assert shown.status_code == 409
            assert "0911111111" in shown.text
            mine = Page(shown.text).form("phone")
            assert mine.fields["phone"] == ["0922222222"]
            assert Page(home.get(path).text).form("phone").fields["phone"] == ["0911111111"]
            assert home.post(path, mine.sent({})).status_code == 302, "chosen by the person"


def test_an_ended_session_holds_a_page_of_many_files():
    begun = now()
    with plain_static():
        with pages_at(begun):
            home = citizen_client(at=begun)
            path = written(home).replace("/check", "/papers")
            form = Page(home.get(path).text).form("revision").sent({})
        later = begun + timedelta(days=2)
        with pages_at(later):
            home.post(path, {**form, "paper-online_form_kept": ["x" * 1_000] * 100})
            home.cookies[settings.CITIZEN_COOKIE] = citizen_session("tuyet", at=later)
            assert "Nội dung đã nhập được giữ lại" in home.get(path).text


def test_an_ended_session_holds_why_a_dossier_is_withdrawn_and_shows_it_once():
    begun = now()
    with plain_static():
        with pages_at(begun):
            home = citizen_client(at=begun)
            path = f"/my/dossiers/{handed_in(home)}/withdraw"
            form = Page(home.get(path).text).form("reason").sent({"reason": "Nộp nhầm."})
        later = begun + timedelta(days=2)
        with pages_at(later):
            home.post(path, form)
            home.cookies[settings.CITIZEN_COOKIE] = citizen_session("tuyet", at=later)
            shown = home.get(path).text
            assert "Nội dung đã nhập được giữ lại" in shown
            assert Page(shown).form("reason").fields["reason"] == ["Nộp nhầm."]
            again = home.get(path).text
            assert "Nội dung đã nhập được giữ lại" not in again
            assert Page(again).form("reason").fields["reason"] == [""]


def test_too_much_text_is_told_on_the_page_and_stays_in_it(at, monkeypatch):
    client = citizen_client(at=at)
    path = written(client).replace("/check", "/you")
    monkeypatch.setattr(submissions, "LARGEST", 100)
    answer = send(client, path, {"phone": "0911111111"})
    assert answer.status_code == 422
    assert "quá dài" in answer.text
    assert Page(answer.text).form("phone").fields["phone"] == ["0911111111"]
    assert Page(client.get(path).text).form("phone").fields["phone"] != ["0911111111"]


def test_too_much_text_is_told_on_a_topic_too(at, monkeypatch):
    client = citizen_client(at=at)
    path = send(client, "/my/begin/1.001193", {"agency": COMMUNE})["Location"] + "/form-who"
    monkeypatch.setattr(submissions, "LARGEST", 100)
    answer = send(client, path)
    assert answer.status_code == 422
    assert "quá dài" in answer.text


def test_what_an_older_form_asked_blocks_nothing(at):
    page = BIRTH.pages[0]
    own = {field.key for field in page.fields}
    told = {key: value for key, value in birth().items() if key in own}
    stale = json.dumps({**told, "asked_before": "x"})
    answers = kept_answers({FORM + page.key: {"answers": [stale]}}, BIRTH)
    assert answers == told
    assert not check_answers(BIRTH, answers, on=local(at).date()).faults_on(page.key)


def test_files_are_found_wherever_a_page_names_them(at):
    written(citizen_client(at=at))
    owner, first = waiting()[0]
    one = selectors.waiting(first, owner=owner, at=now())
    page, told = FORM + "who", {"name": "Ánh", "person": {"files": [one.reference, "other"]}}
    anew = {"name": "Ánh", "person": {"files": [one.reference, "other"]}}
    assert told != anew, "no reference is written twice alike"
    fields, again = ({"answers": [json.dumps(each)]} for each in (told, anew))
    assert [each.upload for each in files_of(page, fields)] == [first]
    assert as_said(page, fields) == as_said(page, again)
    left = json.loads(without(page, fields, {first})["answers"][0])
    assert left == {"name": "Ánh", "person": {"files": ["other"]}}
