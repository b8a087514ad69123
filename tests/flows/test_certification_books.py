"""Keeping the certification books: corrections that show, closings, who may sign, and what a replay makes of it."""

from datetime import date, datetime, timedelta
from importlib import import_module
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest
from django.db import connection

from motcua.agencies.models import Appointment
from motcua.agencies.selectors import account_names
from motcua.certification import operations as books, selectors
from motcua.certification.rules import kind
from motcua.certification.selectors import Window
from motcua.flows import certification as flow
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from motcua.kernel.ids import uuid7
from motcua.kernel.text import nfc
from motcua.kernel.time import ZONE
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.operations import AlreadyDone
from motcua.ledger.selectors import check, history
from motcua.web.certification.clauses import draw
from motcua.web.certification.exports import pdf, xlsx
from motcua.web.certification.shown import group_of
from tests.support.acts import act, moment
from tests.support.certification import book_of, certified, copies, enter, signature
from tests.support.world import COMMUNE, actor, logins, viewer

pytestmark = pytest.mark.django_db
AT, LATER = moment(24, 9), moment(24, 11)
EVERYBODY_ELSE = (
    "thuquy",
    "tuphap1",
    "kinhte",
    "vanthu",
    "thanhtra",
    "duongday",
    "kythuat",
    "tiepnhan1.mauhai",
)


def events() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_event")
        return int(cursor.fetchone()[0])


def shown(number: int = 1):
    who = viewer("tiepnhan1", at=AT)
    return selectors.entry(selectors.book(book_of(), viewer=who), number)


def correct(login="tiepnhan1", at=LATER, **told):
    fault = {"number": 1, "what": "count", "new": "5", "reason": "Đếm nhầm.", **told}
    return act(login, at, books.correct, book=book_of(), **fault)


def test_a_correction_keeps_the_old_value_beside_the_new():
    certified(copies(("citizen_card", 1, 3), name="Nguyễn Thị Ánh Tuyêt"), AT)
    correct()
    correct(new="4")
    correct(what="name", new="Nguyễn Thị Ánh Tuyết")
    found = shown()
    assert (found.count, found.now("count"), found.now("name")) == (3, "4", "Nguyễn Thị Ánh Tuyết")
    assert [(c.what, c.old, c.new, c.reason) for c in found.corrections] == [
        ("count", "3", "5", "Đếm nhầm."),
        ("count", "5", "4", "Đếm nhầm."),
        ("name", "", "Nguyễn Thị Ánh Tuyết", "Đếm nhầm."),
    ]
    assert found.told["name"] == "Nguyễn Thị Ánh Tuyêt"
    assert check().faults == ()


@pytest.mark.parametrize(
    "told",
    [
        {"reason": " "},
        {"new": "3"},
        {"new": "0"},
        {"new": "x"},
        {"what": "fee", "new": "0"},
        {"what": "paper", "new": "zzz"},
        {"what": "name", "new": ""},
    ],
)
def test_a_senseless_correction_is_refused_and_leaves_nothing(told):
    certified(copies(("citizen_card", 1, 3)), AT)
    before = events()
    with pytest.raises(Invalid):
        correct(**told)
    assert events() == before


def test_a_number_is_struck_out_before_it_is_signed_and_never_given_again():
    enter(copies(), AT)
    correct(what="void", new="", reason="Người yêu cầu bỏ về.")
    assert shown().state == "void"
    with pytest.raises(NotAllowedNow):
        correct(what="void", new="")
    certified(copies(), LATER)
    assert shown(2).number == 2
    with pytest.raises(NotAllowedNow):
        correct(number=2, what="void", new="")
    with pytest.raises(NotFound):
        correct(number=3)
    assert check().faults == ()


