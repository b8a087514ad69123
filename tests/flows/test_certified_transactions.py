"""Certified transactions (23/2015/NĐ-CP Đ34-40): every party with an identity paper, one fee, a book of their own."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from pypdfium2 import PdfDocument

from motcua.certification import operations as books, selectors
from motcua.certification.rules import kind
from motcua.certification.selectors import EntryShown, Window
from motcua.dossiers.operations import IssuedPaper
from motcua.flows import certification as flow, progress
from motcua.flows.reception import receive
from motcua.kernel.errors import Invalid, NotAllowedNow, Refusal
from motcua.kernel.time import local
from motcua.ledger.selectors import check
from motcua.parties.operations import Particulars
from motcua.reception.xlsx import read_sheet
from motcua.web.certification.clauses import draw
from motcua.web.certification.exports import pdf, xlsx
from motcua.web.certification.shown import group_of
from tests.support.acts import act, moment
from tests.support.certification import (
    BANK,
    CHAIR,
    TUYET,
    book_of,
    certified,
    copies,
    enter,
    hand_over,
    transaction,
)
from tests.support.lives import row_of
from tests.support.world import COMMUNE, intake, logins, viewer

pytestmark = pytest.mark.django_db
AT, LATER = moment(24, 9), moment(24, 10)


def papers(dossier: UUID) -> list[EntryShown]:
    return selectors.papers_of(dossier, viewer=viewer("tiepnhan1", at=AT))


def words(body: bytes) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in PdfDocument(body)).split())


def charged(row: Mapping[str, Any]) -> list[tuple[str, int]]:
    return [(line["charge"], line["amount"]) for line in json.loads(row["fees"])]


def numbers() -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT b.of_kind, e.number FROM certification_entry e JOIN certification_book b ON b.id = e.book"
            " ORDER BY 1, 2"
        )
        return list(cursor.fetchall())


def test_a_transaction_is_numbered_in_its_own_book_signed_and_handed_over():
    certified(copies(("citizen_card", 1, 1)), AT)
    entered = enter(transaction("mortgage"), AT)
    done = hand_over(entered.dossier, LATER)
    row = row_of(done.row["code"])
    assert (row["procedure"], row["state"]) == ("2.001035", "returned")
    assert charged(row) == [("certification", 50_000)]
    assert numbers() == [("copy", 1), ("transaction", 1)]
    (entry,) = papers(entered.dossier)
    assert entry.now("parties") == (
        "Nguyễn Thị Ánh Tuyết, căn cước số 099190000017; Quỹ tín dụng nhân dân Mẫu, mã số thuế số 0100109106"
    )
    assert check().faults == ()


@pytest.mark.parametrize(
    ("paper", "procedure", "fee"),
    [("amendment", "2.000913", 30_000), ("division", "2.001406", 50_000), ("mortgage_rural", "2.001035", 0)],
)
def test_what_belongs_to_another_procedure_stands_in_the_same_book(paper, procedure, fee):
    row = row_of(certified(transaction(paper), AT).row["code"])
    assert (row["procedure"], charged(row)) == (procedure, [("certification", fee)])
    assert numbers() == [("transaction", 1)]


@pytest.mark.parametrize("paper", ["will", "renunciation"])
def test_what_one_person_declares_needs_one_party(paper):
    assert certified(transaction(paper, others=()), AT).row["code"]


@pytest.mark.parametrize(
    ("others", "field"),
    [
        ((), "other-0-name"),
        ((Particulars(name="Lê Văn Tám"),), "other-0-number"),
        ((Particulars(name="", paper="citizen_id", number="099190000025"),), "other-0-name"),
        ((Particulars(name="Lê Văn Tám", paper="citizen_id", number="12"),), "other-0-number"),
        ((BANK, replace(BANK, name="Người khác")), "other-1-number"),
        ((replace(TUYET, name="Trùng số"),), "other-0-number"),
    ],
)
def test_each_party_is_named_with_an_identity_paper_of_their_own(others, field):
    with pytest.raises(Invalid) as refusal:
        enter(transaction(others=others), AT)
    assert refusal.value.field == field
    assert numbers() == []


def test_no_party_is_left_out_in_silence():
    many = tuple(
        Particulars(name=f"Bên {n}", paper="citizen_id", number=f"0991900001{n:02}") for n in range(2, 12)
    )
    with pytest.raises(Invalid, match="10 bên"):
        enter(transaction(others=many), AT)
    (entry,) = papers(enter(transaction(others=many[:-1]), AT).dossier)
    assert entry.now("parties").count(";") == 9


def test_a_requester_without_identity_paper_is_refused():
    with pytest.raises(Invalid) as refusal:
        enter(transaction(asked=Particulars(name="Lê Văn Tám")), AT)
    assert (refusal.value.field, numbers()) == ("number", [])


def test_two_procedures_are_not_one_dossier():
    with pytest.raises(Invalid) as refusal:
        enter(transaction("sale", "amendment"), AT)
    assert (refusal.value.field, numbers()) == ("line-1-paper", [])


def test_with_a_slip_the_parties_wait_too():
    taken = act("tiepnhan1", AT, flow.take_in, order=transaction("gift", signer=None)).row
    assert (taken["procedure"], local(taken["due_at"]).date().isoformat()) == ("2.001035", "2026-08-26")
    entered = act("tiepnhan1", LATER, flow.enter_waiting, dossier=taken["id"], signer=logins()[CHAIR])
    (entry,) = papers(entered.dossier)
    assert "Nguyễn Thị Ánh Tuyết" in entry.now("parties")
    assert "Quỹ tín dụng nhân dân Mẫu" in entry.now("parties")
    hand_over(entered.dossier, LATER)
    assert row_of(taken["code"])["state"] == "returned"


def test_the_clause_names_the_parties_the_paper_and_its_originals():
    order = transaction("amendment", detail="giao dịch số 12, quyển số 01/2026-SCT/HĐ,GD")
    said = words(draw(group_of(papers(enter(order, AT).dossier)), wide=True))
    for part in (
        "LỜI CHỨNG CHỨNG THỰC VIỆC SỬA ĐỔI, BỔ SUNG, HỦY BỎ GIAO DỊCH",
        "giao dịch số 12",
        "Nguyễn Thị Ánh Tuyết",
        "099190000017",
        "0100109106",
        "03 bản chính, mỗi bản 04 trang",
        "01/2026-SCT/HĐ,GD",
        "NGƯỜI TIẾP NHẬN HỒ SƠ",
    ):
        assert part in said, part


def test_the_parties_are_corrected_all_together_and_the_old_ones_show():
    entered = enter(transaction(), AT)
    fault = {"book": book_of("transaction"), "number": 1, "reason": "Ghi nhầm số."}
    right = "Nguyễn Thị Ánh Tuyết, căn cước số 099190000018; Quỹ tín dụng nhân dân Mẫu"
    with pytest.raises(Invalid):
        act("tiepnhan1", LATER, flow.correct, what="name", new="Lê Văn Tám", **fault)
    act("tiepnhan1", LATER, flow.correct, what="parties", new=right, **fault)
    (entry,) = papers(entered.dossier)
    assert entry.now("parties") == right
    assert "099190000018" in words(draw(group_of([entry])))
    cover = selectors.book(book_of("transaction"), viewer=viewer("tiepnhan1", at=AT))
    printed = words(pdf(cover, window=Window(), at=LATER))
    assert "099190000017" in printed
    assert "099190000018" in printed
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_event WHERE envelope::text ~ '09919000001|Ánh Tuyết'")
        assert cursor.fetchone() == (0,), "names and numbers are content"


def test_other_books_know_no_parties():
    enter(copies(name="Lê Văn Tám"), AT)
    fault = {"book": book_of(), "number": 1, "reason": "Nhầm."}
    with pytest.raises(Invalid):
        act("tiepnhan1", LATER, flow.correct, what="parties", new="Ai đó", **fault)


def test_its_columns_are_the_decrees_and_the_workbook_has_them():
    certified(transaction("land_transfer", detail="thửa 12"), AT)
    cover = selectors.book(book_of("transaction"), viewer=viewer("tiepnhan1", at=AT))
    cells = [list(line.cells.values()) for line in read_sheet(xlsx(cover, window=Window()))]
    assert cells[0] == ["Sổ chứng thực giao dịch, quyển số 01/2026-SCT/HĐ,GD"]
    assert cells[2][:6] == [
        "Số chứng thực",
        "Ngày, tháng, năm",
        "Họ tên, giấy tờ tùy thân của các bên",
        "Tên giao dịch",
        "Họ tên, chức danh người ký",
        "Số bản chính",
    ]
    assert cells[3][3] == "Hợp đồng chuyển nhượng quyền sử dụng đất (thửa 12)"
    assert cells[3][6] == "50000"


def test_a_day_is_closed_a_refusal_noted_and_what_comes_after_is_the_next_days():
    certified(transaction(), AT)
    told = {"ground": "unwilling", "paper": "gift", "asked": None, "detail": ""}
    act("tiepnhan1", LATER, books.refuse, agency=COMMUNE, kind=kind("transaction"), **told)
    act("tiepnhan1", LATER, books.close_day, book=book_of("transaction"), day=local(LATER).date())
    assert enter(transaction(), moment(24, 16)).day == local(moment(25, 8)).date()
    with pytest.raises(NotAllowedNow):
        act("tiepnhan1", LATER, books.close_day, book=book_of("transaction"), day=local(LATER).date())
    assert check().faults == ()


def approved(code: str) -> None:
    """Through the ordinary process, as far as the issue of the result."""
    act("tuphap1", LATER, progress.start, code=code)
    for login in ("tuphap1", "chutich"):
        act(login, LATER, progress.step, code=code, outcome="granted", note="Đủ điều kiện.")


@pytest.mark.parametrize(
    ("slip", "refusal"), [(True, "quầy chứng thực, để mỗi số có trong sổ"), (False, "số của sổ chứng thực")]
)
def test_no_number_of_the_book_is_given_past_it(slip, refusal):
    certified(transaction(), AT)
    if slip:
        code = act("tiepnhan1", AT, flow.take_in, order=transaction("gift", signer=None)).row["code"]
    else:
        code = act("tiepnhan1", AT, receive, intake=intake("2.001035")).row["code"]
    approved(code)
    again = kind("transaction").number(1, 2026)
    paper = IssuedPaper(role="result", kind=kind("transaction").result, number=again, date=AT.date())
    with pytest.raises(Refusal, match=refusal):
        act("vanthu", LATER, progress.decide, code=code, papers=[paper])
    assert row_of(code)["state"] == "in_process"
    if slip:
        dossier = row_of(code)["id"]
        act("tiepnhan1", LATER, flow.enter_waiting, dossier=dossier, signer=logins()[CHAIR])
        hand_over(dossier, LATER)
        assert numbers() == [("transaction", 1), ("transaction", 2)]
    assert check().faults == ()
