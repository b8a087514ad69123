"""Drafts that people write for a business: who sends them to be confirmed, and for whom they count."""

import pytest
from tests.support.citizens import citizen_client
from tests.support.joint import married
from tests.support.mandated import HUNG, TUYET, acting, mandate, signed_in
from tests.support.world import COMMUNE

from motcua.parties.operations import Particulars
from motcua.submissions import operations as submissions
from motcua.submissions.models import Confirmation
from motcua.web.citizen.tests.walk import send, written

pytestmark = pytest.mark.django_db
PROCEDURE = "2.002516"


@pytest.fixture
def business(at):
    return signed_in("congty", at)


@pytest.mark.parametrize(("power", "status"), [("write", 403), ("hand_in", 422)])
def test_who_may_hand_in_sends_to_be_confirmed_and_who_may_only_write_is_told_who_does(
    business, at, power, status
):
    mandate(business, HUNG, at, power=power)
    draft = married(business.id, at)
    staff = acting("hung", business, at)
    answer = staff.post(f"/my/drafts/{draft}/ask", {"idempotency_key": "k"})
    assert answer.status_code == status
    beyond = "Ủy quyền của ông/bà không cho làm việc này"
    assert (beyond in answer.text) is (power == "write")
    assert Confirmation.objects.count() == 0


def test_drafts_count_for_who_types_them_and_all_together_for_the_business(business, at, monkeypatch):
    monkeypatch.setattr(submissions, "MOST_DRAFTS", 1)
    monkeypatch.setattr(submissions, "MOST_OF_BUSINESS", 2)
    begin = f"/my/begin/{PROCEDURE}"
    people = {}
    for who, told in (("hung", HUNG), ("tuyet", TUYET)):
        mandate(business, told, at)
        people[who] = acting(who, business, at)
    written(people["hung"])
    full = send(people["hung"], begin, {"agency": COMMUNE})
    assert full.status_code == 409
    assert "Ông/bà đang có 1 hồ sơ soạn dở. Hãy mở “Hồ sơ của tôi”" in full.text
    written(people["tuyet"])
    assert "Người soạn: Trần Văn Hùng." in people["tuyet"].get("/my/dossiers").text
    may = Particulars(name="Lò Thị Mây", paper="citizen_id", number="001301000003")
    mandate(business, may, at)
    full = send(acting("may", business, at), begin, {"agency": COMMUNE})
    assert full.status_code == 409
    assert "Doanh nghiệp đang có 2 hồ sơ soạn dở, của tất cả người được ủy quyền." in full.text
    written(citizen_client("hung", at=at))
    company = citizen_client("congty", at=at)
    assert send(company, begin, {"agency": COMMUNE}).status_code == 302, "the business's own are its own"