def test_a_closed_day_takes_no_more_until_the_manager_opens_it_again():
    certified(copies(), AT)
    close = {"book": book_of(), "day": date(2026, 8, 24)}
    act("tiepnhan1", moment(24, 16), books.close_day, **close)
    with pytest.raises(NotAllowedNow):
        act("tiepnhan1", moment(24, 16, 1), books.close_day, **close)
    opened = {"book": book_of(), "reason": "Còn một người đến trước giờ đóng cửa."}
    with pytest.raises(Denied):
        act("tiepnhan1", moment(24, 16, 2), books.reopen_day, **opened)
    with pytest.raises(Invalid):
        act("truongquay", moment(24, 16, 2), books.reopen_day, book=book_of(), reason="")
    act("truongquay", moment(24, 16, 3), books.reopen_day, **opened)
    assert enter(copies(), moment(24, 16, 4)).day == date(2026, 8, 24)
    flow_entry = shown(2)
    act("tiepnhan1", moment(24, 16, 5), flow.hand_over, dossier=flow_entry.dossier)
    act("tiepnhan1", moment(24, 16, 6), books.close_day, **close)
    assert enter(copies(), moment(24, 16, 7)).day == date(2026, 8, 25)
    with pytest.raises(NotAllowedNow):
        act("truongquay", moment(24, 16, 8), books.reopen_day, **opened)
    told = selectors.notes(selectors.book(book_of(), viewer=viewer("truongquay", at=AT)), window=Window())
    assert [(n.what, n.last, n.count) for n in told] == [
        ("day_closed", 2, 2),
        ("day_reopened", None, None),
        ("day_closed", 1, 1),
    ]


def test_a_day_with_an_unsigned_number_is_not_closed():
    enter(copies(), AT)
    with pytest.raises(NotAllowedNow, match="Số 1 chưa ký"):
        act("tiepnhan1", moment(24, 16), books.close_day, book=book_of(), day=date(2026, 8, 24))
    with pytest.raises(Invalid):
        act("tiepnhan1", moment(24, 16), books.close_day, book=book_of(), day=date(2026, 8, 25))


def test_a_year_is_closed_once_with_its_count_and_the_next_begins_at_one():
    last_day = datetime(2026, 12, 31, 16, tzinfo=ZONE)
    certified(copies(), last_day)
    book = book_of()
    with pytest.raises(Denied):
        act("tiepnhan1", last_day, books.close_year, book=book)
    act("chutich", last_day, books.close_year, book=book)
    for again in (
        lambda: act("chutich", last_day, books.close_year, book=book),
        lambda: enter(copies(), last_day),
        lambda: correct(at=last_day),
    ):
        with pytest.raises(NotAllowedNow):
            again()
    entered = enter(copies(), last_day + timedelta(days=1))
    assert [(e.number, entered.book["year"]) for e in entered.entries] == [(1, 2027)]


def test_a_year_is_not_closed_before_its_end():
    certified(copies(), AT)
    with pytest.raises(NotAllowedNow):
        act("chutich", moment(24, 17), books.close_year, book=book_of())


def test_an_authorised_justice_officer_signs_on_those_days_only():
    days = {"valid_from": date(2026, 8, 24), "valid_to": date(2026, 8, 25)}
    told = {"agency": COMMUNE, "account": logins()["tuphap1"], "kinds": ["copy"], "basis": "QĐ 12/QĐ-UBND"}
    for login in ("tiepnhan1", "truongquay", "tuphap1", "chutich.mauhai"):
        with pytest.raises(Denied):
            act(login, AT, books.authorise, **told, **days)
    act("chutich", AT, books.authorise, **told, **days)
    enter(copies(signer="tuphap1"), moment(24, 10))
    assert selectors.signers(agency=COMMUNE, kind="copy", day=date(2026, 8, 25), at=AT)[0].name != ""
    who = [s.account for s in selectors.signers(agency=COMMUNE, kind="copy", day=date(2026, 8, 25), at=AT)]
    assert who[0] == logins()["tuphap1"], "the last signer is chosen first"
    enter(copies(signer="tuphap1"), moment(25, 23, 59))
    with pytest.raises(Invalid):
        enter(copies(signer="tuphap1"), moment(26, 0, 1))
    with pytest.raises(Invalid):
        enter(signature(signer="tuphap1"), moment(26, 0, 2))


