"""What the catalogue office sees of forms: which there are, their versions, their drafts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from motcua.eforms.models import Draft, Version
from motcua.eforms.operations import DRAFTS
from motcua.eforms.policy import check_drafter, check_reader
from motcua.eforms.selectors import forms, shipped_document
from motcua.kernel.actor import Viewer
from motcua.kernel.drafting import Drafted, RevisionLine, gone
from motcua.kernel.errors import NotFound
from motcua.kernel.say import Say, say_of
from motcua.kernel.text import fold

LINES_A_PAGE = 50
Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version; `published_at` None: shipped with the software. `came_from`: what its draft began with."""

    number: int
    title: Say
    procedures: tuple[str, ...]
    valid_from: date
    verified: bool
    published_at: datetime | None = None
    published_by: str = ""
    came_from: Mapping[str, Any] | None = None
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """A form with all its versions, newest first, and its draft."""

    code: str
    title: Say
    versions: tuple[VersionLine, ...]
    draft: Drafted | None

    def in_force(self, on: date) -> VersionLine | None:
        """The version in force on a day."""
        begun = [each for each in self.versions if each.valid_from <= on]
        return max(begun, key=lambda each: (each.valid_from, each.number), default=None)


@dataclass(frozen=True, slots=True)
class FormLine:
    """A form in the office's list; `current` None: none of its versions is in force yet."""

    code: str
    title: Say
    current: VersionLine | None
    upcoming: date | None
    has_draft: bool
    procedures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page of them; `following`: the key of the next page."""

    lines: tuple[FormLine, ...]
    following: str | None


def draft(code: str, *, viewer: Viewer) -> Drafted:
    """The draft of a form. One statement. Raises Denied, and NotFound where it was published or discarded."""
    check_drafter(viewer)
    found = DRAFTS.found(code=code)
    if found is None:
        raise gone()
    return found


def revisions(draft_id: UUID, *, viewer: Viewer) -> tuple[RevisionLine, ...]:
    """What was done to a draft, the last first; the last fifty. One statement. Raises Denied."""
    check_drafter(viewer)
    return DRAFTS.history(draft_id)


def chosen(code: str, *, viewer: Viewer) -> Chosen:
    """A form with its versions and draft. Two statements. Raises Denied, and NotFound for an unknown code."""
    check_reader(viewer)
    versions = _versions([code]).get(code, ())
    draft = DRAFTS.found(code=code)
    if not versions and draft is None:
        raise NotFound(f"Không có tờ khai {code}.", f"There is no form {code}.")
    title = draft.title if draft is not None and not versions else versions[0].title
    return Chosen(code, title, versions, draft)


def _versions(codes: Iterable[str] | None = None) -> dict[str, tuple[VersionLine, ...]]:
    """The versions of forms, newest first. One statement."""
    wanted = None if codes is None else set(codes)
    rows = Version.objects.all() if wanted is None else Version.objects.filter(code__in=wanted)
    by_key = {
        (one.code, one.version): VersionLine(
            one.version,
            one.title,
            tuple(serves.code for serves in one.procedures),
            one.valid_from,
            one.source.verified,
        )
        for one in forms().values()
        if wanted is None or one.code in wanted
    }
    told = rows.values_list(
        "code", "number", "body__title", "body__procedures", "valid_from", "body__source__verified",
        "published_at", "published_by", "came_from", "id",
    )  # fmt: skip
    for code, number, title, procedures, *rest in told:
        serves = tuple(each["code"] for each in procedures)
        by_key[code, number] = VersionLine(number, say_of(title), serves, *rest)
    found: dict[str, tuple[VersionLine, ...]] = {}
    for (code, _number), line in sorted(by_key.items(), reverse=True):
        found[code] = (*found.get(code, ()), line)
    return found


def document(code: str, number: int, *, viewer: Viewer) -> dict[str, Any]:
    """The document of a version. One statement. Raises Denied, NotFound."""
    check_reader(viewer)
    body = Version.objects.filter(code=code, number=number).values_list("body", flat=True).first()
    found = body if body is not None else shipped_document(code, number)
    if found is None:
        raise NotFound("Không có phiên bản tờ khai này.", "There is no such version of a form.")
    return dict(found)


def newest_number(code: str, *, viewer: Viewer) -> int:
    """The number of the last version of a form, in force or to come; 0 for none. One statement. Raises Denied."""
    check_reader(viewer)
    return max((line.number for line in _versions([code]).get(code, ())), default=0)


def forms_of(
    *, viewer: Viewer, on: date, words: str = "", drafts_only: bool = False, after: str = ""
) -> FormPage:
    """Forms by code, those whose code, title or procedures hold every one of `words`. Two statements: all versions
    are read, there are some dozens. Raises Denied."""
    check_reader(viewer)
    versions = _versions()
    drafts = dict(Draft.objects.values_list("code", "body__title"))
    parts = fold(words)[:200].split()
    lines = []
    for code in sorted(versions.keys() | drafts.keys()):
        line = _line(code, versions.get(code, ()), drafts, on)
        said = " ".join((code, fold(line.title.vi), *line.procedures))
        if code > after and all(part in said for part in parts) and (line.has_draft or not drafts_only):
            lines.append(line)
    more, lines = len(lines) > LINES_A_PAGE, lines[:LINES_A_PAGE]
    return FormPage(tuple(lines), lines[-1].code if more else None)


def _line(code: str, versions: tuple[VersionLine, ...], drafts: Mapping[str, Any], on: date) -> FormLine:
    shown = Chosen(code, Say("", ""), versions, None)
    current = shown.in_force(on)
    named = current or (versions[0] if versions else None)
    title = named.title if named else say_of(drafts.get(code))
    upcoming = min((each.valid_from for each in versions if each.valid_from > on), default=None)
    return FormLine(code, title, current, upcoming, code in drafts, named.procedures if named else ())
