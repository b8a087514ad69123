"""The folder in which files lie: written beside, flushed to the disk, then put in place at one stroke."""

import os
import tempfile
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

INCOMING = "incoming"
STORAGE = "files"


class Folder(FileSystemStorage):
    """Django's folder, where a name stands for one content: what is there is replaced, never numbered."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name itself."""
        return name

    def _save(self, name: str, content: "File[Any]") -> str:
        there = Path(self.path(name))
        there.parent.mkdir(parents=True, exist_ok=True)
        os.replace(content.name or "", there)  # a file of `incoming`, already on the disk
        for folder in (there.parent, there.parent.parent):
            _flush(folder)
        return name


def _flush(folder: Path) -> None:
    """Let a name in `folder` outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def new_incoming() -> tuple[BinaryIO, Path]:
    """An empty file, sealed bytes go into, in the same file system as the folder."""
    folder = incoming()
    folder.mkdir(parents=True, exist_ok=True)
    handle, path = tempfile.mkstemp(dir=folder)
    return os.fdopen(handle, "w+b"), Path(path)


def incoming() -> Path:
    """Where files lie while they stream in."""
    return Path(settings.MEDIA_ROOT) / INCOMING


def address(digest: bytes) -> str:
    """Where a file lies in the storage."""
    text = digest.hex()
    return f"{text[:2]}/{text[2:4]}/{text}"
