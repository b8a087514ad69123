"""What is one person's own of their working day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from motcua.accounts.selectors import doors_closed_at
from motcua.agencies.people import has_left
from motcua.agencies.selectors import called
from motcua.kernel.errors import NotFound
from motcua.kernel.ids import before_id
from motcua.kernel.say import Say
from motcua.kernel.seals import decrypt
from motcua.workday.models import PlanEntry, PlanFeed, SavedFilter, Word
from motcua.workday.operations.feeds import digest_of
from motcua.workday.says import sentence

PAGE = 50
MOST_PLANNED = 500


@dataclass(frozen=True, slots=True)
class Saved:
    """A way to look at the work list; `is_default`: the list opens with it."""

    id: UUID
    name: str
    fields: Mapping[str, str]
    is_default: bool


def filters_of(account: UUID) -> tuple[Saved, ...]:
    """The filters of one person, as they were saved. One statement."""
    rows = SavedFilter.objects.filter(account=account).order_by("place")
    return tuple(Saved(row.id, row.name, row.fields, row.is_default) for row in rows)


@dataclass(frozen=True, slots=True)
class Received:
    """A word that came to one person; `opens`: the page it leads to and what of ("": of nothing); `instead_of`: in
    whose place they got it."""

    id: UUID
    code: str
    said: Say
    by: UUID | None
    instead_of: UUID | None
    at: datetime
    is_seen: bool
    opens: tuple[str, str]


def words_of(
    account: UUID, *, unseen: bool = False, after: str = ""
) -> tuple[tuple[Received, ...], str | None]:
    """A page of what one person was told, the newest first, and the key of the next page; `unseen`: only what they
    have not seen. One statement."""
    rows = Word.objects.filter(account=account, id__lt=before_id(after))
    if unseen:
        rows = rows.filter(seen_at=None)
    found = [_received(row) for row in rows.order_by("-id")[: PAGE + 1]]
    return tuple(found[:PAGE]), str(found[PAGE - 1].id) if len(found) > PAGE else None


def word_of(account: UUID, word: UUID) -> Received:
    """One of them. Raises NotFound for another's."""
    row = Word.objects.filter(account=account, id=word).first()
    if row is None:
        raise NotFound("Không có thông báo này.", "There is no such notice.")
    return _received(row)


def _received(row: Word) -> Received:
    return Received(
        id=row.id,
        code=row.code,
        said=sentence(row.what, row.facts, names=called),
        by=row.by,
        instead_of=row.instead_of,
        at=row.at,
        is_seen=row.seen_at is not None,
        opens=_opens(row),
    )


def _opens(row: Word) -> tuple[str, str]:
    for page, fact in (
        ("consultation", "consultation"),
        ("paper_manifest", "manifest"),
        ("settlement", "settlement"),
    ):
        if fact in row.facts:
            return page, row.facts[fact]
    if row.dossier is None:
        return "absences", ""
    return ("dossier_notes" if row.facts.get("part") else "dossier"), row.code


@dataclass(frozen=True, slots=True)
class Entry:
    """What a person put on a day: an open step, or a note alone (`dossier` None)."""

    id: UUID
    day: date
    place: int
    dossier: UUID | None
    number: int
    takes: timedelta | None
    note: str


def plan_of(account: UUID, *, since: date) -> tuple[Entry, ...]:
    """What one person put on days from `since` on, and steps on days before: those are to be done still. At most
    MOST_PLANNED; one statement."""
    rows = PlanEntry.objects.filter(account=account).filter(Q(day__gte=since) | Q(dossier__isnull=False))
    return tuple(
        Entry(
            row.id,
            row.day,
            row.place,
            row.dossier,
            row.number,
            timedelta(minutes=row.minutes) if row.minutes else None,
            decrypt("plan-note", bytes(row.sealed), bound_to=row.id.bytes).decode() if row.sealed else "",
        )
        for row in rows.order_by("day", "place", "id")[:MOST_PLANNED]
    )


def feed_since(account: UUID) -> datetime | None:
    """Since when a person's plan may be read under a secret address; None where it may not."""
    return PlanFeed.objects.filter(account=account).values_list("made_at", flat=True).first()


def whose_feed(token: str, *, at: datetime) -> tuple[UUID, datetime] | None:
    """Whose plan the secret of an address opens, and since when it does. Made before its account was closed or given
    new keys, or its person left their last seat, it opens nothing, whatever came later."""
    found = PlanFeed.objects.filter(digest=digest_of(token)).values_list("account", "made_at").first()
    if found is None:
        return None
    account, made = found
    closed = doors_closed_at(account)
    if (closed and made <= closed) or has_left(account, since=made, at=at):
        return None
    return account, made
