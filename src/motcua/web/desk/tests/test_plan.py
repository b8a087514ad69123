"""My plan and its calendar feed: what is laid, what one puts on a day oneself, and who may read it."""

import re
from datetime import date, datetime, time, timedelta
from functools import partial

import pytest
import vobject  # type: ignore[import-untyped]
from django.test import Client
from django.urls import reverse
from tests.support.acts import moment
from tests.support.site import pages_at
from tests.support.statements import statements
from tests.support.world import COMMUNE, OTHER_COMMUNE, actor, logins

from motcua.accounts.models import Account
from motcua.agencies import operations as people
from motcua.agencies.models import Appointment, Position
from motcua.calendars.calendar import national_calendar
from motcua.kernel.ids import uuid7
from motcua.kernel.time import ZONE
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.web.desk.tests.support import NAME, Story, browser, day_fields
from motcua.workday.models import PlanEntry
from motcua.workday.operations import make_feed

pytestmark = pytest.mark.django_db
NOW = moment(24, 9)
KEY = {"idempotency_key": "k"}


def put(client, **fields):
    day = day_fields("day", fields.pop("day", NOW).date())
    return client.post("/plan", {"do": "put", "item": "", "hours": "", "note": "", **KEY, **day, **fields})


def secret(page):
    """The address that a page shows once."""
    found = re.search(r"/plan/[\w-]{43}\.ics", page)
    assert found is not None
    return found.group()


def text(client, address="/plan"):
    return client.get(address).content.decode()


def test_what_is_open_is_laid_and_put_on_days_in_an_order_of_ones_own():
    one = Story(begins=NOW - timedelta(days=3)).started()
    other = Story(begins=NOW - timedelta(hours=1)).started()
    Story(begins=NOW - timedelta(hours=1))  # nobody's
    with pages_at(NOW):
        client = browser("tuphap1", at=NOW)
        page = text(client)
        assert re.findall(r"H99[\d.-]+", page.partition('<ol class="plan">')[2])[0] == one.code
        assert NAME not in page
        key = f"{other.row['id']}.{other.row['step']}"
        assert put(client, item=key, hours="1,5").status_code == 302
        assert put(client, note="Gọi xã Mẫu Hai.").status_code == 302
        today = text(client).partition('<ol class="plan">')[2].partition("</ol>")[0]
        assert [today.index(word) for word in (other.code, "1,5 giờ", "Gọi xã Mẫu Hai.", one.code)] == sorted(
            today.index(word) for word in (other.code, "1,5 giờ", "Gọi xã Mẫu Hai.", one.code)
        )
        step, note = PlanEntry.objects.order_by("place")
        assert b"Mau Hai" not in bytes(note.sealed or b"")
        client.post("/plan", {"do": "up", "entry": note.id, **KEY})
        assert list(PlanEntry.objects.order_by("place").values_list("id", flat=True)) == [note.id, step.id]
        assert put(client, item=key, day=NOW + timedelta(days=1)).status_code == 302
        assert PlanEntry.objects.filter(dossier=other.row["id"]).count() == 1, "a step stands on one day"
        assert put(client, day=NOW - timedelta(days=1), note="Hôm qua.").status_code == 422
        assert put(client).status_code == 422
        theirs = browser("tuphap2", at=NOW)
        assert theirs.post("/plan", {"do": "off", "entry": note.id, **KEY}).status_code == 404
        assert client.post("/plan", {"do": "off", "entry": note.id, **KEY}).status_code == 302
        assert "Gọi xã" not in text(client)
        assert "(ước tính)" in text(client)
        assert "Tuần sau" in text(client, "/plan?from=2026-08-31")


def test_a_step_that_waits_for_an_opinion_is_no_work_of_today_and_keeps_its_due():
    mine = Story(begins=NOW - timedelta(days=1)).started()
    asking = Story(begins=NOW - timedelta(days=1)).started().consulted()
    with pages_at(NOW):
        client = browser("tuphap1", at=NOW)
        days, _heading, waiting = text(client).partition('id="waits"')
        assert mine.code in days
        assert asking.code not in days
        assert asking.code in waiting.partition("</section>")[0]
        assert "; hạn " in waiting.partition("</section>")[0]
        key = f"{asking.row['id']}.{asking.row['step']}"
        assert put(client, item=key).status_code == 302
        assert asking.code in text(client).partition('id="waits"')[0].partition('id="put"')[0], (
            "put there by hand"
        )


