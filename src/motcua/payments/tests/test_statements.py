"""A bank's statement as people save it, and what is wrong with a line, told with its number."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from motcua.kernel.errors import Invalid
from motcua.payments import statements
from motcua.payments.days import Days
from motcua.payments.statements import Fault, Left, Line

HEAD = "Ngày,Số tiền,Nội dung,Mã giao dịch\n"


def read(body):
    return statements.read(body, days=Days(date(2026, 6, 1), date(2026, 8, 27)))


def one(line, head=HEAD):
    (found,) = read((head + line).encode())
    return found


@pytest.mark.parametrize(
    ("head", "line"),
    [
        (HEAD, "26/08/2026,10000,nop MC,FT26\n"),
        ("﻿ngay;so_tien;noi_dung;ma_giao_dich\r\n", "26-08-2026;+10.000;nop MC;FT26\r\n"),
        ("bank reference\ttext\tamount\tdate\tbalance\n", "FT26\tnop MC\t10,000\t2026-08-26\t9\n"),
        (HEAD, '26.8.2026,"10 000","nop MC",FT26'),
    ],
)
def test_a_line_in_the_ways_banks_write_it(head, line):
    assert one(line, head) == Line(2, date(2026, 8, 26), 10_000, "nop MC", "FT26")


@pytest.mark.parametrize(
    "head",
    ["Ngày,Số tiền,Nội dung,Số tiền,Mã giao dịch\n", "Ngày,Số tiền,Nội dung,Mã giao dịch,Số tiền ghi có\n"],
)
def test_a_head_that_names_a_column_twice_is_refused(head):
    with pytest.raises(Invalid, match="Số tiền"):
        read((head + "26/08/2026,10000,nop,FT1,20000\n").encode())


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("26/08/2026,10000,nop\n", "thiếu cột"),
        ("31/02/2026,10000,nop,FT1\n", "31/02/2026"),
        ("26/08/2026,10000.50,nop,FT1\n", "10000.50"),
        ("26/08/2026,1.00,nop,FT1\n", "1.00"),
        ("26/08/2026,mười nghìn,nop,FT1\n", "mười nghìn"),
        ("26/08/2026,10000,nop,\n", "Mã giao dịch"),
        ("26/08/2026,10000,nop,=cmd()\n", "Mã giao dịch"),
        (f"26/08/2026,{'9' * 20},nop,FT1\n", "999"),
        ("28/08/2026,10000,nop,FT1\n", "28/08/2026 ở sau hôm nay"),
        ("31/12/9999,10000,nop,FT1\n", "31/12/9999 ở sau hôm nay"),
        ("31/05/2026,10000,nop,FT1\n", "31/05/2026 quá cũ"),
        ("01/01/1970,10000,nop,FT1\n", "01/01/1970 quá cũ"),
    ],
)
def test_a_broken_line_says_what_is_wrong(line, why):
    found = one(line)
    assert isinstance(found, Fault)
    assert found.n == 2
    assert why in found.why.vi


def test_money_that_left_and_empty_lines_are_passed_over():
    assert list(read(f"{HEAD}\n26/08/2026,-5000,tra tien,FT1\n,,,\n".encode())) == [Left(3)]


GOOD = "26/08/2026,10000,nop MC,FT26\n"


@pytest.mark.parametrize(
    "broken",
    [
        '26/08/2026,5000,"nop,FT1\n',
        '26/08/2026,5000,"nop\n26/08/2026,90000,MC,FT99\n",FT1\n',
        '26/08/2026,5000,"nop\r26/08/2026,90000,MC,FT99\r",FT1\n',
        '26/08/2026,5000,"nop" MC,FT1\n',
    ],
)
def test_a_quotation_mark_left_open_hides_no_money_and_makes_none(broken):
    before, fault = read((HEAD + GOOD + broken + GOOD).encode())
    assert isinstance(before, Line)
    assert isinstance(fault, Fault)
    assert fault.n == 3
    assert "chưa nhập" in fault.why.vi


def test_lines_may_end_as_on_any_machine():
    assert [found.n for found in read((HEAD + GOOD + GOOD).replace("\n", "\r").encode())] == [2, 3]


@pytest.mark.parametrize(
    "body",
    [b"", b"a,b\n1,2\n", f'"{HEAD}{GOOD}'.encode(), "Ngày,Số tiền\n".encode(), "Ngày".encode("utf-16")],
)
def test_a_file_that_is_no_statement(body):
    with pytest.raises(Invalid):
        list(read(body))


@given(st.text(max_size=200))
def test_whatever_stands_in_a_line_is_read_or_told(text):
    for found in read((HEAD + text).encode("utf-8", "replace")):
        assert isinstance(found, Line | Fault | Left)
        assert not isinstance(found, Line) or (found.amount > 0 and found.number)
