"""A seat lets its holder see in its own agency: a second one, elsewhere and for something else, adds nothing to it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from motcua.agencies.models import Appointment
from motcua.kernel.ids import uuid7
from motcua.kernel.time import now
from motcua.payments.selectors import open_refunds
from motcua.reception.operations.batches import NewRow, open_batch
from tests.support.certification import book_of, certified, copies
from tests.support.lives import opened
from tests.support.money_days import AT, a_day_of_money
from tests.support.pages import plain_static, visitor
from tests.support.world import BEGINNING, logins, viewer

pytestmark = pytest.mark.django_db

NEXT_DOOR = ("tiepnhan1.mauhai", "chutich.mauhai", "vanthu.mauhai")
POSTED = ("daidien", "buudien", "kythuat")  # seats of the commune that look at no dossiers
WINDOW = "agency=H99.01.01&first=2026-08-01&last=2026-08-31"


def sits_also_as(login: str, *others: str) -> None:
    """Give `login` the seats that these people hold in the commune, too."""
    for other in others:
        seat = Appointment.objects.filter(account_id=logins()[other]).order_by("valid_from")[0].position_id
        Appointment.objects.create(
            id=uuid7(), account_id=logins()[login], position_id=seat, valid_from=BEGINNING
        )


def one(sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


@pytest.fixture
def commune() -> dict[str, str]:
    """Pages of the commune that its own people open, by what they show."""
    code = opened(AT)
    a_day_of_money()
    certified(copies(("citizen_card", 1, 3), name="Trần Bí Mật"), AT + timedelta(hours=2))
    seat = viewer("tiepnhan1").capacities[0]
    kept = open_batch(
        fields={"procedure": ["1.004873"]},
        rows=[NewRow(2, {"name": "Trần Bí Mật"}, [{"column": {"vi": "Tên"}, "what": {"vi": "Sai"}}])],
        account=logins()["tiepnhan1"],
        seat=seat,
        at=now(),
    )
    return {
        "dossier": f"/dossiers/{code}",
        "receipt of a dossier": f"/dossiers/{code}/receipt.pdf",
        "receipt": f"/payments/receipts/{one('SELECT id FROM payments_receipt ORDER BY number LIMIT 1')}",
        "cash book": f"/payments/books/{one('SELECT id FROM payments_book LIMIT 1')}",
        "refund": f"/payments/refunds/{one('SELECT id FROM payments_refund LIMIT 1')}",
        "receipts": f"/payments/receipts.xlsx?{WINDOW}",
        "certification book": f"/certification/books/{book_of()}",
        "its workbook": f"/certification/books/{book_of()}.xlsx",
        "certification": f"/certification/{one('SELECT dossier FROM certification_entry LIMIT 1')}",
        "list of people": f"/batches/{kept}",
    }


def answers(login: str, pages: dict[str, str]) -> dict[str, int]:
    client = visitor(login, at=now())
    return {name: client.get(address).status_code for name, address in pages.items()}


@pytest.mark.parametrize("login", NEXT_DOOR)
def test_a_seat_next_door_and_a_blind_one_here_open_nothing_here(login, commune):
    sits_also_as(login, *POSTED)
    with plain_static():
        both = answers(login, commune)
        assert set(both.values()) <= {403, 404}, [n for n, s in both.items() if s == 200]
        client = visitor(login, at=now())
        lists = [client.get(page).content.decode() for page in ("/dossiers?show=open", f"/register?{WINDOW}")]
    assert not any("H99.01.01-" in listed for listed in lists)
    assert open_refunds(viewer=viewer(login)) == ([], None)


def test_the_control_the_commune_s_own_people_open_them(commune):
    with plain_static():
        found = answers("chutich", commune)
        mine = answers("tiepnhan1", {k: commune[k] for k in ("receipt of a dossier", "list of people")})
    shut = {"receipt of a dossier", "list of people"}
    assert {name for name, status in found.items() if status != 200} <= shut, found
    assert set(mine.values()) == {200}, mine


def test_the_hotline_here_with_a_seat_next_door_sees_states_only(commune):
    sits_also_as("tiepnhan1.mauhai", "duongday", *POSTED)
    with plain_static():
        client = visitor("tiepnhan1.mauhai", at=now())
        page = client.get(commune.pop("dossier"))
        others = answers("tiepnhan1.mauhai", commune)
    assert page.status_code == 200
    assert "Tuyết" not in page.content.decode()
    assert set(others.values()) <= {403, 404}, [n for n, s in others.items() if s == 200]
