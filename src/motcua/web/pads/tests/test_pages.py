"""The pages of paper pads as a desk manager uses them: issued, printed, sheets voided or allowed late."""

import io
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pypdfium2
import pytest
from tests.support.acts import act
from tests.support.pages import visitor
from tests.support.papers import kept
from tests.support.statements import statements
from tests.support.world import intake, issue_pad, viewer
from tests.support.written import written

from motcua.dossiers.events import PaperMark
from motcua.flows.reception import receive
from motcua.kernel.time import now
from motcua.pads import selectors

pytestmark = pytest.mark.django_db
WHO = 1
PAD = {"form": "01", "sheets": "25", "enter_within": "5"}


def browser(login: str = "truongquay") -> Any:
    return visitor(login, at=now())


def post(path: str, login: str = "truongquay", key: str = "", **fields: str) -> Any:
    return browser(login).post(path, {"idempotency_key": key or str(uuid4()), **fields})


def of(code: str = "S001") -> selectors.PadLine:
    return selectors.pad(code, viewer=viewer("truongquay"))


def entered(number: int, photo: str | None = None) -> str:
    at = now() - timedelta(hours=1)
    paper = PaperMark(pad="S001", number=str(number), occurred_at=at, photo=photo)
    return str(act("tiepnhan1", at, receive, intake=intake(), paper=paper).row["code"])


def test_a_pad_is_issued_once_and_printed() -> None:
    for _ in range(2):  # a second click
        answer = post("/pads", key="once", **PAD)
        assert answer.status_code == 302
    lines, _following = selectors.pads(viewer=viewer("truongquay"))
    assert [(line.code, line.first, line.last) for line in lines] == [("S002", 51, 75), ("S001", 1, 50)]
    assert "S002" in browser().get("/pads").text
    paper = browser().get("/pads/S002/print.pdf")
    sheets = pypdfium2.PdfDocument(io.BytesIO(paper.content))
    assert len(sheets) == 25
    told = sheets[0].get_textpage().get_text_range()
    assert "S002" in told
    assert "51" in told


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"form": "99"}, "Hãy chọn một mục."),
        ({"sheets": "30"}, "Hãy chọn một mục."),
        ({"enter_within": "0"}, "Hãy ghi từ 1 đến 30."),
        ({"enter_within": "năm"}, "Hãy ghi từ 1 đến 30."),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_what_was_typed_stays(wrong: dict[str, str], said: str) -> None:
    before = written()
    answer = post("/pads", **{**PAD, **wrong})
    assert answer.status_code == 422
    assert said in answer.text
    for typed in wrong.values():
        assert typed not in ("0", "năm") or f'value="{typed}"' in answer.text
    assert written() == before


@pytest.mark.parametrize("login", ["tiepnhan1", "chutich"])
def test_who_may_look_may_not_decide(login: str) -> None:
    before = written()
    page = browser(login).get("/pads/S001")
    assert page.status_code == 200
    assert '<form method="post" action="">' not in page.text
    assert "Hủy tờ, hoặc cho nhập muộn" not in page.text
    assert post("/pads", login, **PAD).status_code == 403
    assert post("/pads/S001", login, number="1", ground="spoiled").status_code == 403
    assert written() == before


def test_another_agencys_pads_are_not_there() -> None:
    issue_pad()  # S002 of Xã Mẫu
    assert browser("vanthu.mauhai").get("/pads/S002").status_code == 404
    assert post("/pads/S002", "vanthu.mauhai", number="51", ground="spoiled").status_code == 404


def test_sheets_are_told_one_by_one() -> None:
    photo = kept("tiepnhan1", now() - timedelta(hours=1), name="tờ 4.pdf").digest
    with_photo, without = entered(4, photo), entered(2)
    assert post("/pads/S001", number="3", ground="spoiled").status_code == 302
    assert post("/pads/S001", number="5", ground="power").status_code == 302
    page = browser().get("/pads/S001").text
    rows = re.findall(r'<tr><th scope="row"[^>]*>(\d+)</th>(.*?)</tr>', page)
    told = {int(number): re.sub(r"<[^>]+>|\s+", " ", row) for number, row in rows}
    assert list(told) == [1, 2, 3, 4, 5]
    assert "Chưa nhập" in told[1]
    for number, code, about in ((2, without, "chưa có ảnh"), (4, with_photo, "có ảnh")):
        assert f"{code}" in told[number]
        assert about in told[number]
    assert "chưa có ảnh" not in told[4]
    assert "Viết hỏng" in told[3]
    assert "Mất điện kéo dài" in told[5]


@pytest.mark.parametrize(
    ("number", "ground", "said"),
    [
        ("", "spoiled", "Hãy ghi số in trên tờ."),
        ("ba", "spoiled", "Hãy ghi số in trên tờ."),
        ("99999999999", "spoiled", "Hãy ghi số in trên tờ."),
        ("51", "spoiled", "Quyển này có các tờ từ 1 đến 50."),
        ("3", "", "Hãy chọn một mục."),
        ("2", "spoiled", "Tờ 2 đã nhập hoặc đã được ghi nhận trước đó."),
    ],
)
def test_a_sheet_that_can_not_be(number: str, ground: str, said: str) -> None:
    entered(2)
    before = written()
    answer = post("/pads/S001", number=number, ground=ground)
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{number}"' in answer.text or not number
    assert written() == before


def test_a_decision_sent_twice_is_one() -> None:
    for _ in range(2):
        assert post("/pads/S001", key="once", number="3", ground="lost").status_code == 302
    assert of().void == 1


def test_what_the_pages_cost() -> None:
    entered(2)
    client = browser()
    client.get("/pads")
    with statements(most=WHO + 1):
        assert client.get("/pads").status_code == 200
    with statements(most=WHO + 2):
        assert client.get("/pads/S001").status_code == 200
    with statements(most=WHO + 1):
        assert client.get("/pads/S001/print.pdf").status_code == 200


def test_many_pads_are_paged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "PAGE", 2)
    for _ in range(3):
        issue_pad(at=now())
    first = browser().get("/pads").text
    assert re.findall(r'/pads/(S\d+)"', first) == ["S004", "S003"]
    (after,) = set(re.findall(r'href="(\?after=[^"]+)"', first))
    second = browser().get(f"/pads{after.replace('&amp;', '&')}").text
    assert re.findall(r'/pads/(S\d+)"', second) == ["S002", "S001"]
