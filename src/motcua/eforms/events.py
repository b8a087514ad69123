"""What is decided on the stream of a form's version."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class EformPublished:
    """A version of a form was published and is immutable from now on. `came_from`: what its draft began with, and of a
    file its digest."""

    TYPE: ClassVar[str] = "eform_published"
    VERSION: ClassVar[int] = 1

    code: str
    number: int
    body_digest: bytes
    valid_from: date
    procedures: tuple[str, ...]
    came_from: str
    file_digest: bytes | None = None
