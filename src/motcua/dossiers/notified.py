"""Who is told of a dossier, and where: whom the reception named for it, else who asks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from motcua.dossiers.interests import OWN
from motcua.dossiers.people import Told, told
from motcua.dossiers.record import as_row
from motcua.dossiers.row import Row
from motcua.kernel.actor import Viewer

# Those of the first role in which somebody has a telephone or an e-mail address are told, all of them: whom the
# applicants chose to be told, else the applicants, else who stands for them or handed it in.
ROLES = ("notified", "applicant", "representative", "submitter")


@dataclass(frozen=True, slots=True)
class Named:
    """A party as the dossier names it: in which role, "" as far as nothing was written down."""

    role: str
    party: UUID
    kind: str
    email: str
    phone: str

    @property
    def has_address(self) -> bool:
        """Whether there is anything to reach them by."""
        return bool(self.email or self.phone)


@dataclass(frozen=True, slots=True)
class Notified:
    """Who is told: what the reception wrote down, "" as far as it did not."""

    party: UUID
    kind: str
    email: str
    phone: str


def who_is_told(people: Sequence[Named], *, but: str = "") -> tuple[Notified, ...]:
    """Who of `people` is told of their dossier, in the order in which they are named: everybody with an address in the
    first of ROLES that has one; where nobody has any, the first who would be. Nobody twice, nobody for being `but`
    (a role). Pure."""
    named = [[one for one in people if one.role == role] for role in ROLES if role != but]
    chosen = next(
        (found for each in named if (found := [one for one in each if one.has_address])),
        [one for each in named for one in each][:1],
    )
    once: dict[UUID, Notified] = {}
    for one in chosen:
        once.setdefault(one.party, Notified(one.party, one.kind, one.email, one.phone))
    return tuple(once.values())


def notified(row: Row) -> tuple[Notified, ...]:
    """Who is told of the dossier `row`; none where nobody is named, or everybody was erased. Who typed it for another
    is told where the applicant chose so, not for having typed, and no more once the applicant objected. One
    statement."""
    return _whom(told([row["id"]], viewer=None))


def phones_of(dossiers: Collection[UUID], *, viewer: Viewer) -> Mapping[UUID, tuple[str, ...]]:
    """The telephones of who is told of each of `dossiers`, whole: for `viewer`, who is to call them, at the desk
    that has the dossier on its list. One statement, none for no dossiers."""
    by_dossier: dict[UUID, list[Told]] = {}
    for one in told(dossiers, viewer=viewer):
        by_dossier.setdefault(one.dossier, []).append(one)
    return {
        dossier: tuple(dict.fromkeys(one.phone for one in _whom(people) if one.phone))
        for dossier, people in by_dossier.items()
    }


def _whom(people: Sequence[Told]) -> tuple[Notified, ...]:
    unasked = {one.party for one in people if one.is_objected and one.role == "submitter"}
    named = [
        Named(one.role, one.party, *(str(one.fields.get(name) or "") for name in ("kind", "email", "phone")))
        for one in people
        if one.party not in unasked
    ]
    return who_is_told(named, but="submitter" if people and people[0].is_helped else "")


def row_of(dossier: UUID) -> Row | None:
    """The dossier's row as it stands, with who stands in it, for who follows its events. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT d.*, {OWN} AS own FROM dossiers_dossier d WHERE id = %s", [dossier])  # noqa: S608
        found = cursor.fetchone()
        return as_row([c.name for c in cursor.description], found) if found else None
