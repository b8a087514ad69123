"""Two apply with one draft: each signs in and confirms what is handed in, and nothing else is handed in."""

import re
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection
from tests.support.citizens import citizen_client
from tests.support.html import Page
from tests.support.joint import MAN, MARRIAGE, married, saved_again, terms
from tests.support.pages import visitor
from tests.support.papers import pdf, received
from tests.support.world import COMMUNE, viewer

from motcua.accounts.operations import session_digest
from motcua.dossiers.projector import replay
from motcua.dossiers.selectors import find_row
from motcua.dossiers.states import State
from motcua.files.operations import keep
from motcua.flows.confirming import others_of
from motcua.kernel.contents import digest_of, open_body
from motcua.kernel.errors import Invalid
from motcua.kernel.time import now
from motcua.ledger.selectors import history
from motcua.parties.selectors import citizen
from motcua.submissions.operations import begin, save
from motcua.submissions.selectors import draft as find_draft
from motcua.web.citizen.tests.walk import received_at_desk, send

pytestmark = pytest.mark.django_db


def who(client):
    digest = session_digest(client.cookies[settings.CITIZEN_COOKIE].value)
    found = citizen(session_digest=digest, at=now())
    assert found is not None
    return found.id


def dossiers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM dossiers_dossier")
        return cursor.fetchone()[0]


@pytest.fixture
def bride(at):
    return citizen_client("tuyet", at=at)


@pytest.fixture
def groom(at):
    return citizen_client("hung", at=at)


@pytest.fixture
def check(bride, at):
    """The last page of a draft that is whole."""
    return f"/my/drafts/{married(who(bride), at)}/check"


def ask(bride, check):
    return bride.post(check.replace("/check", "/ask"))


def waiting(client):
    """The address of what waits for somebody; None where nothing does."""
    found = re.search(r"/my/confirmations/[0-9a-f-]{36}", client.get("/my/dossiers").text)
    return found and found.group()


def hand_in(bride, check):
    form = Page(bride.get(check).text).form("sure").sent({"sure": "on"})
    return bride.post(check, form)


def handed_in(bride, groom, check):
    ask(bride, check)
    assert send(groom, waiting(groom), {"sure": "on"}).status_code == 302
    return hand_in(bride, check)["Location"].rpartition("/")[2]


def test_handed_in_once_the_other_has_read_and_confirmed_it(bride, groom, check):
    shown = bride.get(check).text
    assert "Trần Văn Hùng" in shown
    assert "Chưa gửi để xác nhận" in shown
    assert "Nộp hồ sơ</button>" not in shown
    assert waiting(groom) is None
    assert ask(bride, check).status_code == 302
    assert "Chờ xác nhận, gửi lúc" in bride.get(check).text
    path = waiting(groom)
    read = groom.get(path).text
    for told in ("Nguyễn Thị Ánh Tuyết soạn hồ sơ này", "001085000002", "0912345678", "Số 3"):
        assert told in read
    assert "001190000001" not in read, "one's own number is to be checked, the other's is not for the screen"
    assert "•••••••••001" in read
    assert "/my/drafts/" not in read, "it is read, not changed"
    assert send(groom, path, {"sure": "on"})["Location"] == "/my/dossiers"
    assert "Ông/bà đã xác nhận, chờ nộp" in groom.get("/my/dossiers").text
    done = hand_in(bride, check)
    code = done["Location"].rpartition("/")[2]
    for client in (bride, groom):
        assert client.get(f"/my/dossiers/{code}").status_code == 200
        assert code in client.get("/my/dossiers").text
    assert groom.get(path)["Location"] == f"/my/dossiers/{code}"
    row = find_row(code, viewer=viewer("tiepnhan1"))[0]
    applicants = [p["party"] for p in row["parties"] if p["role"] == "applicant"]
    assert applicants == [str(who(bride)), str(who(groom))]


def test_the_desk_reads_the_numbers_of_the_form_masked_until_they_are_opened(bride, groom, check):
    code = handed_in(bride, groom, check)
    clerk = visitor("tiepnhan1", at=now())
    for page in (f"/dossiers/{code}", f"/dossiers/{code}/receive"):
        html = clerk.get(page).text
        in_sight = re.sub(r"</summary>.*?</details>", "", html)
        form = in_sight.partition('id="answered_title"')[2]
        for number in ("001190000001", "001085000002"):
            assert number in html
            assert number not in in_sight
            assert "•" * 9 + number[-3:] in form


