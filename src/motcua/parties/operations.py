"""Recognising people and organisations, or meeting them for the first time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from motcua.kernel.actor import Actor
from motcua.kernel.errors import Denied, Invalid
from motcua.kernel.ids import uuid7
from motcua.kernel.seals import encrypt, mac
from motcua.kernel.text import clean, fold
from motcua.kernel.unit_of_work import current
from motcua.parties.models import PARTY_KINDS, Party
from motcua.parties.papers import PAPERS, normal
from motcua.parties.registers import SEXES, LookedUp

LONGEST_NAME = 200
_NEW = "new (id, kind, name, folded, at, numbered)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What is said of a party at a counter or in a form. `number` belongs to `paper` ("none" has no number);
    `sex` is one of registers.SEXES, or not
    told; `looked_up` is what a register said of it."""

    name: str
    kind: str = "citizen"
    paper: str = "none"
    number: str = ""
    born_on: date | None = None
    sex: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    looked_up: LookedUp | None = None

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
        if paper.code == "none" and number:
            raise Invalid(
                "Đã ghi “Không có giấy tờ” thì để trống số; có số thì chọn loại giấy tờ.",
                "“No paper” has no number; choose the kind of paper where there is one.",
                field="number",
            )
        if not paper.number.fullmatch(number):
            raise Invalid(
                f"Số {paper.label.vi.lower()} không đúng: cần {paper.hint.vi}.",
                f"The number of the {paper.label.en.lower()} is wrong: {paper.hint.en}.",
                field="number",
            )
        if not paper.holds(number):
            raise Invalid(
                f"Số {paper.label.vi.lower()} sai chữ số kiểm tra; hãy xem lại từng số.",
                f"The check digit of the {paper.label.en.lower()} is wrong; look at each digit.",
                field="number",
            )
        return Particulars(
            name=name,
            kind=self.kind,
            paper=self.paper,
            number=number,
            born_on=self.born_on,
            sex=self.sex if self.sex in SEXES else "",
            phone=clean(self.phone)[:30],
            email=clean(self.email)[:200],
            address=clean(self.address)[:500],
            looked_up=self.looked_up,
        )


def identify(*, people: Sequence[Particulars], actor: Actor, at: datetime) -> list[UUID]:
    """The party of each of `people` (already cleaned), known by number and name together, or new; at most two
    statements.

    Both are matched exactly through one HMAC (the name without accents and capitals), so that a mistyped number
    leads to no stranger; a name alone never makes two people one. Two desks that meet one person at the same moment
    give the same party.
    """
    current(actor=actor, at=at)
    macs = [_mac(p) for p in people]
    known = _known([m for m in macs if m is not None])
    found: list[UUID] = []
    new: dict[UUID, tuple[Particulars, bytes | None]] = {}
    for person, digest in zip(people, macs, strict=True):
        party = known.get(digest) if digest is not None else None
        if party is None:
            party = uuid7()
            new[party] = person, digest
            if digest is not None:
                known[digest] = party
        found.append(party)
    if new:
        known |= _add(new, at)
    return [party if m is None else known[m] for party, m in zip(found, macs, strict=True)]


def proven_by(told: Particulars) -> UUID | None:
    """The party that has signed in with the number of `told` (already cleaned), whatever its name was then. One
    statement."""
    digest = _proof(told)
    return _known([digest]).get(digest) if digest is not None else None


def prove(*, party: UUID, told: Particulars, actor: Actor, at: datetime) -> bool:
    """An identity provider vouches that `party` is who `told` (already cleaned) says: the number is this party's alone
    from now on, who types number and name means it, and name and kind are the provider's, whatever was typed before.
    Returns whether these changed. Three statements; dossiers keep their own snapshots.

    Raises Denied where the number is proven another's: only an officer can see who is who.
    """
    current(actor=actor, at=at)
    proof, known = _proof(told), _mac(told)
    if proof is not None and known is not None:
        if _number(proof, party, told, at, taken_over=False) != party:
            raise SOMEBODY_ELSES
        _number(known, party, told, at, taken_over=True)
    changed = Party.objects.filter(id=party).exclude(name=told.name, party_kind=told.kind)
    return bool(changed.update(name=told.name, name_folded=fold(told.name), party_kind=told.kind))


