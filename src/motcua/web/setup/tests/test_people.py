"""The administrator's pages: a person's first day, a back-up, and the way back after a lost telephone."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.support.html import Page
from tests.support.pages import plain_static, visitor
from tests.support.world import PASSWORD, logins

from motcua.accounts.models import Account, Session
from motcua.agencies.models import Appointment
from motcua.agencies.selectors import viewer_of
from motcua.kernel.time import local, now

pytestmark = pytest.mark.django_db
OWN = "mật khẩu riêng của tôi"


# What the pages write is live: it bears the time of the database.
AT = now()


@pytest.fixture
def administrator():
    with plain_static():
        yield visitor("kythuat", at=now())


def send(browser, path, fields):
    form = Page(browser.get(path).text).form(*fields)
    return browser.post(path, form.sent(fields), follow=True)


def test_a_person_s_first_day(administrator):
    answer = send(administrator, "/people/add", {"name": "Lê Văn Mới", "login": "Tiếp nhận 3"})
    password = re.search(r'class="big">([\w-]{14})<', answer.text)
    assert password is not None
    account = Account.objects.get(login="tiepnhan3")
    assert password[1] not in administrator.get("/people").text
    page = administrator.get(f"/people/{account.id}/appoint").text
    options = re.findall(r'<option value="([^"]+)">(Công chức tiếp nhận 1)', page)
    answer = send(administrator, f"/people/{account.id}/appoint", {"position": options[0][0]})
    assert "Đã giao vị trí" in answer.text
    assert {c.kind for c in viewer_of(account.id, at=now()).capacities} == {"reception_officer"}

    newcomer = Client()
    answer = send(newcomer, "/sign-in", {"login": "tiepnhan3", "password": password[1]})
    assert "Hãy đặt mật khẩu của riêng bạn" in answer.text
    send(newcomer, "/account/password", {"password": OWN, "password_again": OWN})
    assert newcomer.get("/dossiers/receive").status_code == 200


def test_a_back_up_by_date_sees_its_seat_in_its_time(administrator):
    account = logins()["tuphap2"]
    held = Appointment.objects.get(account_id=logins()["vanthu"]).id
    last = local(AT) + timedelta(days=2)
    until = {"valid_to_0": f"{last.day}", "valid_to_1": f"{last.month}", "valid_to_2": f"{last.year}"}
    typed = {"appointment": str(held), "mandate": "12/QĐ-UBND", **until}
    answer = send(administrator, f"/people/{account}/stand-in", typed)
    assert "Đã giao làm thay" in answer.text
    assert "làm thay Ngô Thị Mai, 12/QĐ-UBND" in answer.text
    row = Appointment.objects.get(account_id=account, acting_for_id=logins()["vanthu"])
    assert [{c.kind for c in viewer_of(account, at=AT + timedelta(days=n)).capacities} for n in (1, 3)] == [
        {"justice_officer", "clerk"},
        {"justice_officer"},
    ]
    answer = send(administrator, f"/seats/appointments/{row.id}/end", {"idempotency_key": "k1"})
    assert "Đã kết thúc" in answer.text
    assert {c.kind for c in viewer_of(account, at=now() + timedelta(hours=1)).capacities} == {
        "justice_officer"
    }


def test_a_mandate_to_the_hour_for_named_acts(administrator):
    account = logins()["tuphap2"]
    held = Appointment.objects.get(account_id=logins()["chutich"]).id
    day = local(AT) + timedelta(days=2)
    days = {
        f"{name}_{n}": str(part)
        for name in ("valid_from", "valid_to")
        for n, part in enumerate((day.day, day.month, day.year))
    }
    typed = {
        "appointment": str(held), "kind": "tuq", "mandate": "15/UQ-UBND", "from_hour": "08:30",
        "to_hour": "11:00", **days,
    }  # fmt: skip
    answer = send(administrator, f"/people/{account}/stand-in", typed)
    assert answer.status_code == 422
    assert "Ký TUQ. phải nêu rõ nội dung" in answer.text
    answer = send(administrator, f"/people/{account}/stand-in", {**typed, "procedures": "1.004873 0.000000"})
    assert "Không có thủ tục mã 0.000000" in answer.text
    answer = send(administrator, f"/people/{account}/stand-in", {**typed, "procedures": "1.004873"})
    assert "TUQ. 15/UQ-UBND" in answer.text
    assert "chỉ cho: 1.004873" in answer.text
    hours = [day.replace(hour=h, minute=m) for h, m in ((8, 29), (8, 30), (10, 59), (11, 0))]
    assert [bool(viewer_of(account, at=hour).limited) for hour in hours] == [False, True, True, False]


def test_after_a_lost_telephone(administrator):
    account = logins()["tuphap2"]
    answer = administrator.get(f"/people/{account}")
    assert "Đặt lại xác thực hai lớp" in answer.text
    Account.objects.filter(id=account).update(second_factor_since=AT)
    answer = send(administrator, f"/people/{account}/reset-factors", {"idempotency_key": "k1"})
    assert "Đã đặt lại xác thực hai lớp" in answer.text
    person = Client()
    answer = send(person, "/sign-in", {"login": "tuphap2", "password": PASSWORD})
    assert "đã đặt lại xác thực hai lớp của bạn" in answer.text


def test_a_second_click_does_not_make_a_second_password(administrator):
    account, path = logins()["tuphap2"], "/people/{}/reset-password"
    path = path.format(account)
    form = Page(administrator.get(path).text).form("idempotency_key")
    first = administrator.post(path, form.sent({}))
    assert "Mật khẩu ban đầu" in first.text
    kept = Account.objects.get(id=account).password
    again = administrator.post(path, form.sent({}))
    assert (again.status_code, again["Location"]) == (302, f"/people/{account}")
    assert Account.objects.get(id=account).password == kept


def test_a_login_that_is_taken_is_said_at_its_field_and_the_name_stays(administrator):
    answer = send(administrator, "/people/add", {"name": "Lê Văn Mới", "login": "tuphap2"})
    assert answer.status_code == 422
    assert "Tên đăng nhập này đã có người dùng" in answer.text
    assert 'value="Lê Văn Mới"' in answer.text


@pytest.mark.parametrize("act", ["appoint", "stand-in", "lock", "reset-factors", "reset-password"])
def test_nobody_does_it_for_themselves(administrator, act):
    path = f"/people/{logins()['kythuat']}/{act}"
    assert administrator.get(path).status_code == 403
    assert administrator.post(path, {"idempotency_key": "k"}).status_code == 403
    assert "một quản trị kỹ thuật khác" in administrator.get(f"/people/{logins()['kythuat']}").text


def test_their_own_seat_neither(administrator):
    held = Appointment.objects.get(account_id=logins()["kythuat"]).id
    assert administrator.get(f"/seats/appointments/{held}/end").status_code == 403


@pytest.mark.parametrize("act", ["add", "end", "delete", "APPOINT"])
def test_what_is_no_act_is_not_found(administrator, act):
    assert administrator.get(f"/people/{logins()['tuphap2']}/{act}").status_code == 404


def test_a_locked_person_is_out_at_once(administrator):
    person = visitor("tuphap2", at=now())
    assert person.get("/inbox").status_code == 200
    send(administrator, f"/people/{logins()['tuphap2']}/lock", {"idempotency_key": "k1"})
    assert person.get("/inbox").status_code == 302
    assert not Session.objects.filter(account_id=logins()["tuphap2"]).exists()
    answer = administrator.post(f"/people/{logins()['tuphap2']}/lock", {"idempotency_key": "k2"})
    assert answer.status_code == 409
    assert "đã khóa rồi" in answer.text


def test_the_administrator_sees_no_dossier(administrator):
    assert administrator.get("/dossiers").status_code == 403
