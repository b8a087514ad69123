"""A fault in the electronic form, mended by the citizen in the form itself."""

from datetime import datetime, time, timedelta

import pytest
from django.conf import settings
from tests.support.acts import act
from tests.support.citizens import citizen_client, citizen_session
from tests.support.html import Page
from tests.support.mending import birth_from_home, birth_returned
from tests.support.pages import visitor
from tests.support.papers import pdf, received, sent
from tests.support.scenes_joint import person
from tests.support.site import pages_at
from tests.support.world import viewer
from tests.support.written import written as counts

from motcua.dossiers.operations import MissingPaper
from motcua.dossiers.selectors import dossier, find_row
from motcua.dossiers.states import State
from motcua.dossiers.windows import supplement_until
from motcua.eforms.tests.whole import birth
from motcua.files.operations import keep
from motcua.flows.progress import request_supplement
from motcua.kernel.time import ZONE, local
from motcua.ledger.selectors import history
from motcua.web.citizen.tests.birth import birth_handed_in
from motcua.web.citizen.tests.walk import send
from motcua.web.common.acting import WHOM
from motcua.web.common.tests.test_pdf import text_of

NAME = "child.name"
pytestmark = pytest.mark.django_db


def row_of(code):
    return find_row(code, viewer=viewer("tiepnhan1"))[0]


@pytest.fixture
def asked(at):
    """A birth from home, returned with two faults: a field of the form, and something else."""
    client, desk = citizen_client(at=at), visitor("tiepnhan1", at=at)
    code = birth_handed_in(client)
    told = {
        "fields_child": ["child.name"],
        "form_child": "Họ của trẻ sai.",
        "others": "Xin cho biết ai đặt tên.",
    }
    offered = desk.get(f"/dossiers/{code}/request_supplement").text
    assert 'name="missing_online_form"' not in offered, (
        "the form is mended in the form: it is no paper beside it"
    )
    answer = send(desk, f"/dossiers/{code}/request_supplement", told)
    assert answer.status_code == 302, answer.text
    return client, desk, code


def test_the_named_field_alone_is_opened_and_mended(asked):
    client, desk, code = asked
    shown = client.get(f"/my/dossiers/{code}").text
    assert "Tờ khai, trang “Trẻ được khai sinh”" in shown
    assert "Họ của trẻ sai." in shown
    path = f"/my/dossiers/{code}/supply/1"
    items = client.get(f"/my/dossiers/{code}/supply").text.partition("<ol>")[2].partition("</ol>")[0]
    assert path in items
    assert items.count("chưa gửi") == 2, "an item about the form is marked as any other"
    page = client.get(path).text
    form = Page(page).form("child.name")
    assert form.fields["child.name"] == ["Nguyễn Minh"]
    assert not [
        name for name in form.fields if name.startswith(("child.born", "child.sex", "born_at", "mother"))
    ]
    before = len(history(row_of(code)["id"]))
    assert client.post(path, form.sent({"child.name": ""})).status_code == 422
    assert client.post(path, form.sent({})).status_code == 422, "nothing is another"
    assert len(history(row_of(code)["id"])) == before
    sent = client.post(path, form.sent({"child.name": "Trần Minh"}))
    assert sent["Location"] == f"/my/dossiers/{code}/supply"
    row = row_of(code)
    assert row["state"] == State.SUPPLEMENT_REQUESTED, "one is left"
    told = dossier(code, viewer=viewer("tiepnhan1")).form
    assert told is not None
    assert told.answers["child"]["name"] == "Trần Minh"
    assert told.answers["child"]["born"], "all else is as it was"
    (mend,) = told.mends
    assert (mend.fields, mend.by is not None, mend.before["child"]["name"]) == (
        ("child.name",),
        True,
        "Nguyễn Minh",
    )
    assert "Trần Minh" not in str([e.data for e in history(row["id"])]), "the event has no word of it"
    done = send(client, f"/my/dossiers/{code}/supply", {"words_2": "Ông nội đặt."})
    assert done["Location"] == f"/my/dossiers/{code}"
    assert row_of(code)["state"] == State.SUBMITTED
    after = client.get(f"/my/dossiers/{code}").text
    assert "Đã gửi bổ sung, chờ bộ phận một cửa kiểm tra." in after
    assert "Hồ sơ đã nộp, bộ phận" not in after
    seen = desk.get(f"/dossiers/{code}").text
    assert "Trần Minh" in seen
    assert "Ông nội đặt." in seen
    assert "Người nộp Nguyễn Thị Ánh Tuyết đã sửa tờ khai lúc" in seen
    receiving = desk.get(f"/dossiers/{code}/receive").text
    assert "Ông nội đặt." in receiving
    assert "Đã sửa ngay trên tờ khai điện tử." in receiving
    mine = client.get(f"/my/dossiers/{code}/sent").text
    assert "<s>Nguyễn Minh</s> → <strong>Trần Minh</strong>" in mine
    paper = client.get(f"/my/dossiers/{code}/sent/form.pdf").content
    assert "NgườikhaiNguyễnThịÁnhTuyếtsửalúc" in text_of(paper)
    assert "TrầnMinh" in text_of(paper)


