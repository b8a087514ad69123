"""A guidance record is closed by the reception that follows, and each shows the other."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.support.acts import act
from tests.support.situations import third_return, told_to_bring
from tests.support.world import COMMUNE, intake

from motcua.flows.reception import receive
from motcua.kernel.errors import NotAllowedNow
from motcua.ledger.selectors import history
from motcua.reactions.reception import close_guidance
from motcua.reception import projector
from motcua.reception.selectors.guidance import guidance
from motcua.reception.selectors.returns import before_reception, waiting_for_word
from motcua.web.counter.tests.support import form_of, opened, post
from motcua.web.counter.tests.test_third_return import say_word

WHO = {"name": "Vũ Thị Ba", "number": "012190678901"}


def received(at: datetime, **of_intake: str) -> str:
    """A dossier received at `at`, and what follows from it; its code."""
    row = act("tiepnhan1", at, receive, intake=intake(**of_intake)).row  # type: ignore[arg-type]
    first = history(row["id"], limit=1)[0]
    for _ in range(2):
        close_guidance(first, position=row["head_seq"], clock=lambda: at + timedelta(seconds=1))
    return str(row["code"])


def closings() -> int:
    """How many closings the ledger holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_event WHERE type = 'guidance_closed'")
        return int(cursor.fetchone()[0])


def test_closed_once_and_linked_both_ways(clerk: Client, at: datetime) -> None:
    told = told_to_bring(at - timedelta(days=2), **WHO)
    other = told_to_bring(at - timedelta(days=1), name="Vũ Thị Bốn", number="012190678902")
    code = received(at - timedelta(hours=1), **WHO)
    assert before_reception(code, agency=COMMUNE) == [told]
    assert guidance(other, agency=COMMUNE).dossier == ""
    assert closings() == 1
    assert f'href="/dossiers/{code}"' in clerk.get(reverse("guidance", args=[told])).content.decode()
    assert f'href="/guidance/{told}"' in clerk.get(reverse("received", args=[code])).content.decode()


def test_what_is_received_is_not_offered_again(clerk: Client, at: datetime) -> None:
    told = told_to_bring(at - timedelta(days=2), **WHO)
    fields = form_of(opened(clerk)).fields | {"applicant-0-scan": WHO["number"], "_update": "1"}
    assert told in post(clerk, fields).content.decode()
    received(at - timedelta(hours=1), **WHO)
    assert told not in post(clerk, fields).content.decode()


def test_a_proposal_waits_no_more(at: datetime) -> None:
    number = third_return(at - timedelta(hours=2))
    received(at - timedelta(hours=1), name="Vũ Thị Ba")
    assert waiting_for_word(COMMUNE) == []
    with pytest.raises(NotAllowedNow):
        say_word("truongquay", number, at)
    assert closings() == 3


def test_another_procedure_and_a_later_record_stay_open(at: datetime) -> None:
    told = told_to_bring(at - timedelta(days=2), **WHO)
    received(at - timedelta(hours=2), procedure="2.000635", **WHO)
    assert guidance(told, agency=COMMUNE).dossier == ""
    received(at - timedelta(days=3), **WHO)
    assert guidance(told, agency=COMMUNE).dossier == ""
    assert closings() == 0


def test_the_projection_is_what_the_events_say(at: datetime) -> None:
    told_to_bring(at - timedelta(days=2), **WHO)
    received(at - timedelta(hours=1), **WHO)
    with connection.cursor() as cursor:
        cursor.execute("SELECT stream FROM agencies_agency WHERE code = %s", [COMMUNE])
        stream = cursor.fetchone()[0]
        cursor.execute("SELECT number, standing, dossier FROM reception_guidancestanding ORDER BY number")
        running = list(cursor.fetchall())
    mine = [x for x in history(stream) if x.type in projector.TYPES]
    rebuilt = projector.replay(mine)[projector.TABLE]
    assert [(r["number"], r["standing"], r["dossier"]) for r in rebuilt] == running
