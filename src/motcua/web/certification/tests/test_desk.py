"""The certification desk without a script: typed, counted, numbered once, printed, handed over."""

import re
import time
import unicodedata
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from pypdfium2 import PdfDocument
from tests.support.acts import act, moment
from tests.support.certification import book_of, certified, copies, long_book
from tests.support.html import Page
from tests.support.pages import visitor
from tests.support.statements import statements
from tests.support.world import COMMUNE, actor, logins, viewer

from motcua.certification import operations as books, selectors
from motcua.certification.selectors import Window
from motcua.flows import certification as flow
from motcua.kernel.time import local
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.web.certification.exports import pdf, xlsx
from motcua.web.common.wording import weekday

pytestmark = pytest.mark.django_db
NAME = "Nguyễn Thị Ánh Tuyết"


def form(client, path="/certification"):
    return Page(client.get(path).text).form("kind")


def post(client, **typed):
    fields = form(client).sent({name.replace("__", "-"): value for name, value in typed.items()})
    return client.post("/certification", fields), fields


def entries():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, paper, pages, count, fee, state FROM certification_entry ORDER BY number"
        )
        return cursor.fetchall()


def test_a_line_from_letters_to_the_next_person(clerk):
    answer, fields = post(clerk, **{"line-0-paper": "sổ đỏ", "line-0-pages": "4", "line-0-count": "2"})
    assert answer.status_code == 302
    again = clerk.post("/certification", fields)
    assert again["Location"] == answer["Location"], "the second click of the same form"
    assert entries() == [(1, "land", 4, 2, 12_000, "entered")]
    there = answer["Location"]
    assert clerk.get(f"{there}/clauses.pdf").content.startswith(b"%PDF")
    assert clerk.get(f"{there}/clauses.pdf?size=a4").content.startswith(b"%PDF")
    done = clerk.post(there, Page(clerk.get(there).text).form("idempotency_key").sent({}))
    assert (done.status_code, done["Location"]) == (302, "/certification")
    assert entries() == [(1, "land", 4, 2, 12_000, "signed")]
    assert "Mời người tiếp theo" in clerk.get("/certification").text


def test_a_second_click_on_what_is_done_is_no_refusal_and_a_colleague_s_is(clerk, at):
    order = copies(("land", 4, 2), name=NAME, signer=None)
    dossier = act("tiepnhan1", at, flow.take_in, order=order).row["id"]
    there, numbered = f"/certification/{dossier}", f"/certification/{dossier}/enter"
    signed = {"signer": str(logins()["chutich"])}
    for address, fields in ((numbered, signed), (there, {})):
        key = {"idempotency_key": str(uuid4())}
        answers = [clerk.post(address, fields | key) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302], address
    assert entries() == [(1, "land", 4, 2, 12_000, "signed")]
    late = {"idempotency_key": str(uuid4())}
    assert clerk.post(numbered, signed | late).status_code == 404
    assert clerk.post(there, late).status_code == 409


def test_counting_writes_nothing_and_keeps_what_was_typed(clerk):
    answer = clerk.post("/certification", form(clerk).sent({"line-0-paper": "cccd"}) | {"_update": "1"})
    assert answer.status_code == 200
    assert "2.000 đồng" in answer.text
    assert 'value="cccd"' in answer.text
    assert entries() == []


def test_what_is_wrong_is_said_at_its_field(clerk):
    answer, _ = post(clerk, **{"line-0-paper": "zzz", "line-1-paper": "gks", "line-1-pages": "0"})
    assert answer.status_code == 422
    assert "Chưa rõ giấy tờ nào" in answer.text
    assert 'id="id_line-1-pages_error"' in answer.text
    assert post(clerk)[0].status_code == 422
    assert entries() == []


def test_more_lines_can_be_had(clerk):
    answer = clerk.post("/certification", form(clerk).sent({"line-0-paper": "cccd"}) | {"_more": "1"})
    assert 'name="line-5-paper"' in answer.text


def test_a_signer_who_is_not_authorised_is_refused(clerk):
    fields = form(clerk).sent({"line-0-paper": "cccd"}) | {"signer": str(logins()["tuphap1"])}
    answer = clerk.post("/certification", fields)
    assert answer.status_code == 422
    assert entries() == []


