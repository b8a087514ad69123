"""An absence on its page: one notes one's own, the chair anybody's, and it ends there."""

from datetime import timedelta

import pytest
from tests.support.html import Page
from tests.support.pages import plain_static, visitor
from tests.support.world import logins

from motcua.agencies.models import Absence
from motcua.kernel.time import local, now

pytestmark = pytest.mark.django_db


def test_an_absence_is_noted_seen_by_the_chair_and_ended():
    day = local(now()) + timedelta(days=2)
    with plain_static():
        own, chair, other = (visitor(login, at=now()) for login in ("vanthu", "chutich", "tuphap1"))
        page = own.get("/absences").text
        assert str(logins()["chutich"]) not in page
        typed = {
            "reason": "mission", "valid_to_0": str(day.day), "valid_to_1": str(day.month),
            "valid_to_2": str(day.year), "to_hour": "11:00",
        }  # fmt: skip
        form = Page(page).form(*typed)
        refused = own.post("/absences", form.sent({**typed, "valid_to_0": ""}))
        assert refused.status_code == 422
        assert "Đã ghi vắng mặt." in own.post("/absences", form.sent(typed), follow=True).text
        row = Absence.objects.get()
        assert (row.account_id, local(row.valid_to).hour) == (logins()["vanthu"], 11)
        assert "Chưa có ai; việc mới về danh sách chung" in chair.get("/absences").text
        assert "Không ai vắng mặt." in other.get("/absences").text
        stolen = {"end": str(row.id), "idempotency_key": "k1"}
        assert other.post("/absences", stolen).status_code == 403
        assert "Đã ghi là đã trở lại." in chair.post("/absences", stolen, follow=True).text
        assert "Không ai vắng mặt." in chair.get("/absences").text
        assert chair.post("/absences", {"end": "x", "idempotency_key": "k2"}).status_code == 404
