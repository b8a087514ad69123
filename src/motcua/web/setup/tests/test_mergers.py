"""A merger on its pages: proposed by one, confirmed by another, and what it would do told beforehand."""

from datetime import timedelta

import pytest
from tests.support.acts import act
from tests.support.html import Page
from tests.support.pages import plain_static, visitor
from tests.support.world import COMMUNE, OTHER_COMMUNE, intake

from motcua.agencies.models import Agency, Merger
from motcua.flows.reception import receive
from motcua.kernel.time import local, now

pytestmark = pytest.mark.django_db


def test_one_proposes_another_confirms_and_both_see_what_goes_over():
    act("tiepnhan1", now() - timedelta(hours=1), receive, intake=intake())
    day = local(now()).date() + timedelta(days=3)
    with plain_static():
        proposer, second = visitor("quantritinh", at=now()), visitor("thanhtra", at=now())
        typed = {
            "predecessor": COMMUNE,
            "successor": OTHER_COMMUNE,
            "takes_effect_0": str(day.day),
            "takes_effect_1": str(day.month),
            "takes_effect_2": str(day.year),
            "basis": "1656/NQ-UBTVQH15",
        }
        form = Page(proposer.get("/mergers/propose").text).form(*typed)
        answer = proposer.post("/mergers/propose", form.sent({**typed, "successor": COMMUNE}))
        assert answer.status_code == 422
        assert "hai cơ quan khác nhau" in answer.text
        page = proposer.post("/mergers/propose", form.sent(typed), follow=True).text
        assert "chờ người thứ hai xác nhận" in page
        assert "1 hồ sơ" in page
        assert "Xác nhận sáp nhập" not in page
        path = f"/mergers/{Merger.objects.get().id}"
        assert proposer.post(path, {"answer": "confirm", "idempotency_key": "a1"}).status_code == 403
        form = Page(second.get(path).text).form("idempotency_key")
        page = second.post(path, {**form.sent({}), "answer": "confirm"}, follow=True).text
        assert "Đã xác nhận sáp nhập." in page
        assert Agency.objects.get(code=COMMUNE).succeeded_by_id == OTHER_COMMUNE
        assert second.post(path, {"answer": "drop", "idempotency_key": "a2"}).status_code == 409
        assert "Đã xác nhận" in second.get("/mergers").text
