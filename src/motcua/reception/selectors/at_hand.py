"""Procedures at hand, and people who came before. What leads to a person shows them masked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.dossiers.people import Told, labelled, of_code, snapshots, told
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import NotFound
from motcua.kernel.text import clean, fold, mask_name, mask_number
from motcua.reception.known import FEWEST_DIGITS, digits_of, number_key, phone_key
from motcua.reception.models import Favourite, Known

DAYS = 30
MOST_PEOPLE = 8
FEWEST_LETTERS = 3


def favourites(account: UUID) -> list[str]:
    """Codes of the procedures an officer keeps at hand, the newest first."""
    rows = Favourite.objects.filter(account=account).order_by("-pinned_at")
    return list(rows.values_list("procedure", flat=True))


def most_received(agency: str, *, on: date, limit: int = 10) -> list[str]:
    """Codes of the procedures that a desk took in most in the last 30 days. One statement over daily counts."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT procedure FROM reception_received WHERE agency = %s AND day > %s"
            " GROUP BY procedure ORDER BY sum(count) DESC, procedure LIMIT %s",
            [agency, on - timedelta(days=DAYS), limit],
        )
        return [row[0] for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who came before, masked; `token` names the snapshot that fills a form."""

    token: str
    name: str
    number: str
    phone: str
    born: str
    seen_on: datetime


def people(words: str, *, agency: str, viewer: Viewer, competent: str = "") -> list[Person]:
    """Who came to the desk of `agency` before, or only for what `competent` decides, as far as `viewer` sees them: by
    identity number, telephone, dossier code, or name without accents; the newest first. At most three statements, an
    index for each way."""
    text = clean(words)

    def seen(found: Sequence[Told], wanted: str = "") -> list[Person]:
        return _distinct([t for t in found if competent in ("", t.competent)], wanted)

    digits = digits_of(text)
    if not any(c.isalpha() for c in text):
        return seen(_by_number(text, agency, viewer)) if len(digits) >= FEWEST_DIGITS else []
    if any(c.isdigit() for c in text):
        coded = of_code(text.upper(), agency=agency)
        return seen(told([coded], viewer=viewer) if coded else _by_number(text, agency, viewer))
    wanted = fold(text)
    if len(wanted) < FEWEST_LETTERS:
        return []
    return seen(told(labelled(wanted, agency=agency, viewer=viewer), viewer=viewer), wanted)


def _by_number(text: str, agency: str, viewer: Viewer) -> list[Told]:
    keys = [number_key(agency, text), number_key(agency, text.replace(" ", "")), phone_key(agency, text)]
    rows = Known.objects.filter(mac__in=keys).order_by("-seen_at")[:MOST_PEOPLE]
    return snapshots([row.snapshot for row in rows], viewer=viewer)


def _distinct(found: Sequence[Told], wanted: str) -> list[Person]:
    """Each person once, as seen last; with `wanted`, those who bear the name."""
    people: dict[tuple[str, ...], Person] = {}
    for one in sorted(found, key=lambda t: t.dossier, reverse=True):
        name = str(one.fields.get("name", ""))
        if one.role == "recipient" or any(word not in fold(name) for word in wanted.split()):
            continue
        number, phone = str(one.fields.get("number") or ""), str(one.fields.get("phone") or "")
        key = (fold(name), number) if number else (fold(name), "", digits_of(phone))
        people.setdefault(key, _person(one, name, number, phone))
    return list(people.values())[:MOST_PEOPLE]


def _person(one: Told, name: str, number: str, phone: str) -> Person:
    return Person(
        token=f"{one.dossier}.{one.snapshot}",
        name=mask_name(name),
        number=mask_number(number),
        phone=mask_number(phone),
        born=str(one.fields.get("born_on") or "")[:4],
        seen_on=one.received_at,
    )


def person(token: str, *, agency: str, viewer: Viewer, competent: str = "") -> tuple[Told, str]:
    """Whom `token` names, whole, and the dossier's code. One statement. Raises NotFound outside the desk's own,
    outside what `competent` decides, and where `viewer` does not see them."""
    dossier, _, snapshot = token.partition(".")
    found: list[Any] = []
    try:
        found = [
            p
            for p in told([UUID(dossier)], viewer=viewer)
            if str(p.snapshot) == snapshot and p.agency == agency and competent in ("", p.competent)
        ]
    except ValueError:
        found = []
    if not found:
        raise NotFound("Không tìm thấy người này ở cơ quan bạn.", "This person is not found at your agency.")
    return found[0], found[0].code
