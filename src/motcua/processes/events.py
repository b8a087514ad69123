"""What is decided on a process version's stream. Steps of dossiers stand on the dossier's own."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessVersionPublished:
    """A version was published and is immutable from now on. `changed_tests`: codes of the tests that ask something else
    than in the version before, or are run no more; why stands in the body. Version 1 did not tell them."""

    TYPE: ClassVar[str] = "process_version_published"
    VERSION: ClassVar[int] = 2

    code: str
    procedure: str
    number: int
    body_digest: bytes
    findings: tuple[str, ...]
    changed_tests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessImported:
    """A version was made of what a file says of the process, at `place` in it. It stands on the version's stream."""

    TYPE: ClassVar[str] = "process_imported"
    VERSION: ClassVar[int] = 1

    code: str
    number: int
    file: str
    file_digest: bytes
    place: str
    record_digest: bytes
    findings: tuple[str, ...]
