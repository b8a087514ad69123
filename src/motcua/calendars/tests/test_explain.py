"""The words of the clock: what a citizen reads, in both languages, with the legal basis."""

import re
from datetime import date

import pytest
from hypothesis import given, settings, strategies as st

from motcua.calendars import explain as explain_module
from motcua.calendars.editions import edition_from
from motcua.calendars.explain import explain
from motcua.calendars.tests.test_clock_random import a_sample, ours
from motcua.calendars.tests.test_clock_table import TABLE, at, due
from motcua.calendars.tests.test_work_calendar import agency
from motcua.calendars.words import hours_text, iso_text


def told(*sample, language="vi"):
    return [line[language] for line in explain(due(*sample))]


def test_a_holiday_week_is_told_day_by_day():
    assert told("2026-08-28 16:40", 3, "working_day") == [
        "Mốc tính 16:40 thứ Sáu 28/08/2026: ngày này là ngày 0, bắt đầu đếm từ ngày hôm sau.",
        "Thời hạn 3 ngày làm việc: đếm đến thứ Hai 07/09/2026.",
        (
            "Trong đó không tính 4 ngày nghỉ cuối tuần; "
            "không tính 31/08 (nghỉ hoán đổi, làm bù ngày 22/08/2026), 01/09, 02/09 (Quốc khánh)."
        ),
        "Hạn trả kết quả: 17:00 thứ Hai 07/09/2026 (giờ đóng cửa).",
    ]


def test_a_make_up_saturday_is_told():
    assert told("2026-08-21 10:00", 1, "working_day", language="en") == [
        "Counted from 10:00 on Friday 21 August 2026: that day is day zero, counting begins the next day.",
        "The limit is 1 working day: counted to Saturday 22 August 2026.",
        "On the way: counted: 22 Aug (make-up day for 31/08/2026).",
        "Due: 17:00 on Saturday 22 August 2026 (closing time).",
    ]


def test_pause_floor_and_roll_are_told():
    lines = told("2026-11-16 09:00", 3, "working_day", [("2026-11-19 10:00", "2026-11-20 20:00")])
    assert lines[2:] == [
        (
            "Tạm dừng từ 10:00 thứ Năm 19/11/2026 đến 20:00 thứ Sáu 20/11/2026 (bổ sung hồ sơ): "
            "không tính 1 ngày làm việc, lùi từ thứ Năm 19/11/2026 sang thứ Sáu 20/11/2026."
        ),
        "Hết tạm dừng lúc 20:00 thứ Sáu 20/11/2026, đã hết giờ làm việc: hạn không sớm hơn thứ Hai 23/11/2026.",
        "Hạn trả kết quả: 17:00 thứ Hai 23/11/2026 (giờ đóng cửa).",
    ]
    assert told("2026-02-02 08:00", 15, "calendar_day")[2] == (
        "Ngày cuối, thứ Ba 17/02/2026, là ngày nghỉ (Tết Âm lịch): "
        "chuyển sang ngày làm việc sau, thứ Hai 23/02/2026."
    )


def test_extensions_are_told_and_an_ignored_one_too():
    added = told("2026-11-16 08:00", 3, "working_day", (), [("2026-11-18 10:00", 2, "working_day")])
    assert added[2] == (
        "Gia hạn lúc 10:00 thứ Tư 18/11/2026, thêm 2 ngày làm việc (cần xác minh): "
        "từ thứ Năm 19/11/2026 sang thứ Hai 23/11/2026."
    )
    late = told("2026-11-16 08:00", 3, "working_day", (), [("2026-11-20 10:00", 2, "working_day")])
    assert late[2] == (
        "Gia hạn lúc 10:00 thứ Sáu 20/11/2026 (cần xác minh) sau khi đã hết hạn 17:00 thứ Năm 19/11/2026: "
        "không tính."
    )


def test_hours_are_told_in_decimals_of_the_language():
    sample = ("2026-11-16 06:00", "2.5", "working_hour", [("2026-11-16 08:00", None)])
    assert told(*sample) == [
        "Mốc 06:00 thứ Hai 16/11/2026 ngoài giờ làm việc: tính từ lúc mở cửa kế tiếp, 07:30 thứ Hai 16/11/2026.",
        "Thời hạn 2,5 giờ làm việc: đến 10:00 thứ Hai 16/11/2026.",
        "Đang tạm dừng từ 08:00 thứ Hai 16/11/2026 (bổ sung hồ sơ): chưa xác định được ngày trả.",
        "Chưa có hạn trả; khi hết tạm dừng còn 2 giờ làm việc.",
    ]
    assert (
        told(*sample, language="en")[1]
        == "The limit is 2.5 working hours: until 10:00 on Monday 16 November 2026."
    )