def test_what_goes_with_the_dossier_is_what_the_other_saw(bride, groom, check):
    code = handed_in(bride, groom, check)
    row = find_row(code, viewer=viewer("tiepnhan1"))[0]
    first, second = history(row["id"])
    assert (first.type, second.type) == ("dossier_submitted", "dossier_confirmed_by_party")
    told = second.data
    assert UUID(told["party"]) == who(groom)
    assert told["field"] == "man"
    with connection.cursor() as cursor:
        cursor.execute("SELECT salt, sealed FROM dossiers_content WHERE id = %s", [told["snapshot"]])
        salt, sealed = cursor.fetchone()
        cursor.execute("SELECT digest, answered_at FROM submissions_confirmation")
        digest, answered_at = cursor.fetchone()
    body = open_body(UUID(told["snapshot"]), sealed) or ""
    assert "Trần Văn Hùng" in body
    assert bytes(digest).hex() == told["snapshot_digest"] == digest_of(bytes(salt), body.encode()).hex()
    assert answered_at <= first.at
    assert "Trần Văn Hùng" not in str(told)


@pytest.mark.parametrize("change", [{"name": "Trần Văn Hưng Khác"}, {"personal_id": "001085000003"}])
def test_who_is_not_the_one_named_sees_nothing(bride, groom, at, change):
    other = citizen_client("may", at=at)
    draft = married(who(bride), at, man={**MAN, **change})
    check = f"/my/drafts/{draft}/check"
    ask(bride, check)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM submissions_confirmation")
        (confirmation,) = cursor.fetchone()
    for client in (groom, other, bride):
        path = f"/my/confirmations/{confirmation}"
        assert waiting(client) is None
        assert client.get(path).status_code == 404
        forged = {"sure": "on", "answer": "yes", "revision": "5", "idempotency_key": "k"}
        assert client.post(path, forged).status_code == 404
        assert client.post(path, {**forged, "answer": "no", "reason": "x"}).status_code == 404
    assert other.post(check.replace("/check", "/ask")).status_code == 404
    with connection.cursor() as cursor:
        cursor.execute("SELECT answer FROM submissions_confirmation")
        assert cursor.fetchone() == ("",)
    assert dossiers() == 0


def test_nothing_is_handed_in_before_all_have_confirmed(bride, groom, check, at):
    forged = {"sure": "on", "revision": "5", "agreed": "x", "idempotency_key": "k"}
    agreed = Page(bride.get(check).text)
    assert not [f for f in agreed.forms if "agreed" in f.fields], "there is nothing to hand in with"
    ask(bride, check)
    assert bride.post(check, forged).status_code == 409
    answer = send(groom, waiting(groom), {"reason": "Sai ngày sinh."})
    assert answer.status_code == 302, answer.text
    shown = bride.get(check).text
    assert "Sai ngày sinh." in shown
    assert "Không xác nhận, lúc" in shown
    assert bride.post(check, forged).status_code == 409
    assert dossiers() == 0
    assert send(groom, waiting(groom), {"sure": "on"}).status_code == 302, "one may think again"
    assert hand_in(bride, check).status_code == 302
    assert dossiers() == 1


def test_an_edit_voids_what_was_confirmed_and_says_so(bride, groom, check, at):
    ask(bride, check)
    path = waiting(groom)
    stale = Page(groom.get(path).text).form("sure").sent({"sure": "on"})
    assert groom.post(path, stale).status_code == 302
    you = check.replace("/check", "/you")
    assert "phải xác nhận lại" in bride.get(you).text
    kept = Page(bride.get(check).text).form("sure").sent({"sure": "on"})
    assert send(bride, you, {"phone": "0911111111"}).status_code == 302
    assert bride.post(check, kept).status_code == 409
    assert bride.post(check, {**kept, "revision": str(int(kept["revision"][0]) + 1)}).status_code == 409
    assert "nhưng hồ sơ sửa sau đó nên phải xác nhận lại" in bride.get(check).text
    assert "Người soạn đang sửa, chờ gửi lại" in groom.get("/my/dossiers").text
    for late in (groom.get(path), groom.post(path, stale)):
        assert late.status_code == 409
        assert "Hồ sơ đã được sửa sau khi gửi" in late.text
    assert dossiers() == 0
    ask(bride, check)
    assert groom.post(waiting(groom), stale).status_code == 409, "what was read is not what is there now"
    assert send(groom, waiting(groom), {"sure": "on"}).status_code == 302
    assert hand_in(bride, check).status_code == 302