def test_an_authorisation_is_for_days_to_come_and_for_kinds_that_are():
    told = {"agency": COMMUNE, "account": logins()["tuphap1"], "basis": "QĐ 12/QĐ-UBND", "valid_to": None}
    before = events()
    for field, wrong in (
        ("valid_from", {"kinds": ["copy"], "valid_from": date(2026, 8, 23)}),
        ("kinds", {"kinds": ["copy", "everything"], "valid_from": date(2026, 8, 24)}),
    ):
        with pytest.raises(Invalid) as refusal:
            act("chutich", AT, books.authorise, **told, **wrong)
        assert refusal.value.field == field
    assert (events(), selectors.authorisations(agency=COMMUNE)) == (before, [])


def test_an_authorisation_sent_twice_is_given_once():
    told = {"agency": COMMUNE, "account": logins()["tuphap1"], "kinds": [], "basis": "QĐ 12/QĐ-UBND"}
    days, who = {"valid_from": date(2026, 8, 24), "valid_to": None}, actor("chutich", at=AT)
    answers = []
    for _ in range(2):
        try:
            with unit_of_work(actor=who, at=AT, request=Request.of("k", b"form"), origin="simulated"):
                answers.append(books.authorise(**told, **days, actor=who, at=AT))
        except AlreadyDone:
            answers.append(None)
    assert [one.id for one in selectors.authorisations(agency=COMMUNE)] == answers[:1]
    assert answers[1] is None


def test_an_open_ended_authorisation_ends_after_a_last_day():
    told = {"agency": COMMUNE, "account": logins()["tuphap1"], "kinds": [], "basis": "QĐ 12/QĐ-UBND"}
    given = {"valid_from": date(2026, 8, 24), "valid_to": None}
    key = act("chutich", AT, books.authorise, **told, **given)
    end = {"authorisation": key, "last_day": date(2026, 8, 24)}
    before = events()
    for login, refusal in (("tiepnhan1", Denied), ("tuphap1", Denied), ("chutich.mauhai", NotFound)):
        with pytest.raises(refusal):
            act(login, LATER, books.end_authorisation, **end)
    with pytest.raises(Invalid):
        act("chutich", moment(25, 9), books.end_authorisation, **end)
    assert events() == before
    act("chutich", LATER, books.end_authorisation, **end)
    enter(copies(signer="tuphap1"), moment(24, 23))
    with pytest.raises(Invalid):
        enter(copies(signer="tuphap1"), moment(25, 8))
    with pytest.raises(NotAllowedNow):
        act("chutich", LATER, books.end_authorisation, **end)


def sits_in(login: str, *, of: str) -> None:
    """Somebody sits in for a leader for two days, by a document."""
    chair = Appointment.objects.get(account_id=logins()[of])
    Appointment.objects.create(
        id=uuid7(),
        account_id=logins()[login],
        position_id=chair.position_id,
        valid_from=AT - timedelta(days=1),
        valid_to=AT + timedelta(days=1),
        acting_for_id=logins()[of],
        mandate="12/QĐ-UBND",
    )


def test_who_sits_in_for_a_leader_signs_on_their_behalf_by_the_document():
    sits_in("kinhte", of="chutich")
    entered = enter(copies(signer="kinhte"), AT)
    told = history(entered.book["id"])[-1].data
    assert (told["signer"], told["signer_for"], told["signer_mandate"]) == (
        str(logins()["kinhte"]),
        str(logins()["chutich"]),
        "12/QĐ-UBND",
    )
    row = act("tiepnhan1", AT, flow.hand_over, dossier=entered.dossier).row
    assert history(row["id"])[-1].data["signer"]["mandate"] == "12/QĐ-UBND"
    (entry,) = selectors.papers_of(entered.dossier, viewer=viewer("tiepnhan1", at=AT))
    chair = account_names({logins()["chutich"]})[logins()["chutich"]]
    clause = pypdfium2.PdfDocument(draw(group_of([entry])))[0].get_textpage().get_text_range()
    assert f"(thay {chair}, theo văn bản số 12/QĐ-UBND)".lower() in " ".join(nfc(clause).lower().split())
    assert check().faults == ()


