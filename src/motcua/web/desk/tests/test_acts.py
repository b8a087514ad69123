"""Every act through its page: what the form asks, what it writes, what it says when something is wrong."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from tests.support.html import Page
from tests.support.situations import sent_by_post
from tests.support.world import logins

from motcua.agencies.selectors import account_names
from motcua.dossiers.states import ACTS, Act, State
from motcua.flows import progress
from motcua.kernel.time import ZONE, local, now, parse_utc
from motcua.web.desk.acts import PAGES
from motcua.web.desk.tests.happy import HAPPY, REASON, SURE, TODAY, Fields
from motcua.web.desk.tests.support import NAME, SITUATIONS, Story, browser, day_fields, row_of, seen

pytestmark = pytest.mark.django_db


NOTHING_TO_FILL_IN = {
    Act.START,
    Act.CLAIM,
    Act.RECALL,
    Act.RESUME,
    Act.MAKE_AVAILABLE,
    Act.ACCEPT_TRANSFER,
}


def post(login: str, code: str, act: str, fields: Fields, key: str = "key-1") -> Any:
    """Post the form of an act."""
    client = browser(login)
    return client.post(f"/dossiers/{code}/{act}", {**fields, "idempotency_key": key})


def focused(answer: Any) -> list[str]:
    """The names of the controls that have the focus on arrival."""
    page = Page(answer.content.decode())
    return [attributes.get("name", "") for _, attributes in page.tags if "autofocus" in attributes]


def test_every_act_that_is_built_has_its_page_but_what_the_counter_does() -> None:
    built = {act for act, row in ACTS.items() if row.built}
    # whoever is asked answers on a page of their own
    asked = {Act.ANSWER_CONSULTATION, Act.HAND_ON_CONSULTATION}
    assert built - set(PAGES) == {Act.SUBMIT, Act.EXPRESS} | asked
    assert set(PAGES) == set(HAPPY)


@pytest.mark.parametrize("act", HAPPY)
def test_the_page_and_its_post(act: Act) -> None:
    situation, login, fields, expected = HAPPY[act]
    story = SITUATIONS[situation]()
    page = browser(login).get(f"/dossiers/{story.code}/{act}")
    assert page.status_code == 200
    assert story.code in page.content.decode()
    # The first field, or the button of an act without fields; reception begins with what the registers say.
    assert len(focused(page)) == (act is not Act.RECEIVE)
    before = len(seen(story.code).entries)

    answer = post(login, story.code, act, fields)

    # who declined sees it no more
    leads = "/transfers" if act is Act.DECLINE_TRANSFER else f"/dossiers/{story.code}"
    assert (answer.status_code, answer["Location"]) == (302, leads)
    after = row_of(story.code)
    assert {name: after[name] for name in expected} == expected
    assert len(seen(story.code).entries) == before + 1


@pytest.mark.parametrize(
    "act",
    [act for act in HAPPY if act not in NOTHING_TO_FILL_IN],
)
def test_an_empty_form_is_refused_beside_its_fields(act: Act) -> None:
    situation, login, _fields, _expected = HAPPY[act]
    story = SITUATIONS[situation]()
    answer = post(login, story.code, act, {})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="problems_title"' in page
    assert focused(answer) == [], "the summary of what is wrong takes the focus"
    assert row_of(story.code)["head_seq"] == story.row["head_seq"]


# --- what is written ------------------------------------------------------------


def test_a_supplement_request_names_everything_at_once() -> None:
    code = Story().started().code
    fields = {
        "missing_form": "on",
        "wrong_form": "Chưa ký.",
        "wrong_identity": "Hết hạn.",  # words alone count as a tick
        "others": "Bản dịch có chứng thực\n\n  Ảnh 3x4  ",
    }
    assert post("tuphap1", code, "request_supplement", fields).status_code == 302
    items = row_of(code)["supplement"]["items"]
    assert [i["component"] for i in items] == ["form", "identity", None, None]
    assert seen(code).entries[-1].texts == ("Chưa ký.", "Hết hạn.", "Bản dịch có chứng thực", "Ảnh 3x4")


def test_a_ticked_paper_says_what_is_wrong_and_nothing_typed_is_lost() -> None:
    code = Story().started().code
    fields = {"missing_form": "on", "wrong_form": " ", "wrong_identity": "Hết <hạn>.", "others": "Ảnh"}
    answer = post("tuphap1", code, "request_supplement", fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Hãy ghi giấy tờ này thiếu hoặc sai gì." in page
    assert 'href="#id_wrong_form"' in page
    assert "Hết &lt;hạn&gt;." in page
    assert re.search(r'name="missing_form"[^>]* checked', page)
    assert row_of(code)["supplement"] is None


def name_of(login: str) -> str:
    account = logins()[login]
    return account_names({account})[account]


def test_the_second_request_is_the_leaders_and_warns_and_a_third_is_barred() -> None:
    story = Story().started().asked().then("tiepnhan1", progress.supply, items=["1", "2"])
    officer = browser("tuphap1")
    denied = officer.get(f"/dossiers/{story.code}/request_supplement")
    assert denied.status_code == 403
    assert "do lãnh đạo cơ quan giải quyết thực hiện" in denied.text
    assert "phân vị trí" not in denied.text, "no seat is missing: it is somebody else's to do"
    shown = officer.get(f"/dossiers/{story.code}").text
    assert "yêu cầu lần hai do lãnh đạo thực hiện" in shown
    assert name_of("chutich") in shown
    assert "đã bổ sung" in officer.get("/inbox").text
    leader = browser("chutich")
    assert "1 hồ sơ đã bổ sung một lần" in leader.get("/inbox").text
    assert story.code in leader.get("/dossiers?show=supplied_once").text
    assert "yêu cầu lần hai do lãnh đạo thực hiện" not in leader.get(f"/dossiers/{story.code}").text
    page = leader.get(f"/dossiers/{story.code}/request_supplement").content.decode()
    assert "Đây là lần yêu cầu bổ sung thứ hai" in page
    story.asked("chutich").then("tiepnhan1", progress.supply, items=["1", "2"])
    third = browser("chutich").get(f"/dossiers/{story.code}/request_supplement")
    assert third.status_code == 409
    assert "không được yêu cầu lần thứ ba" in third.content.decode()
    assert "hồ sơ đã bổ sung một lần" not in leader.get("/inbox").text


def test_papers_that_came_in_are_no_longer_asked_for() -> None:
    code = Story().started().asked().code
    assert post("tiepnhan1", code, "supply", {"items": ["1"]}).status_code == 302
    page = browser("tiepnhan1").get(f"/dossiers/{code}/supply").content.decode()
    assert 'name="items" value="2"' in page
    assert 'name="items" value="1"' not in page
    again = post("tiepnhan1", code, "supply", {"items": ["1"]}, key="key-2")
    assert again.status_code == 422
    assert "Giấy tờ này đã nhận rồi." in again.content.decode()


def test_a_suspension_ends_when_its_last_day_closes() -> None:
    code = Story().started().code
    day = TODAY + timedelta(days=3)
    while day.weekday() > 4:
        day += timedelta(days=1)
    fields = {"ground": "verification", "reason": REASON, **day_fields("until", day)}
    assert post("chutich", code, "suspend", fields).status_code == 302
    until = parse_utc(row_of(code)["suspension"]["until"])
    assert local(until).date() == day
    assert local(until).time() in (time(17), time.max), (
        "the office's closing, or a day off that nobody knew of"
    )


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (TODAY - timedelta(days=1), "Hạn tạm dừng phải sau lúc này."),
        (TODAY + timedelta(days=60), "Căn cứ này chỉ cho tạm dừng đến"),
        (date(2400, 1, 1), "nằm ngoài các năm"),
    ],
)
def test_a_suspension_has_its_bounds(day: date, said: str) -> None:
    code = Story().started().code
    fields = {"ground": "verification", "reason": REASON, **day_fields("until", day)}
    answer = post("chutich", code, "suspend", fields)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert REASON in answer.content.decode(), "what was typed is kept"


@pytest.mark.parametrize("value", ["0", "-1", "ba", "21", "1e9", "NaN", "1_0", "1e1", "१"])
def test_an_extension_is_a_number_the_ground_allows(value: str) -> None:
    code = Story().started().code
    answer = post("chutich", code, "extend", {"ground": "verification", "value": value, "reason": REASON})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_value"' in page
    assert row_of(code)["extensions"] == []


def test_pages_of_pauses_say_what_the_due_date_becomes() -> None:
    begins = now() - timedelta(days=2)
    running, paused = Story(begins=begins).started(), Story(begins=begins).started().suspended()
    assert "Gia hạn tối đa (20 ngày) thì hẹn trả là:" in _page("chutich", running.code, "extend")
    assert "Tiếp tục ngay bây giờ thì hẹn trả là:" in _page("chutich", paused.code, "resume")


def _page(login: str, code: str, act: str) -> str:
    page = browser(login).get(f"/dossiers/{code}/{act}")
    assert page.status_code == 200
    return page.content.decode()


def test_who_has_run_out_of_time_notifies_the_delay_instead() -> None:
    story = Story(begins=now() - timedelta(days=30)).started()
    answer = browser("chutich").get(f"/dossiers/{story.code}/extend")
    assert answer.status_code == 409
    assert "Thời hạn đã hết nên không thể gia hạn" in answer.content.decode()
    assert "/extend" not in browser("chutich").get(f"/dossiers/{story.code}").content.decode()


# --- the result ------------------------------------------------------------


def test_a_refusal_is_issued_with_its_own_paper() -> None:
    why = {"note": "Không đủ điều kiện.", "basis": "123/2015/NĐ-CP, Điều 22"}
    code = Story().approved("refused", **why).code
    page = _page("vanthu", code, "decide")
    assert "Không đủ điều kiện." in page
    assert 'name="refusal_number"' in page
    assert 'name="result_number"' not in page
    paper = {"refusal_number": "9/UBND", "refusal_kind": "Công văn trả lời", "medium": "wet_ink"}
    fields = {**paper, **day_fields("refusal_date", TODAY), **SURE}
    assert post("vanthu", code, "decide", fields).status_code == 302
    row = row_of(code)
    assert (row["outcome"], row["result_number"]) == ("refused", "9/UBND")


def test_a_part_needs_both_papers() -> None:
    why = {"note": "Chỉ một phần.", "basis": "123/2015/NĐ-CP, Điều 22"}
    code = Story().approved("partly", **why).code
    result = {"result_number": "8/UBND-XN", "result_kind": "KQ.G15.000038", "medium": "wet_ink"}
    half = {**result, **day_fields("result_date", TODAY), **SURE}
    assert post("vanthu", code, "decide", half).status_code == 422
    refusal = {"refusal_number": "9/UBND", "refusal_kind": "Công văn"}
    both = {**half, **refusal, **day_fields("refusal_date", TODAY)}
    assert post("vanthu", code, "decide", both, key="key-2").status_code == 302
    assert "Ban hành kết quả số 8/UBND-XN, 9/UBND" in seen(code).entries[-1].sentence.vi


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (TODAY + timedelta(days=1), "Ngày văn bản ở tương lai."),
        (TODAY - timedelta(days=400), "Ngày văn bản trước ngày tiếp nhận hồ sơ."),
    ],
)
def test_a_paper_is_dated_between_reception_and_today(day: date, said: str) -> None:
    code = Story().approved().code
    paper = {"result_number": "7", "result_kind": "KQ.G15.000038", "medium": "wet_ink", **SURE}
    answer = post("vanthu", code, "decide", {**paper, **day_fields("result_date", day)})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_kind_the_version_does_not_have_is_refused() -> None:
    code = Story().approved().code
    paper = {"result_number": "7", "result_kind": "KQ.X", "medium": "wet_ink", **SURE}
    answer = post("vanthu", code, "decide", {**paper, **day_fields("result_date", TODAY)})
    assert answer.status_code == 422
    assert row_of(code)["state"] == State.IN_PROCESS


@pytest.mark.parametrize("act", [act for act, page in PAGES.items() if page.form.final])
def test_what_cannot_be_taken_back_asks_for_a_tick(act: Act) -> None:
    situation, login, fields, _expected = HAPPY[act]
    code = SITUATIONS[situation]().code
    unsure = {name: value for name, value in fields.items() if name != "sure"}
    answer = post(login, code, act, unsure)
    assert answer.status_code == 422
    assert "Hãy đánh dấu để xác nhận." in answer.content.decode()


def test_irreversible_acts_are_these() -> None:
    final = {act for act, page in PAGES.items() if page.form.final}
    assert final == {
        Act.DECIDE,
        Act.HAND_OVER,
        Act.WITHDRAW,
        Act.STOP,
        Act.REFUSE,
        Act.GIVE_BACK_PAPERS,
        Act.REVOKE_RESULT,
    }


# --- text and paper ------------------------------------------------------------


def test_a_reason_typed_in_pieces_is_kept_whole() -> None:
    story = Story().proposed()
    apart = unicodedata.normalize("NFD", "Thiếu chữ ký của người được ủy quyền")
    assert len(apart) > len(unicodedata.normalize("NFC", apart))
    fields = {"to": "examine", "reason": f"  {apart}\n"}
    assert post("chutich", story.code, "return_step", fields).status_code == 302
    assert seen(story.code).entries[-1].texts == ("Thiếu chữ ký của người được ủy quyền",)


def test_a_reason_too_long_comes_back_whole() -> None:
    code = Story().proposed().code
    answer = post("chutich", code, "return_step", {"to": "examine", "reason": "dài " * 1500})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Lý do dài quá 4000 chữ." in page
    assert page.count("dài dài") > 500


def test_an_act_from_the_paper_pad_counts_by_the_time_written_on_it() -> None:
    story = Story(begins=now() - timedelta(days=2))
    written = (now() - timedelta(days=1)).replace(second=0, microsecond=0)
    there = local(written)
    pad = {"paper_pad": "S001", "paper_number": "15", "paper_time": f"{there:%H:%M}"}
    fields = {**pad, **day_fields("paper_on", there.date())}
    assert post("tuphap1", story.code, "start", fields).status_code == 302
    entry = seen(story.code).entries[-1]
    assert (entry.origin, entry.occurred_at) == ("paper", written)
    page = browser("tuphap1").get(f"/dossiers/{story.code}").content.decode()
    assert "từ sổ giấy, nhập" in page


def test_the_paper_pad_is_filled_in_whole_and_never_ahead() -> None:
    story = Story()
    half = post("tuphap1", story.code, "start", {"paper_pad": "S001"})
    page = half.content.decode()
    assert half.status_code == 422
    assert page.count("Ghi đủ quyển, số, ngày và giờ trên sổ giấy.") == 6, "three fields, each twice"
    assert re.search(r"<details open>\s*<summary>Đã làm trên sổ giấy", page)
    ahead = datetime.now(ZONE) + timedelta(days=2)
    pad = {
        "paper_pad": "S001",
        "paper_number": "1",
        "paper_time": "08:00",
        **day_fields("paper_on", ahead.date()),
    }
    late = post("tuphap1", story.code, "start", pad, key="key-2")
    assert late.status_code == 422
    assert "Giờ ghi trên giấy ở tương lai." in late.content.decode()
    assert row_of(story.code)["state"] == State.RECEIVED


def test_the_recipient_stands_there_already() -> None:
    assert f'value="{NAME}"' in _page("tiepnhan1", Story().decided().code, "hand_over")


def test_an_authorised_person_is_not_the_applicant() -> None:
    code = Story().decided().code
    fields = {"way": "authorised", "recipient": "nguyen thi anh tuyet", "checked_by": "authorisation", **SURE}
    answer = post("tiepnhan1", code, "hand_over", fields)
    assert answer.status_code == 422
    assert "Hãy ghi tên người được ủy quyền, không phải chủ hồ sơ." in answer.content.decode()
    assert row_of(code)["state"] == State.DECIDED


def test_the_post_delivers_by_its_manifest_and_is_offered_no_other_page() -> None:
    manifest, code = sent_by_post(now() - timedelta(days=1))
    client = browser("buudien")
    assert "hand_over" not in client.get(f"/dossiers/{code}").content.decode()
    answer = client.get(f"/dossiers/{code}/hand_over")
    assert answer.status_code == 403
    assert f"trên bảng kê {manifest}" in answer.content.decode()


def test_what_the_post_brought_back_is_out_of_its_officers_sight() -> None:
    _manifest, code = sent_by_post(now() - timedelta(days=1))
    told = {"what": "result", "to": "shelf", "place": "B4", "reason": "Không có người nhận."}
    answer = post("buudien", code, "move_papers", told)
    assert (answer.status_code, answer["Location"]) == (302, "/results/manifests")
    assert row_of(code)["manifest"] == ""
    assert browser("buudien").get(f"/dossiers/{code}").status_code == 404
