"""A business lets people act for it: one inbox, each within their mandate, and each act says who did it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from tests.support.citizens import citizen_client, citizen_session
from tests.support.html import Page
from tests.support.mandated import HUNG, TUYET, acting, mandate, person_of, signed_in
from tests.support.pages import visitor
from tests.support.world import COMMUNE, viewer

from motcua.accounts.models import HeldForm
from motcua.dossiers.selectors import find_row
from motcua.flows import telling
from motcua.kernel.errors import Denied, Invalid, NotFound
from motcua.kernel.time import local
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import history
from motcua.notifications.selectors import Wish, wishes
from motcua.parties.mandates import end
from motcua.web.citizen.tests.walk import send, written

pytestmark = pytest.mark.django_db
# A certified copy is for everybody, also for a business; it has no form.
PROCEDURE = "2.002516"


@pytest.fixture
def business(at):
    return signed_in("congty", at)


def dossiers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM dossiers_dossier")
        return cursor.fetchone()[0]


def withdrawn(mandate_id, business, at):
    with unit_of_work(actor=business.actor, at=at, request=Request.fresh(), origin="simulated"):
        end(mandate=mandate_id, business=business.id, actor=business.actor, at=at)


def filled(**changed):
    today = {"valid_from_0": "01", "valid_from_1": "01", "valid_from_2": "2026"}
    told = {"name": HUNG.name, "number": HUNG.number, "power": "hand_in", "document": "01/GUQ"}
    return {**told, **today, **changed}


def test_given_on_the_page_used_and_withdrawn_there(business, at):
    company = citizen_client("congty", at=at)
    assert "Ủy quyền cho nhân viên" in company.get("/my/dossiers").text
    page = "/my/mandates"
    assert send(company, page, filled(number="123")).status_code == 422
    assert send(company, page, filled(procedures="9.999999")).status_code == 422
    assert send(company, page, filled(name="")).status_code == 422
    given = Page(company.get(page).text).form("document").sent(filled(procedures=PROCEDURE))
    for _click in range(2):
        assert company.post(page, given).status_code == 302
    shown = company.get(page).text
    assert shown.count("01/GUQ") == 1
    assert "Đang có hiệu lực" in shown
    assert "Chưa có doanh nghiệp nào ủy quyền" not in company.get("/my/acting").text
    assert page in company.get("/my/acting").text
    assert "•••••••••002" in shown
    assert HUNG.number not in shown
    staff = acting("hung", business, at)
    assert "Làm cho: Công ty TNHH Mẫu" in staff.get("/my/dossiers").text
    for client in (staff, company):
        begins = client.get(f"/my/begin/{PROCEDURE}").text
        assert "Cho tôi" not in begins
        assert "Nộp cho Công ty TNHH Mẫu." in begins
    ended = [f for f in Page(shown).forms if f.action.endswith("/end")]
    assert company.post(ended[0].action, ended[0].sent({})).status_code == 302
    assert "Đã rút lúc" in company.get(page).text
    assert staff.get("/my/dossiers").status_code == 403


def test_two_staff_and_the_business_have_one_inbox(business, at):
    mandate(business, HUNG, at)
    mandate(business, TUYET, at, power="write", document="02/UQ; bà Tuyết, 001190000001")
    given = mandate(business, TUYET, at)
    first, second = acting("hung", business, at), acting("tuyet", business, at)
    check = written(first)
    shown = second.get(check).text
    assert "Công ty TNHH Mẫu" in shown
    assert second.get(check.replace("/check", "/you")).status_code == 200
    done = send(second, check, {"sure": "on"})
    code = done["Location"].rpartition("/")[2]
    own = citizen_client("congty", at=at)
    for client in (first, second, own):
        assert code in client.get("/my/dossiers").text
        page = client.get(f"/my/dossiers/{code}").text
        assert "Nguyễn Thị Ánh Tuyết: Nộp hồ sơ" in page
        assert "theo ủy quyền 01/GUQ" in page
    row = find_row(code, viewer=viewer("tiepnhan1"))[0]
    assert [(p["role"], p["party"]) for p in row["parties"]] == [("applicant", str(business.id))]
    actor = history(row["id"])[0].actor
    assert (actor["for"], actor["mandate"]) == (str(business.id), str(given))
    assert actor["id"] == str(signed_in("tuyet", at).id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_event e WHERE e::text LIKE '%UQ%'")
        assert cursor.fetchone() == (0,), "no document stands in plain words where nothing is ever erased"
    read = visitor("tiepnhan1", at=at).get(f"/dossiers/{code}").text
    assert "Nguyễn Thị Ánh Tuyết, người được ủy quyền; làm thay Công ty TNHH Mẫu theo 01/GUQ" in read
    person = citizen_client("tuyet", at=at)
    assert code not in person.get("/my/dossiers").text
    assert person.get(f"/my/dossiers/{code}").status_code == 404


def test_two_staff_on_one_draft_never_write_over_each_other(business, at):
    mandate(business, HUNG, at)
    mandate(business, TUYET, at)
    first, second = acting("hung", business, at), acting("tuyet", business, at)
    path = written(first).replace("/check", "/you")
    forms = [Page(each.get(path).text).form("phone") for each in (first, second)]
    assert first.post(path, forms[0].sent({"phone": "0911111111"})).status_code == 302
    assert second.post(path, forms[1].sent({"phone": "0922222222"})).status_code == 409


def test_nobody_else_acts_for_it(business, at):
    mandate(business, HUNG, at)
    check = written(acting("hung", business, at))
    other = citizen_client("may", at=at)
    answer = other.post("/my/acting", {"whom": str(business.id), "idempotency_key": "k"})
    assert answer.status_code == 422
    other.cookies["motcua_acting"] = acting("hung", business, at).cookies["motcua_acting"].value
    for path in (check, check.replace("/check", "/you"), check.replace("/check", "")):
        assert other.get(path).status_code == 404
    other.cookies["motcua_acting"] = f"{business.id.hex}.00.00"
    assert "Làm cho" not in other.get("/my/dossiers").text
    assert other.get(check).status_code == 404
    for client in (other, acting("hung", business, at)):
        assert client.get("/my/mandates").status_code == 403
        assert client.post("/my/mandates", filled()).status_code == 403


def test_a_wrong_name_or_number_gives_a_stranger_nothing(business, at):
    mandate(business, replace(HUNG, name="Trần Văn Hưng Khác"), at)
    mandate(business, replace(HUNG, number="001085000003"), at)
    client = citizen_client("hung", at=at)
    assert "Công ty TNHH Mẫu" not in client.get("/my/acting").text
    assert client.post("/my/acting", {"whom": str(business.id)}).status_code == 422


@pytest.mark.parametrize(("power", "writes", "hands_in"), [("see", 403, 403), ("write", 302, 403)])
def test_each_within_their_power(business, at, power, writes, hands_in):
    own = citizen_client("congty", at=at)
    check = written(own)
    mandate(business, HUNG, at, power=power)
    staff = acting("hung", business, at)
    you = check.replace("/check", "/you")
    assert staff.get(you).status_code == 200
    assert send(staff, you, {"phone": "0911111111"}).status_code == writes
    assert (
        staff.post(check, Page(own.get(check).text).form("sure").sent({"sure": "on"})).status_code == hands_in
    )
    begin = staff.post(f"/my/begin/{PROCEDURE}", {"agency": COMMUNE, "idempotency_key": "k"})
    assert begin.status_code == writes
    shown = staff.get(check).text
    assert "Nộp hồ sơ</button>" not in shown
    assert "Ủy quyền của ông/bà không cho làm việc này" in shown
    assert ("Lưu và tiếp tục" in staff.get(you).text) is (power == "write")
    assert ("Bỏ bản này" in staff.get("/my/dossiers").text) is (power == "write")
    if power == "see":
        assert staff.post(check.replace("/check", "/drop")).status_code == 403
        assert staff.post("/my/uploads", {"field": "x"}).status_code == 403
    assert dossiers() == 0
    code = send(own, check, {"sure": "on"})["Location"].rpartition("/")[2]
    one = staff.get(f"/my/dossiers/{code}").text
    assert "Ủy quyền của ông/bà không cho làm việc này" in one
    for closed in ("/withdraw", "/write", "Rút hồ sơ", "hx-get", "Thanh toán qua nền tảng"):
        assert closed not in one
    assert f"/my/dossiers/{code}/withdraw" in own.get(f"/my/dossiers/{code}").text
    assert staff.get(f"/my/dossiers/{code}/withdraw").status_code == 403
    forged = {"sure": "on", "idempotency_key": "k"}
    assert staff.post(f"/my/dossiers/{code}/withdraw", forged).status_code == 403
    assert find_row(code, viewer=viewer("tiepnhan1"))[0]["state"] == "submitted"


def test_only_the_procedures_of_the_mandate(business, at):
    own = citizen_client("congty", at=at)
    check = written(own)
    code = send(own, check, {"sure": "on"})["Location"].rpartition("/")[2]
    second = written(own)
    mandate(business, HUNG, at, procedures=["1.001193"])
    staff = acting("hung", business, at)
    listed = staff.get("/my/dossiers").text
    assert code not in listed
    assert second.removesuffix("/check") not in listed
    for path in (f"/my/dossiers/{code}", second, second.replace("/check", "/you")):
        assert staff.get(path).status_code == 403
    assert staff.get(f"/my/begin/{PROCEDURE}").status_code == 403


def test_a_mandate_that_ends_while_a_page_is_written_loses_nothing_and_hands_nothing_in(business, at):
    given = mandate(business, HUNG, at)
    staff = acting("hung", business, at)
    check = written(staff)
    you = check.replace("/check", "/you")
    page = Page(staff.get(you).text).form("phone").sent({"phone": "0911111111"})
    ready = Page(staff.get(check).text).form("sure").sent({"sure": "on"})
    withdrawn(given, business, at)
    for path, sent in ((you, page), (check, ready)):
        answer = staff.post(path, sent)
        assert answer.status_code == 403
        assert "Ủy quyền của ông/bà đã hết hạn hoặc bị rút" in answer.text
        assert "/my/acting" in answer.text
    assert dossiers() == 0
    assert "đã hết hoặc bị rút" in staff.get("/my/acting").text
    assert "0912 345 678" in citizen_client("congty", at=at).get(check).text, (
        "what was saved is the business's"
    )
    mandate(business, HUNG, at)
    assert "0911111111" in staff.get(you).text, "what was typed comes back with the mandate"


def test_a_lapsed_mandate_never_turns_into_acting_for_oneself(business, at):
    given = mandate(business, HUNG, at)
    staff = acting("hung", business, at)
    withdrawn(given, business, at)
    answer = staff.post(f"/my/begin/{PROCEDURE}", {"agency": COMMUNE, "idempotency_key": "k"})
    assert answer.status_code == 403
    assert staff.post("/my/acting", {"whom": "myself"}).status_code == 302
    assert "Làm cho" not in staff.get("/my/dossiers").text
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM submissions_draft")
        assert cursor.fetchone() == (0,)


def test_a_session_that_ended_goes_on_for_the_business(business, at):
    mandate(business, HUNG, at)
    staff = acting("hung", business, at)
    path = written(staff).replace("/check", "/you")
    page = Page(staff.get(path).text).form("phone").sent({"phone": "0911111111"})
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_session SET expires_at = %s", [at - timedelta(minutes=1)])
    assert staff.post(path, page)["Location"].startswith("/my/sign-in?")
    staff.cookies["motcua_citizen"] = citizen_session("hung", at=at)
    shown = staff.get(path)
    assert shown.status_code == 200
    assert "0911111111" in shown.text


def test_days_of_a_mandate(business, at):
    today = local(at).date()
    mandate(business, HUNG, at, valid_from=today + timedelta(days=1))
    client = citizen_client("hung", at=at)
    assert "Công ty TNHH Mẫu" not in client.get("/my/acting").text
    mandate(business, HUNG, at, valid_from=today, valid_to=today)
    assert "Công ty TNHH Mẫu" in client.get("/my/acting").text
    with pytest.raises(Invalid):
        mandate(business, HUNG, at, valid_to=today - timedelta(days=1))


def test_who_gives_and_who_withdraws(business, at):
    given = mandate(business, HUNG, at)
    person = signed_in("hung", at)
    with pytest.raises(Denied):
        mandate(person, TUYET, at)
    with (
        pytest.raises(Denied),
        unit_of_work(actor=person.actor, at=at, request=Request.fresh(), origin="simulated"),
    ):
        end(mandate=given, business=business.id, actor=person.actor, at=at)
    with pytest.raises(NotFound):
        withdrawn(person.id, business, at)


def test_pages_of_ones_own_stay_ones_own(business, at):
    mandate(business, HUNG, at)
    staff = acting("hung", business, at)
    for path in ("/my/messages", "/my/mandates"):
        assert staff.get(path).status_code == 403, path


def test_the_statements_of_a_page(business, at, django_assert_max_num_queries):
    mandate(business, HUNG, at)
    staff = acting("hung", business, at)
    with django_assert_max_num_queries(6):
        staff.get("/my/dossiers")
    with django_assert_max_num_queries(4):
        staff.get("/my/acting")


def drafts_of(party):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM submissions_draft WHERE owner = %s", [party])
        return cursor.fetchone()[0]


def chooses(client, whom):
    assert client.post("/my/acting", {"whom": whom, "idempotency_key": "k"}).status_code == 302


def test_a_page_opened_for_oneself_is_not_sent_for_the_business(business, at):
    mandate(business, HUNG, at)
    client = citizen_client("hung", at=at)
    you = written(client).replace("/check", "/you")
    page = Page(client.get(you).text).form("phone").sent({"phone": "0911111111"})
    chooses(client, str(business.id))
    answer = client.post(you, page)
    assert answer.status_code == 409
    assert "làm cho bản thân" in answer.text
    back = Page(answer.text).form("next")
    there = client.post(back.action, back.sent({}))
    assert there["Location"] == you
    shown = client.get(you)
    assert "0911111111" in shown.text, "what was typed is still there"
    assert client.post(you, Page(shown.text).form("phone").sent({})).status_code == 302


def test_a_page_opened_for_the_business_is_not_sent_for_oneself(business, at):
    mandate(business, HUNG, at)
    staff = acting("hung", business, at)
    begin = f"/my/begin/{PROCEDURE}"
    page = Page(staff.get(begin).text).form("agency").sent({"agency": COMMUNE})
    chooses(staff, "myself")
    person = signed_in("hung", at)
    answer = staff.post(begin, page)
    assert answer.status_code == 409
    assert "Làm cho Công ty TNHH Mẫu và mở lại trang" in answer.text
    assert (drafts_of(person.id), drafts_of(business.id)) == (0, 0)
    back = Page(answer.text).form("next")
    assert staff.post(back.action, back.sent({}))["Location"] == begin
    again = Page(staff.get(begin).text).form("agency").sent({})
    assert staff.post(begin, again).status_code == 302
    assert (drafts_of(person.id), drafts_of(business.id)) == (0, 1)


def test_a_page_that_somebody_else_opened_is_neither_sent_nor_kept(business, at):
    client = citizen_client("tuyet", at=at)
    you = written(client).replace("/check", "/you")
    page = Page(client.get(you).text).form("phone").sent({"phone": "0911111111"})
    client.cookies["motcua_citizen"] = citizen_session("hung", at=at)
    answer = client.post(you, page)
    assert answer.status_code == 409
    assert "không phải người đã mở trang này" in answer.text
    assert not HeldForm.objects.exists()


def test_only_to_a_page_of_ones_own_one_goes_on(business, at):
    mandate(business, HUNG, at)
    client = citizen_client("hung", at=at)
    for wanted in ("https://evil.example/my/", "//evil.example/my/", "/dossiers", "/my/drafts/x/drop"):
        answer = client.post("/my/acting", {"whom": str(business.id), "next": wanted})
        assert answer["Location"] == "/my/dossiers", wanted


def test_how_a_business_is_told_only_its_own_account_says(business, at):
    mandate(business, HUNG, at)
    actor = person_of(acting("hung", business, at), at).actor
    actor = replace(actor, acting_for=str(business.id))
    wish = Wish(language="en", channels=frozenset())
    with pytest.raises(Denied), unit_of_work(actor=actor, at=at, request=Request.fresh(), origin="simulated"):
        telling.change_own_wish(party=business.id, wish=wish, actor=actor, at=at)
    assert wishes([business.id]) == {}
