"""Drafts: begun, saved page by page, given up, handed in, swept. Each is one statement of its own and no act: nothing
is decided before a dossier is handed in. One that is typed for somebody at a screen is bound to that screen's
session, and goes with the person."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from motcua.dossiers.assisting import KINDS, FilingKind
from motcua.kernel.errors import Invalid, NotAllowedNow, NotFound
from motcua.kernel.ids import uuid7
from motcua.kernel.seals import decrypt, encrypt
from motcua.submissions.models import Draft

DRAFT_LIFE = timedelta(days=30)  # from the last save
VISIT_LIFE = timedelta(hours=10)  # of one typed for somebody at a screen: a working day
LARGEST = 256 * 1024
MOST_DRAFTS, MOST_OF_BUSINESS = 20, 60  # of one who types; of all who type for one business
_PURPOSE = "draft"
PROPOSED = "proposed"  # no page that anybody typed: what was chosen before the draft was begun
AT_HOME = [kind for kind, told in KINDS.items() if not told.seat]
# What was typed, by page: field -> values, as a browser sent them.
Pages = Mapping[str, Mapping[str, list[str]]]


class AlreadySubmitted(NotAllowedNow):
    """The draft is a dossier already: `code` is its code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"Hồ sơ này đã nộp, mã {code}.", f"This dossier was handed in already, as {code}.")
        self.code = code


