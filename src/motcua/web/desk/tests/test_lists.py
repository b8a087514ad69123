"""The work list and the list of dossiers."""

import json
import re
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from tests.support.acts import moment
from tests.support.money_days import handed_up
from tests.support.site import pages_at
from tests.support.world import BEGINNING, viewer

from motcua.catalogue import operations as catalogue
from motcua.dossiers.worklist import inbox
from motcua.flows import progress
from motcua.kernel.actor import SYSTEM
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.web.common.paging import MOST_PASSED, Trail
from motcua.web.desk.lists import rows
from motcua.web.desk.tests.support import NAME, Story, browser, seen

pytestmark = pytest.mark.django_db
NOW = moment(26, 9)
CODE = re.compile(r'class="code" href="/dossiers/([^"?]+)')


def codes(page: str) -> list[str]:
    """The codes of a list, in order."""
    return CODE.findall(page)


def link(page: str, rel: str) -> str | None:
    """The address of the next or previous page."""
    found = re.search(rf'rel="{rel}" href="([^"]+)"', page)
    return found[1].replace("&amp;", "&") if found else None


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def copies(story: Story, count: int) -> None:
    """`count` more dossiers like this one, their steps due a minute apart."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO dossiers_dossier SELECT (jsonb_populate_record(d, jsonb_build_object("
            " 'id', md5('copy' || n)::uuid, 'code', 'H99.01.01-260101-' || lpad(n::text, 4, '0'),"
            " 'token_digest', '\\x' || md5(n::text), 'step_due_at', d.step_due_at + n * interval '1 minute'))).*"
            " FROM dossiers_dossier d, generate_series(1, %s) n WHERE d.code = %s",
            [count, story.code],
        )
        cursor.execute(
            "INSERT INTO dossiers_label SELECT md5('copy' || n)::uuid, l.agency, l.name, l.name_folded"
            " FROM dossiers_label l JOIN dossiers_dossier d ON d.id = l.dossier, generate_series(1, %s) n"
            " WHERE d.code = %s",
            [count, story.code],
        )


# --- the work list ------------------------------------------------------------


def test_what_waits_for_me_least_slack_first() -> None:
    late = Story(begins=moment(17, 9)).started()
    today = Story(begins=moment(24, 9, 10)).started()
    later = Story(begins=moment(25, 14))
    elsewhere = Story(begins=moment(24, 8)).proposed()
    with pages_at(NOW):
        page = text(browser("tuphap1", at=NOW), "/inbox")
        leaders = text(browser("phochutich", at=NOW), "/inbox")
    assert codes(page) == [late.code, today.code, later.code]
    assert codes(leaders) == [elsewhere.code]
    words = re.findall(r'<span class="due"><strong class="tag[^"]*">([^<]+)</strong>', page)
    assert words == [
        "Quá hạn 5 ngày làm việc",
        "Quá hạn 4 ngày làm việc",
        "Hạn hôm nay, 11:30",
        "Còn 1 ngày làm việc",
        "Còn 1 ngày làm việc",
        "Còn 2 ngày làm việc",
    ]
    assert "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân" in page
    assert "Hoàng Văn Sơn" in page, "who has it"
    assert "Lãnh đạo UBND" in leaders, "the shared list it waits on"


def test_a_list_masks_names() -> None:
    Story().started()
    for page in (text(browser("tuphap1"), "/inbox"), text(browser("tuphap1"), "/dossiers")):
        assert "Nguyễn T. Á. T." in page
        assert NAME not in page
        assert "Tuyết" not in page
        assert "0912345678" not in page


def test_mine_are_those_i_hold() -> None:
    mine = Story().started()
    waiting = Story()
    client = browser("tuphap1")
    assert set(codes(text(client, "/inbox"))) == {mine.code, waiting.code}
    assert codes(text(client, "/inbox?mine=1")) == [mine.code]
    assert codes(text(browser("tuphap2"), "/inbox?mine=1")) == []


def test_an_empty_work_list_says_so() -> None:
    assert "Không có việc nào đang chờ" in text(browser("kinhte"), "/inbox")
    assert "Không có hồ sơ nào do bạn giữ" in text(browser("kinhte"), "/inbox?mine=1")
    assert "Không có việc nào đang chờ" in text(browser("kythuat"), "/inbox"), "a seat that sees no dossiers"


def test_the_desk_sees_what_to_answer_and_what_to_hand_over() -> None:
    submitted, decided = Story(submitted=True), Story().decided()
    page = text(browser("tiepnhan1"), "/inbox")
    assert set(codes(page)) == {submitted.code, decided.code}
    assert page.index(submitted.code) < page.index(decided.code)
    assert "Xong, đúng hạn" in page


def test_a_thousand_wait_and_every_one_is_found_forth_and_back() -> None:
    story = Story().started()
    copies(story, 999)
    client = browser("tuphap1")
    pages: list[list[str]] = []
    addresses = ["/inbox"]
    page = text(client, "/inbox")
    assert link(page, "prev") is None
    while True:
        pages.append(codes(page))
        following = link(page, "next")
        if following is None:
            break
        addresses.append(f"/inbox{following}")
        page = text(client, addresses[-1])
    walked = [code for part in pages for code in part]
    assert [len(part) for part in pages] == [50] * 20
    assert len(set(walked)) == 1000
    assert walked == [story.code, *(f"H99.01.01-260101-{n:04}" for n in range(1, 1000))]
    for number in reversed(range(19)):
        back = link(page, "prev")
        assert back is not None
        page = text(client, f"/inbox{back}")
        assert codes(page) == pages[number]
    assert link(page, "prev") is None


@pytest.mark.parametrize("after", ["x", "2026-W01-1_0", "infinity_", "' OR 1=1", "\x00", "9" * 3000])
@pytest.mark.parametrize("address", ["/inbox", "/dossiers"])
def test_a_key_nobody_gave_shows_the_first_page(address: str, after: str) -> None:
    story = Story().started()
    answer = browser("tuphap1").get(address, {"after": after, "passed": after, "show": after})
    assert answer.status_code == 200
    assert codes(answer.content.decode()) == [story.code]


def test_a_trail_remembers_so_many_pages() -> None:
    key = "01234567-89ab-7def-8123-456789abcdef"
    trail = Trail()
    for _ in range(MOST_PASSED + 5):
        trail = trail.forth(key) or trail
    assert len(trail.passed) == MOST_PASSED
    assert Trail.read({"after": key, "passed": f"{key} rubbish {key}"}).passed == (key, key)
    assert Trail.read({"after": "rubbish", "passed": key}) == Trail()
    steps = 0
    while (earlier := trail.back()) is not None:
        trail, steps = earlier, steps + 1
    assert (trail, steps) == (Trail(), MOST_PASSED + 1)


# --- the list of dossiers ------------------------------------------------------------


def test_filters() -> None:
    stories = {
        "submitted": Story(submitted=True),
        "late": Story(begins=moment(3, 9)).started(),
        "waiting": Story().started().asked(),
        "suspended": Story().started().suspended(),
        "ready": Story().decided(),
        "ended": Story().then("tiepnhan1", progress.withdraw, shown_by="signed_paper"),
    }
    by_name = {name: story.code for name, story in stories.items()}
    client = browser("tuphap1")
    found = {show: set(codes(text(client, f"/dossiers?show={show}"))) for show in ("", *known_filters())}
    everything = set(by_name.values())
    assert found == {
        "": everything,
        "open": everything - {by_name["ended"]},
        "late": {by_name["late"]},
        "waiting": {by_name["waiting"]},
        "suspended": {by_name["suspended"]},
        "ready": {by_name["ready"]},
        "ended": {by_name["ended"]},
    }
    page = text(client, "/dossiers?show=ended")
    assert "Đã rút hồ sơ" in page
    assert "Xong" not in page, "an end without a decision is neither in time nor late"


def known_filters() -> list[str]:
    return ["open", "late", "waiting", "suspended", "ready", "ended"]


def test_pages_of_a_filter() -> None:
    copies(Story().started(), 70)
    client = browser("tuphap1")
    first = text(client, "/dossiers?show=open")
    second = text(client, f"/dossiers{link(first, 'next')}")
    assert (len(codes(first)), len(codes(second))) == (50, 21)
    assert not set(codes(first)) & set(codes(second))
    assert codes(text(client, f"/dossiers{link(second, 'prev')}")) == codes(first)


def test_names_are_found_without_accents_and_stay_out_of_addresses() -> None:
    wanted, _other = Story(), Story(name="Trần Văn Hùng")
    client = browser("tuphap1")
    answer = client.post("/dossiers", {"words": "anh TUYET"})
    page = answer.content.decode()
    assert (answer.status_code, codes(page)) == (200, [wanted.code])
    addresses = re.findall(r'(?:href|action)="([^"]*)"', page)
    assert not [a for a in addresses if "tuyet" in a.lower() or "words" in a]
    assert codes(client.post("/dossiers", {"words": "khong co ai"}).content.decode()) == []


def test_pages_and_filters_of_a_search_are_posted_too() -> None:
    copies(Story().started(), 70)
    client = browser("tuphap1")
    first = client.post("/dossiers", {"words": "tuyet", "show": "open"}).content.decode()
    forth = _fields(first, "Trang sau")
    assert forth["words"] == "tuyet"
    second = client.post("/dossiers", forth).content.decode()
    assert (len(codes(first)), len(codes(second))) == (50, 21)
    back = client.post("/dossiers", _fields(second, "Trang trước")).content.decode()
    assert codes(back) == codes(first)
    assert codes(client.post("/dossiers", {"words": "tuyet", "show": "ended"}).content.decode()) == []


def _fields(page: str, button: str) -> dict[str, str]:
    (form,) = [f for f in re.findall(r"<form.*?</form>", page, re.DOTALL) if button in f]
    return dict(re.findall(r'name="(words|show|after|passed)" value="([^"]*)"', form))


def test_a_whole_code_goes_straight_to_its_dossier_and_a_beginning_lists() -> None:
    story = Story()
    client = browser("tuphap1")
    scanned = client.post("/dossiers", {"words": f" {story.code.lower()} "})
    assert (scanned.status_code, scanned["Location"]) == (302, f"/dossiers/{story.code}")
    assert codes(client.post("/dossiers", {"words": story.code[:12]}).content.decode()) == [story.code]
    nothing = client.post("/dossiers", {"words": "  ", "show": "open"})
    assert nothing["Location"] == "/dossiers?show=open"


def test_a_list_ends_at_the_scope() -> None:
    Story()
    assert codes(text(browser("tuphap1.mauhai"), "/dossiers")) == []
    assert browser("kythuat").get("/dossiers").status_code == 403
    assert len(codes(text(browser("thanhtra"), "/dossiers"))) == 1, "the province's inspector sees below"


def test_the_longest_title_there_is() -> None:
    source = files("motcua.catalogue") / "data" / "procedures" / "1.004873.json"
    document: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    title = ("Thủ tục có tên rất dài " * 60)[:1093] + "."
    document["title"] = {"vi": title, "en": title}
    with unit_of_work(actor=SYSTEM, at=BEGINNING, request=Request.fresh(), origin="simulated"):
        catalogue.publish(document=document, effective_from=moment(1, 1).date(), actor=SYSTEM, at=BEGINNING)
    code = Story(begins=moment(24, 9)).started().code
    client = browser("tuphap1")
    assert len(title) == 1094
    for address in ("/inbox", "/dossiers", f"/dossiers/{code}", f"/dossiers/{code}/step"):
        assert title in text(client, address)
    assert seen(code).row["code"] == code


def test_a_line_says_what_came_from_home_and_what_was_handed_in_for_somebody() -> None:
    at_counter, online = Story(submitted=True), Story(submitted=True, channel="online")
    for path in ("/inbox", "/dossiers"):
        page = browser("tiepnhan1").get(path).content.decode()
        lines = {code: line for line in page.split("<tr>") for code in codes(line)}
        assert "trực tuyến" in lines[online.code]
        assert "trực tuyến" not in lines[at_counter.code]
        assert "nộp hộ" not in page
    found = inbox(viewer=viewer("tiepnhan1"), at=NOW).lines
    (line,) = (one.line for one in found if one.line.code == online.code)
    (row,) = rows([replace(line, assisted=True)])
    assert [one.vi for one in row.came] == ["trực tuyến", "nộp hộ"]


def test_a_statement_that_waits_stands_on_the_work_list_of_whoever_may_confirm_it() -> None:
    at = moment(24, 9)
    handed_up("24/08/2026,5000,x,FT1", at=at)
    with pages_at(at):
        told = {
            login: text(browser(login, at=at), "/inbox") for login in ("truongquay", "chutich", "tiepnhan1")
        }
    assert {login for login, page in told.items() if "1 sao kê ngân hàng chờ xác nhận" in page} == {
        "truongquay",
        "chutich",
    }
