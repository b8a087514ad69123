"""The whole catalogue as one file: made once for each state of the catalogue and kept on disk under that state's name.
What two processes make at once is the same to the byte, so neither has to wait for the other."""

import gzip
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from motcua.catalogue import open_data
from motcua.kernel.db.snapshot import one_snapshot
from motcua.kernel.ids import uuid7

KEPT_SECONDS = 3600

_making = threading.Lock()


@dataclass(frozen=True, slots=True)
class Dump:
    """A file there is: its digest, and when the catalogue it holds last changed."""

    path: Path
    sha256: str
    size: int
    lines: int
    at: datetime

    def pieces(self) -> Iterator[bytes]:
        """The file, a piece at a time."""
        with self.path.open("rb") as raw:
            while piece := raw.read(1 << 16):
                yield piece

    @property
    def name(self) -> str:
        """Under which name people keep it."""
        return f"motcua-catalogue-{self.at:%Y%m%dT%H%M%SZ}.jsonl.gz"


def kept_dump() -> Dump | None:
    """The dump of the catalogue as it is now; made here where nobody asked for it before. None where the catalogue
    is empty. One statement, and where it is made one more for all procedures."""
    stamp = open_data.stamp()
    if stamp.at is None:
        return None
    folder: Path = settings.VAR / "open-data"
    with _making:
        return _read(folder, stamp.text) or _made(folder)


def _read(folder: Path, stamp: str) -> Dump | None:
    beside = folder / f"{stamp}.json"
    try:
        told = json.loads(beside.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    at = datetime.fromisoformat(told["at"])
    return Dump(folder / f"{stamp}.jsonl.gz", told["sha256"], told["size"], told["lines"], at)


def _made(folder: Path) -> Dump | None:
    folder.mkdir(parents=True, exist_ok=True)
    draft, count = folder / f"{uuid7()}.draft", 0
    with one_snapshot(), draft.open("wb") as raw:
        stamp = open_data.stamp()
        # No name and no time inside: the same catalogue makes the same bytes.
        with gzip.GzipFile(filename="", mode="wb", fileobj=raw, compresslevel=6, mtime=0) as packed:
            for line in open_data.lines():
                packed.write(line.encode() + b"\n")
                count += 1
    digest = sha256()
    with draft.open("rb") as raw:
        while piece := raw.read(1 << 20):
            digest.update(piece)
    told = {
        "sha256": digest.hexdigest(),
        "size": draft.stat().st_size,
        "lines": count,
        "at": stamp.at.isoformat() if stamp.at else "",
    }
    draft.replace(folder / f"{stamp.text}.jsonl.gz")
    beside = draft.with_suffix(".told")
    beside.write_text(json.dumps(told), encoding="utf-8")
    beside.replace(folder / f"{stamp.text}.json")
    _sweep(folder, stamp.text)
    return _read(folder, stamp.text)


def _sweep(folder: Path, stamp: str) -> None:
    """Files of states that are past, and what a fallen process left; who reads one has time to read it to its end."""
    for path in folder.iterdir():
        if not path.name.startswith(stamp) and time.time() - path.stat().st_mtime > KEPT_SECONDS:
            path.unlink(missing_ok=True)
