"""Recognising people: by number and name, the same for everybody at once, and nothing readable in the table."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from tests.support.together import all_at_once, alone, somebody_waits

from motcua.accounts.models import Account
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import Denied, Invalid, OutsideUnitOfWork
from motcua.kernel.seals import decrypt, encrypt, mac
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.parties.models import Identifier, Party
from motcua.parties.operations import Particulars, identify, prove, proven_by

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
def test_a_number_with_another_name_is_somebody_else():
    """One wrong digit is somebody's number."""
    mistyped = replace(BINH, number=ANH.number)
    assert len({*known_as(ANH), *known_as(mistyped), *known_as(ANH, mistyped)}) == 2


def proved(party, told):
    with unit_of_work(actor=SYSTEM, at=AT, request=Request.fresh(), origin="simulated"):
        return prove(party=party, told=told, actor=SYSTEM, at=AT)


@pytest.mark.django_db
def test_whose_number_it_is_decides_the_provider_and_no_typing():
    typed, false, (anh,) = replace(ANH, name="Nguyễn Thị Mới"), replace(ANH, name="Kẻ Gian"), known_as(ANH)
    before = known_as(false, typed)
    assert not proved(anh, ANH)
    assert proved(anh, typed), "a new name, which somebody had typed before"
    assert proven_by(replace(ANH, name="Ai Đó")) == anh
    assert known_as(ANH, typed, false) == [anh, anh, before[0]]
    (binh,) = known_as(BINH)
    with pytest.raises(Denied):
        proved(binh, replace(BINH, number=ANH.number))
    assert proven_by(BINH) is None
    assert known_as(BINH) == [binh]
    assert set(Party.objects.values_list("name", flat=True)) == {BINH.name, false.name, typed.name}


@pytest.mark.django_db
def test_numbers_kept_by_an_earlier_version_are_keyed_anew():
    anh, binh = known_as(ANH, BINH)
    Account.objects.create(id=anh, login=f"citizen:{anh}", is_citizen=True, created_at=AT)
    for one in Identifier.objects.all():
        told = {anh: ANH, binh: BINH}[one.party_id]
        one.number_mac = mac("identifier", f"citizen_id/{told.number}".encode())
        one.number_sealed = encrypt("identifier", told.number.encode(), bound_to=one.number_mac)
        one.save()
    import_module("motcua.parties.migrations.0004_known_by_number_and_name").key_anew(apps, None)
    assert known_as(ANH, BINH) == [anh, binh]
    assert (proven_by(ANH), proven_by(BINH)) == (anh, None), "who has signed in keeps the number"
    for one in Identifier.objects.all():
        assert decrypt("identifier", bytes(one.number_sealed), bound_to=bytes(one.number_mac))


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
