"""The work list narrowed, kept under names of one's own, and walked dossier by dossier."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from tests.support.acts import moment
from tests.support.site import pages_at
from tests.support.world import viewer

from motcua.dossiers import worklist
from motcua.dossiers.worklist import Sought
from motcua.flows import progress
from motcua.kernel.time import now
from motcua.web.common.paging import Trail
from motcua.web.desk.seeking import asked
from motcua.web.desk.tests.support import Story, browser
from motcua.web.desk.tests.test_lists import codes, copies, text
from motcua.workday.models import MOST_FILTERS, SavedFilter

pytestmark = pytest.mark.django_db
NOW = moment(26, 9)


def found(login: str, **wanted: object) -> set[str]:
    page = worklist.inbox(viewer=viewer(login, at=NOW), at=NOW, sought=Sought(**wanted))  # type: ignore[arg-type]
    return {one.line.code for one in page.lines}


def test_what_is_sought() -> None:
    late = Story(begins=moment(17, 9)).started().code
    today = Story(begins=moment(24, 9, 10)).code
    signing = Story(begins=moment(24, 8)).proposed().code
    issuing = Story(begins=moment(24, 8)).approved().code
    to_answer = Story(begins=moment(26, 8), submitted=True).code
    to_give = Story(begins=moment(24, 8)).decided().code
    assert found("tuphap1") == {late, today}
    assert found("tuphap1", mine="1") == {late}
    assert found("tuphap1", mine="0") == {today}
    assert found("tuphap1", due="late") == {late}
    assert found("tuphap1", due="today") == {late, today}
    assert found("tuphap1", state="received") == found("tuphap1", work="take_up") == {today}
    assert found("tuphap1", work="do") == {late}
    assert found("chutich", work="sign") == {signing}
    assert found("vanthu", work="issue") == {issuing}
    assert found("tiepnhan1", work="answer") == {to_answer}
    assert found("tiepnhan1", work="give_out") == {to_give}
    assert found("tuphap1", procedures=frozenset({"1.004873"})) == {late, today}
    assert found("tuphap1", procedures=frozenset()) == set()
    assert found("tuphap1", words=late[:12].lower()) == {late, today}
    assert found("tuphap1", words=late) == {late}
    assert found("tuphap1", words="anh tuyet") == {late, today}
    assert found("tuphap1", words="50%") == set()


def test_filters_stand_in_the_address_and_rubbish_does_not() -> None:
    late = Story(begins=moment(17, 9)).started().code
    today = Story(begins=moment(24, 9, 10)).code
    with pages_at(NOW):
        client = browser("tuphap1", at=NOW)
        assert codes(text(client, "/inbox?due=late")) == [late]
        assert "Quá hạn</strong>" in text(client, "/inbox?due=late")
        assert codes(text(client, "/inbox?work=take_up&procedure=1.004873")) == [today]
        sector = text(client, "/inbox?sector=ho-tich")
        assert codes(sector) == [late, today]
        assert codes(text(client, "/inbox?sector=dat-dai")) == []
        everything = text(client, "/inbox?due=x&state=%27&procedure=a%20b&mine=7")
        assert codes(everything) == [late, today]
        assert asked({"due": "x", "state": "'", "procedure": "a b", "mine": "7"}) == {}


def test_names_are_posted_and_lead_to_no_address() -> None:
    story = Story().started()
    copies(story, 60)
    client = browser("tuphap1")
    page = client.post("/inbox", {"words": "anh tuyet", "mine": "1"}).content.decode()
    assert len(codes(page)) == 50
    assert not [a for a in re.findall(r'(?:href|action)="([^"]*)"', page) if "tuyet" in a.lower()]
    (forth,) = [f for f in re.findall(r"<form.*?</form>", page, re.DOTALL) if "Trang sau" in f]
    second = client.post("/inbox", dict(re.findall(r'name="(\w+)" value="([^"]*)"', forth))).content.decode()
    assert len(codes(second)) == 11
    whole = client.post("/inbox", {"words": story.code})
    assert whole["Location"] == f"/dossiers/{story.code}"
    assert client.post("/inbox", {"words": " ", "mine": "1"})["Location"] == "/inbox?mine=1"


def follow(client: Client, page: str, rel: str) -> tuple[str, str]:
    """Where the link `rel` of a dossier's page leads to, and the page there."""
    link = re.search(rf'rel="{rel}" href="([^"]+)"', page)
    assert link is not None
    answer = client.get(link[1].replace("&amp;", "&"), follow=True)
    address = answer.redirect_chain[-1][0]
    return address, answer.content.decode()


