"""What the applicant is still owed a word about, each word on its own: told, replaced or over by itself. Pure.

A word stands in the row as `{"seq", "about", "since"}`, and for a due date that moved `"was"`; `seq` is the event
that put it there, by which who telephones says which words they gave. Of one subject there is one word, the newest: a
page opened before it knows it by no number.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.dossiers.row import Row
from motcua.kernel.codec import encode
from motcua.kernel.time import parse_utc

Words = list[dict[str, Any]]
# Two words of one due date: who waits for their first date is told the one that counts by now.
_SUBJECTS = {"due_moved": "due_date"}


@dataclass(frozen=True, slots=True)
class Untold:
    """One word that is owed since `since`; `was`: the date that was promised before."""

    seq: int
    about: str
    since: datetime
    was: datetime | None = None


def subject(about: str) -> str:
    """What a word is of: of each subject one word is owed."""
    return _SUBJECTS.get(about, about)


def of_subject(row: Row, about: str) -> tuple[Untold, ...]:
    """The word that `row` owes of the subject of `about`; none, or one."""
    return tuple(word for word in untold(row["to_tell"]) if subject(word.about) == subject(about))


def untold(kept: Words | None) -> tuple[Untold, ...]:
    """The words that the row `kept`, the one that has been owed longest first."""
    found = [
        Untold(
            seq=word["seq"],
            about=word["about"],
            since=parse_utc(word["since"]),
            was=parse_utc(word["was"]) if word.get("was") else None,
        )
        for word in kept or ()
    ]
    return tuple(sorted(found, key=lambda word: (word.since, word.seq)))


def owing(row: Row, about: str, *, seq: int, since: datetime, was: datetime | None = None) -> Words:
    """The words of `row` with one more. An older one of its subject becomes it: who waits since then, for that, still
    does, and is told it as it is now."""
    word = {"seq": seq, "about": about, "since": encode(since)} | ({"was": encode(was)} if was else {})
    kept = row["to_tell"] or []
    older = next((one for one in kept if subject(one["about"]) == subject(about)), None)
    return [*(one for one in kept if one is not older), {**older, "seq": seq} if older else word]


def without(row: Row, *, seqs: Collection[int] = (), abouts: Collection[str] = ()) -> Words | None:
    """The words of `row` that are left when these were told, or are over; None for none."""
    left = [w for w in row["to_tell"] or () if w["seq"] not in seqs and w["about"] not in abouts]
    return left or None
