"""Who has to consent to what somebody else applies for signs in and confirms it, or has agreed on paper."""

import pytest
from tests.support.citizens import citizen_client
from tests.support.joint import HEAD, OWNER, residence_form, residing
from tests.support.mandated import HUNG, acting, mandate, signed_in
from tests.support.pages import visitor
from tests.support.world import viewer

from motcua.dossiers.assisting import FilingKind
from motcua.dossiers.selectors import find_row
from motcua.kernel.time import now
from motcua.ledger.selectors import history
from motcua.submissions.models import Confirmation
from motcua.web.citizen.tests.test_together import ask, dossiers, hand_in, waiting, who
from motcua.web.citizen.tests.walk import send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _form(at):
    residence_form(at)


@pytest.fixture
def tenant(at):
    return citizen_client("tuyet", at=at)


def checked(draft):
    return f"/my/drafts/{draft}/check"


def test_head_and_owner_sign_in_and_consent_and_neither_becomes_an_applicant(tenant, at):
    head, owner = citizen_client("hung", at=at), citizen_client("may", at=at)
    check = checked(residing(who(tenant), at))
    shown = tenant.get(check).text
    assert "Những người phải xác nhận" in shown
    assert "Nộp hồ sơ</button>" not in shown
    assert ask(tenant, check).status_code == 302
    path = waiting(head)
    page = head.get(path).text
    assert "khai ông/bà trong phần “Chủ hộ, người xác nhận”" in page
    for said in ("Nguyễn Thị Ánh Tuyết", "Số 3", "31/01/2028"):
        assert said in page
    for contact in ("0912345678", "0912 345 678", "Xã Mẫu</dd>", "Liên hệ và nhận kết quả</h2>"):
        assert contact not in page, "they consent to where who lives, not to how people are reached"
    assert send(head, path, {"sure": "on"}).status_code == 302
    assert "Nộp hồ sơ</button>" not in tenant.get(check).text, "the owner has not said so yet"
    assert send(owner, waiting(owner), {"sure": "on"}).status_code == 302
    done = hand_in(tenant, check)
    assert done.status_code == 302, done.text
    code = done["Location"].rpartition("/")[2]
    row = find_row(code, viewer=viewer("tiepnhan1"))[0]
    assert [p["party"] for p in row["parties"] if p["role"] == "applicant"] == [str(who(tenant))]
    kinds = [(one.type, one.data.get("field")) for one in history(row["id"])]
    assert kinds[1:] == [
        ("dossier_confirmed_by_party", "head"),
        ("dossier_confirmed_by_party", "owner_person"),
    ]
    assert head.get(f"/my/dossiers/{code}").status_code == 404, "what they consented to is not their dossier"
    assert head.get(path)["Location"] == "/my/dossiers"
    assert "Hồ sơ đã được nộp; ông/bà không phải làm gì nữa." in head.get("/my/dossiers").text
    desk = visitor("tiepnhan1", at=now()).get(f"/dossiers/{code}").text
    assert "Một người có tên trong tờ khai đã đọc và xác nhận hồ sơ." in desk


def test_who_is_head_and_owner_is_asked_once(tenant, at):
    head = citizen_client("hung", at=at)
    check = checked(residing(who(tenant), at, landlord=HEAD))
    ask(tenant, check)
    assert Confirmation.objects.count() == 1
    assert "Chủ hộ, người xác nhận; Chủ sở hữu chỗ ở, người xác nhận" in tenant.get(check).text
    assert send(head, waiting(head), {"sure": "on"}).status_code == 302
    assert hand_in(tenant, check).status_code == 302


def test_one_number_with_two_names_is_told_before_anybody_is_asked(tenant, at):
    check = checked(residing(who(tenant), at, landlord={**HEAD, "name": "Trần Văn Hưng Khác"}))
    assert "chung một số định danh" in tenant.get(check).text
    assert ask(tenant, check).status_code == 422
    assert Confirmation.objects.count() == 0


def test_the_head_who_writes_it_consents_by_handing_in(tenant, at):
    mine = {"name": "Nguyễn Thị Ánh Tuyết", "personal_id": "001190000001"}
    owner = citizen_client("may", at=at)
    check = checked(residing(who(tenant), at, head=mine))
    assert "Người soạn; xác nhận khi nộp" in tenant.get(check).text
    ask(tenant, check)
    assert send(owner, waiting(owner), {"sure": "on"}).status_code == 302
    assert hand_in(tenant, check).status_code == 302


def test_who_hands_in_for_another_is_told_to_enclose_the_agreement(at, tenant):
    check = checked(residing(who(tenant), at, filing=FilingKind.RELATIVE))
    shown = tenant.get(check).text
    assert "hãy chọn gửi kèm văn bản đồng ý" in shown
    assert "Sửa phần “Người khai”" in shown
    assert ask(tenant, check).status_code == 422
    assert Confirmation.objects.count() == dossiers() == 0


@pytest.mark.parametrize(("power", "status"), [("write", 403), ("hand_in", 302)])
def test_staff_of_a_business_who_may_hand_in_send_it_and_others_read_who_does(at, power, status):
    business = signed_in("congty", at)
    mandate(business, HUNG, at, power=power)
    staff = acting("hung", business, at)
    check = checked(residing(business.id, at, head=OWNER))
    shown = staff.get(check).text
    assert ("Gửi để xác nhận</button>" in shown) is (power == "hand_in")
    assert ("Người được ủy quyền nộp hồ sơ gửi phần này đi" in shown) is (power == "write")
    assert ask(staff, check).status_code == status
    assert Confirmation.objects.count() == (power == "hand_in")
