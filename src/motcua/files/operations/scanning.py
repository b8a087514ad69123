"""What the scanner says of files: refused at the door, held while it is silent, kept from being opened."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.access_log.operations import note
from motcua.files.models import File
from motcua.files.ports import Scanner, scanner
from motcua.files.selectors import sealed_file
from motcua.files.uploads import ReceivedFile
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import Invalid, NotFound

REFUSED, FOUND = "malware_refused", "malware_found"


def is_held(received: ReceivedFile, *, owner: UUID, at: datetime) -> bool:
    """Whether a file that came has to wait for the scanner before it is opened; no where there is none.

    Raises Invalid where the scanner found something: nothing of it is kept, what came of it before is not opened any
    more, and the access log names who sent it, its SHA-256 and what was found. Outside units of work, like every
    question to another system.
    """
    asked = scanner()
    if asked is None:
        return False
    with received.read_opened() as stream:
        finding = asked.scan_now(stream).finding
    if finding:
        File.objects.filter(digest=received.digest).update(finding=finding, held_since=None)
        note(who=str(owner), what=REFUSED, subject=_subject(received.digest, finding), at=at)
        raise Invalid(
            f"Tệp có mã độc ({finding}) nên không nhận. Hãy quét hoặc chụp lại giấy tờ trên máy khác rồi gửi.",
            f"The file holds malicious code ({finding}) and is not taken. Scan or photograph the paper again on "
            "another machine and send that.",
        )
    return finding is None


def scan_next(asked: Scanner, *, before: datetime, at: datetime) -> bool | None:
    """Ask about the file that waits longest of those held until `before`: it may be opened from now on, or never.
    Whether there was one; None where nothing was said of it: it waits its turn behind all others."""
    held = File.objects.filter(held_since__lte=before).order_by("held_since").first()
    if held is None:
        return False
    digest = bytes(held.digest)
    try:
        with sealed_file(held).stream() as stream:
            finding = asked.scan(stream).finding
    except NotFound:
        finding = ""  # erased meanwhile, or its bytes are lost: there is nothing to be opened
    if finding is None:
        File.objects.filter(digest=digest, held_since=held.held_since).update(held_since=at)
        return None
    with transaction.atomic():
        said = File.objects.filter(digest=digest, held_since=held.held_since)
        if said.update(held_since=None, finding=finding) and finding:
            note(who=SYSTEM.id, what=FOUND, subject=_subject(digest, finding), at=at)
    return True


def _subject(digest: bytes, finding: str) -> str:
    return f"{digest.hex()} {finding}"
