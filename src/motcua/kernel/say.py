"""A sentence in both languages, as data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Say:
    """Vietnamese first, English second."""

    vi: str
    en: str

    def __call__(self, language: str) -> str:
        return self.en if language.startswith("en") else self.vi