def test_terms_that_changed_are_confirmed_again_and_the_page_says_so(bride, groom, check):
    ask(bride, check)
    path = waiting(groom)
    send(groom, path, {"sure": "on"})
    kept = Page(bride.get(check).text).form("sure").sent({"sure": "on"})
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE catalogue_version SET id = gen_random_uuid() WHERE procedure_id = %s", [MARRIAGE]
        )
    assert bride.post(check, kept).status_code == 409
    shown = bride.get(check).text
    assert "đã đổi nên phải gửi để xác nhận lại" in shown
    assert "Gửi để xác nhận</button>" in shown
    assert "Nộp hồ sơ</button>" not in shown
    assert "hãy đọc và xác nhận lại" in groom.get(path).text
    ask(bride, check)
    assert "Chờ xác nhận, gửi lúc" in bride.get(check).text
    assert dossiers() == 0
    assert send(groom, waiting(groom), {"sure": "on"}).status_code == 302
    assert hand_in(bride, check).status_code == 302


def test_asked_twice_is_asked_once_and_keeps_what_was_answered(bride, groom, check):
    ask(bride, check)
    send(groom, waiting(groom), {"sure": "on"})
    ask(bride, check)
    assert hand_in(bride, check).status_code == 302


def test_a_draft_with_faults_or_given_up_asks_nobody(bride, groom, check, at):
    send(bride, check.replace("/check", "/you"), {"phone": "mot hai"})
    assert ask(bride, check).status_code == 422
    assert waiting(groom) is None
    send(bride, check.replace("/check", "/you"), {"phone": "0912345678"})
    ask(bride, check)
    path = waiting(groom)
    bride.post(check.replace("/check", "/drop"))
    assert waiting(groom) is None
    assert groom.get(path).status_code == 404


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"paper": "passport", "paper_number": "C1234567"}, "cần số định danh cá nhân"),
        ({"personal_id": "001190000001"}, "chung một số định danh"),
    ],
)
def test_who_can_not_confirm_is_told_before_anything_is_sent(bride, at, change, said):
    man = {k: v for k, v in MAN.items() if k != "personal_id"} if "paper" in change else MAN
    check = f"/my/drafts/{married(who(bride), at, man={**man, **change})}/check"
    assert said in bride.get(check).text
    assert ask(bride, check).status_code == 422


def test_a_stranger_hands_nothing_in_for_two_others(groom, at):
    other = citizen_client("may", at=at)
    check = f"/my/drafts/{married(who(other), at)}/check"
    shown = Page(other.get(check).text)
    assert "không phải là một trong những người nộp" in " ".join(shown.texts)
    links = [a["href"].removesuffix("?check") for a in shown.all("a")]
    for topic in ("form-woman", "form-man"):
        mends = links.count(check.replace("/check", f"/{topic}"))
        assert mends == 3, "beside the problem, at its own part, and at the end of the page"
    assert ask(other, check).status_code == 422
    assert waiting(groom) is None


def test_who_confirms_reads_the_files_too_and_nobody_else_does(bride, groom, check, at):
    with received(pdf(mark="ly hon"), name="ly hon.pdf") as came:
        kept = keep(came, owner=who(bride), at=at)
    draft = find_draft(UUID(check.split("/")[3]), owner=who(bride), at=at)
    save(kept=draft, page="papers", fields={"paper-x_kept": [kept.reference]}, reached="check", at=at)
    ask(bride, check)
    path = f"{waiting(groom)}/files/{kept.upload}"
    assert path in groom.get(waiting(groom)).text
    assert b"%PDF" in b"".join(groom.get(path).streaming_content)
    assert groom.get(f"{waiting(groom)}/files/{draft.id}").status_code == 404
    assert citizen_client("may", at=at).get(path).status_code == 404
    saved_again(draft.id, who(bride), at)
    assert groom.get(path).status_code == 409


def test_nobody_hands_in_for_two_others_with_their_consent_alone(bride, at):
    intake, _terms, _revision = terms(married(who(bride), at), who(bride), at)
    writer = intake.people[0][1]
    assert [one.field for one in others_of(intake.form, writer=writer)] == ["man"]
    with pytest.raises(Invalid, match="không nhờ người khác nộp giúp"):
        others_of(intake.form, writer=writer, is_helped=True)


