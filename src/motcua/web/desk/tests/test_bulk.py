"""One act on many dossiers: each by itself, told one by one, nothing twice, and what is left goes on."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from tests.support.world import logins

from motcua.agencies.selectors import account_names
from motcua.flows import mends, progress
from motcua.kernel.errors import NotAllowedNow
from motcua.kernel.ids import uuid7
from motcua.web.desk import acts, bulk, bulk_view
from motcua.web.desk.bulk import MOST
from motcua.web.desk.tests.support import Story, browser, row_of

pytestmark = pytest.mark.django_db


def ask(client: Client, do: str, codes: list[str], **fields: Any) -> str:
    """The page that asks before anything is done."""
    answer = client.post("/inbox/acts", {"do": do, "codes": codes, **fields})
    assert answer.status_code == 200
    return str(answer.content.decode())


def send(
    client: Client, do: str, codes: list[str], *, key: str = "k", status: int = 200, **fields: Any
) -> str:
    fields = {"do": do, "codes": codes, "confirmed": "1", "idempotency_key": key, **fields}
    answer = client.post("/inbox/acts", fields)
    assert answer.status_code == status, answer.content.decode()
    return str(answer.content.decode())


def events() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_event")
        return int(cursor.fetchone()[0])


def section(page: str, name: str) -> set[str]:
    """The codes in a part of the page."""
    found = re.search(rf'<section aria-labelledby="{name}_title">.*?</section>', page, re.DOTALL)
    return set(re.findall(r"H99\.01\.01-\d{6}-\d{4}", found[0])) if found else set()


def test_a_list_offers_what_its_lines_need() -> None:
    Story().started()
    Story()
    Story().proposed()
    Story().decided()
    offers = {
        login: set(re.findall(r'name="do" value="(\w+)"', browser(login).get("/inbox").content.decode()))
        for login in ("tuphap1", "chutich", "tiepnhan1", "kinhte")
    }
    assert offers == {
        "tuphap1": {"start", "step"},
        "chutich": {"approve", "return", "assign"},
        "tiepnhan1": {"available"},
        "kinhte": set(),
    }
    ticked = browser("tuphap1").get("/inbox?tick=1").content.decode()
    assert ticked.count('form="bulk" checked') == 2


def test_asking_writes_nothing_and_says_what_is_not_open() -> None:
    fresh, started = Story().code, Story().started().code
    before = events()
    page = ask(browser("tuphap1"), "start", [fresh, started, "H99.01.01-260101-9999"])
    assert events() == before
    assert section(page, "barred") == {started, "H99.01.01-260101-9999"}
    assert f'value="{fresh}" checked' in page
    assert "Đang xử lý" in page, "why not"


def test_what_a_colleague_has_is_left_out_and_says_who_has_it() -> None:
    code = Story().started().code
    page = ask(browser("tuphap2"), "step", [code])
    assert section(page, "barred") == {code}
    assert "đứng tên người khác" in page
    assert f"Người giữ: {account_names({logins()['tuphap1']})[logins()['tuphap1']]}." in page
    assert section(send(browser("tuphap2"), "step", [code]), "refused") == {code}
    asked = browser("tuphap2").get(f"/dossiers/{code}/claim").content.decode()
    assert "Lý do nhận thay" in asked


def test_each_is_done_by_itself_and_told() -> None:
    fresh = [Story().code for _ in range(3)]
    taken = Story().started().code
    before = events()
    page = send(browser("tuphap1"), "start", [fresh[0], taken, fresh[1], fresh[2], "rubbish"])
    assert section(page, "done") == set(fresh)
    assert section(page, "refused") == {taken}
    assert "rubbish" in page
    assert events() - before == 3
    for code in fresh:
        assert row_of(code)["holder_account"] == logins()["tuphap1"]


def test_a_second_click_finds_what_was_done() -> None:
    codes = [Story().code, Story().code]
    client = browser("tuphap1")
    first = send(client, "start", codes, key="same")
    before = events()
    second = send(client, "start", codes, key="same")
    assert section(first, "done") == section(second, "done") == set(codes)
    assert events() == before
    other = send(client, "start", codes, key="another")
    assert section(other, "refused") == set(codes), "another POST is another wish"
    reused = send(client, "start", [codes[0]], key="same")
    assert "đã dùng cho một nội dung khác" in reused or section(reused, "refused") == {codes[0]}
    assert events() == before


def test_a_page_that_ran_out_of_time_says_what_is_left_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = [Story().code for _ in range(4)]
    client = browser("tuphap1")
    monkeypatch.setattr(bulk_view, "PATIENCE", -1.0)
    page = send(client, "start", codes)
    assert section(page, "done") == {codes[0]}
    assert "Còn 3 hồ sơ chưa làm đến" in page
    (form,) = [f for f in re.findall(r"<form.*?</form>", page, re.DOTALL) if "Làm tiếp" in f]
    again = re.findall(r'name="(\w+)" value="([^"]*)"', form)
    assert [value for name, value in again if name == "codes"] == codes
    assert ("idempotency_key", "k") in again
    monkeypatch.setattr(bulk_view, "PATIENCE", 60.0)
    assert section(send(client, "start", codes), "done") == set(codes)


def test_killed_in_the_middle_what_is_done_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = [Story().code for _ in range(3)]
    client = browser("tuphap1")
    client.raise_request_exception = False
    flow = bulk.carry_out

    def killed(request: Any, item: Any, *rest: Any, **more: Any) -> None:
        if item.code == codes[1]:
            raise SystemExit
        flow(request, item, *rest, **more)

    monkeypatch.setattr(bulk, "carry_out", killed)
    with pytest.raises(SystemExit):
        send(client, "start", codes)
    assert [row_of(code)["state"] for code in codes] == ["in_process", "received", "received"]
    monkeypatch.undo()
    assert section(send(client, "start", codes), "done") == set(codes), "the same POST goes on"


def test_a_leader_signs_what_was_proposed_after_reading_the_list() -> None:
    granted, refused, at_officer = (
        Story().proposed().code,
        Story().proposed("refused", note="Không đủ.", basis="Đ5").code,
        Story().started().code,
    )
    client = browser("chutich")
    page = ask(client, "approve", [granted, refused, at_officer])
    assert section(page, "barred") == {refused, at_officer}
    assert "Đồng ý giải quyết" in page
    assert "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân" in page
    before = events()
    unsure = send(client, "approve", [granted], status=422)
    assert "Hãy đánh dấu để xác nhận." in unsure
    assert events() == before
    done = send(client, "approve", [granted, refused, at_officer], sure="on")
    assert (section(done, "done"), section(done, "refused")) == ({granted}, {refused, at_officer})
    approval = row_of(granted)["approval"]
    assert (approval["outcome"], approval["position"]) == ("granted", "chair")
    assert row_of(refused)["approval"] is None


def test_what_changed_since_it_was_proposed_is_signed_by_itself() -> None:
    returned = Story().approved().then("vanthu", progress.return_step, to="approve", reason="Sai tên.")
    again: dict[str, Any] = {"to": "approve", "fault": "office", "reason": "Sai tên."}
    reopened = Story().decided().then("tuphap1", mends.reopen_for_correction, **again)
    reopened.then("chutich", mends.confirm, seq=reopened.row["head_seq"])
    supplied = Story().proposed().asked("chutich").then("tiepnhan1", progress.supply, items=["1", "2"])
    plain = Story().proposed()
    why = {returned: "bị trả lại", reopened: "mở lại", supplied: "bổ sung giấy tờ"}
    page = ask(browser("chutich"), "approve", [plain.code, *(one.code for one in why)])
    assert section(page, "barred") == {one.code for one in why}
    assert [words for words in why.values() if words not in page] == []
    page = send(browser("chutich"), "approve", [plain.code, *(one.code for one in why)], sure="on")
    assert section(page, "done") == {plain.code}
    anew = returned.then("chutich", progress.return_step, to="examine", reason="Viết lại.")
    page = send(browser("tuphap1"), "step", [anew.code])
    assert section(page, "refused") == {anew.code}
    assert "hồ sơ đã bị trả lại: mở hồ sơ này để xem" in page
    anew.then("tuphap1", progress.step, outcome="granted")
    assert section(send(browser("chutich"), "approve", [anew.code], sure="on"), "done") == {anew.code}


def test_several_go_back_with_one_reason_to_who_proposed() -> None:
    codes = [Story().proposed().code, Story().proposed().code]
    client = browser("chutich")
    assert "Hãy ghi lý do." in send(client, "return", codes, status=422, reason="")
    page = send(client, "return", codes, reason="Thiếu căn cứ.")
    assert section(page, "done") == set(codes)
    for code in codes:
        row = row_of(code)
        assert (row["returned"], row["holder_account"]) == (True, logins()["tuphap1"])
    assert "được trả lại" in browser("tuphap1").get("/inbox").content.decode()


def test_assigning_completing_and_shelving() -> None:
    waiting = [Story().started().code, Story().code]
    to = str(logins()["tuphap2"])
    page = ask(browser("chutich"), "assign", waiting)
    assert to in page
    page = send(browser("chutich"), "assign", waiting, to=to, reason="Chia việc.")
    assert section(page, "done") == set(waiting)
    assert {row_of(code)["holder_account"] for code in waiting} == {logins()["tuphap2"]}
    page = send(browser("tuphap2"), "step", waiting, note="Hợp lệ.")
    assert section(page, "done") == set(waiting)
    decided = Story().decided().code
    page = send(browser("tiepnhan1"), "available", [decided], shelf="A1")
    assert section(page, "done") == {decided}
    assert row_of(decided)["shelf"] == "A1"


@pytest.mark.parametrize(
    ("login", "do"),
    [
        ("tiepnhan1", "start"),
        ("thuquy", "step"),
        ("tuphap1", "approve"),
        ("tuphap1", "assign"),
        ("kinhte", "return"),
    ],
)
def test_who_may_not_is_refused_one_by_one_and_nothing_happens(login: str, do: str) -> None:
    codes = [Story().code, Story().proposed().code]
    before = events()
    fields: dict[str, Any] = {"sure": "on", "reason": "x", "to": str(logins()["tuphap1"])}
    page = send(browser(login), do, codes, **fields)
    assert section(page, "refused") == set(codes)
    assert events() == before


def test_of_another_agency_nothing_is_told() -> None:
    code = Story().code
    page = send(browser("tuphap1.mauhai"), "start", [code])
    assert "hôn nhân" not in page
    assert row_of(code)["state"] == "received"


def test_what_cannot_be_asked() -> None:
    client = browser("tuphap1")
    assert client.post("/inbox/acts", {"do": "decide", "codes": ["x"]}).status_code == 404
    nothing = client.post("/inbox/acts", {"do": "start", "from": "mine=1"})
    assert nothing["Location"] == "/inbox?mine=1"
    many = [f"H99.01.01-260101-{n:04}" for n in range(MOST + 1)]
    assert client.post("/inbox/acts", {"do": "start", "codes": many}).status_code == 422
    assert client.get("/inbox/acts")["Location"] == "/inbox?all=1"
    before = events()
    send(client, "start", [Story().code], key="")
    assert events() == before + 1, "the story itself, and nothing without a key"


def test_one_refusal_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = [Story().code for _ in range(3)]
    start = progress.start

    def slow(*, code: str, **more: Any) -> Any:
        if code == codes[0]:
            raise NotAllowedNow("Đang có người khác xử lý.", "Somebody else is at work.")
        return start(code=code, **more)

    page = browser("tuphap1")
    pages = acts.opened

    def opening(*args: Any, **more: Any) -> Any:
        found, actor = pages(*args, **more)
        return type("Page", (), {"flow": staticmethod(slow)}), actor

    monkeypatch.setattr(bulk, "opened", opening)
    told = send(page, "start", codes, key=str(uuid7()))
    assert (section(told, "refused"), section(told, "done")) == ({codes[0]}, set(codes[1:]))