def test_days_passed_over_are_told_for_hours_pauses_and_extensions_too():
    culture_day = "Trong đó không tính 24/11 (Ngày Văn hóa Việt Nam)."
    assert told("2026-11-23 09:00", 8, "working_hour")[2] == culture_day
    assert told("2026-11-23 15:30", None, "same_day")[1] == culture_day
    pause = [("2026-11-19 10:00", "2026-11-20 10:00")]
    assert (
        told("2026-11-20 08:00", 1, "working_day", (), [("2026-11-20 09:00", 1, "working_day")])[4]
        == culture_day
    )
    assert (
        told("2026-11-17 08:00", 3, "working_day", pause)[3] == "Trong đó không tính 2 ngày nghỉ cuối tuần."
    )


def test_a_provisional_year_and_an_unverified_day_are_told():
    assert told("2026-12-31 08:00", 1, "working_day")[-2] == (
        "Tạm tính: chưa có lịch nghỉ được công bố cho năm 2027; tính theo ngày lễ luật định."
    )
    assert (
        "02/01 (nghỉ hoán đổi, làm bù ngày 10/01/2026, chưa kiểm chứng)"
        in (told("2025-12-31 08:00", 1, "working_day")[2])
    )
    assert "năm 2027-2031" in told("2026-12-31 08:00", 5, "year")[-2]


def test_a_month_without_that_date_is_told():
    assert told("2026-01-31 08:00", 1, "month")[2] == (
        "Tháng ấy không có ngày tương ứng nên lấy ngày cuối tháng, thứ Bảy 28/02/2026."
    )


def test_many_days_off_are_not_all_spelt_out():
    # 34 weekdays off on the way: 11 in 2025, 14 in 2026, 9 in 2027 until May
    assert "và 22 ngày khác" in told("2025-01-01 08:00", 600, "working_day")[2]


def test_names_given_by_an_agency_are_escaped():
    note = {"vi": 'nghỉ "đột xuất" 100 %', "en": 'a "sudden" closure'}
    calendar = agency(days_off=[{"date": "2026-11-18", "name": note, "basis": "TB 1\\2"}])
    answer = ours(at("2026-11-17 08:00"), 1, "working_day", [], [])
    assert explain(answer)[1]["en"].endswith("18 November 2026.")
    changed = due("2026-11-17 08:00", 1, "working_day", calendar=calendar)
    assert explain(changed)[2] == {
        "vi": 'Trong đó không tính 18/11 (nghỉ "đột xuất" 100 %).',
        "en": 'On the way: not counted: 18 Nov (a "sudden" closure).',
        "basis": "TB 1\\2",
    }
    assert edition_from({"code": "x"}).days_off == {}


@pytest.mark.parametrize("sample", TABLE)
def test_every_line_of_the_table_has_words_and_a_basis(sample):
    for line in explain(due(*sample[:5])):
        assert list(line) == ["vi", "en", "basis"]
        assert all(line.values())


def test_every_code_has_a_sentence_and_every_sentence_fits_its_figures():
    for code, (kinds, template) in explain_module._SENTENCES.items():
        assert template.count("%s") == 2 * len(kinds), code


@settings(max_examples=300)
@given(st.randoms(use_true_random=False))
def test_the_last_line_agrees_with_the_due_moment(pick):
    answer = ours(*a_sample(pick, date(2025, 1, 1), date(2027, 12, 31)))
    last = explain(answer)[-1]
    if answer.due_at is None:
        assert last["vi"].startswith("Chưa có hạn trả")
    else:
        found = re.fullmatch(
            r"Hạn trả kết quả: (\d\d:\d\d) .* (\d\d)/(\d\d)/(\d{4})( \(giờ đóng cửa\))?\.", last["vi"]
        )
        assert found is not None
        clock, day, month, year, _ = found.groups()
        assert f"{year}-{month}-{day} {clock}" == f"{answer.due_at:%Y-%m-%d %H:%M}"
        assert answer.due is not None
        assert iso_text(answer.due) == answer.due_at.isoformat()


@pytest.mark.parametrize(
    ("amount", "text"),
    [(0, "0"), (3_600_000_000, "1"), (9_000_000_000, "2.5"), (1_200_000_000, "0.333334"), (1, "0.000001")],
)
def test_hours_in_decimals(amount, text):
    assert hours_text(amount) == text
