"""A long table begins each month on a new page; a short one runs on."""

from motcua.web.common.pdf.months import LONG, parts


def test_a_short_table_runs_on():
    assert parts(["a", "b"], [1, 2]) == [["a", "b"]]
    assert parts([], []) == [[]]


def test_where_no_month_matters_a_long_one_runs_on_too():
    rows = list(range(LONG + 1))
    assert parts(rows, []) == [rows]


def test_a_long_table_is_parted_by_months_and_loses_no_row():
    rows = list(range(LONG + 500))
    found = parts(rows, [1 + n // 600 for n in rows])
    assert [len(part) for part in found] == [600, 600, 300]
    assert [row for part in found for row in part] == rows
