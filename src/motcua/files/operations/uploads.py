"""Keeping what was sent, handing it over to what it belongs to, and clearing away what nobody took."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import File as DjangoFile
from django.core.files.storage import Storage, storages
from django.db import connection, transaction
from django.db.models import Q

from motcua.files.examine import examine
from motcua.files.folder import STORAGE, address, incoming
from motcua.files.models import File, PhoneLink, Sending, Upload
from motcua.files.names import tidy_name
from motcua.files.operations.scanning import is_held
from motcua.files.references import Pending
from motcua.files.sealing import KEY_PURPOSE, NAME_PURPOSE
from motcua.files.uploads import ReceivedFile, swept_path
from motcua.files.words import size_words
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid
from motcua.kernel.ids import uuid7
from motcua.kernel.seals import decrypt, encrypt
from motcua.kernel.time import local
from motcua.kernel.unit_of_work import current

UPLOAD_LIFE = timedelta(hours=24)
MOST_WAITING, MOST_WAITING_CITIZEN = 300, 60  # the first also of all who send for one business
MOST_A_DAY_CITIZEN = (
    300 * 1024 * 1024
)  # bytes; also of what is thrown away at once, as that lies here for a day


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was handed over: what an owner writes down of it."""

    upload: UUID
    digest: bytes
    name: str
    size: int
    media_type: str
    pages: int | None


def store() -> Storage:
    """Where the sealed bytes lie."""
    return storages[STORAGE]


def keep(
    received: ReceivedFile,
    *,
    owner: UUID,
    at: datetime,
    link: UUID | None = None,
    typist: UUID | None = None,
) -> Pending:
    """Scan and examine what came and keep it for a day, for `owner` to attach once. `link`: a telephone sent it;
    `typist`: who sends it for `owner`, a business.

    The bytes are in their place before the row says so, and the row of one content is written by one sender at a
    time: two who send the same at once leave one file, and a process that is killed leaves at most bytes that no
    row names. It runs in a transaction of its own, never inside an act's: files are slow.
    Raises Invalid with the reason for people.
    """
    if received.too_large:
        raise too_large()
    held = is_held(received, owner=owner, at=at)
    pending = _examined(received)
    with transaction.atomic():
        _refuse_hoarding(owner, typist, pending.size, at)
        _put(received, pending, at, held=held)
        Upload(
            id=pending.upload,
            file_id=received.digest,
            account_id=owner,
            typist=typist,
            link_id=link,
            name=encrypt(NAME_PURPOSE, pending.name.encode(), bound_to=pending.upload.bytes),
            expires_at=at + UPLOAD_LIFE,
        ).save(force_insert=True)
    return pending


def _examined(received: ReceivedFile) -> Pending:
    with received.read_opened() as stream:
        found = examine(stream)
    return Pending(
        upload=uuid7(),
        digest=received.digest.hex(),
        name=tidy_name(received.told, found.kind.extension),
        size=received.size or 0,
        media_type=found.kind.media_type,
        pages=found.pages,
    )


_COUNT = """
INSERT INTO files_sending (account_id, day, bytes) VALUES (%s, %s, %s)
ON CONFLICT (account_id, day) DO UPDATE SET bytes = files_sending.bytes + EXCLUDED.bytes
"""


