"""The letters of printed papers: which font, and whether it has every letter of a text.

typst says nothing about a letter its font lacks, so it is asked here, before anything is drawn. Decree
30/2020 names Times New Roman; it is used when the machine has it (or Tinos, of the same measures), else Noto
Serif.
"""

import os
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from fontTools.ttLib import TTFont

from motcua.kernel.errors import Invalid
from motcua.kernel.text import nfc

VIETNAMESE = nfc(
    "".join(
        letter + tone
        for letter in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
        for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    )
    + "đĐ₫"
)

# Family, and the files of regular, bold, italic and bold italic as systems name them.
KNOWN_FAMILIES = (
    ("Times New Roman", ("times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf")),
    (
        "Times New Roman",
        (
            "Times_New_Roman.ttf",
            "Times_New_Roman_Bold.ttf",
            "Times_New_Roman_Italic.ttf",
            "Times_New_Roman_Bold_Italic.ttf",
        ),
    ),
    ("Tinos", ("Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf")),
)


class MissingGlyphError(Invalid):
    """A text has a letter that no font of this installation can draw."""

    def __init__(self, letter: str, text: str) -> None:
        name = unicodedata.name(letter, "?")
        shown = text if len(text) <= 60 else text[:60] + "…"
        code = f"U+{ord(letter):04X} {name}"
        super().__init__(
            f"Không in được ký tự “{letter}” ({code}) trong “{shown}”. Hãy nhập lại bằng chữ Quốc ngữ.",
            f"The letter “{letter}” ({code}) in “{shown}” cannot be printed. Type it in Latin letters.",
        )
        self.letter = letter
        self.text = text


@dataclass(frozen=True, slots=True)
class PaperFont:
    """A family, the files it stands in, and the code points that all its faces have."""

    family: str
    paths: tuple[Path, ...]
    letters: frozenset[int]

    def missing(self, text: str) -> str:
        """The first letter of `text` (NFC) that the family lacks; empty when it has them all."""
        return next((c for c in text if c != "\n" and ord(c) not in self.letters), "")


@cache
def widths(font: PaperFont) -> Mapping[int, float]:
    """How wide each letter of the upright face is, in its size."""
    upright = next(path for path in font.paths if "Italic" not in path.name)
    with TTFont(upright, lazy=True) as face:
        measures, unit = face["hmtx"], face["head"].unitsPerEm
        return {code: measures[glyph][0] / unit for code, glyph in face.getBestCmap().items()}


def _letters(paths: Sequence[Path]) -> frozenset[int]:
    common: frozenset[int] | None = None
    for path in paths:
        with TTFont(path, lazy=True) as font:
            has = frozenset(font.getBestCmap())
        common = has if common is None else common & has
    return common or frozenset()


def system_font_folders() -> tuple[Path, ...]:
    """Where this kind of machine keeps its fonts."""
    home = Path.home()
    if sys.platform == "win32":
        return (Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts",)
    if sys.platform == "darwin":
        return (home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts/Supplemental"))
    return (home / ".local/share/fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts"))


def find_families(folders: Iterable[Path]) -> list[PaperFont]:
    """The known families with all four faces and every Vietnamese letter, in the order of preference."""
    there = {
        path.name.casefold(): path
        for folder in folders
        if folder.is_dir()
        for path in sorted(folder.rglob("*.[tT][tT][fF]"))
    }
    found = []
    for family, names in KNOWN_FAMILIES:
        paths = tuple(there[name.casefold()] for name in names if name.casefold() in there)
        if len(paths) < len(names):
            continue
        font = PaperFont(family, paths, _letters(paths))
        if not font.missing(VIETNAMESE):
            found.append(font)
    return found


def noto_serif() -> PaperFont:
    """The family that comes with the installation: variable files for upright and italic."""
    folder = Path(str(files("fontpkg_noto_serif"))) / "files"
    paths = tuple(sorted(folder.glob("NotoSerif*.ttf")))
    return PaperFont("Noto Serif", paths, _letters(paths))


@cache
def paper_fonts() -> tuple[PaperFont, ...]:
    """The fonts papers may be set in, the preferred one first; read once for each process."""
    return (*find_families(system_font_folders())[:1], noto_serif())


def font_for(texts: Iterable[str]) -> PaperFont:
    """The first font that has every letter of `texts`, which must be NFC.

    Raises MissingGlyphError with the letter when none has; never is a letter drawn as an empty box.
    """
    lines = list(texts)
    letters = {ord(letter) for letter in set().union(*lines) if letter != "\n"}
    for font in paper_fonts():
        if letters <= font.letters:
            return font
    last = paper_fonts()[-1]
    line = next(line for line in lines if last.missing(line))
    raise MissingGlyphError(last.missing(line), line)


def unprintable(text: str) -> str:
    """The first letter of `text` that no paper can show, or nothing; forms ask when a name is typed."""
    try:
        font_for([nfc(text)])
    except MissingGlyphError as error:
        return error.letter
    return ""
