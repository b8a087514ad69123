"""Drafts: saved at every step, right or wrong; one revision at a time; gone when they are old; nobody else's."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from tests.support.citizens import citizen_client
from tests.support.html import Page
from tests.support.pages import plain_static
from tests.support.papers import pdf, sent
from tests.support.site import pages_at
from tests.support.together import all_at_once
from tests.support.world import COMMUNE

from motcua.kernel.time import now
from motcua.submissions.operations import DRAFT_LIFE, begin, save, sweep
from motcua.web.citizen import check as check_page
from motcua.web.citizen.tests.walk import ANSWERS, send, written
from motcua.web.common.middleware import LANGUAGE_COOKIE

pytestmark = pytest.mark.django_db


def phone(client, path):
    return Page(client.get(path).text).form("phone").fields["phone"][0]


def test_two_devices_never_write_over_each_other(at):
    home, phone_of = citizen_client(at=at), citizen_client(at=at)
    path = written(home).replace("/check", "/you")
    forms = [Page(each.get(path).text).form("phone") for each in (home, phone_of)]
    first = home.post(path, forms[0].sent({"phone": "0911111111"}))
    assert first.status_code == 302
    again = home.post(path, forms[0].sent({"phone": "0911111111"}))
    assert again.status_code == 302, "the same sent twice is no conflict"
    late = phone_of.post(path, forms[1].sent({"phone": "0922222222"}))
    assert late.status_code == 409
    assert "0911111111" in late.text
    assert "0922222222" in late.text
    assert phone(home, path) == "0911111111"
    mine = Page(late.text).form("phone")
    assert phone_of.post(path, mine.sent({})).status_code == 302
    assert phone(home, path) == "0922222222"


def test_who_mends_a_page_from_the_check_comes_back_to_it(at):
    client = citizen_client(at=at)
    check = written(client)
    path = check.replace("/check", "/you?check")
    assert f'href="{path}"' in client.get(check).text
    assert f'href="{check}"' in client.get(path).text, "back without saving, too"
    assert send(client, path, {"phone": "mot hai ba"}).status_code == 422
    assert send(client, path, {"phone": "0911 111 111"})["Location"] == check
    assert "0911" in client.get(check).text
    straight = send(client, path.removesuffix("?check"), {"phone": "0922 222 222"})
    assert straight["Location"] == check.replace("/check", "/papers"), "along the way all is as it was"


def test_from_the_check_one_goes_on_to_what_was_never_filled_in(at):
    client = citizen_client(at=at)
    first = client.get(send(client, "/my/begin/2.002516", {"agency": COMMUNE})["Location"])["Location"]
    path = send(client, f"{first}?check", ANSWERS)["Location"]
    assert path.endswith("/you?check")
    path = send(client, path, {"phone": "0912 345 678"})["Location"]
    assert path.endswith("/papers?check")
    files = {
        "paper-online_form": sent(name="to khai.pdf"),
        "paper-related_papers": sent(pdf(mark="so ho tich")),
    }
    assert send(client, path, **files)["Location"].endswith("/check")


def test_a_draft_is_called_in_the_language_of_the_page(at):
    client = citizen_client(at=at)
    written(client)
    assert "Thủ tục xác nhận thông tin hộ tịch" in client.get("/my/dossiers").text
    client.cookies[LANGUAGE_COOKIE] = "en"
    page = client.get("/my/dossiers").text
    assert "Confirmation of civil-status data" in page
    assert "xác nhận thông tin hộ tịch" not in page


def test_what_is_wrong_is_kept_and_told_until_it_is_mended(at):
    client = citizen_client(at=at)
    check = written(client)
    path = check.replace("/check", "/you")
    assert send(client, path, {"phone": "mot hai ba"}).status_code == 422
    assert phone(client, path) == "mot hai ba"
    shown = client.get(check)
    assert "8 đến 15 chữ số" in shown.text
    assert "Nộp hồ sơ" not in shown.text
    forged = client.post(check, {"sure": "on", "revision": "6", "idempotency_key": "k"})
    assert forged.status_code == 422
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM dossiers_dossier")
        assert cursor.fetchone() == (0,)


def test_empty_broken_and_doubled_files_are_told_at_once(at):
    client = citizen_client(at=at)
    path = written(client).replace("/check", "/papers")
    for data, said in ((b"", "rỗng"), (b"%PDF-1.7 hong", "bị hỏng"), (pdf(), "đã có ở đây")):
        answer = send(client, path, **{"paper-online_form": sent(data, name="to khai.pdf")})
        assert answer.status_code == 422, said
        assert said in answer.text, said
        ahead = client.post("/my/uploads", {"file": sent(data, name="to khai.pdf"), "field": "x"})
        assert ahead.status_code == (200 if data == pdf() else 422)


def test_a_draft_is_its_owners_alone_and_goes_when_it_is_old(at):
    client, other = citizen_client(at=at), citizen_client("hung", at=at)
    check = written(client)
    draft = check.removesuffix("/check")
    for path in (draft, f"{draft}/you", check):
        assert other.get(path).status_code == 404
        assert other.post(
            path, {"revision": "5", "phone": "0911111111", "idempotency_key": "k"}
        ).status_code in (404, 405)
    assert other.post(f"{draft}/drop").status_code == 404
    assert client.get(check).status_code == 200
    assert sweep(at=now() + DRAFT_LIFE - timedelta(hours=1)) == 0
    assert sweep(at=now() + DRAFT_LIFE + timedelta(minutes=1)) == 1
    assert client.get(check).status_code == 404


def test_the_next_day_on_another_device_nothing_is_lost():
    begun = now()
    with plain_static():
        with pages_at(begun):
            check = written(citizen_client(at=begun))
        tomorrow = begun + timedelta(hours=30)
        with pages_at(tomorrow):
            other = citizen_client(at=tomorrow)
            assert check.removesuffix("/check") in other.get("/my/dossiers").text
            assert check.removesuffix("/check") in other.get("/my/begin/2.002516").text
            shown = other.get(check).text
            assert "0912 345 678" in shown
            assert "to khai.pdf" in shown
            assert "Nộp hồ sơ" in shown


def test_what_is_handled_elsewhere_is_begun_and_handed_in_there(at):
    client = citizen_client(at=at)
    check = written(client)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO catalogue_handling (id, procedure_id, agency, handled_in, basis, valid_from)"
            " VALUES (gen_random_uuid(), '2.002516', '', 'portal', 'x', '2026-01-01')"
        )
    assert "/my/begin" not in client.get("/procedures/2.002516").text
    assert "Cổng Dịch vụ công quốc gia" in client.get("/my/begin/2.002516").text
    assert client.post("/my/begin/2.002516", {"agency": COMMUNE}).status_code == 409
    assert client.post(check, {"sure": "on", "revision": "5", "idempotency_key": "k"}).status_code == 409


def test_the_statements_of_a_page_and_of_handing_in(at, django_assert_max_num_queries):
    client = citizen_client(at=at)
    check = written(client)
    form = Page(client.get(check).text).form("sure").sent({"sure": "on"})
    with django_assert_max_num_queries(7):
        client.get(check.replace("/check", "/you"))
    with django_assert_max_num_queries(24):
        client.post(check, form)
    with django_assert_max_num_queries(8):
        client.get("/my/dossiers")


def dossiers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM dossiers_dossier")
        return cursor.fetchone()[0]


def test_what_an_agency_runs_no_more_is_not_handed_in_there(at):
    client = citizen_client(at=at)
    check = written(client)
    form = Page(client.get(check).text).form("sure").sent({"sure": "on"})
    ended = "UPDATE processes_adoption SET valid_to = current_date - 1 WHERE agency = %s AND procedure = '2.002516'"
    with connection.cursor() as cursor:
        cursor.execute(ended + " AND variant = 'no_verification'", [COMMUNE])
    assert client.post(check, form).status_code == 409, "another variant is never taken in its place"
    with connection.cursor() as cursor:
        cursor.execute(ended, [COMMUNE])
    for answer in (client.get(check), client.post(check, form)):
        assert answer.status_code == 409
        assert "không nhận thủ tục này nữa" in answer.text
    assert dossiers() == 0


def test_terms_that_changed_are_shown_again_before_they_bind(at):
    client = citizen_client(at=at)
    check = written(client)
    shown = Page(client.get(check).text).form("sure")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE catalogue_version SET id = gen_random_uuid() WHERE procedure_id = '2.002516'")
    late = client.post(check, shown.sent({"sure": "on"}))
    assert late.status_code == 409
    assert "Thủ tục vừa thay đổi" in late.text
    (sure,) = re.findall(r'<input[^>]*name="sure"[^>]*>', late.text)
    assert "checked" not in sure, "what was promised of is no longer what is shown"
    assert dossiers() == 0
    assert client.post(check, Page(late.text).form("sure").sent({"sure": "on"})).status_code == 302
    assert dossiers() == 1


def test_only_the_revision_that_was_shown_is_handed_in(at):
    client = citizen_client(at=at)
    check = written(client)
    shown = Page(client.get(check).text).form("sure").sent({"sure": "on"})
    send(client, check.replace("/check", "/you"), {"phone": "0911111111"})
    late = client.post(check, shown)
    assert late.status_code == 409
    assert dossiers() == 0
    assert "0911111111" in late.text


def test_what_is_saved_while_it_is_handed_in_is_not_passed_over(at, monkeypatch):
    client = citizen_client(at=at)
    path = written(client)
    shown = Page(client.get(path).text).form("sure").sent({"sure": "on"})

    def saved_meanwhile(writing):
        fields = {**writing.kept.pages["you"], "phone": ["0911111111"]}
        save(kept=writing.kept, page="you", fields=fields, reached="check", at=at)
        return True

    monkeypatch.setattr(check_page, "_is_whole", saved_meanwhile)
    ahead = {**shown, "revision": str(int(shown["revision"][0]) + 1)}
    assert client.post(path, ahead).status_code == 409
    assert dossiers() == 0


@pytest.mark.django_db(transaction=True)
def test_begun_several_times_at_once_it_is_one_draft():
    at, owner = now(), uuid4()
    begun = all_at_once(
        lambda _: begin(owner=owner, agency=COMMUNE, procedure="2.002516", at=at), list(range(5))
    )
    assert len(set(begun)) == 1


def test_what_the_procedures_page_was_told_is_offered_and_waits_to_be_confirmed(at):
    client = citizen_client(at=at)
    told = f"agency={COMMUNE}&ask-birth_notice=no&ask-on_time=yes"
    page = Page(client.get(f"/procedures/1.001193?{told}").text)
    assert "Không ai lưu" not in " ".join(page.texts), "they go along into the draft"
    links = [a["href"] for a in page.all("a") if a.get("href", "").startswith("/my/begin/1.001193")]
    assert len(links) == 2, "a button at the top, and the link where the ways to hand in are told"
    assert len(set(links)) == 1
    path = client.get(send(client, links[0])["Location"])["Location"]
    assert path.endswith("/questions")
    fields = Page(client.get(path).text).form("birth_notice").fields
    assert (fields["birth_notice"], fields["on_time"]) == (["no"], ["yes"])
    assert fields.get("witness", []) in ([], [""])
    assert "Chưa điền trang này." in client.get(path.replace("/questions", "/check")).text
    saved = send(client, path, {"on_time": "no"})
    assert saved.status_code == 422, "the others are still asked"
    kept = Page(client.get(path).text).form("birth_notice").fields
    assert (kept["birth_notice"], kept["on_time"]) == (["no"], ["no"])


def test_an_address_with_answers_that_the_procedure_does_not_know_offers_none(at):
    client = citizen_client(at=at)
    begin_here = "/my/begin/1.001193?ask-on_time=maybe&ask-nobody=yes&variant=none"
    path = client.get(send(client, begin_here, {"agency": COMMUNE})["Location"])["Location"]
    assert Page(client.get(path).text).form("birth_notice").fields.get("on_time", []) == []


def test_choosing_again_before_anything_is_typed_offers_what_was_chosen_last(at):
    client = citizen_client(at=at)
    address = f"/my/begin/1.001193?agency={COMMUNE}&ask-on_time="
    drafts = [send(client, address + answer)["Location"] for answer in ("yes", "no")]
    assert drafts[0] == drafts[1]
    path = client.get(drafts[0])["Location"]
    assert Page(client.get(path).text).form("birth_notice").fields["on_time"] == ["no"]