class SavedElsewhere(NotAllowedNow):
    """Another device has saved the draft since: what came is not written over it."""

    def __init__(self) -> None:
        super().__init__(
            "Hồ sơ này vừa được lưu ở máy hoặc trang khác, nên bản đang gửi chưa được lưu.",
            "This draft was saved on another device or page meanwhile, so what came now is not saved.",
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft of somebody's, opened."""

    id: UUID
    owner: UUID
    agency: str
    procedure: str
    page: str
    revision: int
    pages: Pages
    touched_at: datetime
    expires_at: datetime
    filing: FilingKind
    session: UUID | None

    @property
    def life(self) -> timedelta:
        """How long it is kept from the last save."""
        return VISIT_LIFE if KINDS[self.filing].seat else DRAFT_LIFE


def begin(
    *,
    owner: UUID,
    agency: str,
    procedure: str,
    at: datetime,
    filing: FilingKind = FilingKind.SELF,
    session: UUID | None = None,
    typist: UUID | None = None,
    proposed: Mapping[str, list[str]] | None = None,
    visit: UUID | None = None,
) -> UUID:
    """A new draft; the one begun before for the same matter where nothing was typed into it yet. `filing`: for whom;
    `session`: at whose screen that person stands; `typist`: who types for `owner`, a business; `proposed`: what their
    pages are to offer as answers, kept beside what they type; `visit`: the one at a desk that it belongs to. Raises
    NotAllowedNow for more drafts than anybody, or any business, writes. One owner begins one at a time."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('draft'), hashtext(%s))", [str(owner)])
        pages: Pages = {PROPOSED: proposed} if proposed else {}
        return _begun(owner, agency, procedure, at, filing, session, typist, pages, visit)


def _begun(
    owner: UUID,
    agency: str,
    procedure: str,
    at: datetime,
    filing: FilingKind,
    session: UUID | None,
    typist: UUID | None,
    pages: Pages,
    visit: UUID | None,
) -> UUID:
    mine = Draft.objects.filter(owner=owner, submitted_as="", expires_at__gt=at)
    untouched = mine.filter(agency=agency, procedure=procedure, filing=filing, session=session, revision=1)
    same = untouched.values_list("id", flat=True).first()
    if same is not None:
        if pages:
            untouched.filter(id=same).update(sealed=_sealed(same, pages))
        return same
    _refuse_hoarding(mine, typist)
    draft = uuid7()
    Draft(
        id=draft,
        owner=owner,
        agency=agency,
        procedure=procedure,
        sealed=_sealed(draft, pages),
        started_at=at,
        touched_at=at,
        expires_at=at + (VISIT_LIFE if KINDS[filing].seat else DRAFT_LIFE),
        filing=filing,
        session=session,
        typist=typist,
        visit=visit,
    ).save(force_insert=True)
    return draft


def _refuse_hoarding(mine: QuerySet[Draft], typist: UUID | None) -> None:
    if mine.filter(typist=typist).count() >= MOST_DRAFTS:
        raise NotAllowedNow(
            f"Ông/bà đang có {MOST_DRAFTS} hồ sơ soạn dở. Hãy mở “Hồ sơ của tôi”, nộp hoặc bỏ bớt rồi bắt đầu hồ sơ "
            "mới.",
            f"You have {MOST_DRAFTS} unfinished drafts. Open “My dossiers”, hand some in or give them up, then begin "
            "another.",
        )
    if typist is not None and mine.count() >= MOST_OF_BUSINESS:
        raise NotAllowedNow(
            f"Doanh nghiệp đang có {MOST_OF_BUSINESS} hồ sơ soạn dở, của tất cả người được ủy quyền. Hãy mở “Hồ sơ của "
            "tôi”, nộp hoặc bỏ bớt rồi bắt đầu hồ sơ mới.",
            f"The business has {MOST_OF_BUSINESS} unfinished drafts, of all who act for it. Open “My dossiers”, hand "
            "some in or give them up, then begin another.",
        )


def save(*, kept: Kept, page: str, fields: Mapping[str, list[str]], reached: str, at: datetime) -> int:
    """Keep what was typed on `page`; returns the new revision. Raises SavedElsewhere where another device was faster,
    Invalid for more than anybody types."""
    body = _sealed(kept.id, {**kept.pages, page: dict(fields)})
    saved = Draft.objects.filter(
        id=kept.id, owner=kept.owner, revision=kept.revision, submitted_as="", expires_at__gt=at
    ).update(sealed=body, page=reached, revision=kept.revision + 1, touched_at=at, expires_at=at + kept.life)
    if not saved:
        raise SavedElsewhere
    return kept.revision + 1


def give_up(*, draft: UUID, owner: UUID) -> None:
    """Forget a draft of one's own. It waits for who hands it in just now. Raises NotFound; AlreadySubmitted."""
    with transaction.atomic():
        row = Draft.objects.select_for_update().filter(id=draft, owner=owner).first()
        if row is None:
            raise no_such_draft()
        if row.submitted_as:
            raise AlreadySubmitted(row.submitted_as)
        row.delete()


def leave(*, session: UUID) -> None:
    """The person who stood at the screen of `session` is gone, or it locked: what was typed for them opens only after
    `stay`, and what was handed in is handed out no more."""
    Draft.objects.filter(session=session).update(session=None)


def stay(*, draft: UUID, owner: UUID, session: UUID, at: datetime) -> None:
    """The person is still there: the draft goes on at the screen of `session`. Raises NotFound."""
    mine = Draft.objects.filter(id=draft, owner=owner, submitted_as="", expires_at__gt=at)
    if not mine.exclude(filing__in=AT_HOME).update(session=session):
        raise no_such_draft()


def lock(*, draft: UUID, owner: UUID, revision: int, at: datetime) -> FilingKind:
    """Hold the draft until the end of the unit of work, to hand in what stands in it at `revision`; returns for whom it
    was begun. Raises NotFound, AlreadySubmitted, SavedElsewhere."""
    row = Draft.objects.select_for_update().filter(id=draft, owner=owner, expires_at__gt=at).first()
    if row is None:
        raise no_such_draft()
    if row.submitted_as:
        raise AlreadySubmitted(row.submitted_as)
    if row.revision != revision:
        raise SavedElsewhere
    return FilingKind(row.filing)


def finish(*, draft: UUID, code: str, at: datetime) -> None:
    """The draft, locked, has become the dossier `code`; what was typed goes."""
    Draft.objects.filter(id=draft).update(
        sealed=None, submitted_as=code, touched_at=at, expires_at=at + DRAFT_LIFE
    )


def readdress(*, agency: str, to: str, at: datetime) -> int:
    """Address the drafts to `agency` to the one that it was merged into; returns how many."""
    return Draft.objects.filter(agency=agency, submitted_as="", expires_at__gt=at).update(agency=to)


def sweep(*, at: datetime) -> int:
    """Remove what has expired; returns how many rows went. One that somebody works on just now waits for the next
    time."""
    with transaction.atomic():
        old = Draft.objects.select_for_update(skip_locked=True).filter(expires_at__lte=at)
        return Draft.objects.filter(id__in=[row.id for row in old.only("id")]).delete()[0]


def opened(row: Draft) -> Kept:
    """A row that was not handed in, opened."""
    body = decrypt(_PURPOSE, bytes(row.sealed or b""), bound_to=row.id.bytes)
    return Kept(
        id=row.id,
        owner=row.owner,
        agency=row.agency,
        procedure=row.procedure,
        page=row.page,
        revision=row.revision,
        pages=json.loads(body),
        touched_at=row.touched_at,
        expires_at=row.expires_at,
        filing=FilingKind(row.filing),
        session=row.session,
    )


def no_such_draft() -> NotFound:
    """The refusal for a draft that is gone or somebody else's; the two are told alike."""
    return NotFound(
        "Không có hồ sơ soạn dở này: đã bỏ, đã quá 30 ngày không sửa, hoặc của người khác.",
        "There is no such draft: given up, untouched for 30 days, or somebody else's.",
    )


def _sealed(draft: UUID, pages: Pages) -> bytes:
    body = json.dumps(pages, ensure_ascii=False).encode()
    if len(body) > LARGEST:
        raise Invalid(
            "Nội dung các trang cộng lại quá dài nên trang này chưa được lưu. Hãy viết ngắn lại rồi gửi lại; phần dài "
            "thì gửi thành tệp.",
            "All pages together hold too much text, so this page is not saved. Shorten it and send it again; send what "
            "is long as a file.",
        )
    return encrypt(_PURPOSE, body, bound_to=draft.bytes)