SOMEBODY_ELSES = Denied(
    "Số định danh của tài khoản này đang gắn với một người khác trong hệ thống, nên chưa đăng nhập được. "
    "Hãy mang giấy tờ tùy thân đến bộ phận một cửa để đối chiếu.",
    "The number of this account stands for somebody else here, so you are not signed in. Bring your identity "
    "papers to the one-stop desk to have it looked into.",
)


def _number(digest: bytes, party: UUID, told: Particulars, at: datetime, *, taken_over: bool) -> UUID:
    """Whose `digest` is from now on: `party`'s where it is new or `taken_over`, else whose it was."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO parties_identifier AS i (id, party_id, paper, number_mac, number_sealed, seen_at)"
            " VALUES (%s, %s, %s, %s, %s, %s)"
            " ON CONFLICT (number_mac) DO UPDATE SET seen_at = greatest(i.seen_at, excluded.seen_at),"
            " party_id = CASE WHEN %s THEN excluded.party_id ELSE i.party_id END RETURNING party_id",
            [
                uuid7(),
                party,
                told.paper,
                digest,
                encrypt("identifier", told.number.encode(), bound_to=digest),
                at,
                taken_over,
            ],
        )
        owner: UUID = cursor.fetchone()[0]
    return owner


def _proof(told: Particulars) -> bytes | None:
    """What a party that has signed in is found by; None where the number tells nobody apart."""
    if not PAPERS[told.paper].identifies(told.number):
        return None
    return mac("identifier", f"{told.paper}/{told.number}".encode())


def _mac(told: Particulars) -> bytes | None:
    """What a party that is typed is found by; None where the number tells nobody apart."""
    if not PAPERS[told.paper].identifies(told.number):
        return None
    return mac("identifier", f"{told.paper}/{told.number}/{fold(told.name)}".encode())


def digests_of(told: Particulars) -> list[bytes]:
    """What a party that is `told` (already cleaned) is found by; none where the number tells nobody apart."""
    return [digest for digest in (_proof(told), _mac(told)) if digest is not None]


def _known(macs: list[bytes]) -> dict[bytes, UUID]:
    if not macs:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number_mac, party_id FROM parties_identifier WHERE number_mac = ANY(%s)", [macs]
        )
        return {bytes(digest): party for digest, party in cursor.fetchall()}


def _add(new: Mapping[UUID, tuple[Particulars, bytes | None]], at: datetime) -> dict[bytes, UUID]:
    """Add parties and their numbers; returns whose each number is. Where somebody else was first, theirs stays."""
    numbered = sorted((digest, party, p) for party, (p, digest) in new.items() if digest is not None)
    parties = [
        v
        for party, (p, digest) in new.items()
        for v in (party, p.kind, p.name, fold(p.name), at, digest is not None)
    ]
    rows = ", ".join(["(%s::uuid, %s, %s, %s, %s::timestamptz, %s)"] * len(new))
    insert = "INSERT INTO parties_party (id, party_kind, name, name_folded, created_at)"
    if not numbered:
        with connection.cursor() as cursor:
            cursor.execute(f"{insert} SELECT id, kind, name, folded, at FROM (VALUES {rows}) {_NEW}", parties)  # noqa: S608
        return {}
    # In the order of the digests, so that two desks with the same two people never wait for each other.
    identifiers = [
        v
        for digest, party, p in numbered
        for v in (
            uuid7(),
            party,
            p.paper,
            digest,
            encrypt("identifier", p.number.encode(), bound_to=digest),
            at,
        )
    ]
    numbers = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(numbered))
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH named AS (INSERT INTO parties_identifier"  # noqa: S608 - fixed parts only
            f" (id, party_id, paper, number_mac, number_sealed, seen_at) VALUES {numbers}"
            " ON CONFLICT (number_mac) DO UPDATE SET seen_at = greatest(parties_identifier.seen_at, excluded.seen_at)"
            f" RETURNING number_mac, party_id), made AS ({insert} SELECT id, kind, name, folded, at"
            f" FROM (VALUES {rows}) {_NEW} WHERE NOT numbered OR id IN (SELECT party_id FROM named))"
            " SELECT number_mac, party_id FROM named",
            [*identifiers, *parties],
        )
        return {bytes(digest): party for digest, party in cursor.fetchall()}
