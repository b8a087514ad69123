"""Mandates: whom a business lets act for it, in what, since when; given and withdrawn, never changed."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.kernel.actor import Actor
from motcua.kernel.errors import Denied, Invalid, NotFound
from motcua.kernel.ids import before_id, uuid7
from motcua.kernel.say import Say
from motcua.kernel.seals import decrypt, encrypt, mac
from motcua.kernel.text import clean, fold, mask_number
from motcua.kernel.time import local
from motcua.ledger.operations import claim
from motcua.parties.models import Mandate, MandatePerson, Party
from motcua.parties.operations import Particulars

# Each holds those before it.
POWERS = ("see", "write", "hand_in")
POWER_WORDS = {
    "see": Say("Chỉ xem", "See only"),
    "write": Say("Soạn hồ sơ, không nộp", "Write, not hand in"),
    "hand_in": Say("Soạn và nộp hồ sơ", "Write and hand in"),
}
PAGE = 30
LONGEST_DOCUMENT = 100
_PURPOSE = "mandate"
BEYOND = Denied(
    "Ủy quyền của ông/bà không cho làm việc này. Chưa ghi gì; hãy nhờ người được ủy quyền khác hoặc doanh nghiệp.",
    "Your mandate does not allow this. Nothing was written; ask somebody with another mandate, or the business.",
)


@dataclass(frozen=True, slots=True)
class Held:
    """A mandate in force, for who holds it. `procedures` empty: all."""

    id: UUID
    business: UUID
    name: str
    power: str
    procedures: frozenset[str]
    document: str

    def allows(self, power: str, procedure: str | None) -> bool:
        """Whether it allows `power` on `procedure`; None asks for any procedure at all."""
        enough = POWERS.index(self.power) >= POWERS.index(power)
        return enough and (procedure is None or not self.procedures or procedure in self.procedures)


@dataclass(frozen=True, slots=True)
class Given:
    """A mandate as the business sees it."""

    id: UUID
    name: str
    number: str
    document: str
    power: str
    procedures: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    given_at: datetime
    ended_at: datetime | None


def known_as(*, name: str, number: str) -> bytes:
    """What the holder of a mandate is found by: number and name together, so that a mistyped number gives a stranger
    nothing."""
    return mac("mandate", f"{number}/{fold(name)}".encode())


def give(
    *,
    business: UUID,
    person: Particulars,
    power: str,
    procedures: Collection[str],
    valid_from: date,
    valid_to: date | None,
    document: str,
    actor: Actor,
    at: datetime,
) -> UUID:
    """Let `person`, known by the number of their identity card, act for `business` within `power` and `procedures`
    (none: all) from one day to another.

    Raises Denied for anybody but the business's own account; Invalid naming the field; AlreadyDone.
    """
    _refuse_others(business, actor)
    person, document = person.cleaned(), clean(document)
    if person.paper != "citizen_id":
        raise Invalid("Cần số định danh cá nhân.", "A personal number is needed.", field="number")
    if power not in POWERS:
        raise Invalid("Hãy chọn phạm vi.", "Choose what they may do.", field="power")
    if not document or len(document) > LONGEST_DOCUMENT:
        raise Invalid(
            f"Hãy ghi số văn bản ủy quyền, không quá {LONGEST_DOCUMENT} chữ.",
            f"Write the number of the document, at most {LONGEST_DOCUMENT} letters.",
            field="document",
        )
    if valid_to is not None and valid_to < max(valid_from, local(at).date()):
        raise Invalid(
            "Ngày hết hạn phải từ hôm nay trở đi và không trước ngày bắt đầu.",
            "The last day may not be past, nor before the first.",
            field="valid_to",
        )
    claim(stream=business, seq=0, actor=actor, at=at)
    mandate = uuid7()
    Mandate.objects.create(
        id=mandate,
        business=business,
        power=power,
        procedures=sorted(set(procedures)),
        valid_from=valid_from,
        valid_to=valid_to,
        given_at=at,
    )
    told = {"name": person.name, "number": mask_number(person.number), "document": document}
    MandatePerson.objects.create(
        mandate=mandate,
        known_as=known_as(name=person.name, number=person.number),
        sealed=encrypt(_PURPOSE, json.dumps(told, ensure_ascii=False).encode(), bound_to=mandate.bytes),
    )
    return mandate


def end(*, mandate: UUID, business: UUID, actor: Actor, at: datetime) -> None:
    """Withdraw a mandate of `business` from now on; one that has ended stays so. It waits for what is being handed in
    by it. Raises Denied for anybody but the business's own account; NotFound for another's mandate."""
    _refuse_others(business, actor)
    if not Mandate.objects.filter(id=mandate, business=business).exists():
        raise NotFound("Không có ủy quyền này.", "There is no such mandate.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('mandates'), hashtext(%s))", [str(business)])
        cursor.execute(
            "INSERT INTO parties_mandateend (mandate, ended_at) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            [mandate, at],
        )


def _refuse_others(business: UUID, actor: Actor) -> None:
    own = actor.kind == "citizen" and actor.id == str(business) and actor.acting_for is None
    if not (own and Party.objects.filter(id=business, party_kind="business").exists()):
        raise Denied(
            "Chỉ tài khoản định danh của chính doanh nghiệp mới ủy quyền hoặc rút ủy quyền.",
            "Only the business's own account gives and withdraws mandates.",
        )


def held_by(known: bytes, *, at: datetime, business: UUID | None = None) -> list[Held]:
    """The mandates in force of who is `known_as` this, of all businesses or of one. One statement."""
    on = local(at).date()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT m.id, m.business, p.name, m.power, m.procedures::text, x.sealed FROM parties_mandateperson x"
            " JOIN parties_mandate m ON m.id = x.mandate JOIN parties_party p ON p.id = m.business"
            " WHERE x.known_as = %s AND m.valid_from <= %s AND (m.valid_to IS NULL OR m.valid_to >= %s)"
            " AND NOT EXISTS (SELECT FROM parties_mandateend e WHERE e.mandate = m.id)"
            " AND (%s::uuid IS NULL OR m.business = %s) ORDER BY p.name, m.id",
            [known, on, on, business, business],
        )
        return [
            Held(
                mandate,
                of,
                name,
                power,
                frozenset(json.loads(procedures)),
                _opened(mandate, sealed)["document"],
            )
            for mandate, of, name, power, procedures, sealed in cursor.fetchall()
        ]


def allowing(mandates: Iterable[Held], *, power: str, procedure: str | None) -> Held:
    """The first of `mandates` that allows `power` on `procedure`. Raises Denied where none does."""
    for one in mandates:
        if one.allows(power, procedure):
            return one
    raise BEYOND


def hold(
    *, mandate: str | None, business: UUID, known: bytes, power: str, procedure: str, at: datetime
) -> None:
    """Be sure that `mandate`, of who is `known` so, stands until the end of the unit of work: who withdraws it waits.
    Raises Denied."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock_shared(hashtext('mandates'), hashtext(%s))", [str(business)]
        )
    held = held_by(known, at=at, business=business)
    allowing((one for one in held if str(one.id) == mandate), power=power, procedure=procedure)


