"""How a page names a file that was sent and not attached yet: an opaque word that tells nothing to others."""

import base64
import binascii
import json
from dataclasses import asdict, dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag

from motcua.files.kinds import KINDS, FileKind
from motcua.kernel.seals import decrypt, encrypt

_PURPOSE = "upload-reference"
LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Pending:
    """A file that waits to be attached: good for one use, by the person who sent it, for a day."""

    upload: UUID
    digest: str
    name: str
    size: int
    media_type: str
    pages: int | None

    @property
    def kind(self) -> FileKind:
        """Its kind."""
        return KINDS[self.media_type]

    @property
    def reference(self) -> str:
        """What a form's hidden field holds."""
        body = json.dumps(asdict(self) | {"upload": str(self.upload)}).encode()
        return base64.urlsafe_b64encode(encrypt(_PURPOSE, body)).decode().rstrip("=")


def read_reference(text: str) -> Pending | None:
    """The file a hidden field names; None for what this installation did not write."""
    if not text or len(text) > LONGEST:
        return None
    try:
        body = decrypt(_PURPOSE, base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (InvalidTag, ValueError, binascii.Error):
        return None
    told = json.loads(body)
    return Pending(**told | {"upload": UUID(told["upload"])})