def test_from_dossier_to_dossier_as_the_list_stands() -> None:
    begins = now() - timedelta(days=30)
    first, second, third = (Story(begins=begins + timedelta(days=n)).started() for n in range(3))
    Story(begins=begins)  # not taken up: not in the list one comes from
    client = browser("tuphap1")
    listed = text(client, "/inbox?mine=1")
    (leads,) = re.findall(rf'href="(/dossiers/{first.code}\?in=[^"]+)"', listed)
    page = text(client, leads)
    address, page = follow(client, page, "next")
    assert urlsplit(address).path == f"/dossiers/{second.code}"
    done = client.post(
        re.findall(r'href="(/dossiers/[^/"]+/step\?in=[^"]+)"', page)[0],
        {"outcome": "granted", "note": "Hợp lệ.", "idempotency_key": "k"},
    )
    assert urlsplit(done["Location"]).path == f"/dossiers/{second.code}"
    page = text(client, done["Location"])
    address, page = follow(client, page, "next")
    assert urlsplit(address).path == f"/dossiers/{third.code}", "what was done has left the list"
    back, _page = follow(client, page, "prev")
    assert urlsplit(back).path == f"/dossiers/{first.code}"
    end, page = follow(client, page, "next")
    assert end == address, "the last one stays in sight, and it is said"
    assert "Đã hết danh sách." in page
    last = "infinity_00000000-0000-7000-8000-000000000000"
    assert client.get(f"/inbox/next?mine=1&at={last}&stay=%2F%2Fx")["Location"] == "/inbox?mine=1"
    place = parse_qs(urlsplit(address).query)["in"][0]
    assert set(parse_qs(place)) == {"mine", "at"}, "filters and a key: nothing about anybody"


def test_a_dossier_that_no_list_led_to_has_no_next() -> None:
    story = Story().started()
    client = browser("tuphap1")
    for end in ("", "?in=", "?in=at%3Drubbish", "?in=%00%ff"):
        page = text(client, f"/dossiers/{story.code}{end}")
        assert "Hồ sơ sau" not in page
    assert client.get("/inbox/next?at=rubbish").status_code == 404
    assert client.get("/inbox/sideways").status_code == 404


def test_walking_the_keys_is_the_list_both_ways() -> None:
    story = Story().started()
    copies(story, 120)
    Story().then("tuphap1", progress.start).suspended()
    who, at = viewer("tuphap1"), story.at + timedelta(hours=2)
    lines: list[worklist.Waiting] = []
    trail = Trail()
    while True:
        page = worklist.inbox(viewer=who, at=at, after=trail.after)
        lines += page.lines
        forth = trail.forth(page.following)
        if forth is None:
            break
        trail = forth
    assert lines[-1].key.startswith("infinity_")
    for n, line in enumerate(lines):
        after = worklist.beside(viewer=who, at=at, sought=Sought(), key=line.key)
        before = worklist.beside(viewer=who, at=at, sought=Sought(), key=line.key, back=True)
        assert (before and before.line.code) == (lines[n - 1].line.code if n else None)
        assert (after and after.line.code) == (lines[n + 1].line.code if n + 1 < len(lines) else None)


# --- one's own filters -----------------------------------------------------------


def keep(client: Client, name: str, **fields: str) -> None:
    answer = client.post("/inbox/filters", {"do": "save", "name": name, **fields})
    assert answer.status_code == 302, answer.content.decode()


def test_a_filter_is_kept_named_opened_with_and_deleted() -> None:
    mine, shared = Story().started().code, Story().code
    client = browser("tuphap1")
    keep(client, "Việc của tôi", mine="1")
    page = text(client, "/inbox")
    assert set(codes(page)) == {mine, shared}
    assert "Việc của tôi" in page
    kept = SavedFilter.objects.get()
    client.post("/inbox/filters", {"do": "open", "filter": kept.id})
    assert codes(text(client, "/inbox")) == [mine], "the list opens with it"
    assert set(codes(text(client, "/inbox?all=1"))) == {mine, shared}
    client.post("/inbox/filters", {"do": "rename", "filter": kept.id, "name": "Đang giữ"})
    assert "Đang giữ" in text(client, "/inbox")
    keep(client, "Quá hạn", due="late")
    other = SavedFilter.objects.get(name="Quá hạn")
    client.post("/inbox/filters", {"do": "open", "filter": other.id})
    assert [one.name for one in SavedFilter.objects.filter(is_default=True)] == ["Quá hạn"]
    client.post("/inbox/filters", {"do": "open_without"})
    assert set(codes(text(client, "/inbox"))) == {mine, shared}
    client.post("/inbox/filters", {"do": "drop", "filter": kept.id})
    assert "Đang giữ" not in text(client, "/inbox/filters")


def test_filters_have_names_of_their_own_and_an_end() -> None:
    client = browser("tuphap1")
    keep(client, "Một")
    for name in ("", "Một", "x" * 61):
        answer = client.post("/inbox/filters", {"do": "save", "name": name, "mine": "1"})
        assert answer.status_code == 422
        assert 'id="id_name_error"' in answer.content.decode()
    for n in range(2, MOST_FILTERS + 1):
        keep(client, f"Bộ lọc {n}")
    answer = client.post("/inbox/filters", {"do": "save", "name": "Thừa"})
    assert answer.status_code == 409
    assert "mức nhiều nhất" in answer.content.decode()
    assert SavedFilter.objects.count() == MOST_FILTERS


def test_nobody_touches_the_filters_of_another() -> None:
    keep(browser("tuphap1"), "Của tôi thôi", mine="1")
    kept = SavedFilter.objects.get()
    other = browser("tuphap2")
    assert "Của tôi thôi" not in text(other, "/inbox")
    for do in ("rename", "drop", "open"):
        answer = other.post("/inbox/filters", {"do": do, "filter": kept.id, "name": "Của người khác"})
        assert answer.status_code == 404
    assert other.post("/inbox/filters", {"do": "drop", "filter": "rubbish"}).status_code == 404
    (left,) = SavedFilter.objects.all()
    assert (left.name, left.is_default) == ("Của tôi thôi", False)