def given_by(business: UUID, *, after: str | None = None) -> tuple[list[Given], str | None]:
    """The mandates that `business` gave, the newest first, and the key of the page that follows. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT m.id, m.power, m.procedures::text, m.valid_from, m.valid_to, m.given_at, e.ended_at, x.sealed"
            " FROM parties_mandate m LEFT JOIN parties_mandateend e ON e.mandate = m.id"
            " LEFT JOIN parties_mandateperson x ON x.mandate = m.id"
            " WHERE m.business = %s AND m.id < %s ORDER BY m.id DESC LIMIT %s",
            [business, before_id(after), PAGE + 1],
        )
        found = [_given(*row) for row in cursor.fetchall()]
    return found[:PAGE], str(found[PAGE - 1].id) if len(found) > PAGE else None


def _given(mandate: UUID, power: str, procedures: str, *rest: Any) -> Given:
    *days, sealed = rest
    told = _opened(mandate, sealed) if sealed else {"name": "", "number": "", "document": ""}
    return Given(
        mandate, told["name"], told["number"], told["document"], power, tuple(json.loads(procedures)), *days
    )


def documents_of(mandates: Collection[UUID]) -> dict[UUID, str]:
    """By which document each of `mandates` was given; those that were erased are missing. One statement, none for
    none. The caller has checked who may see it."""
    if not mandates:
        return {}
    kept = MandatePerson.objects.filter(mandate__in=mandates).values_list("mandate", "sealed")
    return {mandate: _opened(mandate, bytes(sealed))["document"] for mandate, sealed in kept}


def _opened(mandate: UUID, sealed: bytes) -> dict[str, str]:
    told: dict[str, str] = json.loads(decrypt(_PURPOSE, bytes(sealed), bound_to=mandate.bytes))
    return told