@pytest.fixture
def returned(at):
    """The same, written without pages."""
    who = person("tuyet", at)
    return citizen_client(at=at), birth_returned(who, at)


def test_what_was_not_named_is_refused_with_nothing_written(returned):
    client, code = returned
    path = f"/my/dossiers/{code}/supply/1"
    form = Page(client.get(path).text).form("child.name").sent({"child.name": "Trần Minh"})
    before = counts()
    for forged in ({"child.sex": "female"}, {"mother.name": "Lê Thị Lan"}, {"child.born.year": "2020"}):
        answer = client.post(path, {**form, **forged})
        assert answer.status_code == 422
        assert "mục không được nêu để sửa" in answer.text
    assert client.post(path, {**form, "nothing": "x", "idempotency_key": ""}).status_code == 422
    assert counts() == before


def test_another_persons_link_is_no_link(returned, at):
    client, code = returned
    other, path = citizen_client("may", at=at), f"/my/dossiers/{code}/supply/1"
    form = Page(client.get(path).text).form("child.name").sent({"child.name": "Trần Minh"})
    before = counts()
    assert other.get(path).status_code == 404
    assert other.post(path, {k: v for k, v in form.items() if k != WHOM}).status_code == 404
    for item in ("2", "9", "x"):
        assert client.get(f"/my/dossiers/{code}/supply/{item}").status_code == 404
    assert counts() == before


def test_a_second_click_is_no_second_answer_and_another_device_is_told(returned, at):
    client, code = returned
    other = citizen_client(at=at)
    path, rest = f"/my/dossiers/{code}/supply/1", f"/my/dossiers/{code}/supply"
    late = Page(other.get(path).text).form("child.name").sent({"child.name": "Lê Minh"})
    form = Page(client.get(path).text).form("child.name").sent({"child.name": "Trần Minh"})
    assert client.post(path, form)["Location"] == rest
    assert "Đã gửi. Còn 1 mục" in client.get(rest).text
    once = counts()
    assert client.post(path, form)["Location"] == rest
    assert "không ghi gì" not in client.get(rest).text
    assert other.post(path, late)["Location"] == rest
    assert "Lần gửi vừa rồi không ghi gì. Mục này đã được bổ sung trước đó" in other.get(rest).text
    assert counts() == once
    told = dossier(code, viewer=viewer("tiepnhan1")).form
    assert told is not None
    assert told.answers["child"]["name"] == "Trần Minh"
    assert other.get(path)["Location"] == rest


def test_what_the_desk_has_ended_meanwhile_is_told(returned, at):
    client, code = returned
    path = f"/my/dossiers/{code}/supply/1"
    form = Page(client.get(path).text).form("child.name").sent({"child.name": "Trần Minh"})
    desk = visitor("tiepnhan1", at=at)
    assert send(desk, f"/dossiers/{code}/supply", {"items": "2"}).status_code == 302
    assert send(desk, path.removeprefix("/my"), {"child.name": "Lý Minh"}).status_code == 302
    assert row_of(code)["state"] == State.SUBMITTED
    before = counts()
    assert client.post(path, form)["Location"] == f"/my/dossiers/{code}"
    assert "Lần gửi vừa rồi không ghi gì." in client.get(f"/my/dossiers/{code}").text
    assert client.get(path).status_code == 409
    assert counts() == before
    assert "Tờ khai được sửa tại Bộ phận Một cửa lúc" in desk.get(f"/dossiers/{code}").text


