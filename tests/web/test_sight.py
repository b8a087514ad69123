"""Whom a process hides from a position is on no page and in no file of it: every address, every act, every search."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.http import HttpResponse

from motcua.agencies.models import Position
from motcua.agencies.operations import appoint
from motcua.agencies.positions import POSITION_KINDS
from motcua.dossiers import manifested, results, selectors, sight
from motcua.dossiers.owing import owing
from motcua.dossiers.policy import Allowed
from motcua.dossiers.results import SHOWS, waiting
from motcua.dossiers.selectors import dossier
from motcua.dossiers.worklist import Sought, inbox
from motcua.flows import progress
from motcua.flows.reception import receive
from motcua.kernel.actor import SYSTEM, Viewer
from motcua.kernel.kept import Kept
from motcua.kernel.text import fold, mask_name
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.reception.selectors.at_hand import people
from tests.support.acts import act
from tests.support.matrix import PATHS
from tests.support.mending import NAME as CHILD, birth_from_home
from tests.support.money_days import CASH, taken
from tests.support.pages import plain_static, visitor
from tests.support.ruled import ruled
from tests.support.scenes import AT
from tests.support.scenes_joint import person
from tests.support.site import pages_at
from tests.support.situations import dossier_in, sent_by_post
from tests.support.travelling import papers_sent
from tests.support.world import BEGINNING, COMMUNE, OTHER_COMMUNE, intake, logins, viewer

HIDDEN, SHOWN = "Trịnh Quốc Ẩn", "Vương Đình Hiện"
# And what a correction makes of the first, of whom the post has results, and who paper manifests are about.
OTHERS = ("Nguyễn Thị Ánh Nguyệt", "Hà Thị Thư", "Nguyễn Thị Ánh Tuyết")
SAID = [form for name in (HIDDEN, *OTHERS) for form in (name, fold(name), mask_name(name))]
PHONE = "0912345678"
EVERY_SEAT = "tuphap1"
IN = (
    "examined", "supplement_requested", "suspended", "consulting", "apologising", "charged", "returned", "transferred",
    "handed_on", "proposed", "corrected", "received",
)  # fmt: skip
# These show a name where it is not hidden: the walk looks at what it should.
NAMES_STAND_ON = {
    "/inbox", "/signing", "/dossiers", "/results", "/results?show=tell", "/payments", "/board", "/board?show=late",
    "/board?show=pay", "/transfers?show=sent", "/load/dossiers?who=nobody", "/load/late?show=past",
}  # fmt: skip
pytestmark = pytest.mark.django_db
# Pages about no dossier: many, and some of them long.
APART = (
    "/catalogue", "/account", "/posting", "/assist", "/people", "/calendar", "/batches", "/certification", "/pads",
    "/screens", "/seats", "/rules", "/territory", "/mergers", "/absences", "/procedures", "/payments/settlements",
)  # fmt: skip


@pytest.fixture
def rows() -> Iterator[dict[str, Any]]:
    """Dossiers in many situations, of which no position may see anything; then one person is given every seat."""
    nothing = [{"position": kind, "parts": []} for kind in POSITION_KINDS]
    ruled({}, sees=nothing)
    ruled({}, sees=nothing[::-1], agency=OTHER_COMMUNE)
    found: dict[str, Any] = {one: dossier_in(one, since=AT - timedelta(days=30), name=HIDDEN) for one in IN}
    for one in ("received", "examined", "charged", "ready", "transferred"):
        dossier_in(one, since=AT - timedelta(days=29), name=SHOWN, variant="verification")
    found["by post"], _ = sent_by_post(AT - timedelta(days=28))
    found["on paper"] = papers_sent(AT - timedelta(days=1))["paper_manifest"]
    held = {c.position for c in viewer(EVERY_SEAT).capacities}
    with unit_of_work(actor=SYSTEM, at=BEGINNING, request=Request.fresh(), origin="simulated"):
        for seat in Position.objects.filter(unit__agency__code=COMMUNE).exclude(id__in=held):
            appoint(account=logins()[EVERY_SEAT], agency=COMMUNE, seat=seat.code, valid_from=BEGINNING,
                    actor=SYSTEM, at=BEGINNING)  # fmt: skip
    with plain_static(), pages_at(AT):
        yield found


def allowed(code: str, who: Viewer) -> list[str]:
    return [one.value for one, told in dossier(code, viewer=who).acts.items() if isinstance(told, Allowed)]


def text_of(answer: HttpResponse) -> str:
    """What an answer says, a workbook's texts too; a paper is only counted on to be refused."""
    kind = answer["Content-Type"] if answer.status_code == 200 else "text/html"
    if "sheet" in kind:
        book = ZipFile(BytesIO(answer.content))
        return unescape(
            "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
        )
    return HIDDEN if "pdf" in kind else unescape(answer.content.decode())


def says(answer: HttpResponse) -> bool:
    text = text_of(answer)
    return any(form in text for form in SAID)