def test_mandates_of_numbers_given_before_are_filled_in_from_their_events():
    told = {"agency": COMMUNE, "account": logins()["tuphap1"], "kinds": [], "basis": "QĐ 12/QĐ-UBND"}
    act("chutich", AT, books.authorise, **told, valid_from=date(2026, 8, 24), valid_to=None)
    enter(copies(), AT)
    enter(copies(signer="tuphap1"), AT)
    fill = import_module("motcua.certification.migrations.0002_signer_for").FILL
    with connection.cursor() as cursor:
        cursor.execute("UPDATE certification_entry SET signer_mandate = ''")
        cursor.execute(fill)
    assert [shown(n).signer_mandate for n in (1, 2)] == ["", "QĐ 12/QĐ-UBND"]


def test_a_right_of_one_s_own_comes_before_another_s():
    sits_in("phochutich", of="chutich")
    found = selectors.signers(agency=COMMUNE, kind="copy", day=AT.date(), at=AT)
    (deputy,) = [s for s in found if s.account == logins()["phochutich"]]
    assert (deputy.seat, deputy.acting_for, deputy.mandate) == ("vice_chair", None, "")


def test_a_refusal_stands_in_the_book_s_day_on_a_ground_of_the_law():
    told = {"agency": COMMUNE, "paper": "diploma", "asked": None, "detail": "Tẩy năm sinh"}
    act("tiepnhan1", AT, books.refuse, kind=kind("copy"), ground="altered", **told)
    cover = selectors.book(book_of(), viewer=viewer("truongquay", at=AT))
    (found,) = selectors.notes(cover, window=Window())
    assert (found.what, found.day, found.paper, found.ground) == (
        "refused",
        date(2026, 8, 24),
        "diploma",
        "altered",
    )
    assert cover.last == 0
    with pytest.raises(Invalid):
        act("tiepnhan1", AT, books.refuse, kind=kind("copy"), ground="transaction", **told)
    assert check().faults == ()


@pytest.mark.parametrize("login", EVERYBODY_ELSE)
def test_others_keep_no_book(login):
    certified(copies(), AT)
    book, before = book_of(), events()
    for operation, told in (
        (books.correct, {"number": 1, "what": "count", "new": "5", "reason": "x"}),
        (books.close_day, {"day": date(2026, 8, 24)}),
        (books.reopen_day, {"reason": "x"}),
        (books.close_year, {}),
    ):
        with pytest.raises((Denied, NotFound)):
            act(login, moment(24, 16), operation, book=book, **told)
    assert events() == before


def test_exports_of_a_window_show_corrections_and_closings():
    certified(copies(("citizen_card", 1, 3), name="=HYPERLINK()"), AT)
    enter(copies(("diploma", 1, 1)), moment(24, 9, 5))
    correct()
    correct(number=2, what="void", new="", reason="Bỏ về.")
    act("tiepnhan1", moment(24, 16), books.close_day, book=book_of(), day=date(2026, 8, 24))
    certified(copies(("birth", 1, 1)), moment(25, 9))
    cover = selectors.book(book_of(), viewer=viewer("truongquay", at=AT))
    whole, day = Window(), Window(date(2026, 8, 25), date(2026, 8, 25))
    assert pdf(cover, window=whole, at=AT).startswith(b"%PDF")
    with ZipFile(BytesIO(xlsx(cover, window=whole))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "Khóa sổ ngày 24/08/2026: số cuối 2, 2 việc, người khóa" in sheet
    assert "Đính chính số bản" in sheet
    assert "<f>" not in sheet, "no text of anybody is a formula"
    with ZipFile(BytesIO(xlsx(cover, window=day))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "Giấy khai sinh" in sheet
    assert "Căn cước" not in sheet
