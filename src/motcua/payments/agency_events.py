"""Facts of money that stand on an agency's own stream: its account, and its bank's statements."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFact:
    """A bank account of an agency: the bank's BIN at NAPAS, the number, the holder as the bank writes it."""

    bin: str
    number: str
    holder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivingAccountProposed:
    """Somebody said which bank account is to take what is paid online; a leader, another person, has still to agree. On
    the agency's stream."""

    TYPE: ClassVar[str] = "receiving_account_proposed"
    VERSION: ClassVar[int] = 1

    id: UUID
    account: AccountFact
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivingAccountSet:
    """An agency's leader agreed to which bank account takes what is paid online. On the agency's stream."""

    TYPE: ClassVar[str] = "receiving_account_set"
    VERSION: ClassVar[int] = 1

    id: UUID
    account: AccountFact
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementProposed:
    """A bank's statement was handed up: which file, how many lines of money that came in, how much, from which day to
    which. Another person has still to confirm it. On the agency's stream."""

    TYPE: ClassVar[str] = "bank_statement_proposed"
    VERSION: ClassVar[int] = 1

    id: UUID
    digest: str
    lines: int
    total: int
    first: date
    last: date
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementWithdrawn:
    """A statement that nobody had confirmed yet is not to be taken in. On the agency's stream."""

    TYPE: ClassVar[str] = "bank_statement_withdrawn"
    VERSION: ClassVar[int] = 1

    id: UUID
    digest: str
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementEntered:
    """Another person than who handed it up lets a bank's statement be taken in: which file (its digest), how many
    lines of money that came in, from which day to which. On the agency's stream."""

    TYPE: ClassVar[str] = "bank_statement_entered"
    VERSION: ClassVar[int] = 1

    digest: str
    lines: int
    first: date
    last: date
    occurred_at: datetime


OF_THE_AGENCY: tuple[type[Any], ...] = (
    ReceivingAccountProposed,
    ReceivingAccountSet,
    StatementProposed,
    StatementWithdrawn,
    StatementEntered,
)
