"""What the citizen sees of a dossier: by the token of the receipt's QR, or by code and PIN.

The code alone shows nothing, not even whether it exists.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from motcua.agencies.selectors import account_names, agency, called, unit_name
from motcua.dossiers.content import open_body
from motcua.dossiers.delays import CAUSES
from motcua.dossiers.heard import told_to_people
from motcua.dossiers.numbering import normalise_code
from motcua.dossiers.projector import TYPES
from motcua.dossiers.record import as_row
from motcua.dossiers.row import Row
from motcua.dossiers.states import LABELS, State
from motcua.dossiers.thread import WRITTEN
from motcua.dossiers.tracking import pin, token, token_digest
from motcua.kernel.codec import decode
from motcua.kernel.errors import Denied, NotFound
from motcua.kernel.say import Say
from motcua.kernel.seals import key, mac
from motcua.kernel.text import clean
from motcua.kernel.time import parse_utc
from motcua.ledger.selectors import history

PIN_WINDOW = timedelta(hours=1)
MOST_WRONG_PINS = 5


def token_of(row: Row) -> str:
    """The token printed in the receipt's QR."""
    return token(key("tracking"), row["id"], row["tracking_version"])


def pin_of(row: Row) -> str:
    """The PIN printed on the receipt."""
    return pin(key("tracking"), row["id"], row["tracking_version"])


def by_token(text: str) -> UUID | None:
    """The dossier a token opens; None when it opens none. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM dossiers_dossier WHERE token_digest = %s AND parent IS NULL",
            [token_digest(text[:100])],
        )
        found = cursor.fetchone()
    return found[0] if found else None


def open_by_pin(*, code: str, pin_typed: str, at: datetime) -> UUID:
    """The dossier that `code` and PIN open together.

    Five wrong PINs a code an hour, counted whether such a code exists or not; guesses made at once are counted
    one by one. Raises Denied with the same sentence for a wrong code and a wrong PIN, and another when locked.
    """
    typed = clean(code)[:100]
    # What can be no code has a count of its own too, so that strangers' misprints lock nobody out.
    normal = normalise_code(typed) or typed
    digest = mac("pin-attempt", normal.encode())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s)",
            [int.from_bytes(digest[:7], "big")],
        )
        cursor.execute(
            "SELECT (SELECT count(*) FROM dossiers_pinattempt WHERE code_digest = %s AND at > %s),"
            " d.id, d.tracking_version FROM (SELECT 1) one LEFT JOIN dossiers_dossier d ON d.code = %s"
            " AND d.parent IS NULL",
            [digest, at - PIN_WINDOW, normal],
        )
        wrong, dossier, version = cursor.fetchone()
        if wrong >= MOST_WRONG_PINS:
            raise Denied(
                "Đã nhập sai mã tra cứu quá 5 lần cho mã hồ sơ này. Hãy thử lại sau một giờ, hoặc quét mã QR.",
                "Five wrong PINs for this code. Try again in an hour, or scan the QR code.",
            )
        # A code that does not exist costs the same work as one that does.
        expected = pin(key("tracking"), dossier or UUID(int=0), version or 0)
        right = (
            hmac.compare_digest(expected.encode(), pin_typed.strip()[:20].encode()) and dossier is not None
        )
        if not right:
            cursor.execute("INSERT INTO dossiers_pinattempt (code_digest, at) VALUES (%s, %s)", [digest, at])
    if not right:
        raise Denied(
            "Mã hồ sơ hoặc mã tra cứu không đúng. Cả hai được in trên giấy tiếp nhận.",
            "The code or the PIN is wrong. Both are printed on the receipt.",
        )
    found: UUID = dossier
    return found


def forget_wrong_pins(*, at: datetime) -> int:
    """Remove the wrong PINs that count no more; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM dossiers_pinattempt WHERE at <= %s", [at - PIN_WINDOW])
        return int(cursor.rowcount)


@dataclass(frozen=True, slots=True)
class TrackedEntry:
    """One line of the history as the citizen sees it."""

    at: datetime
    sentence: Say


@dataclass(frozen=True, slots=True)
class Tracked:
    """A dossier as the citizen sees it (Decree 224/2026 art. 15(1)(g): who handles it, and when)."""

    row: Row
    state: Say
    agency: str
    unit: str
    person: str
    missing: tuple["OpenItem", ...]
    sorry: "Sorry | None"
    entries: tuple[TrackedEntry, ...]


def tracked(dossier: UUID) -> Tracked:
    """The dossier that a token or PIN has opened. Four statements at most, and one for an apology's words. Raises
    NotFound."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM dossiers_dossier WHERE id = %s", [dossier])
        found = cursor.fetchone()
        if found is None:
            raise NotFound("Không có hồ sơ này.", "There is no such dossier.")
        row = as_row([c.name for c in cursor.description], found)
    account, competent = row["holder_account"], row["competent_agency"]
    # What officers write to each other is the house's own.
    told = [x for x in history(dossier) if x.type not in WRITTEN]
    events: list[Any] = [decode(TYPES[x.type], x.data) for x in told]
    return Tracked(
        row=row,
        state=LABELS[State(row["state"])],
        agency=agency(competent).name,
        unit=unit_name(row["holder_unit"]) if row["holder_unit"] else "",
        person=account_names({account}).get(account, "") if account else "",
        missing=open_items(row),
        sorry=sorry(row),
        entries=tuple(TrackedEntry(x.occurred_at, told_to_people(x, called)) for x in events),
    )


@dataclass(frozen=True, slots=True)
class Sorry:
    """The letter of apology that was sent: the date promised before (None: it had none then), the new one, why, and the
    agency's own words."""

    was: datetime | None
    day: date
    cause: Say
    words: str


def sorry(row: Row) -> Sorry | None:
    """The apology for a dossier that waits for its result. One statement, none without one."""
    letter = row["delay"]
    if row["apology_date"] is None or letter is None or row["decided_at"] is not None:
        return None
    content = UUID(letter["reason"]["content"])
    return Sorry(
        was=parse_utc(letter["due_at"]) if letter["due_at"] else None,
        day=row["apology_date"],
        cause=CAUSES[letter["cause"]],
        words=_texts([content]).get(content, ""),
    )


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An item of an open supplement request: its number, the component (None: something else), in words; whether it is
    about the electronic form, and whether it was answered."""

    number: str
    component: str | None
    text: str
    is_form: bool = False
    is_supplied: bool = False


def open_items(row: Row) -> tuple[OpenItem, ...]:
    """What the open supplement request of a dossier still waits for. One statement, none without a request."""
    return tuple(one for one in asked_items(row) if not one.is_supplied)


def asked_items(row: Row) -> tuple[OpenItem, ...]:
    """All that the open supplement request asks for. One statement, none without a request."""
    request: Mapping[str, Any] | None = row["supplement"]
    if request is None:
        return ()
    items = request["items"]
    wanted = [UUID(i["text"]["content"]) for i in items]
    texts = _texts(wanted)
    return tuple(
        OpenItem(
            number=i["item"],
            component=i["component"],
            text=texts.get(content, ""),
            is_form=bool(i.get("topic")),
            is_supplied=i["item"] in request["supplied"],
        )
        for i, content in zip(items, wanted, strict=True)
    )


def _texts(wanted: list[UUID]) -> dict[UUID, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, sealed FROM dossiers_content WHERE id = ANY(%s)", [wanted])
        return {content: open_body(content, sealed) or "" for content, sealed in cursor.fetchall()}
