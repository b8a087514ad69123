"""Who is asked to confirm is told so, and the writer what they answered; nobody is pestered by way of it."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from tests.support.citizens import citizen_client
from tests.support.html import Page
from tests.support.joint import MAN, married, saved_again
from tests.support.outlets import outlets
from tests.support.pages import visitor
from tests.support.told import MINUTE, send as send_out

from motcua.notifications import rules
from motcua.notifications.models import Message, Notice
from motcua.notifications.operations import prefer
from motcua.submissions.invitations import COUNTED_FOR, MOST_SENT, MOST_TAKEN, let_out, sweep
from motcua.submissions.models import Confirmation, Invitation
from motcua.web.citizen.tests.test_together import ask, waiting, who
from motcua.web.citizen.tests.walk import send
from motcua.web.common.middleware import LANGUAGE_COOKIE

pytestmark = pytest.mark.django_db
STRANGE = "0911222333"


@pytest.fixture(autouse=True)
def day(monkeypatch):
    """At whatever hour the tests run, nobody sleeps: quiet hours have tests of their own."""
    monkeypatch.setattr(rules, "QUIET_FROM", 24)
    monkeypatch.setattr(rules, "QUIET_UNTIL", 0)


@pytest.fixture
def out():
    with outlets() as found:
        yield found


@pytest.fixture
def bride(at):
    return citizen_client("tuyet", at=at)


def asked(bride, at, **man):
    check = f"/my/drafts/{married(who(bride), at, man={**MAN, **man})}/check"
    assert ask(bride, check).status_code == 302
    send_out(at + MINUTE)
    return check


def test_the_account_that_is_asked_is_told_by_mail_and_telephone_and_by_its_menu(bride, out, at):
    groom = citizen_client("hung", at=at)
    assert "đang chờ" not in groom.get("/my/messages").text
    asked(bride, at)
    (text,) = out.sms.kept
    assert text["to"] == "+84987654321"
    assert text["text"].startswith("Nguyen T. A. T. cho ong/ba dang nhap xac nhan mot ho so.")
    (mail,) = out.mail.kept
    assert mail["to"] == "hung@example.vn"
    assert "Nguyễn T. Á. T." in mail["subject"]
    for told in (text["text"], str(mail)):
        assert "Ánh Tuyết" not in told
        assert "/my/drafts/" not in told
        assert "/my/confirmations/" not in told
    assert "đang chờ" in groom.get("/my/messages").text
    assert send(groom, waiting(groom), {"sure": "on"}).status_code == 302
    assert "đang chờ" not in groom.get("/my/messages").text


@pytest.mark.parametrize(
    ("filled", "said"), [({"sure": "on"}, "da xac nhan"), ({"reason": "Sai."}, "khong xac nhan")]
)
def test_the_writer_is_told_the_answer_once(bride, out, at, filled, said):
    groom = citizen_client("hung", at=at)
    asked(bride, at)
    out.sms.kept.clear()
    for _ in range(2):
        assert send(groom, waiting(groom), filled).status_code == 302
    send_out(at + 2 * MINUTE)
    (text,) = out.sms.kept
    assert text["to"] == "+84912345678"
    assert text["text"].startswith(f"Tran V. H. {said}")
    assert "Sai." not in str(out.mail.kept)


def test_who_has_no_account_is_told_at_the_telephone_that_was_typed(bride, out, at):
    asked(bride, at, name="Trần Văn Khác", personal_id="001085000009", phone=STRANGE)
    (text,) = out.sms.kept
    assert text["to"] == "+84911222333"
    assert out.mail.kept == []


def test_the_telephone_that_was_typed_is_told_the_same_whether_there_is_an_account(bride, out, at):
    citizen_client("hung", at=at)
    asked(bride, at, phone=STRANGE)
    assert sorted(one["to"] for one in out.sms.kept) == ["+84911222333", "+84987654321"]


def test_a_mistyped_name_tells_nobody_behind_the_number(bride, out, at):
    citizen_client("hung", at=at)
    asked(bride, at, name="Trần Văn Hưng Khác")
    assert out.sms.kept == out.mail.kept == []
    assert Notice.objects.count() == 0


@pytest.mark.parametrize("typed", ["", "0987654321"])
def test_who_wants_no_messages_gets_none_but_the_mark_in_the_menu(bride, out, at, typed):
    groom = citizen_client("hung", at=at)
    prefer(addressee=who(groom), reference="", language="vi", channels=frozenset(), at=at)
    asked(bride, at, phone=typed)
    assert out.sms.kept == out.mail.kept == []
    assert "đang chờ" in groom.get("/my/dossiers").text


@pytest.mark.parametrize("name", ["Trần Văn Hùng", "Trần Văn Khác"])
def test_another_telephone_that_was_typed_does_not_tell_what_the_account_wants(bride, out, at, name):
    groom = citizen_client("hung", at=at)
    prefer(addressee=who(groom), reference="", language="vi", channels=frozenset(), at=at)
    asked(bride, at, name=name, phone=STRANGE)
    assert [one["to"] for one in out.sms.kept] == ["+84911222333"]


def test_asked_again_after_each_edit_only_as_often_as_the_bound_allows(bride, out, at):
    citizen_client("hung", at=at)
    check = asked(bride, at)
    for n in range(MOST_TAKEN + 2):
        saved_again(check.split("/")[3], who(bride), at, phone=f"091111111{n}")
        assert ask(bride, check).status_code == 302
        assert ask(bride, check).status_code == 302, "asked twice for the same is told once"
    send_out(at + 2 * MINUTE)
    assert len(out.sms.kept) == len(out.mail.kept) == MOST_TAKEN
    assert waiting(citizen_client("hung", at=at)), "it waits in the account all the same"


def test_one_sender_writes_to_so_many_people_a_day_and_again_the_next(bride, at):
    sender, more = who(bride), uuid4()
    for n in range(MOST_SENT):
        places = {f"+8491222233{n}", f"{n}@b.vn"} if n % 2 else set()
        assert let_out(places, asked=uuid4(), sender=sender, at=at) == places, "as many addresses as each has"
    assert let_out(["a@b.vn"], asked=more, sender=sender, at=at) == frozenset()
    assert sweep(at=at) == 0
    assert let_out(["a@b.vn"], asked=more, sender=sender, at=at + COUNTED_FOR) == {"a@b.vn"}
    assert sweep(at=at + COUNTED_FOR) == MOST_SENT + MOST_SENT // 2
    assert Invitation.objects.count() == 1


def test_the_log_of_messages_shows_it_masked_and_names_no_dossier(bride, out, at):
    asked(bride, at, name="Trần Văn Khác", personal_id="001085000009", phone=STRANGE)
    page = visitor("truongquay", at=at).get("/messages").text
    assert "Chờ xác nhận trước khi nộp" in page
    assert "Chưa nộp" in page
    assert "911222333" not in page
    assert "/dossiers/draft" not in page


def test_an_ended_session_confirms_nothing_and_the_page_opens_again_in_english_too(bride, out, at):
    groom = citizen_client("hung", at=at)
    asked(bride, at)
    path = waiting(groom)
    form = Page(groom.get(path).text).form("sure").sent({"sure": "on"})
    secret = groom.cookies.pop(settings.CITIZEN_COOKIE).value
    answer = groom.post(path, form)
    assert "/my/sign-in" in answer["Location"]
    assert Confirmation.objects.get().answer == ""
    groom.cookies[settings.CITIZEN_COOKIE] = secret
    groom.cookies[LANGUAGE_COOKIE] = "en"
    shown = groom.get(path).text
    assert "Confirm a dossier before it is handed in" in shown
    assert "agree to what it asks for" in shown
    assert groom.post(path, form).status_code == 302
    assert Confirmation.objects.get().answer == "confirmed"


def test_a_gateway_that_is_down_delays_it(bride, out, at):
    citizen_client("hung", at=at)
    out.sms.mode = "busy"
    asked(bride, at)
    assert list(Message.objects.filter(channel="sms").values_list("state", flat=True)) == ["queued"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT reference FROM notifications_notice")
        assert cursor.fetchone()[0].startswith("draft/")
