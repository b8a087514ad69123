"""What is typed into an act's form and could not be printed, counted or seen afterwards."""

from datetime import date

import pytest

from motcua.kernel.time import local, now
from motcua.web.desk.tests.happy import Fields
from motcua.web.desk.tests.support import Story, day_fields, row_of, seen
from motcua.web.desk.tests.test_acts import post


@pytest.mark.parametrize(
    ("login", "act", "fields"),
    [
        (
            "chutich",
            "notify_delay",
            {"reason": "Chờ 王 trả lời", "cause": "other", **day_fields("apology_date", date(2099, 1, 5))},
        ),
        ("chutich", "stop", {"ground": "law", "basis": "Điều 1 😀", "reason": "Lý do", "sure": "on"}),
        ("tuphap1", "request_supplement", {"others": "Bản dịch\r\ncủa 王"}),
        ("tuphap1", "request_supplement", {"missing_form": "on", "wrong_form": "Chữ ký 😀"}),
    ],
)
def test_what_no_letter_can_show_is_refused_where_it_is_typed(login: str, act: str, fields: Fields) -> None:
    code = Story().started().code
    answer = post(login, code, act, fields)
    assert answer.status_code == 422
    assert "Không in được ký tự" in answer.content.decode()
    assert len(seen(code).entries) == 2


def test_a_new_date_lies_in_a_year_that_has_a_calendar() -> None:
    code = Story().started().code
    fields = {"reason": "Chờ trả lời.", "cause": "other", **day_fields("apology_date", date(9999, 12, 31))}
    answer = post("chutich", code, "notify_delay", fields)
    assert answer.status_code == 422
    assert "nằm ngoài các năm 1990-2100" in answer.content.decode()
    assert row_of(code)["apology_date"] is None


def test_invisible_letters_are_no_paper_pad() -> None:
    story = Story()
    there = local(now())
    pad = {"paper_pad": "\u200b", "paper_number": "\u202e1", "paper_time": "08:00"}
    answer = post("tuphap1", story.code, "start", {**pad, **day_fields("paper_on", there.date())})
    assert answer.status_code == 422
    assert answer.content.decode().count("Ghi đủ quyển, số, ngày và giờ trên sổ giấy.") == 2, (
        "one, told twice"
    )
