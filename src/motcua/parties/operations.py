"""Recognising people and organisations, or meeting them for the first time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid
from motcua.kernel.ids import uuid7
from motcua.kernel.seals import encrypt, mac
from motcua.kernel.text import clean, fold
from motcua.kernel.unit_of_work import current
from motcua.parties.models import PARTY_KINDS
from motcua.parties.papers import PAPERS, normal

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What is said of a party at a counter or in a form. `number` belongs to `paper` ("none" has no number)."""

    name: str
    kind: str = "citizen"
    paper: str = "none"
    number: str = ""
    born_on: date | None = None
    phone: str = ""
    email: str = ""
    address: str = ""

    def cleaned(self) -> "Particulars":
        """The same with tidy text. Raises Invalid naming the field at fault."""
        name = clean(self.name)
        number = normal(self.number)
        if not name or len(name) > LONGEST_NAME:
            raise Invalid(
                f"Hãy ghi họ tên hoặc tên tổ chức, không quá {LONGEST_NAME} chữ.",
                f"Write the name, at most {LONGEST_NAME} letters.",
                field="name",
            )
        if self.kind not in PARTY_KINDS:
            raise Invalid("Hãy chọn loại đối tượng.", "Choose the kind of party.", field="kind")
        paper = PAPERS.get(self.paper)
        if paper is None:
            raise Invalid("Hãy chọn loại giấy tờ.", "Choose the kind of paper.", field="paper")
        if not paper.number.fullmatch(number):
            raise Invalid(
                f"Số {paper.label.vi.lower()} không đúng: cần {paper.hint.vi}.",
                f"The number of the {paper.label.en.lower()} is wrong: {paper.hint.en}.",
                field="number",
            )
        return Particulars(
            name=name,
            kind=self.kind,
            paper=self.paper,
            number=number,
            born_on=self.born_on,
            phone=clean(self.phone)[:30],
            email=clean(self.email)[:200],
            address=clean(self.address)[:500],
        )


def identify(*, people: Sequence[Particulars], actor: Actor, at: datetime) -> list[UUID]:
    """The party of each of `people` (already cleaned), known by number or new; at most two statements.

    A number is matched exactly through its HMAC; a name alone never makes two people one.
    """
    current(actor=actor, at=at)
    macs = [mac("identifier", f"{p.paper}/{p.number}".encode()) if p.number else None for p in people]
    known: dict[bytes, UUID] = {}
    wanted = [m for m in macs if m is not None]
    with connection.cursor() as cursor:
        if wanted:
            cursor.execute(
                "SELECT number_mac, party_id FROM parties_identifier WHERE number_mac = ANY(%s)", [wanted]
            )
            known = {bytes(digest): party for digest, party in cursor.fetchall()}
        found: list[UUID] = []
        new_parties: list[object] = []
        new_identifiers: list[object] = []
        for person, digest in zip(people, macs, strict=True):
            party = known.get(digest) if digest is not None else None
            if party is None:
                party = uuid7()
                new_parties += [party, person.kind, person.name, fold(person.name), at]
                if digest is not None:
                    known[digest] = party
                    sealed = encrypt("identifier", person.number.encode(), bound_to=digest)
                    new_identifiers += [uuid7(), party, person.paper, digest, sealed, at]
            found.append(party)
        if new_parties:
            _insert(cursor, new_parties, new_identifiers)
    return found


def _insert(cursor: object, parties: list[object], identifiers: list[object]) -> None:
    rows = ", ".join(["(%s, %s, %s, %s, %s)"] * (len(parties) // 5))
    query = f"INSERT INTO parties_party (id, party_kind, name, name_folded, created_at) VALUES {rows}"  # noqa: S608
    if identifiers:
        numbers = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * (len(identifiers) // 6))
        query = (
            f"WITH party AS ({query}) INSERT INTO parties_identifier"  # noqa: S608 - fixed parts only
            f" (id, party_id, paper, number_mac, number_sealed, seen_at) VALUES {numbers}"
            " ON CONFLICT (number_mac) DO NOTHING"
        )
    cursor.execute(query, [*parties, *identifiers])  # type: ignore[attr-defined]
