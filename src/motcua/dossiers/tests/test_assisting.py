"""Who may hand in for whom, and what consent it takes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from motcua.dossiers.assisting import (
    BY_SEAT,
    GOOD_FOR,
    KINDS,
    Consent,
    Filing,
    FilingKind,
    Receipt,
    refuse_wrong,
)
from motcua.kernel.actor import SYSTEM, Actor
from motcua.kernel.errors import Denied, Invalid

AT = datetime(2026, 8, 26, 9, 0, tzinfo=UTC)
CITIZEN = Actor(kind="citizen", id="c")
STAFF = {kind: Actor(kind="staff", id="s", position_kind=seat) for seat, kind in BY_SEAT.items()}
SAID = Filing(kind=FilingKind.DESK, consent=Consent.SAID, agreed_at=AT, statement="Tôi đồng ý.")
SHEET = Filing(
    kind=FilingKind.RELATIVE,
    consent=Consent.SHEET,
    agreed_at=AT,
    statement="Tôi đồng ý.",
    relation="con",
    sheet=(UUID(int=1),),
)


@pytest.mark.parametrize("kind", BY_SEAT.values(), ids=lambda kind: kind.code)
def test_each_seat_hands_in_in_its_own_way_only(kind):
    refuse_wrong(replace(SAID, kind=kind.code), actor=STAFF[kind], at=AT)
    for other in set(FilingKind) - {kind.code}:
        with pytest.raises(Denied):
            refuse_wrong(replace(SAID, kind=other), actor=STAFF[kind], at=AT)


def test_others_hand_in_for_nobody():
    clerk = Actor(kind="staff", id="s", position_kind="clerk")
    for who in (clerk, SYSTEM, CITIZEN):
        with pytest.raises(Denied):
            refuse_wrong(SAID, actor=who, at=AT)
    for who in (clerk, SYSTEM, *STAFF.values()):
        with pytest.raises(Denied):
            refuse_wrong(SHEET, actor=who, at=AT)


def test_a_post_office_or_a_volunteer_hands_in_with_consent_or_not_at_all():
    for kind, actor in STAFF.items():
        if kind.outside:
            with pytest.raises(Denied):
                refuse_wrong(None, actor=actor, at=AT)
    refuse_wrong(None, actor=CITIZEN, at=AT)


def test_a_relative_brings_a_signed_sheet_and_says_who_they_are():
    refuse_wrong(SHEET, actor=CITIZEN, at=AT)
    wrong = (
        replace(SHEET, sheet=()),
        replace(SHEET, sheet=(), paper_kept=True),
        replace(SHEET, relation="  "),
        replace(SHEET, consent=Consent.SAID),
        replace(SHEET, notified="neighbour"),
    )
    for each in wrong:
        with pytest.raises(Invalid):
            refuse_wrong(each, actor=CITIZEN, at=AT)


def test_the_paper_may_stay_where_it_is_typed():
    desk = STAFF[KINDS[FilingKind.DESK]]
    refuse_wrong(replace(SAID, consent=Consent.SHEET, paper_kept=True), actor=desk, at=AT)
    with pytest.raises(Invalid):
        refuse_wrong(replace(SAID, consent=Consent.SHEET), actor=desk, at=AT)


@pytest.mark.parametrize("agreed_at", [AT + timedelta(seconds=1), AT - GOOD_FOR - timedelta(seconds=1)])
def test_consent_is_neither_of_tomorrow_nor_of_last_year(agreed_at):
    with pytest.raises(Invalid):
        refuse_wrong(replace(SAID, agreed_at=agreed_at), actor=STAFF[KINDS[FilingKind.DESK]], at=AT)


def test_consent_by_code_has_its_receipt_and_no_other_has_one():
    desk = STAFF[KINDS[FilingKind.DESK]]
    receipt = Receipt(phone="0912345678", digest="ab", sent_at=AT, answered_at=AT)
    refuse_wrong(replace(SAID, consent=Consent.CODE, receipt=receipt), actor=desk, at=AT)
    refuse_wrong(replace(SHEET, consent=Consent.CODE, receipt=receipt), actor=CITIZEN, at=AT)
    for wrong in (replace(SAID, consent=Consent.CODE), replace(SAID, receipt=receipt)):
        with pytest.raises(Invalid):
            refuse_wrong(wrong, actor=desk, at=AT)
