"""What a draft would change, on its pages: asked for, measured, read dossier by dossier, out of date, stopped."""

import pytest
from tests.support.acts import act, moment
from tests.support.pages import plain_static, visitor
from tests.support.world import intake

from motcua.flows.reception import receive
from motcua.kernel.time import now
from motcua.processes.models import Draft, Impact
from motcua.reactions.impact import measure_on
from motcua.web.catalogue.tests.table_drafts import begun, press, typed

pytestmark = pytest.mark.django_db


def ask(officer, draft, **told):
    answer = officer.post(f"{draft}/impact", {"idempotency_key": now().isoformat(), **told})
    assert answer.status_code == 302, answer.text


def finish():
    while measure_on(clock=now):
        pass


def test_from_a_draft_to_the_dossiers_it_changes():
    code = act("tiepnhan1", moment(24, 9), receive, intake=intake()).row["code"]
    with plain_static():
        officer = visitor("danhmuctinh", at=now())
        draft = begun(officer)
        here = f"{draft}/impact"
        assert "Tính</button>" in officer.get(here).text
        ask(officer, draft)
        waiting = officer.get(here).text
        assert "Đang tính: 0 trên 1 hồ sơ" in waiting
        assert '<noscript><meta http-equiv="refresh"' in waiting
        assert "HX-Refresh" not in officer.get(here, headers={"HX-Request": "true"})
        finish()
        done = officer.get(here, headers={"HX-Request": "true"})
        assert "Không hồ sơ nào khác đi" in done.text
        assert done["HX-Refresh"] == "true"

        typed(officer, draft, "steps.1", {"times-0-value": "0,5", "positions-0": "clerk"})
        assert "Bản soạn đã được sửa sau khi tính" in officer.get(here).text
        ask(officer, draft)
        finish()
        told = officer.get(here).text
        assert "Bản soạn đã được sửa" not in told
        assert "Đi qua bước, vị trí khác" in told
        assert "Theo người và đơn vị" in told
        lines = f"/catalogue/process-impacts/{Impact.objects.get().id}/dossiers"
        for group in ("any", "route:0", "date:examine:earlier"):
            assert code in officer.get(lines, {"group": group}).text
        for group in ("route:9", "route:x", "stays:nobody", "lost:examine"):
            assert "Không có hồ sơ nào ở đây" in officer.get(lines, {"group": group}).text
        assert visitor("danhmuc", at=now()).get(lines).status_code == 403

        ask(officer, draft)
        ask(officer, draft, do="stop")
        assert "Đã dừng ở 0 trên 1 hồ sơ" in officer.get(here).text
        press(officer, draft, "steps.1", "remove")
        Draft.objects.update(body=Draft.objects.get().body | {"steps": []})
        wrong = officer.post(here, {"idempotency_key": "c"})
        assert wrong.status_code == 422
        assert "còn lỗi nên chưa tính được" in wrong.text