def test_at_the_counter_what_was_not_named_is_refused_too(returned, at):
    _client, code = returned
    desk, path = visitor("tiepnhan1", at=at), f"/dossiers/{code}/supply/1"
    assert path in desk.get(f"/dossiers/{code}/supply").text
    form = Page(desk.get(path).text).form("child.name").sent({"child.name": "Trần Minh"})
    before = counts()
    assert desk.post(path, {**form, "child.sex": "female"}).status_code == 422
    assert send(desk, path, {"child.name": ""}).status_code == 422
    assert desk.get(f"/dossiers/{code}/supply/2").status_code == 404
    assert visitor("tiepnhan1.mauhai", at=at).get(path).status_code == 404
    assert visitor("thuquy", at=at).post(path, form).status_code == 403
    assert counts() == before
    for _click in range(2):
        assert desk.post(path, form)["Location"] == f"/dossiers/{code}"
    assert [e.type for e in history(row_of(code)["id"])].count("dossier_supplied") == 1
    assert desk.get(path).status_code == 409


def test_what_is_right_is_said_in_words(returned):
    client, code = returned
    path = f"/my/dossiers/{code}/supply/1"
    refused = send(client, path)
    assert refused.status_code == 422
    assert "ghi vì sao nội dung đã đúng" in refused.text
    assert send(client, path, {"words": "Tên cháu ghi đúng như giấy chứng sinh."}).status_code == 302
    shown = dossier(code, viewer=viewer("tiepnhan1"))
    assert shown.form is not None
    assert shown.form.mends == ()
    assert [(one.words, one.mended) for one in shown.asked] == [
        ("Tên cháu ghi đúng như giấy chứng sinh.", False),
        ("", False),
    ]


def test_an_answer_that_asks_for_more_brings_it_with_the_next_page_file_and_all(at):
    who = person("tuyet", at)
    whole = MissingPaper(component=None, topic="child", text="Đã có giấy chứng sinh thì khai lại.")
    code, client = birth_returned(who, at, [whole]), citizen_client(at=at)
    path = f"/my/dossiers/{code}/supply/1"
    first = send(client, path, {"notice": "yes"})
    assert (first.status_code, row_of(code)["state"]) == (422, State.SUPPLEMENT_REQUESTED)
    assert "Lỗi:" not in first.text
    form = Page(first.text).form("notice")
    done = client.post(
        path, form.sent({}) | {"notice_file": sent(pdf(mark="chung sinh"), name="chung sinh.pdf")}
    )
    assert done["Location"] == f"/my/dossiers/{code}", done.text
    shown = dossier(code, viewer=viewer("tiepnhan1"))
    assert shown.form is not None
    assert shown.form.answers["notice"] == "yes"
    assert "notice_lacking" not in shown.form.answers
    assert [(one.name, one.component) for one in shown.attachments] == [("chung sinh.pdf", "birth_notice")]
    assert "chung sinh.pdf" in visitor("tiepnhan1", at=at).get(f"/dossiers/{code}").text


def test_a_file_stays_until_another_comes_or_an_answer_says_there_is_none(at):
    client, who = citizen_client(at=at), person("tuyet", at)
    whole = MissingPaper(component=None, topic="child", text="Tên sai.")
    with received(pdf(mark="chung sinh"), name="chung sinh.pdf") as came:
        first = keep(came, owner=who.id, at=at).reference

    def answers(code):
        told = dossier(code, viewer=viewer("tiepnhan1")).form
        assert told is not None
        return told

    def returned_with_it():
        code = birth_returned(who, at, [whole], notice="yes", notice_file=[first])
        return code, f"/my/dossiers/{code}/supply/1"

    code, path = returned_with_it()
    shown = client.get(path).text
    assert "Tệp đã nộp vẫn giữ nguyên nếu không gửi tệp khác: chung sinh.pdf." in shown
    assert 'name="notice_file_kept"' not in shown, "it is not sent a second time"
    assert send(client, path, {NAME: "Trần Minh"}).status_code == 302
    assert answers(code).answers["notice_file"] == [first]
    assert answers(code).mends[0].fields == (NAME,)
    code, path = returned_with_it()
    assert send(client, path, notice_file=sent(pdf(mark="moi"), name="moi.pdf")).status_code == 302
    assert answers(code).mends[0].fields == ("notice_file",)
    assert [one.name for one in dossier(code, viewer=viewer("tiepnhan1")).attachments] == ["moi.pdf"]
    code, path = returned_with_it()
    page = send(client, path, {"notice": "no"}).text
    none = Page(page).form("notice_lacking").sent({"notice_lacking": "pledge"})
    assert client.post(path, none).status_code == 302
    assert "notice_file" not in answers(code).answers
    assert set(answers(code).mends[0].fields) == {"notice", "notice_file", "notice_lacking"}


