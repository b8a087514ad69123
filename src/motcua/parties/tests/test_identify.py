"""Recognising people: by number only, the same for everybody at once, and nothing readable in the table."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection
from tests.support.together import all_at_once, alone, somebody_waits

from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import Invalid, OutsideUnitOfWork
from motcua.kernel.seals import decrypt
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.parties.models import Identifier, Party
from motcua.parties.operations import Particulars, identify

AT = datetime(2026, 8, 24, 2, 10, tzinfo=UTC)
ANH = Particulars(name="Nguyễn Thị Ánh", paper="citizen_id", number="001099012345")
BINH = Particulars(name="Trần Văn Bình", paper="citizen_id", number="001099054321")
NAMELESS = Particulars(name="Lê Văn Không Giấy")


def known_as(*people):
    with unit_of_work(actor=SYSTEM, at=AT, request=Request.fresh(), origin="simulated"):
        return identify(people=people, actor=SYSTEM, at=AT)


@pytest.mark.django_db
def test_a_number_is_the_same_person_again():
    (first,) = known_as(ANH)
    assert known_as(Particulars(name="NGUYEN THI ANH", paper="citizen_id", number="001099012345")) == [first]
    assert (Party.objects.count(), Identifier.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_a_name_alone_never_makes_two_people_one():
    assert len({*known_as(NAMELESS), *known_as(NAMELESS), *known_as(NAMELESS, NAMELESS)}) == 4


@pytest.mark.django_db
def test_the_same_number_on_another_paper_is_somebody_else():
    (by_card,) = known_as(ANH)
    (by_code,) = known_as(
        Particulars(name="Công ty Ánh", kind="business", paper="tax_code", number="001099012345")
    )
    assert by_card != by_code


@pytest.mark.django_db
def test_two_registers_may_have_the_same_number():
    child, other = (
        Particulars(name=name, paper="birth_certificate", number="123/2024")
        for name in ("Lò Thị Mai", "Vàng A Páo")
    )
    assert len({*known_as(child), *known_as(other), *known_as(child, other)}) == 4


@pytest.mark.django_db
def test_known_and_new_people_together_keep_their_order():
    (anh,) = known_as(ANH)
    nameless, again, binh, submitter = known_as(NAMELESS, ANH, BINH, ANH)
    assert again == submitter == anh
    assert len({nameless, anh, binh}) == 3
    assert known_as(BINH) == [binh]
    assert set(Party.objects.values_list("name", flat=True)) == {ANH.name, BINH.name, NAMELESS.name}


@pytest.mark.django_db
def test_the_number_can_be_found_and_shown_but_not_read():
    (party,) = known_as(ANH)
    row = Identifier.objects.get(party_id=party)
    digest, sealed = bytes(row.number_mac), bytes(row.number_sealed)
    assert b"001099012345" not in digest + sealed
    assert decrypt("identifier", sealed, bound_to=digest) == b"001099012345"
    assert Party.objects.get(id=party).name_folded == "nguyen thi anh"


def test_outside_of_a_unit_of_work_nobody_is_recognised():
    with pytest.raises(OutsideUnitOfWork):
        identify(people=[ANH], actor=SYSTEM, at=AT)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": "A", "kind": "robot"}, "kind"),
        ({"name": "A", "paper": "library_card"}, "paper"),
        ({"name": "A", "paper": "citizen_id", "number": "12345"}, "number"),
        ({"name": "A", "paper": "none", "number": "12345"}, "number"),
        ({"name": "A", "paper": "old_id", "number": "12345678a"}, "number"),
    ],
)
def test_wrong_particulars_name_the_field(told, field):
    with pytest.raises(Invalid) as refusal:
        Particulars(**told).cleaned()
    assert refusal.value.field == field


@pytest.mark.parametrize("typed", ["001099012345", " 0010 9901 2345 ", "001.099.012.345"])
def test_numbers_are_compared_without_spaces_and_dots(typed):
    assert Particulars(name="A", paper="citizen_id", number=typed).cleaned().number == "001099012345"


@pytest.mark.django_db(transaction=True)
def test_two_desks_that_meet_one_number_give_one_party():
    """The second desk has looked, found nobody, and waits for the first."""
    inside, let_go = threading.Event(), threading.Event()

    def first_desk():
        with unit_of_work(actor=SYSTEM, at=AT, request=Request.fresh(), origin="simulated"):
            party = identify(people=[ANH], actor=SYSTEM, at=AT)
            inside.set()
            let_go.wait(10)
            return party

    with ThreadPoolExecutor(2) as desks:
        first = desks.submit(alone, first_desk)
        assert inside.wait(10)
        second = desks.submit(alone, known_as, NAMELESS, ANH)
        with connection.cursor() as cursor:
            assert somebody_waits(cursor)
        let_go.set()
        assert second.result()[1] == first.result()[0]
    assert set(Party.objects.values_list("name", flat=True)) == {ANH.name, NAMELESS.name}


@pytest.mark.django_db(transaction=True)
def test_two_people_in_either_order_never_wait_for_each_other_in_a_ring():
    pairs = [(ANH, BINH), (BINH, ANH)] * 4
    answers = all_at_once(lambda pair: known_as(*pair), pairs)
    assert {frozenset(answer) for answer in answers} == {frozenset(known_as(ANH, BINH))}
    assert Party.objects.count() == Identifier.objects.count() == 2
