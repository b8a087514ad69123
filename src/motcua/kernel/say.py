"""A sentence in both languages, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar


def counted(number: int, one: str, many: str = "") -> str:
    """A number of things in English: "1 paper", "2 papers", "3 copies" told `many`."""
    return f"{number} {one}" if number == 1 else f"{number} {many or one + 's'}"


@dataclass(frozen=True, slots=True)
class Say:
    """Vietnamese first, English second; where nobody has said it in English, the Vietnamese stands."""

    # A template would call it without arguments and show nothing.
    do_not_call_in_templates: ClassVar[bool] = True

    vi: str
    en: str

    def __call__(self, language: str) -> str:
        return (self.en or self.vi) if language.startswith("en") else self.vi


@dataclass(frozen=True, slots=True)
class ForOthers(Say):
    """Why something is not for this person, and who does it: no seat is missing."""


def say_of(told: Any) -> Say:
    """A text in both languages as a document holds it; nothing where it holds none."""
    said = told if isinstance(told, Mapping) else {}
    return Say(str(said.get("vi") or ""), str(said.get("en") or ""))