def _refuse_hoarding(owner: UUID, typist: UUID | None, size: int, at: datetime) -> None:
    """Count what who types for `owner` sends today; the row is held until the commit, so that several at once are
    counted one by one, as are those who send for one business. What is refused is not counted."""
    who, today = typist or owner, local(at).date()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [who, today, size])
        if typist is not None:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('uploads'), hashtext(%s))", [str(owner)])
    sent, is_citizen = (
        Sending.objects.filter(account=who, day=today).values_list("bytes", "account__is_citizen").get()
    )
    waiting = Upload.objects.filter(account=owner, expires_at__gt=at)
    if typist is not None and waiting.count() >= MOST_WAITING:
        raise Invalid(
            f"Doanh nghiệp đang có {MOST_WAITING} tệp chưa nộp cùng hồ sơ nào, của tất cả người được ủy quyền. Hãy nộp "
            "hoặc bỏ bớt hồ sơ soạn dở của doanh nghiệp rồi gửi tiếp.",
            f"{MOST_WAITING} files of the business are not handed in yet, of all who act for it. Hand drafts of the "
            "business in or give some up before you go on.",
        )
    files = waiting.filter(typist=typist).count()
    if is_citizen and sent > MOST_A_DAY_CITIZEN:
        most = size_words(MOST_A_DAY_CITIZEN)
        raise Invalid(
            f"Mỗi ngày chỉ gửi được {most} tệp, và hôm nay đã gần hết. Hãy gửi tệp nhỏ hơn, gửi tiếp vào ngày mai, "
            "hoặc mang giấy tờ đến bộ phận một cửa.",
            f"Files of {most} may be sent a day, and today's are nearly used up. Send a smaller file, go on tomorrow, "
            "or bring the papers to the one-stop desk.",
        )
    most_waiting = MOST_WAITING_CITIZEN if is_citizen else MOST_WAITING
    if files < most_waiting:
        return
    if is_citizen:
        raise Invalid(
            f"Ông/bà đang có {most_waiting} tệp chưa nộp cùng hồ sơ nào. Hãy nộp hồ sơ hoặc bỏ bớt tệp rồi gửi tiếp.",
            f"{most_waiting} files of yours are not handed in yet. Hand a dossier in or remove some before you go on.",
        )
    raise Invalid(
        f"Bạn đang có {most_waiting} tệp chưa đính kèm vào hồ sơ nào. Hãy tiếp nhận hoặc bỏ bớt rồi gửi tiếp.",
        f"{most_waiting} files of yours wait to be attached. Attach or remove some before you send more.",
    )


_CLAIM = """
INSERT INTO files_file (digest, size, media_type, pages, wrapped_key, created_at, touched_at, held_since, finding)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, '')
ON CONFLICT (digest) DO UPDATE SET touched_at = GREATEST(files_file.touched_at, EXCLUDED.touched_at),
    held_since = CASE WHEN EXCLUDED.held_since IS NULL THEN NULL ELSE files_file.held_since END
RETURNING wrapped_key
"""


def _put(received: ReceivedFile, pending: Pending, at: datetime, *, held: bool) -> None:
    """Make the file's row ours until the commit; where its bytes are not there yet, ours become them."""
    ours, there = encrypt(KEY_PURPOSE, received.key, bound_to=received.digest), address(received.digest)
    with connection.cursor() as cursor:
        cursor.execute(
            _CLAIM,
            [
                *(received.digest, pending.size, pending.media_type, pending.pages, ours),
                *(at, at, at if held else None),
            ],
        )
        (kept,) = cursor.fetchone()
    if kept is None or (bytes(kept) != ours and not store().exists(there)):
        # Erased before, or lost (a folder restored from an older day): it is here again.
        File.objects.filter(digest=received.digest).update(
            wrapped_key=ours, erased_at=None, held_since=at if held else None
        )
    elif bytes(kept) != ours:
        return
    received.flush_to_disk()
    store().save(there, DjangoFile(None, name=str(received.path)))


_TAKE = """
WITH taken AS (DELETE FROM files_upload WHERE {which} AND account_id = %(account)s AND expires_at > %(at)s
       RETURNING id, file_id, name),
     kept AS (UPDATE files_file SET kept_at = coalesce(kept_at, %(at)s)
       WHERE digest IN (SELECT file_id FROM taken))
SELECT t.id, t.name, f.digest, f.size, f.media_type, f.pages
FROM taken t JOIN files_file f ON f.digest = t.file_id
"""
_THESE = _TAKE.format(which="id = ANY(%(ids)s)")
_NEWEST = _TAKE.format(
    which="id = (SELECT id FROM files_upload WHERE account_id = %(account)s"
    " AND file_id = %(digest)s AND expires_at > %(at)s ORDER BY id DESC LIMIT 1)"
)


def take(uploads: Sequence[UUID], *, actor: Actor, at: datetime) -> dict[UUID, Taken]:
    """Hand files over to what `actor` attaches them to, once, in the open unit of work. One statement.

    Raises Invalid (field "files") when one was taken before, has expired or is somebody else's; none is taken then.
    """
    wanted = list(dict.fromkeys(uploads))
    found = {one.upload: one for one in _taken(_THESE, actor, at, ids=wanted)}
    if len(found) != len(wanted):
        raise _not_waiting("files")
    return found


def take_sent(digest: str, *, field: str, actor: Actor, at: datetime) -> Taken:
    """Hand one file over by its SHA-256, as an event names it: the newest of it that `actor` sent. One statement.
    Raises Invalid (at `field`) as `take` does."""
    found = _taken(_NEWEST, actor, at, digest=bytes.fromhex(digest))
    if not found:
        raise _not_waiting(field)
    return found[0]


