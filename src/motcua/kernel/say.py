"""A sentence in both languages, as data."""

from dataclasses import dataclass
from typing import ClassVar


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
