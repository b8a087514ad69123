"""What hangs on the wall is written down once, by whom it may be, as it was printed."""

import json
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import given, strategies as st
from tests.support.acts import moment
from tests.support.streams import count
from tests.support.world import COMMUNE, OTHER_COMMUNE, actor

from motcua.catalogue.operations import publish
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import Denied, Invalid, KeyReused, NotAllowedNow
from motcua.kernel.time import local
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.operations import AlreadyDone
from motcua.ledger.selectors import check
from motcua.postings.board import board
from motcua.postings.operations import post
from motcua.postings.selectors import belongs_on, wall_of
from motcua.postings.wall import Change, Form, Hung, change_of

pytestmark = pytest.mark.django_db
AT = moment(26, 9)
MARITAL = "1.004873"


def due(at: datetime = AT, *, form: Form = Form.SHEETS, sector: str = "", whole: bool = True) -> Change:
    """What would be written now."""
    belongs = belongs_on(board(COMMUNE, on=local(at).date()))
    return change_of(wall_of(COMMUNE, form), belongs, form=form, sector=sector, whole=whole)


def hang(
    login: str = "truongquay",
    *,
    at: datetime = AT,
    agency: str = COMMUNE,
    request: Request | None = None,
    digest: str | None = None,
    form: Form = Form.SHEETS,
    **wanted: Any,
) -> UUID:
    wanted = dict[str, Any](sector="", whole=True) | wanted
    told = due(at, form=form, **wanted).digest.hex() if digest is None else digest
    who = actor(login, at=at)
    with unit_of_work(actor=who, at=at, request=request or Request.fresh(), origin="simulated"):
        return post(agency=agency, form=form, digest=told, actor=who, at=at, **wanted)


def renamed(name: str, *, at: datetime = AT, **more: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM catalogue_version WHERE procedure_id = %s AND number = 1", [MARITAL])
        body = json.loads(cursor.fetchone()[0])
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin="simulated"):
        document = body | {"title": {"vi": name, "en": name}} | more
        publish(document=document, effective_from=date(2026, 8, 1), actor=SYSTEM, at=at)


def test_after_a_whole_print_the_wall_holds_what_belongs_there() -> None:
    hang()
    assert wall_of(COMMUNE, Form.SHEETS) == belongs_on(board(COMMUNE, on=AT.date()))
    assert wall_of(COMMUNE, Form.POSTER) == {}
    assert not due(whole=False).posted
    with pytest.raises(NotAllowedNow, match="Không có gì"):
        hang(whole=False)


def test_only_what_changed_is_posted_and_what_is_gone_taken_down() -> None:
    hang()
    renamed("Tên mới")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE catalogue_procedure SET closed_on = '2026-08-26' WHERE code = '1.000894'")
    change = due(whole=False)
    assert (set(change.posted), change.taken_down) == ({MARITAL}, ("1.000894",))
    hang(whole=False, at=AT + timedelta(minutes=1))
    assert wall_of(COMMUNE, Form.SHEETS) == belongs_on(board(COMMUNE, on=AT.date()))


def test_a_sector_s_print_leaves_the_others_as_they_hang() -> None:
    hang()
    before = wall_of(COMMUNE, Form.SHEETS)
    renamed("Tên mới")
    hang(sector="dat-dai", at=AT + timedelta(minutes=1))
    assert wall_of(COMMUNE, Form.SHEETS) == before
    hang(sector="ho-tich", at=AT + timedelta(minutes=2))
    assert wall_of(COMMUNE, Form.SHEETS)[MARITAL] != before[MARITAL]


@pytest.mark.parametrize("login", ["truongquay", "danhmuc", "tiepnhan1"])
def test_who_posts(login: str) -> None:
    hang(login)
    assert count("postings_print") == 1


@pytest.mark.parametrize(
    "login", ["kinhte", "chutich", "kythuat", "thanhtra", "tiepnhan1.mauhai", "daidien", "thuquy"]
)
def test_nobody_else_posts_and_nothing_happens(login: str) -> None:
    before = count("ledger_event"), count("postings_print")
    with pytest.raises(Denied):
        hang(login)
    assert (count("ledger_event"), count("postings_print")) == before


def test_a_neighbour_posts_on_its_own_wall_alone() -> None:
    with pytest.raises(Denied):
        hang(agency=OTHER_COMMUNE)
    assert wall_of(OTHER_COMMUNE, Form.SHEETS) == {}


def test_what_was_printed_before_the_catalogue_changed_is_not_recorded_as_the_new() -> None:
    printed = due().digest.hex()
    renamed("Tên mới")
    before = count("ledger_event")
    with pytest.raises(NotAllowedNow, match="vừa thay đổi"):
        hang(digest=printed)
    assert (count("ledger_event"), count("postings_print")) == (before, 0)


def test_a_form_there_is_not() -> None:
    with pytest.raises(Invalid):
        hang(form="banner", digest="00")  # type: ignore[arg-type]


def test_the_same_request_again_is_one_print() -> None:
    once, told = Request.fresh(), due().digest.hex()
    hang(request=once, digest=told)
    with pytest.raises(AlreadyDone):
        hang(request=once, digest=told)
    assert count("postings_print") == 1
    other = Request(key=once.key, body_digest=b"another".ljust(32))
    with pytest.raises(KeyReused):
        hang(request=other, digest=told)


def test_the_check_of_the_ledger_sees_what_was_altered_and_what_was_slipped_in() -> None:
    hang()
    assert check().faults == ()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO postings_print SELECT (jsonb_populate_record(one, jsonb_build_object("
            "'id', gen_random_uuid(), 'seq', 99999))).* FROM postings_print one"
        )
    assert [fault.what for fault in check().faults] == ["added: 1 prints of H99.01.01 that no event tells of"]


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 3)),
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 3)),
    st.sampled_from(["", "s0", "s1"]),
    st.booleans(),
)
def test_whatever_hung_there_a_print_of_all_makes_it_as_it_belongs(
    hung: dict[str, int], wanted: dict[str, int], sector: str, whole: bool
) -> None:
    def of(told: dict[str, int]) -> dict[str, Hung]:
        return {code: Hung(f"s{v % 2}", str(v), "", "here") for code, v in told.items()}

    wall, belongs = of(hung), of(wanted)
    after = change_of(wall, belongs, form=Form.SHEETS, sector=sector, whole=whole).on(wall)
    inside = {code for code, one in belongs.items() if sector in ("", one.sector)}
    assert {code: after[code] for code in inside} == {code: belongs[code] for code in inside}
    if not sector:
        assert after == belongs
    again = change_of(after, belongs, form=Form.SHEETS, sector=sector, whole=False)
    assert not again.posted
    assert not again.taken_down