@pytest.mark.slow
def test_nobody_hidden_is_on_any_page_or_found_by_any_search(rows):
    desk, who = visitor(EVERY_SEAT, at=AT), viewer(EVERY_SEAT, at=AT)
    by_post, on_paper = rows.pop("by post"), rows.pop("on paper")
    listed = [path for path in PATHS.values() if "{" not in path and not path.startswith(APART)]
    listed += [f"/board?show={show}" for show in ("today", "late", "paused", "pay", "helped")]
    listed += [f"/results?show={show}" for show in ("tell", "post", "in_post", "papers")]
    listed += [f"/transfers?show={show}" for show in ("sent", "to_tell")]
    listed += [f"/load/late?show={show}" for show in ("past", "unsigned", "sent")]
    answers = {path: desk.get(path) for path in listed if not path.startswith("/register")}
    assert {path for path, answer in answers.items() if says(answer)} == set()
    shown = {path.partition("&")[0] for path, a in answers.items() if mask_name(SHOWN) in text_of(a)}
    assert shown >= NAMES_STAND_ON, NAMES_STAND_ON - shown

    # Each act once, on the first dossier that allows it, and what stands beside a dossier's page.
    visited, leaks = set(), []
    for one, row in rows.items():
        acts = allowed(row["code"], who)
        beside = ("received", "receipt.pdf", "messages", "notes", "countersign", "look-up", "forms/06.pdf")
        for tail in {"", *acts, *beside} - visited:
            visited |= {tail} if tail else set()
            answer = desk.get(f"/dossiers/{row['code']}/{tail}".rstrip("/"))
            leaks += [(one, tail)] if says(answer) or PHONE in text_of(answer) else []
    assert leaks == []

    # A search finds nobody of them, neither by accents nor without, and whoever is shown still.
    hidden_too = {row["code"] for row in rows.values()}
    for words in (HIDDEN, fold(HIDDEN), *OTHERS, SHOWN, fold(SHOWN)):
        found = {
            *(line.code for line in selectors.dossiers(viewer=who, at=AT, words=words).lines),
            *(one.line.code for one in inbox(viewer=who, at=AT, sought=Sought(words=words)).lines),
            *(
                line.code
                for show in SHOWS
                for line in waiting(viewer=who, at=AT, show=show, words=words).lines
            ),
            *(one.row["code"] for one in owing(viewer=who, words=words).lines),
            *(one.name for one in people(words, agency=COMMUNE, viewer=who)),
        }
        assert not found & {*hidden_too, *SAID}, words
        assert (len(found) > 1) is (fold(words) == fold(SHOWN)), words
    assert people(rows["received"]["code"], agency=COMMUNE, viewer=who) == []
    assert people(PHONE, agency=COMMUNE, viewer=who) == []

    # What the post has and what goes by manifest says which dossiers, not whose.
    assert {(sent.name, sent.address, sent.phone) for sent in results.manifest(by_post, viewer=who)} == {
        ("", "", "")
    }
    assert {line.name for line in manifested.manifest(on_paper, viewer=who)} == {""}


def test_who_keeps_a_book_sees_it_whole_and_who_only_reads_it_as_their_position_sees_the_dossiers():
    ruled({}, sees=[{"position": kind, "parts": ["papers"]} for kind in POSITION_KINDS])
    code = dossier_in("charged", since=AT - timedelta(days=2), name=HIDDEN)["code"]
    receipt = taken(code, at=AT - timedelta(days=1), tender=replace(CASH, payer=HIDDEN))["id"]
    day = {"first": f"{AT - timedelta(days=5):%Y-%m-%d}", "last": f"{AT:%Y-%m-%d}"}
    with plain_static(), pages_at(AT):
        for login, keeps, signs in (
            ("tiepnhan1", True, None),
            ("truongquay", True, True),
            ("thuquy", None, True),
            ("chutich", False, True),
            ("thanhtra", False, False),
        ):
            reader = visitor(login, at=AT)
            if keeps is not None:
                for book in ("/register", "/register.xlsx"):
                    answer = reader.get(book, day | {"agency": COMMUNE})
                    assert code in text_of(answer)
                    assert (HIDDEN in text_of(answer)) is keeps, (login, book)
            if signs is not None:
                page = reader.get(f"/payments/receipts/{receipt}")
                receipts = reader.get("/payments/receipts.xlsx", day | {"agency": COMMUNE})
                assert (HIDDEN in text_of(page), HIDDEN in text_of(receipts)) == (signs, signs), login
                assert code in text_of(receipts)
                printed = reader.get(f"/payments/receipts/{receipt}.pdf").status_code
                assert printed == (200 if signs else 404), login


def test_a_form_that_is_hidden_is_on_no_page_and_can_not_be_mended(monkeypatch):
    code = birth_from_home(person("tuyet", AT), AT - timedelta(days=2))
    row = act("tiepnhan1", AT - timedelta(days=1), receive, intake=intake("1.001193"), submitted=code).row
    limits = {kind: frozenset({"people"}) for kind in ("reception_officer", "justice_officer")}
    monkeypatch.setattr(sight, "_limits", Kept(sight._read_limits))
    with unit_of_work(actor=SYSTEM, at=BEGINNING, request=Request.fresh(), origin="simulated"):
        sight.keep_limits(row["process_version"], limits)
    act("tuphap1", AT - timedelta(hours=9), progress.start, code=code)
    act("tuphap1", AT - timedelta(hours=8), progress.request_supplement, code=code, items=[CHILD])
    with plain_static(), pages_at(AT):
        for login, sees in (("tiepnhan1", False), ("tuphap1", False), ("truongquay", True)):
            desk, who = visitor(login, at=AT), viewer(login, at=AT)
            pages = [
                text_of(desk.get(f"/dossiers/{code}/{tail}".rstrip("/")))
                for tail in ("", "notes", *allowed(code, who))
            ]
            said = [any(words in page for words in ("Nguyễn Minh", "Trần Thị Hường")) for page in pages]
            assert (said[0], any(said)) == (sees, sees), login
            assert "Nguyễn Thị Ánh Tuyết" in pages[0]
        assert visitor("tiepnhan1", at=AT).get(f"/dossiers/{code}/supply/1").status_code == 404
