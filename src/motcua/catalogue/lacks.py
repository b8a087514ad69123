"""What a version lacks, and of which of its parts."""

from dataclasses import dataclass
from enum import StrEnum

from motcua.kernel.say import Say


class GapKind(StrEnum):
    """`missing`: the law asks for it and it is not there; `unverified`: there, but not proved by a source."""

    MISSING = "missing"
    UNVERIFIED = "unverified"


class Part(StrEnum):
    """The eight parts of a procedure (ND 63/2010 art. 8(2)), and what else we publish."""

    NAME = "name"
    ORDER = "order"
    WAY = "way"
    DOSSIER = "dossier"
    LIMIT = "limit"
    SUBJECT = "subject"
    AGENCY = "agency"
    RESULT = "result"
    FEE = "fee"
    BASIS = "basis"
    GROUND = "ground"


@dataclass(frozen=True, slots=True)
class Gap:
    """What an administrator must know is missing or not proved; `where` points into the document."""

    kind: GapKind
    part: Part
    where: str
    reason: Say
    sources: tuple[str, ...] = ()
