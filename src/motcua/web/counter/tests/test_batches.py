"""A list of people: read safely, a finding for each fault, each good line received once."""

import io
import re
import zipfile
from datetime import date, datetime, timedelta
from time import perf_counter
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.support.pages import visitor
from tests.support.papers import pdf
from tests.support.site import pages_at
from tests.support.world import viewer

from motcua.dossiers.selectors import dossier, dossiers
from motcua.kernel.errors import Invalid
from motcua.reception.operations.batches import NewRow
from motcua.reception.xlsx import read_sheet
from motcua.web.counter.batch_rows import rows_of
from motcua.web.counter.tests.support import NAME, filled, post

HEADS = ["STT", "Họ và tên", "Loại giấy tờ", "Số giấy tờ", "Ngày sinh", "Điện thoại", "Địa chỉ"]


def book(*rows: list[Any], heads: list[str] | None = None) -> bytes:
    body = io.BytesIO()
    with xlsxwriter.Workbook(body, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        for i, row in enumerate([heads or HEADS, *rows]):
            sheet.write_row(i, 0, row)
    return body.getvalue()


def person(n: int, **changes: Any) -> list[Any]:
    told = {
        "name": f"Trần Văn {chr(65 + n % 26)}",
        "paper": "",
        "number": f"0010900{n:05}",
        "born": "05/09/1990",
        "phone": "0912345678",
        "address": "Thôn 1, Xã Mẫu",
    }
    return [n, *(told | changes).values()]


def sent(clerk: Client, body: bytes, fields: dict[str, str] | None = None) -> Any:
    upload = SimpleUploadedFile("danh-sach.xlsx", body)
    return clerk.post("/dossiers/receive", (fields or filled(clerk)) | {"_list": "1", "list": upload})


def count(at: datetime) -> int:
    return len(dossiers(viewer=viewer("tiepnhan1", at=at), at=at).lines)


def test_good_lines_are_received_and_bad_ones_told(clerk: Client, at: datetime) -> None:
    rows = [
        person(1),
        person(2, number=1090000002),
        person(3, born=33121),
        person(4, born="31/02/1990"),
        person(5, name=""),
        person(6, number="001090000001"),
        person(7, phone="sáu"),
        person(8, paper="Không có giấy tờ", number=""),
        person(9, name="=1+1"),
    ]
    answer = sent(clerk, book(*rows))
    assert answer.status_code == 302, answer.content.decode().split("<main")[1][:2500]
    page = answer["Location"]
    html = clerk.get(page).content.decode()
    assert count(at) == 0
    for said in (
        "Chưa có gì được tiếp nhận",
        "Nếu số 0 ở đầu bị mất",
        "Không có ngày này",
        "Hãy ghi họ tên",
        "Trùng số với dòng 2",
        "Số điện thoại không đúng",
        "Ô có công thức",
    ):
        assert said in html, said
    for _ in range(2):  # the second finds nothing left to do
        assert clerk.post(f"{page}/receive")["Location"] == page
    assert count(at) == 3
    html = clerk.get(page).content.decode()
    assert "In phiếu hẹn chung" in html
    lines = dossiers(viewer=viewer("tiepnhan1", at=at), at=at).lines
    shown = dossier(lines[0].code, viewer=viewer("tiepnhan1", at=at))
    assert [(p.role, p.fields["name"]) for p in shown.parties] == [
        ("applicant", "Trần Văn I"),
        ("submitter", NAME),
    ]
    batch = page.rsplit("/", 1)[-1]
    listed = read_sheet(clerk.get(f"/visits/{batch}/codes.xlsx").content)
    assert [line.cells[0] for line in listed[1:]] == [line.code for line in reversed(lines)]
    assert clerk.get(f"/visits/{batch}/slip.pdf").content.startswith(b"%PDF")
    assert clerk.post(f"{page}/drop").status_code == 302
    assert clerk.get(page).status_code == 404
    assert count(at) == 3


def told(rows: list[NewRow]) -> list[str]:
    return [f"{finding['column']['vi']}: {finding['what']['vi']}" for row in rows for finding in row.findings]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("Căn cước", "001090000001"),
        ("CĂN CƯỚC", "001090000001"),
        ("can cuoc", "001090000001"),
        ("CCCD", "001090000001"),
        ("thẻ căn cước", "001090000001"),
        ("CMND", "012345678"),
        ("Hộ chiếu", "C1234567"),
        ("GKS", "123/2024"),
        ("MST", "0100109106"),
        ("Thẻ tạm trú", "AB12345"),
        ("không", ""),
    ],
)
def test_papers_are_known_by_what_people_call_them(written: str, number: str) -> None:
    lines = read_sheet(book(person(1, paper=written, number=number)))
    assert told(rows_of(lines, today=date(2026, 9, 1))) == []


def test_an_unknown_paper_is_named_as_it_was_written_with_what_may_be() -> None:
    lines = read_sheet(book(person(1, paper="Thẻ Đảng viên", number="012")))
    (said,) = told(rows_of(lines, today=date(2026, 9, 1)))
    assert said.startswith(
        "Loại giấy tờ: Không rõ loại giấy tờ “Thẻ Đảng viên”. Ghi một trong: Căn cước; Chứng"
    )


def test_a_number_without_a_paper_lost_no_zeros() -> None:
    lines = read_sheet(book(person(1, paper="Không có giấy tờ", number="123")))
    (said,) = told(rows_of(lines, today=date(2026, 9, 1)))
    assert "để trống số" in said


