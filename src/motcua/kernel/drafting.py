"""Drafts that several people write: every change is a revision, who comes second is told, what was can be brought back.

A module gives its two tables (a draft with id, code, body, revision, changed_by, changed_at; its revisions with draft,
number, body, did, changed_by, changed_at) and says who may write. See ADR 0041.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.kernel.actor import Actor
from motcua.kernel.errors import NotAllowedNow, NotFound
from motcua.kernel.say import Say, say_of

Document = dict[str, Any]
MOST_REVISIONS = 50


class Moved(NotAllowedNow):
    """Somebody kept something in the draft since it was shown."""


class Overtaken(NotAllowedNow):
    """Somebody published a version since the comparison was shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Did:
    """What was done to a draft: `what` (begun, put_in, changed, added, copied, removed, moved, brought_back), and to
    what: its label, or the number of a revision."""

    what: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """A draft as it once was: what was done, by whom (an account id), when."""

    number: int
    did: Mapping[str, Any]
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft as it stands; people are account ids."""

    id: UUID
    code: str
    came_from: Mapping[str, Any]
    body: Document
    revision: int
    begun_by: str
    begun_at: datetime
    changed_by: str
    changed_at: datetime

    @property
    def title(self) -> Say:
        """What it is called so far."""
        return say_of(self.body.get("title"))


_COLUMNS = tuple(Drafted.__slots__)


def gone() -> NotFound:
    """A draft that is no more."""
    return NotFound(
        "Không còn bản soạn này: đã được công bố hoặc đã bỏ.",
        "This draft is no more: it was published or discarded.",
    )


def somebody_was_quicker() -> Moved:
    """What who comes second is told."""
    return Moved("Người khác vừa sửa bản soạn này.", "Somebody else has just changed this draft.")


@dataclass(frozen=True, slots=True)
class Drafts:
    """The drafts of a module. `check` raises Denied for who may not write them."""

    drafts: Any
    revisions: Any
    check: Callable[[Actor], None]

    def locked(self, draft: UUID, revision: int | None, actor: Actor) -> Any:
        """The row of a draft, locked, at `revision` (None: as it stands). Raises Denied, NotFound, Moved."""
        self.check(actor)
        row = self.drafts.objects.select_for_update().filter(id=draft).first()
        if row is None:
            raise gone()
        if revision is not None and row.revision != revision:
            raise somebody_was_quicker()
        return row

    def begun(self, row: Any, code: str) -> UUID:
        """Keep `row` as the draft of `code`, unless there is one; returns the id of the one there is."""
        self.drafts.objects.bulk_create([row], ignore_conflicts=True)
        made = self.drafts.objects.get(code=code)
        if made.id == row.id:
            self._remember(made, Did(what="begun"))
        return UUID(str(made.id))

    def keep(
        self,
        *,
        draft: UUID,
        revision: int,
        change: Callable[[Document], Document],
        did: Did,
        actor: Actor,
        at: datetime,
    ) -> int:
        """Let `change` make a new body of that of `draft`, as it stood at `revision`; returns the new revision, or the
        same where nothing changed. Raises Denied, NotFound, what `change` raises, and Moved where somebody else kept
        something since."""
        row = self.locked(draft, None, actor)
        if (
            row.revision == revision + 1
            and row.changed_by == actor.id
            and self._sent_twice(row, revision, change)
        ):
            return int(row.revision)
        if row.revision != revision:
            raise somebody_was_quicker()
        return self._kept(row, change(row.body), did, actor, at)

    def _sent_twice(self, row: Any, revision: int, change: Callable[[Document], Document]) -> bool:
        """Whether the last revision is what `change` made of the one it was shown."""
        before = self._body(row, revision)
        return before is not None and dict(change(before), code=row.code) == row.body

    def _body(self, row: Any, number: int) -> Document | None:
        found: Document | None = (
            self.revisions.objects.filter(draft=row, number=number).values_list("body", flat=True).first()
        )
        return found

    def bring_back(self, *, draft: UUID, revision: int, number: int, actor: Actor, at: datetime) -> int:
        """Make `draft`, as it stood at `revision`, what it was at revision `number`; returns the new revision. Raises
        as `keep`, and NotFound for a revision that is not kept."""
        row = self.locked(draft, revision, actor)
        body = self._body(row, number)
        if body is None:
            raise NotFound("Không còn giữ bản sửa này.", "This revision is not kept any more.")
        return self._kept(row, body, Did(what="brought_back", label=str(number)), actor, at)

    def discard(self, *, draft: UUID, revision: int, actor: Actor) -> None:
        """Forget `draft` as it stood at `revision`. Raises as `keep`."""
        self.locked(draft, revision, actor).delete()

    def found(self, **which: Any) -> Drafted | None:
        """The draft of that id or code; None where there is none. One statement."""
        row = self.drafts.objects.filter(**which).values_list(*_COLUMNS).first()
        return None if row is None else Drafted(*row)

    def history(self, draft: UUID) -> tuple[RevisionLine, ...]:
        """What was done to a draft, the last first; the last fifty. One statement."""
        rows = self.revisions.objects.filter(draft_id=draft).order_by("-number")
        told = rows.values_list("number", "did", "changed_by", "changed_at")[:MOST_REVISIONS]
        return tuple(RevisionLine(*row) for row in told)

    def _kept(self, row: Any, body: Document, did: Did, actor: Actor, at: datetime) -> int:
        body = dict(body, code=row.code)
        if body == row.body:
            return int(row.revision)
        row.body = body
        row.revision += 1
        row.changed_by, row.changed_at = actor.id, at
        row.save(update_fields=["body", "revision", "changed_by", "changed_at"])
        self._remember(row, did)
        return int(row.revision)

    def _remember(self, row: Any, did: Did) -> None:
        self.revisions.objects.create(
            draft=row,
            number=row.revision,
            body=row.body,
            did=asdict(did),
            changed_by=row.changed_by,
            changed_at=row.changed_at,
        )
        self.revisions.objects.filter(draft=row, number__lte=row.revision - MOST_REVISIONS).delete()
