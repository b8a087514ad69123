"""Opening a kept file. Who may is its owner's to say: nothing here has an address."""

import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, cast
from uuid import UUID

from django.core.files.storage import storages

from motcua.files.folder import STORAGE, address
from motcua.files.models import File, PhoneLink, Upload
from motcua.files.ports import scanner
from motcua.files.references import Pending
from motcua.files.sealing import CHUNK, KEY_PURPOSE, NAME_PURPOSE, opened
from motcua.kernel.errors import NotAllowedNow, NotFound, Unavailable
from motcua.kernel.seals import decrypt


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file that can be read. Nothing is held open until somebody does."""

    digest: bytes
    key: bytes
    size: int
    media_type: str

    def stream(self) -> io.BufferedReader:
        """It, to be read at any place; the caller closes it. Raises NotFound when its bytes are gone."""
        try:
            return opened(_sealed(self.digest), self.key)
        except FileNotFoundError:
            raise _gone() from None

    def chunks(self) -> Iterator[bytes]:
        """All of it, piece by piece."""
        with self.stream() as stream:
            while piece := stream.read(CHUNK):
                yield piece


def _sealed(digest: bytes) -> BinaryIO:
    return cast(BinaryIO, storages[STORAGE].open(address(digest)))


def open_file(digest: bytes) -> OpenFile:
    """The file of `digest`. Raises NotFound when it was erased or its bytes are gone, NotAllowedNow where a scanner
    found malicious code in it, Unavailable while the scanner has yet to be asked."""
    found = File.objects.filter(digest=digest, wrapped_key__isnull=False).first()
    if found is None:
        raise _gone()
    if found.finding:
        raise NotAllowedNow(
            f"Tệp này có mã độc ({found.finding}), đã được cách ly và không mở được. "
            "Hãy đề nghị người nộp gửi tệp khác.",
            f"This file holds malicious code ({found.finding}); it is kept apart and can't be opened. "
            "Ask for another one.",
        )
    if found.held_since is not None and scanner() is not None:
        raise Unavailable(
            "Tệp này chưa được quét mã độc vì bộ quét đang không trả lời. Tệp mở được ngay khi quét xong.",
            "This file was not scanned yet, as the scanner does not answer. It opens once that is done.",
        )
    return sealed_file(found)


def sealed_file(found: File) -> OpenFile:
    """A file whatever a scanner says of it, for the scanner itself. Raises NotFound when its bytes are gone."""
    digest = bytes(found.digest)
    if found.wrapped_key is None or not storages[STORAGE].exists(address(digest)):
        raise _gone()
    key = decrypt(KEY_PURPOSE, bytes(found.wrapped_key), bound_to=digest)
    return OpenFile(digest, key, found.size, found.media_type)


def _gone() -> NotFound:
    return NotFound(
        "Tệp không còn: đã xóa theo quy định, hoặc kho lưu tệp thiếu. Hãy báo quản trị viên.",
        "The file is gone: erased by law, or missing from the storage. Tell the administrator.",
    )


def waiting(upload: UUID, *, owner: UUID, at: datetime) -> Pending:
    """A file that `owner` sent and has not attached yet. Raises NotFound for anybody else's."""
    found = Upload.objects.select_related("file").filter(id=upload, account=owner, expires_at__gt=at).first()
    if found is None:
        raise _gone()
    return _pending(found)


def still_waiting(uploads: Collection[UUID], *, owner: UUID, at: datetime) -> set[UUID]:
    """Those of `uploads` that `owner` can still attach. One statement."""
    found = Upload.objects.filter(id__in=uploads, account=owner, expires_at__gt=at)
    return set(found.values_list("id", flat=True))


def from_phone(link: UUID, *, owner: UUID, at: datetime) -> list[Pending]:
    """What a telephone sent to `owner` by this link and is not attached yet, in order. Raises NotFound for the link of
    somebody else."""
    if not PhoneLink.objects.filter(id=link, account=owner).exists():
        raise NotFound("Không có liên kết này.", "There is no such link.")
    found = Upload.objects.select_related("file").filter(link=link, account=owner, expires_at__gt=at)
    return [_pending(upload) for upload in found.order_by("id")]


def _pending(upload: Upload) -> Pending:
    file = upload.file
    return Pending(
        upload=upload.id,
        digest=bytes(file.digest).hex(),
        name=decrypt(NAME_PURPOSE, bytes(upload.name), bound_to=upload.id.bytes).decode(),
        size=file.size,
        media_type=file.media_type,
        pages=file.pages,
    )
