"""What a browser sends, sealed while it streams in: never whole in memory, never readable on the disk."""

import hashlib
import io
import os
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from motcua.files.folder import new_incoming
from motcua.files.references import Pending
from motcua.files.sealing import MARK, Sealer, opened


class ReceivedFile(UploadedFile):
    """A file as it came: sealed in `incoming` until it is kept, gone when the request ends.

    `told` is the name the browser gave; `too_large`: more came than is taken, and was thrown away.
    `owner`, `typist` (who sends it for a business) and `at` are those of the request; `kept` what became of it.
    """

    def __init__(self, told: str, field_name: str) -> None:
        self.sealed, self.path = new_incoming()
        self.told = told
        self.key = os.urandom(32)
        self.digest = b""
        self.too_large = False
        self.owner: UUID | None = None
        self.typist: UUID | None = None
        self.at: datetime | None = None
        self.kept: Pending | None = None
        self._sealer = Sealer(self.key)
        self._hash = hashlib.sha256()
        self.sealed.write(MARK)
        super().__init__(file=self.sealed, name=told, size=0)
        self.field_name = field_name

    def receive(self, data: bytes) -> None:
        """Take the next bytes."""
        if self.too_large:
            return
        self.size = (self.size or 0) + len(data)
        if self.size > settings.LARGEST_FILE:
            self.too_large = True
            return
        self._hash.update(data)
        self.sealed.write(self._sealer.feed(data))

    def finish(self) -> None:
        """All came."""
        self.digest = self._hash.digest()
        self.sealed.write(self._sealer.finish())
        self.sealed.flush()

    def flush_to_disk(self) -> None:
        """Wait until a power cut can no longer take it."""
        os.fsync(self.sealed.fileno())

    def read_opened(self) -> io.BufferedReader:
        """What came, readable; the caller closes it."""
        return opened(self.path.open("rb"), self.key)

    def close(self) -> None:
        """Forget it, unless it was put in its place."""
        self.sealed.close()
        self.path.unlink(missing_ok=True)


class SealedUploads(FileUploadHandler):
    """The one upload handler. Who is not signed in sends files only to the pages that ask strangers for them
    (`settings.FILES_FROM_STRANGERS`); anything else they send is not even written."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.receiving: ReceivedFile | None = None

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 - Django's name
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        """Refuse at once what is too much for one sending."""
        if content_length > settings.LARGEST_SENDING:
            raise RequestDataTooBig("more was sent at once than is taken")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        if not self._welcome():
            raise SkipFile
        self.receiving = ReceivedFile(self.file_name or "", self.field_name or "")
        self.receiving.owner, self.receiving.typist = self._sender(), self._typist()
        self.receiving.at = getattr(self.request, "at", None)

    def _welcome(self) -> bool:
        request = self.request
        if request is None:
            return False
        return self._sender() is not None or request.path in settings.FILES_FROM_STRANGERS

    def _sender(self) -> UUID | None:
        """The account of who is signed in, of staff or a citizen."""
        viewer, citizen = (getattr(self.request, name, None) for name in ("viewer", "citizen"))
        found: UUID | None = citizen.id if citizen is not None else getattr(viewer, "account", None)
        return found

    def _typist(self) -> UUID | None:
        """Who sends it for a business; None for whoever sends their own."""
        citizen = getattr(self.request, "citizen", None)
        return citizen.person if citizen is not None and citizen.person != citizen.id else None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """More of it."""
        if self.receiving is not None:
            self.receiving.receive(raw_data)

    def file_complete(self, file_size: int) -> ReceivedFile | None:
        """The file, whole."""
        done, self.receiving = self.receiving, None
        if done is not None:
            done.finish()
        return done

    def upload_interrupted(self) -> None:
        """The browser went away."""
        if self.receiving is not None:
            self.receiving.close()
            self.receiving = None


def swept_path(path: Path, before: float) -> bool:
    """Remove a file of `incoming` last written before `before` (a timestamp); whether it went."""
    try:
        if path.stat().st_mtime >= before:
            return False
        path.unlink()
    except FileNotFoundError:
        return False
    return True