def test_a_name_in_another_normal_form_is_one_and_the_same(clerk):
    post(
        clerk,
        **{
            "line-0-paper": unicodedata.normalize("NFD", "Giấy khai sinh"),
            "name": unicodedata.normalize("NFD", NAME),
        },
    )
    assert entries() == [(1, "birth", 1, 1, 2_000, "entered")]
    cover = selectors.book(book_of(), viewer=viewer("tiepnhan1"))
    assert selectors.entry(cover, 1).told["name"] == NAME


def test_with_a_slip_there_is_a_receipt_and_the_papers_wait(clerk):
    fields = form(clerk).sent({"line-0-paper": "cccd", "name": NAME}) | {"_later": "1"}
    answer = clerk.post("/certification", fields)
    assert answer.status_code == 302, answer.text
    assert answer["Location"].endswith("/received")
    assert clerk.post("/certification", fields)["Location"] == answer["Location"]
    assert clerk.get(answer["Location"]).status_code == 200
    page = Page(clerk.get("/certification").text)
    (link,) = [a["href"] for _, a in page.tags if a.get("href", "").endswith("/enter")]
    done = clerk.post(link, Page(clerk.get(link).text).form("signer").sent({}))
    assert done.status_code == 302
    assert [row[:2] for row in entries()] == [(1, "citizen_card")]


def test_a_dossier_done_at_once_reads_like_any_other(clerk, at):
    code = certified(copies(name=NAME), at).row["code"]
    assert "trả ngay tại quầy" in clerk.get(f"/dossiers/{code}").text
    nameless = certified(copies(), at).row["code"]
    assert clerk.get(f"/dossiers/{nameless}").status_code == 200
    assert nameless in clerk.get("/dossiers").text


def test_statements_of_a_line():
    at = moment(24, 9)
    certified(copies(), at - timedelta(hours=1))  # the book is open, versions are known
    who = actor("tiepnhan1", at=at)
    with statements(most=9), unit_of_work(actor=who, at=at, request=Request.of("one"), origin="simulated"):
        entered = flow.enter(order=copies(name=NAME), actor=who, at=at)
    with statements(most=16), unit_of_work(actor=who, at=at, request=Request.of("two"), origin="simulated"):
        flow.hand_over(dossier=entered.dossier, actor=who, at=at)


def test_a_long_book_is_paged(clerk):
    long_book(1_000)
    path = f"/certification/books/{book_of()}"
    page = clerk.get(path).text
    assert page.count(f'href="{path}/') == 50
    assert f"{path}/51" not in page
    with statements(most=10):
        later = clerk.get(f"{path}?after=950").text
    assert f'href="{path}/1000"' in later


def test_a_long_book_is_printed_and_exported_in_time():
    """Two thousand lines in a fifth of what ten thousand may take (tests/proof/test_books.py)."""
    long_book(2_000)
    cover = selectors.book(book_of(), viewer=viewer("truongquay"))
    for export in (
        lambda: xlsx(cover, window=Window()),
        lambda: pdf(cover, window=Window(), at=moment(24, 9)),
    ):
        begun = time.process_time()
        assert export()
        # Processor time of this process: the wall clock measures who else is at work.
        assert time.process_time() - begun < 2


def test_the_months_of_a_long_book_begin_on_new_pages():
    long_book(1_100)
    cover = selectors.book(book_of(), viewer=viewer("truongquay"))
    paper = PdfDocument(pdf(cover, window=Window(), at=moment(24, 9)))
    months = [set(re.findall(r"\d\d/(\d\d)/2026", page.get_textpage().get_text_range())) for page in paper]
    assert len(months) > 20
    assert all(len(found) == 1 for found in months[1:-1])
    assert {month for found in months for month in found} == {f"{n:02}" for n in range(1, 9)}