def test_received_at_the_desk_it_is_still_that_of_both(bride, groom, check, at):
    code = handed_in(bride, groom, check)
    desk = visitor("tiepnhan1", at=now())
    assert "Một người có tên trong tờ khai đã đọc và xác nhận hồ sơ." in desk.get(f"/dossiers/{code}").text
    ticks = {"found_residence": "on", "found_marital_status": "on"}
    received_at = received_at_desk(desk, code, ticks)
    assert received_at.status_code == 302, received_at.text
    row = find_row(code, viewer=viewer("tiepnhan1"))[0]
    applicants = [p["party"] for p in row["parties"] if p["role"] == "applicant"]
    assert applicants == [str(who(bride)), str(who(groom))]
    assert code in groom.get("/my/dossiers").text
    (rebuilt,) = replay(history(row["id"]))["dossiers_dossier"]
    assert {name: row[name] for name in rebuilt} == rebuilt


def test_withdrawn_when_both_want_to(bride, groom, check):
    code = handed_in(bride, groom, check)
    path = f"/my/dossiers/{code}/withdraw"
    assert "khi tất cả cùng đồng ý rút" in bride.get(path).text
    assert send(bride, path, {"sure": "on"}).status_code == 302
    row = find_row(code, viewer=viewer("tiepnhan1"))[0]
    assert row["state"] == State.SUBMITTED
    assert "Một người cùng nộp muốn rút hồ sơ" in groom.get(f"/my/dossiers/{code}").text
    again = send(bride, path, {"sure": "on"})
    assert again.status_code == 409
    assert "đã đồng ý rút" in again.text
    assert send(groom, path, {"sure": "on"}).status_code == 302
    assert find_row(code, viewer=viewer("tiepnhan1"))[0]["state"] == State.WITHDRAWN


def test_the_statements_of_the_pages(bride, groom, check, django_assert_max_num_queries):
    ask(bride, check)
    path = waiting(groom)
    with django_assert_max_num_queries(10):
        bride.get(check)
    with django_assert_max_num_queries(10):
        groom.get(path)
    with django_assert_max_num_queries(8):
        groom.get("/my/dossiers")


def test_another_device_saves_while_the_other_reads(bride, groom, check, at):
    ask(bride, check)
    path = waiting(groom)
    form = Page(groom.get(path).text).form("sure").sent({"sure": "on"})
    saved_again(UUID(check.split("/")[3]), who(bride), at)
    assert groom.post(path, form).status_code == 409
    with connection.cursor() as cursor:
        cursor.execute("SELECT answer FROM submissions_confirmation")
        assert cursor.fetchone() == ("",)


def test_a_couple_is_not_asked_what_the_officer_finds_and_the_officer_still_says_it(bride, groom, at):
    begun = send(bride, f"/my/begin/{MARRIAGE}", {"agency": COMMUNE})["Location"]
    first = bride.get(begun)["Location"]
    assert not first.endswith("/variant")
    assert bride.get(f"{begun}/variant").status_code == 404
    code = handed_in(bride, groom, f"/my/drafts/{married(who(bride), at)}/check")
    assert find_row(code, viewer=viewer("tiepnhan1"))[0]["variant"] == "no_verification"
    receives = visitor("tiepnhan1", at=now()).get(f"/dossiers/{code}/receive").text
    assert "Phải xác minh điều kiện kết hôn" in receives


@pytest.mark.parametrize(("i_am", "filled"), [("woman", "woman"), ("man", "man")])
def test_who_says_which_party_they_are_finds_that_part_filled_in_and_no_other(bride, at, i_am, filled):
    draft = begin(owner=who(bride), agency=COMMUNE, procedure=MARRIAGE, at=at)
    page = f"/my/drafts/{draft}/form-"
    assert "001190000001" not in bride.get(f"{page}{filled}").text, "not before it is said which party"
    assert send(bride, f"{page}party", {"i_am": i_am}).status_code == 302
    for party in ("woman", "man"):
        shown = bride.get(f"{page}{party}").text
        for known in ("Nguyễn Thị Ánh Tuyết", "001190000001", "0912345678"):
            assert (f'value="{known}"' in shown) is (party == filled)
        assert ("Lấy từ tài khoản" in shown) is (party == filled)
