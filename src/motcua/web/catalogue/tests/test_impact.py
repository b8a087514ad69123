"""What a draft would change, and running dossiers moved to a version, on the pages: asked for, told, stopped."""

import re
from html import unescape

import pytest
from tests.support.acts import act, moment
from tests.support.html import Page
from tests.support.pages import plain_static, visitor
from tests.support.world import COMMUNE, actor, intake

from motcua.flows.localising import run_process
from motcua.flows.reception import receive
from motcua.kernel.time import local, now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.processes.models import Draft, Impact
from motcua.processes.operations import publish
from motcua.processes.selectors import published_body
from motcua.reactions.impact import measure_on, move_on
from motcua.web.catalogue.tests.table_drafts import begun, press, typed

pytestmark = pytest.mark.django_db


def ask(officer, draft, **told):
    answer = officer.post(f"{draft}/impact", {"idempotency_key": now().isoformat(), **told})
    assert answer.status_code == 302, answer.text


def as_officer(what, at, *, login="danhmuc", **told):
    who = actor(login, at=at)
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        return what(actor=who, at=at, **told)


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
        assert "Xem lại tiến độ" in waiting
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


def test_running_dossiers_are_moved_by_the_agencys_officer_and_each_is_told():
    at = now()
    codes = sorted(act("tiepnhan1", at, receive, intake=intake()).row["code"] for _ in range(2))
    body = dict(published_body("QT-1.004873") or {})
    new = as_officer(publish, at, login="danhmuctinh", document=body | {"source": "QT mới"})
    here = f"/catalogue/process-versions/{new}/move"
    with plain_static():
        officer = visitor("danhmuc", at=at)
        assert here not in officer.get("/catalogue/processes/QT-1.004873").text
        asks = {"idempotency_key": "a", "do": "preview"}
        assert officer.post(here, asks).status_code == 409  # the agency does not run it
        as_officer(
            run_process, at, procedure="1.004873", agency=COMMUNE, process_version=new, valid_from=local(at).date(),
            variants=[each["code"] for each in body["variants"]],
        )  # fmt: skip
        listed = officer.get("/catalogue/processes/QT-1.004873").text
        assert here in listed
        assert "Chuyển hồ sơ đang giải quyết sang phiên bản 2" in listed
        assert officer.post(here, asks | {"idempotency_key": "b"}).status_code == 302
        assert "Đang tính: 0 trên 2 hồ sơ" in officer.get(here).text
        finish()
        form = Page(officer.get(here).text).form("basis")
        wrong = officer.post(here, form.sent({"basis": "", "reason": "Tên mới"}))
        assert (wrong.status_code, "Hãy ghi số văn bản." in wrong.text) == (422, True)
        sent = form.sent({"basis": "7/QĐ-UBND", "reason": "Tên mới", "agreed": "on"})
        assert officer.post(here, sent).status_code == 302
        assert "Đang chuyển: 0 trên 2 hồ sơ" in officer.get(here).text
        while move_on(clock=now):
            pass
        assert officer.post(here, sent).status_code == 302
        assert here not in officer.get("/catalogue/processes/QT-1.004873").text, "nothing is left to be moved"
        done = officer.get(here, headers={"HX-Request": "true"})
        # What was moved, by whom, when; not what could have been.
        told = " ".join(unescape(done.text).split())
        assert "Đã chuyển 2 hồ sơ sang phiên bản 2" in told
        assert re.search(r"Trịnh Thu Trang quyết định lúc .+ theo văn bản 7/QĐ-UBND; kết thúc lúc ", told)
        assert "Chuyển được" not in told.partition("<main")[2]
        assert done["HX-Refresh"] == "true"
        lines = f"/catalogue/process-impacts/{Impact.objects.get().id}/dossiers"
        listed = officer.get(lines, {"group": "moves", "outcome": "moved"}).text
        assert all(code in listed for code in codes)
        assert "Bước 2 → bước 2" in listed
        assert visitor("danhmuctinh", at=at).get(lines).status_code == 404
        # From the version's page its result stays within reach, and nobody else's officer has the list.
        version = here.removesuffix("/move")
        moves = officer.get(version).text.partition("Các lần chuyển hồ sơ")[2].partition("</table>")[0]
        assert f'href="{here}?agency={COMMUNE}"' in moves
        assert "7/QĐ-UBND" in moves
        assert "chuyển 2, ở lại 0" in moves
        assert "Các lần chuyển hồ sơ" not in visitor("danhmuctinh", at=at).get(version).text
        told = visitor("tuphap1", at=at).get(f"/dossiers/{codes[0]}").text
        assert "Chuyển sang phiên bản 2 của quy trình (7/QĐ-UBND)" in told
        assert visitor("tuphap1", at=at).get(f"/dossiers/{codes[0]}/process.svg").status_code == 200