@pytest.mark.parametrize("login", ["thanhtra", "truongquay"])
def test_exports_and_looks_from_above_leave_a_line(at, login):
    certified(copies(), at)
    client, book = visitor(login, at=at), book_of()
    client.get(f"/certification/books/{book}")
    client.get(f"/certification/books/{book}.xlsx")
    with connection.cursor() as cursor:
        cursor.execute("SELECT what FROM access_log_look WHERE what LIKE 'certification%%' ORDER BY id")
        told = [what for (what,) in cursor.fetchall()]
    assert told == (["certification_book_read"] if login == "thanhtra" else []) + [
        "certification_book_exported"
    ]


def test_a_refusal_by_the_page(clerk, at):
    path = "/certification/refuse?kind=copy"
    fields = Page(clerk.get(path).text).form("ground").sent({"ground": "secret"})
    assert clerk.post("/certification/refuse", fields).status_code == 302
    who = viewer("truongquay", at=at)
    (note,) = selectors.notes(selectors.book(book_of(), viewer=who), window=Window())
    assert note.ground == "secret"


def test_the_manager_s_page_opens_a_day_again(clerk, at):
    certified(copies(), at)
    path = f"/certification/books/{book_of()}"
    closing = Page(clerk.get(path).text).form("act").sent({})
    assert clerk.post(path, closing).status_code == 302
    assert clerk.post(path, closing | {"idempotency_key": "again"}).status_code == 409
    manager = visitor("truongquay", at=at)
    opening = Page(manager.get(path).text).form("reason").sent({"reason": "Còn người chờ."})
    assert manager.post(path, opening).status_code == 302
    assert "Còn người chờ." in manager.get(path).text
    assert visitor("thuquy", at=at).post(path, closing).status_code == 404


def test_a_correction_by_the_page_takes_letters(clerk, at):
    certified(copies(), at)
    path = f"/certification/books/{book_of()}/1"
    fields = (
        Page(clerk.get(path).text)
        .form("reason")
        .sent({"what": "paper", "new": "gks", "reason": "Chọn nhầm."})
    )
    assert clerk.post(path, fields).status_code == 302
    page = clerk.get(path).text
    assert "<del>Căn cước, căn cước công dân</del> Giấy khai sinh" in page
    assert clerk.post(path, fields | {"new": "zzz", "idempotency_key": "other"}).status_code == 422


def test_a_leader_ends_an_authorisation_on_its_page(at):
    told = {"account": logins()["tuphap1"], "kinds": ["copy"], "basis": "QĐ 12/QĐ-UBND"}
    days = {"valid_from": local(at).date(), "valid_to": None}
    key = act("chutich", at, books.authorise, agency=COMMUNE, **told, **days)
    path, leader = "/certification/signers", visitor("chutich", at=at)
    assert str(key) in leader.get(path).text
    for wrong in ("x", str(uuid4())):
        assert leader.post(path, {"idempotency_key": str(uuid4()), "end": wrong}).status_code == 404
    ended = {"idempotency_key": str(uuid4()), "end": str(key)}
    assert [leader.post(path, ended).status_code for _ in range(2)] == [302, 302]
    page = leader.get(path).text
    assert str(key) not in page, "nothing is left to end"
    (shown,) = selectors.authorisations(agency=COMMUNE)
    assert shown.valid_to == local(at).date()


def test_a_transaction_by_the_page_names_every_party(clerk):
    there = clerk.get("/dossiers/receive?procedure=2.000913", follow=True).redirect_chain[-1][0]
    assert "kind=transaction" in there
    shown = clerk.get(there).text
    page = Page(shown)
    assert "Nhận như hồ sơ thường" in shown
    typed = {
        "line-0-paper": "sua",
        "line-0-detail": "giao dịch số 12/2025",
        "name": NAME,
        "number": "099190000017",
        "other-0-name": "Lê Văn Tám",
    }
    refused = clerk.post("/certification", page.form("kind").sent(typed))
    assert refused.status_code == 422
    assert 'id="id_other-0-number_error"' in refused.text
    more = clerk.post("/certification", page.form("kind").sent(typed) | {"_party": "1"})
    assert 'name="other-1-name"' in more.text
    answer = clerk.post("/certification", page.form("kind").sent(typed | {"other-0-number": "099090000025"}))
    assert entries() == [(1, "amendment", 2, 1, 30_000, "entered")]
    done = clerk.get(answer["Location"]).text
    assert f"{NAME}, căn cước" in done
    assert "Lê Văn Tám, căn cước" in done
    book = clerk.get(f"/certification/books/{book_of('transaction')}").text
    assert "Họ tên, giấy tờ tùy thân của các bên" in book