def _taken(command: str, actor: Actor, at: datetime, **which: Any) -> list[Taken]:
    current(actor=actor, at=at)
    with connection.cursor() as cursor:
        cursor.execute(command, {"account": UUID(actor.party), "at": at, **which})
        return [
            Taken(upload, bytes(digest), _name(upload, name), size, media_type, pages)
            for upload, name, digest, size, media_type, pages in cursor.fetchall()
        ]


def _not_waiting(field: str) -> Invalid:
    return Invalid(
        "Có tệp đính kèm đã dùng, đã quá 24 giờ hoặc không phải do bạn gửi. Hãy bỏ tệp ấy và gửi lại.",
        "An attached file was used before, is older than 24 hours, or is not yours. Remove it and send it again.",
        field=field,
    )


def _name(upload: UUID, sealed: bytes) -> str:
    return decrypt(NAME_PURPOSE, bytes(sealed), bound_to=upload.bytes).decode()


def discard(upload: UUID, *, owner: UUID) -> bool:
    """Forget a file that waits, of `owner`; whether there was one. Its bytes go with the next sweep."""
    return bool(Upload.objects.filter(id=upload, account=owner).delete()[0])


def discard_all(uploads: Collection[UUID], *, owner: UUID) -> None:
    """Forget files that wait, of `owner`: what they were sent for was given up."""
    if uploads:
        Upload.objects.filter(id__in=uploads, account=owner).delete()


def stay(uploads: Collection[UUID], *, owner: UUID, until: datetime) -> None:
    """Let files of `owner` that wait do so until then: what they were sent for was put aside."""
    Upload.objects.filter(id__in=uploads, account=owner, expires_at__lt=until).update(expires_at=until)


def hand_on(uploads: Sequence[UUID], *, link: UUID | None, agency: str, to: UUID, at: datetime) -> None:
    """Files that wait, and the telephone at the desk of `agency` that sends more, go with what they were sent for to
    the officer who goes on with it. The caller has seen to it that `to` may."""
    which = Q(id__in=uploads)
    with transaction.atomic():
        if link is not None and PhoneLink.objects.filter(id=link, agency=agency).update(account=to):
            which |= Q(link=link)
        Upload.objects.filter(which, expires_at__gt=at).update(account=to)


def erase(digest: bytes, *, at: datetime) -> None:
    """Erase a file for good: the key goes with the row, the bytes from the storage. For an owner whom the law tells
    to, and who has made sure that nothing else holds it; inside the unit of work that records why."""
    File.objects.filter(digest=digest).update(wrapped_key=None, erased_at=at)
    transaction.on_commit(lambda: store().delete(address(digest)))


def sweep(*, at: datetime, most: int = 500) -> int:
    """Remove uploads that nobody attached within a day, links that ended, what was counted on days past, files that
    belong to nothing, and bytes left by a process that died; returns how many went."""
    before = at - UPLOAD_LIFE
    gone = Upload.objects.filter(expires_at__lte=at).delete()[0]
    gone += Sending.objects.filter(day__lt=local(before).date()).delete()[0]
    gone += PhoneLink.objects.filter(expires_at__lte=before).exclude(upload__isnull=False).delete()[0]
    while (found := _sweep_file(before)) and most:
        gone, most = gone + found, most - 1
    if incoming().is_dir():
        gone += sum(swept_path(path, before.timestamp()) for path in incoming().iterdir())
    return gone


def _sweep_file(before: datetime) -> int:
    """One file that nothing ever held. Its row is locked while its bytes go: who sends the same content meanwhile
    waits, and then puts it there anew."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM files_file WHERE digest = (SELECT digest FROM files_file f"
            " WHERE kept_at IS NULL AND erased_at IS NULL AND touched_at <= %s"
            " AND NOT EXISTS (SELECT FROM files_upload u WHERE u.file_id = f.digest)"
            " LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING digest",
            [before],
        )
        found = cursor.fetchone()
        if found is None:
            return 0
        store().delete(address(bytes(found[0])))
    return 1


def too_large() -> Invalid:
    """The refusal of a file over the limit."""
    most = size_words(settings.LARGEST_FILE)
    return Invalid(
        f"Tệp lớn hơn {most}. Hãy quét ở độ phân giải thấp hơn (200 dpi) hoặc chia nhỏ.",
        f"The file is larger than {most}. Scan it at a lower resolution (200 dpi) or split it.",
    )