def test_a_calendar_program_reads_it_under_a_secret_until_it_ends():
    story = Story(begins=NOW - timedelta(hours=2)).started()
    with pages_at(NOW):
        client = browser("tuphap1", at=NOW)
        put(client, item=f"{story.row['id']}.{story.row['step']}", note="Riêng.")
        page = client.post("/plan/feed", KEY).content.decode()
        address = secret(page)
        assert address not in text(client, "/plan/feed")
        program = type(client)()
        with statements(most=9):
            answer = program.get(address)
        assert answer["Content-Type"].startswith("text/calendar")
        body = answer.content.decode()
        events = vobject.readOne(body).vevent_list
        due = next(event for event in events if event.uid.value.startswith("due."))
        assert due.dtend.value == story.row["step_due_at"]
        assert {event.summary.value for event in events} == {due.summary.value}
        assert due.summary.value.startswith(f"{story.code}: ")
        day = next(event for event in events if event.uid.value.startswith("day."))
        assert day.dtstart.value == NOW.date()
        assert not [word for word in (NAME, "Riêng.") if word in body]
        again = program.get(address, headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert program.get(address.replace(address[8], "x" if address[8] != "x" else "y")).status_code == 404
        renewed = secret(client.post("/plan/feed", KEY).content.decode())
        assert [program.get(each).status_code for each in (address, renewed)] == [404, 200]
        Account.objects.filter(id=logins()["tuphap1"]).update(is_active=False)
        assert program.get(renewed).status_code == 404
        Account.objects.filter(id=logins()["tuphap1"]).update(is_active=True)
        client.post("/plan/feed", {"do": "end", **KEY})
        assert program.get(renewed).status_code == 404


def test_the_chairs_plan_has_what_waits_for_their_signature():
    """On a shared list it is in nobody's name and still theirs to sign; a letter lies on another's dossier."""
    signing = Story(begins=NOW - timedelta(hours=3)).proposed()
    apology = Story(begins=NOW - timedelta(hours=4)).started().apologising()
    Story(begins=NOW - timedelta(hours=2)).started()
    with pages_at(NOW):
        chair = browser("chutich", at=NOW)
        page = text(chair)
        shown = re.findall(r"H99[\d.-]+", page.partition('<ol class="plan">')[2].partition("</ol>")[0])
        assert set(shown) == {signing.code, apology.code}
        assert "Ký văn bản xin lỗi" in page
        assert "0,25 giờ" in page, "a signature takes a quarter of an hour, not what the process gives it"
        assert "in=" in page
        assert put(chair, item=f"{apology.row['id']}.0", day=NOW + timedelta(days=1)).status_code == 302
        (entry,) = PlanEntry.objects.all()
        assert (entry.dossier, entry.number) == (apology.row["id"], 0)
        assert signing.code not in text(browser("tuphap1", at=NOW))
        with statements(most=12):
            chair.get("/plan")


@pytest.mark.parametrize(
    "done",
    [
        (people.lock_account, people.unlock_account),
        (people.reset_factors,),
        (partial(people.reset_password, password="mật khẩu mới 1"),),
    ],
    ids=["lock", "factors", "password"],
)
def test_a_calendars_address_ends_with_a_lock_and_with_new_keys(done):
    person, who = logins()["tuphap1"], actor("kythuat", at=NOW)
    address = reverse("plan_ics", args=[make_feed(account=person, at=NOW)])
    with pages_at(NOW):
        assert Client().get(address).status_code == 200
        for operation in done:
            with unit_of_work(actor=who, at=NOW, request=Request.fresh(), origin="simulated"):
                operation(agency=COMMUNE, account=person, actor=who, at=NOW)
        assert Client().get(address).status_code == 404
        renewed = make_feed(account=person, at=NOW + timedelta(minutes=1))
        assert Client().get(reverse("plan_ics", args=[renewed])).status_code == 200


def test_a_calendars_address_ends_with_the_last_seat_and_a_new_one_does_not_open_it():
    person, later = logins()["tuphap1"], NOW + timedelta(hours=2)
    address = reverse("plan_ics", args=[make_feed(account=person, at=NOW)])
    held = Appointment.objects.filter(account=person)
    kind = held.get().position.position_kind
    elsewhere = Position.objects.filter(unit__agency=OTHER_COMMUNE, position_kind=kind)[0]
    with pages_at(later):
        assert Client().get(address).status_code == 200
        Appointment.objects.create(
            id=uuid7(), account_id=person, position=elsewhere, valid_from=later - timedelta(hours=1)
        )
        for ends, answer in ((timedelta(hours=1), 200), (timedelta(hours=1, minutes=1), 404)):
            held.exclude(position=elsewhere).update(valid_to=later - ends)
            assert Client().get(address).status_code == answer
        renewed = make_feed(account=person, at=later)
        assert Client().get(reverse("plan_ics", args=[renewed])).status_code == 200


def test_a_letter_past_its_day_asks_for_another_and_only_what_a_plan_can_save_is_told_as_late():
    letter = Story(begins=NOW - timedelta(hours=4)).started().apologising()
    latest = max(letter.row["due_at"].date(), date.fromisoformat(letter.row["delay"]["apology_date"]))
    evening = datetime.combine(latest + timedelta(days=1), time(22, 15), ZONE)
    with pages_at(evening):
        chair = browser("chutich", at=evening)
        page = text(chair)
        feed = text(chair, secret(chair.post("/plan/feed", KEY).content.decode()))
    asked = "Đặt ngày mới cho văn bản xin lỗi, hoặc trả lại"
    assert asked in page
    assert "Ký văn bản xin lỗi" not in page
    assert [one.summary.value for one in vobject.readOne(feed).vevent_list] == [f"{letter.code}: {asked}"]
    assert "không kịp hạn nếu làm theo kế hoạch này" not in page
    first = national_calendar().deemed_opening(evening).astimezone(ZONE).date()
    assert first > evening.date()
    for name, value in day_fields("day", first).items():
        (field,) = re.findall(rf'<input[^>]*name="{name}"[^>]*>', page)
        assert re.search(rf'value="0?{value}"', field), "the day preset is the first one shown"