def test_what_was_typed_when_the_session_ended_is_there_again(at):
    begun = at - timedelta(days=2)
    with pages_at(begun):
        home = citizen_client(at=begun)
        path = f"/my/dossiers/{birth_returned(person('tuyet', begun), begun)}/supply/1"
        form = Page(home.get(path).text).form(NAME)
    before = counts()
    late = home.post(path, form.sent({NAME: "Trần Minh", "words": "Theo họ mẹ."}))
    assert late["Location"].startswith("/my/sign-in")
    assert counts() == before
    home.cookies[settings.CITIZEN_COOKIE] = citizen_session("tuyet", at=at)
    shown = home.get(path).text
    assert "Nội dung đã nhập được giữ lại" in shown
    again = Page(shown).form(NAME)
    assert (again.fields[NAME], again.fields["words"]) == (["Trần Minh"], ["Theo họ mẹ."])
    assert home.post(path, again.sent({})).status_code == 302


def test_after_the_last_day_the_page_says_so_and_the_desk_still_takes_it(at):
    asked_at = at - timedelta(days=30)
    who = person("tuyet", asked_at)
    last = datetime.combine(supplement_until(asked_at), time(23, 59), ZONE)
    code, client = birth_returned(who, asked_at), citizen_client(at=at)
    path, rest = f"/my/dossiers/{code}/supply/1", f"/my/dossiers/{code}/supply"
    assert send(client, path, {NAME: "Trần Minh"})["Location"] == rest
    with pages_at(last):
        client = citizen_client(at=last)
        assert f'href="{rest}"' in client.get(f"/my/dossiers/{code}").text
        form = Page(client.get(rest).text).form("words_2").sent({"words_2": "Ông nội đặt."})
    late = last + timedelta(minutes=1)
    with pages_at(late):
        client = citizen_client(at=late)
        before = counts()
        assert "Ngày ấy đã qua" in client.get(f"/my/dossiers/{code}").text
        assert f'href="{rest}"' not in client.get(f"/my/dossiers/{code}").text
        assert client.get(rest).status_code == client.get(path).status_code == 409
        assert "Đã hết ngày bổ sung" in client.get(rest).text
        client.post(rest, form)
        assert counts() == before
    assert row_of(code)["supplement"]["supplied"] == ["1"], "what came in time is kept"
    late_code = birth_returned(who, asked_at - timedelta(days=1))
    desk = visitor("tiepnhan1", at=at)
    assert send(desk, f"/dossiers/{late_code}/supply", {"items": "2"}).status_code == 302


def test_a_mended_date_that_contradicts_an_answer_is_said_to_who_receives(at):
    early, late = local(at).date() - timedelta(200), local(at).date() - timedelta(10)
    client, desk = citizen_client(at=at), visitor("tiepnhan1", at=at)
    items = [MissingPaper(component=None, topic="child", fields=("child.born",), text="Ngày sinh sai.")]
    born = {"child": {**birth()["child"], "born": early.isoformat()}}
    agreeing, code = (birth_from_home(person("tuyet", at), at, **born) for _ in range(2))
    act("tiepnhan1", at, request_supplement, code=code, items=items)
    mended = {f"child.born.{part}": str(getattr(late, part)) for part in ("day", "month", "year")}
    assert send(client, f"/my/dossiers/{code}/supply/1", mended).status_code == 302
    assert row_of(code)["answers"]["on_time"] == "no"
    page = desk.get(f"/dossiers/{code}/receive").text
    assert "Câu trả lời trái với tờ khai" in page
    assert "còn trong 60 ngày, nhưng người nộp trả lời là quá hạn" in page
    assert "trái với tờ khai" not in desk.get(f"/dossiers/{agreeing}/receive").text