CARD = "001085012345|012345678|Nguyễn Văn Bình|15031985|Nam|Thôn 1, Xã Mẫu|01012022"


@pytest.mark.parametrize("button", [{"_update": "1"}, {"_more": "1"}, {}])
def test_a_card_scanned_into_a_name_is_read_and_shown_before_anything_is_written(clerk, button):
    fields = form(clerk, "/certification?kind=transaction").sent(
        {"line-0-paper": "hd", "name": CARD, "other-0-number": CARD}
    )
    page = clerk.post("/certification", fields | button)
    assert page.status_code == 200
    shown = {name: values[-1] for name, values in Page(page.text).form("kind").sent({}).items()}
    for prefix in ("", "other-0-"):
        told = {name: shown[f"{prefix}{name}"] for name in ("name", "paper", "number")}
        assert told == {"name": "Nguyễn Văn Bình", "paper": "citizen_id", "number": "001085012345"}
    assert (shown["kind"], shown["rows"]) == ("transaction", "1")
    assert entries() == []


def test_a_requester_s_card_is_numbered_once_it_was_shown(clerk):
    asked = {"line-0-paper": "cv", "name": CARD}
    page = clerk.post("/certification", form(clerk, "/certification?kind=signature").sent(asked))
    shown = Page(page.text).form("kind").sent({})
    assert clerk.post("/certification", shown).status_code == 302
    assert len(entries()) == 1


@pytest.mark.parametrize("button", [{"_update": "1"}, {}])
@pytest.mark.parametrize("damaged", ["Nguyễn Văn Bình|15031985", "0010850|Nguyễn Văn Bình|"])
@pytest.mark.parametrize("kind", ["copy", "signature", "transaction"])
def test_a_card_that_can_not_be_read_is_nobody_s_name(clerk, kind, damaged, button):
    typed = {"line-0-paper": "cccd", "name": damaged}
    page = clerk.post("/certification", form(clerk, f"/certification?kind={kind}").sent(typed) | button)
    assert page.status_code == (200 if button else 422)
    assert "Không đọc được thẻ" in page.text
    assert Page(page.text).form("kind").sent({})["name"] == [damaged]
    assert entries() == []


def test_what_a_card_leaves_in_doubt_is_told(clerk):
    cut = CARD.replace("Bình", "B?nh")
    page = clerk.post("/certification", form(clerk, "/certification?kind=signature").sent({"name": cut}))
    assert "Quét thẻ: máy quét gửi sai bảng mã" in page.text
    assert Page(page.text).form("kind").sent({})["number"] == ["001085012345"]


def test_the_summary_says_which_line_is_wrong(clerk):
    typed = {"line-0-paper": "zzz", "line-1-paper": "cccd", "line-1-pages": "hai"}
    page = clerk.post("/certification", form(clerk).sent(typed)).text
    assert "Dòng 1, Giấy tờ: Chưa rõ giấy tờ nào" in page
    assert "Dòng 2, Số trang: Hãy nhập số nguyên." in page


def test_who_enters_after_the_days_closing_is_told_first_under_which_day_it_stands(clerk, at):
    order = copies(("land", 4, 2), name="Lê Văn Tám", signer=None)
    waiting = f"/certification/{act('tiepnhan1', at, flow.take_in, order=order).row['id']}/enter"
    certified(copies(), at)
    assert not any("Sổ hôm nay đã khóa" in clerk.get(path).text for path in ("/certification", waiting))
    act("tiepnhan1", at, books.close_day, book=book_of(), day=local(at).date())
    tomorrow = local(at).date() + timedelta(days=1)
    for path in ("/certification", waiting):
        text = clerk.get(path).text
        assert "Sổ hôm nay đã khóa" in text
        assert f"Số ghi bây giờ đứng {weekday(tomorrow)}" in text
    assert "Sổ hôm nay đã khóa" not in clerk.get("/certification?kind=transaction").text
