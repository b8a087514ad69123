"""The third return of one matter goes to the desk manager: seen on the board, answered, and only then on paper."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.support.pages import visitor
from tests.support.situations import dossier_in, third_return, told_to_bring, turned_away
from tests.support.world import COMMUNE, actor, viewer

from motcua.kernel.errors import Denied, NotAllowedNow
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.operations import AlreadyDone
from motcua.ledger.selectors import check, history
from motcua.reactions.reception import remember_reception
from motcua.reception.operations.guidance import answer
from motcua.reception.selectors.guidance import guidance
from motcua.reception.selectors.returns import waiting_for_word
from motcua.web.counter.tests.test_visits import text_of

SOMEBODY = {"name": "Vũ Thị Ba", "number": "012190678901"}
WORD = "Đã gọi cho gia đình, đúng là thiếu giấy."


def standings() -> list[tuple[str, str]]:
    """Each record and where it stands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, standing FROM reception_guidancestanding ORDER BY number")
        return list(cursor.fetchall())


def events() -> list[str]:
    """The types of all events around receptions."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT type FROM ledger_event WHERE type IN ('guidance_given', 'refusal_given', 'return_proposed',"
            " 'return_answered') ORDER BY stream, seq"
        )
        return [row[0] for row in cursor.fetchall()]


def say_word(
    login: str, number: str, at: datetime, *, approved: bool = True, key: Request | None = None
) -> None:
    who = actor(login, at=at)
    with unit_of_work(actor=who, at=at, request=key or Request.fresh(), origin="simulated"):
        answer(number=number, approved=approved, word=WORD, actor=who, at=at)


def typed(client: Client, number: str, **fields: str) -> Any:
    """The manager's form, filled in and sent."""
    path = reverse("guidance_answer", args=[number])
    page = client.get(path).content.decode()
    key = page.split('name="idempotency_key" value="')[1].split('"')[0]
    return client.post(path, {"idempotency_key": key, **fields})


def test_the_third_waits_has_no_paper_and_stands_on_the_board(clerk: Client, at: datetime) -> None:
    number = third_return(at - timedelta(minutes=10))
    assert [standing for _, standing in standings()] == ["given", "given", "proposed"]
    page = clerk.get(reverse("guidance", args=[number])).content.decode()
    assert "Chờ ý kiến của Phụ trách" in page
    assert "khoản 4 Điều 20" in page
    assert "HD-2026-000001" in page
    assert clerk.get(reverse("guidance_paper", args=[number])).status_code == 409
    board = visitor("truongquay", at=at).get("/board").content.decode()
    assert f'href="/guidance/{number}/answer"' in board
    assert f"/guidance/{number}/answer" not in visitor("chutich", at=at).get("/board").content.decode()


def test_agreed_it_is_given(at: datetime, clerk: Client) -> None:
    number = third_return(at - timedelta(minutes=10))
    manager = visitor("truongquay", at=at)
    assert typed(manager, number, verdict="approve", word="").status_code == 422
    assert typed(manager, number, verdict="approve", word=WORD).status_code == 302
    assert standings()[-1] == (number, "given")
    page = clerk.get(reverse("guidance", args=[number])).content.decode()
    assert WORD in page
    paper = text_of(clerk.get(reverse("guidance_paper", args=[number])).content)
    assert "PHIẾU YÊU CẦU BỔ SUNG" in paper
    assert waiting_for_word(COMMUNE) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT envelope::text FROM ledger_event WHERE type = 'return_answered'")
        assert WORD not in str(cursor.fetchone()[0])


def test_declined_it_is_to_be_received_and_counts_no_more(at: datetime, clerk: Client) -> None:
    number = third_return(at - timedelta(minutes=10))
    say_word("truongquay", number, at, approved=False)
    page = clerk.get(reverse("guidance", args=[number])).content.decode()
    assert "Phụ trách yêu cầu tiếp nhận" in page
    assert WORD in page
    assert clerk.get(reverse("guidance_paper", args=[number])).status_code == 409
    again = told_to_bring(at, name="Vũ Thị Ba")
    assert guidance(again, agency=COMMUNE).earlier == ("HD-2026-000001", "HD-2026-000002")


def test_while_one_waits_no_other_is_proposed(at: datetime) -> None:
    third_return(at - timedelta(minutes=10))
    with pytest.raises(NotAllowedNow, match="HD-2026-000003"):
        told_to_bring(at, name="Vũ Thị Ba")
    assert len(standings()) == 3


def test_who_may_answer(at: datetime) -> None:
    number = third_return(at - timedelta(minutes=10))
    for login in ("tiepnhan1", "chutich", "thanhtra", "daidien"):
        with pytest.raises(Denied):
            say_word(login, number, at)
    assert standings()[-1] == (number, "proposed")
    key = Request.fresh()
    say_word("truongquay", number, at, key=key)
    with pytest.raises(AlreadyDone):
        say_word("truongquay", number, at, key=key)
    with pytest.raises(NotAllowedNow):
        say_word("truongquay", number, at)
    assert events().count("return_answered") == 1


def test_never_both_ends(at: datetime) -> None:
    number = third_return(at - timedelta(minutes=10))
    clerk, manager = viewer("tiepnhan1", at=at), viewer("truongquay", at=at)
    both = clerk.actor(manager.capacities[0])
    with pytest.raises(Denied), unit_of_work(actor=both, at=at, request=Request.fresh(), origin="simulated"):
        answer(number=number, approved=True, word=WORD, actor=both, at=at)
    assert standings()[-1] == (number, "proposed")


def test_a_refusal_and_a_supplement_count_too(at: datetime) -> None:
    before = at - timedelta(days=3)
    row = dossier_in("supplement_requested", since=before, **SOMEBODY)
    remembered(row["id"])
    told_to_bring(at - timedelta(hours=1), **SOMEBODY)
    number = told_to_bring(at, **SOMEBODY)
    assert guidance(number, agency=COMMUNE).earlier == (row["code"], "HD-2026-000001")
    assert standings()[-1] == (number, "proposed")


def remembered(dossier: Any) -> None:
    """What the reaction that follows a reception does."""
    first = history(dossier, limit=1)[0]
    remember_reception(first, position=1, clock=lambda: first.at)


def test_another_procedure_another_person_and_nobody_in_particular_are_other_matters(at: datetime) -> None:
    third_return(at - timedelta(minutes=10))
    other = told_to_bring(at, name="Vũ Thị Bốn")
    for _ in range(3):
        turned_away(at)
    assert [standing for _, standing in standings()] == ["given", "given", "proposed", *["given"] * 4]
    assert other == "HD-2026-000004"


def test_the_check_of_the_ledger_knows_it(at: datetime) -> None:
    say_word("truongquay", third_return(at - timedelta(minutes=10)), at)
    assert not [f for f in check().faults if "text" in f.what]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reception_word SET sealed = sealed || 'x'::bytea")
        cursor.execute("DELETE FROM reception_guidance WHERE number = 'HD-2026-000001'")
    told = [f.what for f in check().faults]
    assert [t.split(":")[0] for t in told if "the text" in t] == ["deleted", "altered"]