def test_from_the_faults_leads_a_way_back_to_what_was_typed(clerk: Client) -> None:
    page = clerk.get(sent(clerk, book(person(1, paper="thẻ Đảng")))["Location"]).text
    (there,) = re.findall(r'href="(/dossiers/receive\?intake=[^"]+)"', page)
    again = clerk.get(there)
    assert again.status_code == 200
    assert NAME in again.text


def test_a_list_is_the_desk_s_own(clerk: Client, at: datetime) -> None:
    page = sent(clerk, book(person(1)))["Location"]
    for login in ("tiepnhan1.mauhai", "chutich"):
        assert visitor(login, at=at).post(f"{page}/receive").status_code == 404
        assert visitor(login, at=at).post(f"{page}/drop").status_code == 404
    assert count(at) == 0
    assert clerk.get(page).status_code == 200


def test_what_all_share_must_be_whole_first(clerk: Client, at: datetime) -> None:
    fields = {n: v for n, v in filled(clerk).items() if not n.endswith("_have")}
    answer = sent(clerk, book(person(1)), fields)
    assert answer.status_code == 422
    assert "Hồ sơ chưa đủ" in answer.content.decode()
    nobody = post(clerk, filled(clerk) | {"_list": "1"})
    assert "Hãy chọn tệp danh sách" in nobody.content.decode()


def packed(**parts: str) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return body.getvalue()


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData/></worksheet>'


def garbled(body: bytes) -> bytes:
    """The same archive, its first sheet's packed bytes spoilt."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        at = next(i for i in archive.infolist() if "worksheets" in i.filename)
    begin = at.header_offset + 30 + len(at.filename)
    return body[:begin] + b"\xff" * 20 + body[begin + 20 :]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"ten,so\nA,1\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100,
        pdf(),
        packed(word__document="<document/>"),
        packed(xl__worksheets__sheet1="<worksheet><row"),
        packed(xl__worksheets__sheet1=BOMB),
        packed(xl__worksheets__sheet1=" " * (25 * 1024 * 1024)),
        b"x" * (4 * 1024 * 1024),
        book(person(1))[:-200],
        garbled(book(person(1))),
    ],
    ids=["empty", "csv", "xls", "pdf", "docx", "cut", "entities", "bomb", "large", "broken", "garbled"],
)
def test_what_is_no_list_is_refused_in_words(body: bytes) -> None:
    with pytest.raises(Invalid):
        read_sheet(body)


@pytest.mark.parametrize(("first", "second"), [("²", "3"), ("9" * 5000, "3"), ("2", "2"), ("7", "3")])
def test_lines_have_numbers_of_their_own_whatever_the_file_says(first: str, second: str) -> None:
    cells = '<c t="s"><v>²</v></c><c t="inlineStr"><is><t>A</t></is></c>'
    rows = f'<row r="{first}">{cells}</row><row r="{second}">{cells}</row>'
    lines = read_sheet(packed(xl__worksheets__sheet1=f"<worksheet><sheetData>{rows}</sheetData></worksheet>"))
    assert [line.cells for line in lines] == [{1: "A"}] * 2
    assert lines[0].number < lines[1].number < 10**9


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"ten,so", "không phải bảng tính XLSX"),
        (book(), "chưa có người nào"),
        (book(person(1), heads=["A", "B", "C", "D", "E", "F", "G"]), "Không thấy dòng tiêu đề"),
        (book(*[person(n) for n in range(501)]), "mỗi lần tối đa 500"),
    ],
)
def test_a_list_that_cannot_be_used_says_why(clerk: Client, at: datetime, body: bytes, said: str) -> None:
    answer = sent(clerk, body)
    assert answer.status_code == 422
    assert said in answer.content.decode()


@pytest.mark.slow
def test_three_hundred_lines_with_twenty_bad_ones(clerk: Client, at: datetime) -> None:
    rows = [person(n, **({"born": "31/02/1990"} if n % 15 == 0 else {})) for n in range(1, 301)]
    began = perf_counter()
    page = sent(clerk, book(*rows))["Location"]
    assert clerk.get(page).content.decode().count("Không có ngày này") == 20
    rounds = 0
    while "data-go-on" in clerk.get(page).content.decode() or rounds == 0:
        clerk.post(f"{page}/receive")
        rounds += 1
    assert rounds == 7
    assert perf_counter() - began < 60
    first = viewer("tiepnhan1", at=at)
    assert len(clerk.get(page).content.decode().split(f"{first.capacities[0].agency}-")) > 280


def test_the_template_is_a_list(clerk: Client) -> None:
    lines = read_sheet(clerk.get("/batches/template.xlsx").content)
    assert list(lines[0].cells.values())[0] == "Họ và tên"
    assert len(lines) == 1, "the example is no line of the list"
    with zipfile.ZipFile(io.BytesIO(clerk.get("/batches/template.xlsx").content)) as archive:
        sheets = [archive.read(f"xl/worksheets/sheet{n}.xml").decode() for n in (1, 2)]
    assert "Căn cước,Chứng minh nhân dân" in sheets[0]
    assert sheets[1].count("<row") == 5


def test_a_server_out_of_order_is_no_fault_of_a_line(clerk: Client, at: datetime) -> None:
    page = sent(clerk, book(person(1), person(2)))["Location"]
    with pages_at(at + timedelta(minutes=3)):  # the database's clock refuses it
        assert clerk.post(f"{page}/receive", {"idempotency_key": "one"}).status_code == 503
    assert count(at) == 0
    assert clerk.post(f"{page}/receive", {"idempotency_key": "two"}).status_code == 302
    assert count(at) == 2
