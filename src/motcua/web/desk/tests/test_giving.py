"""The page of a hand-over: what fits its way, and what the history says of it."""

import pytest
from tests.support.html import Page

from motcua.dossiers.states import State
from motcua.web.desk.tests.happy import SURE
from motcua.web.desk.tests.support import Story, browser, row_of
from motcua.web.desk.tests.test_acts import focused, post
from motcua.web.desk.words import WAYS

pytestmark = pytest.mark.django_db


def _page(code: str) -> str:
    return browser("tiepnhan1").get(f"/dossiers/{code}/hand_over").text


@pytest.mark.parametrize(
    ("way", "checked_by", "proof"),
    [("in_person", "postal_slip", "paper"), ("in_person", "citizen_id", "post"), ("post", "citizen_id", "post"),
     ("authorised", "citizen_id", "paper"), ("post", "postal_slip", "paper")],
)  # fmt: skip
def test_checks_and_proofs_fit_the_way(way: str, checked_by: str, proof: str) -> None:
    code = Story().decided().code
    fields = {"way": way, "recipient": "Trần Văn Hùng", "checked_by": checked_by, "proof": proof, **SURE}
    answer = post("tiepnhan1", code, "hand_over", fields | {"authority": "Số 12"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert text.count(f"Không hợp với “{WAYS[way].vi}”. Hãy chọn: ") == 2, "in the summary and at the field"
    assert row_of(code)["state"] == State.DECIDED


def test_a_script_knows_what_fits_which_way_and_a_lost_receipt_is_tied_to_its_box() -> None:
    tags = Page(_page(Story().decided().code)).all("input")
    ways = {
        (t["name"], t["value"]): t["data-ways"] for t in tags if t.get("type") == "radio" and "data-ways" in t
    }
    assert ways["checked_by", "postal_slip"] == ways["proof", "post"] == "post"
    assert ways["checked_by", "authorisation"] == "authorised"
    assert ways["proof", "screen"] == "in_person authorised"
    (lost,) = [t for t in tags if t.get("name") == "receipt_lost"]
    assert lost["aria-describedby"] == f"{lost['id']}_hint"
    page = _page(Story().decided().code)
    assert page.index('for="id_receipt_lost"') < page.index('id="id_receipt_lost_hint"')


def test_the_history_says_how_the_result_was_given_out() -> None:
    code = Story().decided().code
    given = {
        "way": "authorised",
        "recipient": "Trần Văn Hùng",
        "checked_by": "authorisation",
        "authority": "Số 12",
    }
    answer = post("tiepnhan1", code, "hand_over", {**given, "proof": "paper", "receipt_lost": "on", **SURE})
    assert answer.status_code == 302
    told = browser("tiepnhan1").get(f"/dossiers/{code}").text
    assert (
        "Trả kết quả cho người được ủy quyền, đối chiếu văn bản ủy quyền và giấy tờ tùy thân, ký nhận trên giấy."
        " Giấy tiếp nhận đã mất: mã tra cứu in trên giấy hết hiệu lực."
    ) in told


@pytest.mark.parametrize(
    ("situation", "login", "act", "first", "conditions"),
    [
        ("decided", "tiepnhan1", "hand_over", "way", ["khi người được ủy quyền nhận"]),
        (
            "started",
            "tuphap1",
            "step",
            "outcome",
            ["khi không đồng ý, hoặc chỉ đồng ý một phần", "khi không đồng ý"],
        ),
        ("started", "tiepnhan1", "transfer", "to", ["khi chuyển đến cơ quan khác"]),
        ("received", "tiepnhan1", "withdraw", "signed", []),
        ("received", "tuphap1", "start", "", []),
    ],
)
def test_an_act_begins_at_its_first_field_and_says_when_others_are_needed(
    situation: str, login: str, act: str, first: str, conditions: list[str]
) -> None:
    story = getattr(Story(), situation)() if situation != "received" else Story()
    answer = browser(login).get(f"/dossiers/{story.code}/{act}")
    assert focused(answer) == [first]
    for condition in conditions:
        assert f'<span class="optional">({condition}' in answer.text
