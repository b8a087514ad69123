"""The page of results: found by code or name, how each comes back, and what an empty list waits for."""

from collections.abc import Iterator

import pytest
from tests.support.acts import moment
from tests.support.html import Page
from tests.support.pages import plain_static, visitor
from tests.support.site import pages_at
from tests.support.situations import dossier_in, sent_by_post

pytestmark = pytest.mark.django_db
SINCE, AT = moment(24, 9), moment(27, 9)


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    with plain_static(), pages_at(AT):
        yield


def searched(words: str, *, login: str = "tiepnhan1", path: str = "/results", **more: str):
    return visitor(login, at=AT).post(path, {"words": words, **more})


def test_a_whole_code_leads_straight_to_what_is_to_be_done():
    ready = dossier_in("ready", since=SINCE)["code"]
    decided = dossier_in("decided", since=SINCE)["code"]
    running = dossier_in("in_process", since=SINCE)["code"]
    withdrawn = dossier_in("withdrawn", since=SINCE)
    manifest, posted = sent_by_post(SINCE)
    for typed, there in (
        (ready, f"/dossiers/{ready}/hand_over"),
        (f" {ready.lower().replace('-', '–')} ", f"/dossiers/{ready}/hand_over"),
        (decided, f"/dossiers/{decided}/hand_over"),
        (posted, f"/results/manifests/{manifest}"),
        (running, f"/dossiers/{running}"),
        (withdrawn["code"], f"/dossiers/{withdrawn['code']}/give_back_papers"),
    ):
        for show in ("", "papers"):
            assert searched(typed, show=show)["location"] == there
    assert withdrawn["papers_owed"]

    desk = visitor("tiepnhan1", at=AT)
    assert "nên không thể “Trả kết quả”" in desk.post("/results", {"words": running}, follow=True).text
    assert searched(ready, login="tiepnhan1.mauhai").status_code == 200, "not of their desk"
    assert searched(ready, login="chutich")["location"] == f"/dossiers/{ready}", "who only looks"


def test_a_name_without_accents_filters_the_list_and_a_code_its_beginning():
    wanted = dossier_in("ready", since=SINCE, name="Đỗ Thị Ước")["code"]
    other = dossier_in("ready", since=SINCE, name="Lê Văn Tám")["code"]
    for words in ("do thi uoc", "ƯỚC"):
        page = searched(words).text
        assert wanted in page
        assert other not in page
    assert "Không tìm thấy hồ sơ nào ở “Cần gửi bưu chính”" in searched("uoc", show="post").text
    assert all(code in searched(wanted[:-2]).text for code in (wanted, other))
    assert wanted not in searched("%").text


def test_the_search_has_the_focus_and_then_what_was_found():
    code = dossier_in("ready", since=SINCE, name="Đỗ Thị Ước")["code"]
    first = Page(visitor("tiepnhan1", at=AT).get("/results").text)
    assert [t["id"] for _, t in first.tags if "autofocus" in t] == ["id_words"]
    found = Page(searched("uoc").text)
    assert [t["href"] for _, t in found.tags if "autofocus" in t] == [f"/dossiers/{code}"]


def test_a_whole_code_among_all_dossiers_leads_to_it_whatever_the_filter():
    code = dossier_in("in_process", since=SINCE)["code"]
    for show in ("", "ended", "ready"):
        answer = searched(code.lower(), path="/dossiers", show=show)
        assert (answer.status_code, answer["location"]) == (302, f"/dossiers/{code}")
    assert searched(code, path="/dossiers", login="tiepnhan1.mauhai").status_code == 200


def test_how_a_result_comes_back_is_said_and_what_has_to_happen_before_it_is_sent():
    code = dossier_in("decided", since=SINCE, return_way="post")["code"]
    desk = visitor("tiepnhan1", at=AT)
    for path in (f"/dossiers/{code}/received", f"/dossiers/{code}", "/results"):
        assert "Qua bưu chính" in desk.get(path).text, path
    page = desk.get("/results?show=post").text
    assert code not in page
    assert "hiện ở đây sau khi ghi “Sẵn sàng trả kết quả”" in page


def test_each_empty_list_says_what_comes_first():
    desk = visitor("tiepnhan1", at=AT)
    said = [
        Page(desk.get(f"/results?show={show}").text).texts
        for show in ("", "tell", "post", "in_post", "papers")
    ]
    first = [next(text for text in texts if "iện ở đây" in text or "sẽ hiện" in text) for texts in said]
    assert len(set(first)) == 5
