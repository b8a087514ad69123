"""Payment orders: their states, the text a transfer carries, and what becomes of money that comes in. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from motcua.kernel.say import Say

# How long an order is shown to be paid. Money that comes later is taken too, while the same is still owed.
STANDS = timedelta(days=7)


class State(StrEnum):
    """Where a payment order stands."""

    OPEN = "open"
    PAID = "paid"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


# From where an order goes to where. Expired is no end: a bank may be late, and money is money.
NEXT: Mapping[State, frozenset[State]] = {
    State.OPEN: frozenset({State.PAID, State.EXPIRED, State.CANCELLED}),
    State.EXPIRED: frozenset({State.PAID}),
    State.CANCELLED: frozenset({State.PAID}),
    State.PAID: frozenset(),
}


class Source(StrEnum):
    """Who says that money came in."""

    BANK = "bank"  # a line of the account's statement
    PLATFORM = "platform"  # the national payment platform


class Outcome(StrEnum):
    """What became of money that came in."""

    PAID = "paid"
    SAME = "same"
    UNKNOWN = "unknown"
    AMOUNT = "amount"
    TWICE = "twice"
    NOT_OWED = "not_owed"


OUTCOMES: Mapping[Outcome, Say] = {
    Outcome.PAID: Say("Khớp, đã cấp biên lai", "Matched, receipt given"),
    Outcome.SAME: Say("Cùng khoản đã ghi từ nguồn kia", "The same money, told by the other source before"),
    Outcome.UNKNOWN: Say("Không rõ của hồ sơ nào", "Of no known dossier"),
    Outcome.AMOUNT: Say("Số tiền khác số phải nộp", "Another amount than owed"),
    Outcome.TWICE: Say("Nộp hai lần", "Paid twice"),
    Outcome.NOT_OWED: Say("Hồ sơ không còn nợ khoản này", "No longer owed"),
}
# Money that somebody has to see to: it becomes a dossier's after all, or goes back.
TO_SETTLE = frozenset({Outcome.UNKNOWN, Outcome.AMOUNT, Outcome.TWICE, Outcome.NOT_OWED})

PREFIX = "MC"
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # 31, a prime: no 0, O, 1, I, L
_DRAWN = 8
_FOUND = re.compile(rf"{PREFIX}[{LETTERS}]{{{_DRAWN + 1}}}")
_ATTEMPT = re.compile(r"\d{2,3}(?!\d)")


def text_of(order: UUID) -> str:
    """The text that a transfer for `order` carries: drawn from the id's random part, with a check letter."""
    rest, drawn = order.int % len(LETTERS) ** _DRAWN, ""
    for _ in range(_DRAWN):
        rest, place = divmod(rest, len(LETTERS))
        drawn += LETTERS[place]
    return f"{PREFIX}{drawn}{_check(drawn)}"


def _check(drawn: str) -> str:
    """A letter that shows any one wrong letter, and any two neighbours that changed places."""
    return LETTERS[sum((n + 1) * LETTERS.index(letter) for n, letter in enumerate(drawn)) % len(LETTERS)]


def texts_in(told: str) -> Iterator[str]:
    """The orders' texts that a bank's line names, however it was spaced, cased and wrapped."""
    plain, seen = _plain(told), set()
    for start in range(len(plain)):
        found = _FOUND.match(plain, start)
        if found and found[0] not in seen and _check(found[0][len(PREFIX) : -1]) == found[0][-1]:
            seen.add(found[0])
            yield found[0]


def attempt_in(told: str) -> str:
    """The attempt on the platform that a line names: an order's text with the attempt's figures after it; "" for none.

    What the platform collected says so in the account too; whoever scanned the order's own QR sends its bare text.
    """
    plain = _plain(told)
    for text in texts_in(told):
        if found := _ATTEMPT.match(plain, plain.index(text) + len(text)):
            return text + found[0]
    return ""


def _plain(told: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKD", told).upper())


def outcome(*, state: State, amount: int, total: int, owed: bool, told_before: bool) -> Outcome:
    """What becomes of `amount` that came in for an order of `total`.

    `owed`: what the order asks for is owed as it stands; `told_before`: the other source told of this very money, and
    nothing has been held against that yet.
    """
    if told_before:
        return Outcome.SAME
    if state is State.PAID:
        return Outcome.TWICE
    if not owed:
        return Outcome.NOT_OWED
    return Outcome.PAID if amount == total else Outcome.AMOUNT
