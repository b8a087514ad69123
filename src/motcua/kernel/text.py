"""Vietnamese text: one normal form, and a fold that ignores accents, case and đ/d."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_STROKES = str.maketrans({"đ": "d", "Đ": "d", "ð": "d", "Ð": "d"})


def nfc(text: str) -> str:
    """`text` in Unicode NFC, the only form the database holds."""
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """NFC, runs of white space made one, ends trimmed, control characters dropped."""
    kept = nfc(text)
    if not kept.isprintable():
        kept = "".join(c for c in kept if c.isprintable() or c.isspace())
    return _SPACES.sub(" ", kept).strip()


def fold(text: str) -> str:
    """`text` as people type it in a hurry: no accents, no capitals, đ as d, single spaces, nothing invisible."""
    decomposed = unicodedata.normalize("NFD", text.translate(_STROKES))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return clean(bare.casefold())


# The Vietnamese alphabet, with f, j, w and z where names from elsewhere need them.
_ORDER = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def sort_key(text: str) -> str:
    """A key that sorts bytewise in Vietnamese order (a ă â ... d đ ..., then tones), as databases differ."""
    letters: list[str] = []
    tones: list[str] = []
    for letter in nfc(text).casefold():
        parts = unicodedata.normalize("NFD", letter)
        tone = next((_TONES[c] for c in parts if c in _TONES), "0")
        base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
        place = _ORDER.find(base)
        if place < 0:  # a letter with a mark of another language sorts as the bare one (Blŏk as Blok)
            place = _ORDER.find(parts[:1])
        letters.append(f"{place + 65:c}" if place >= 0 else base)
        tones.append(tone)
    return "".join(letters) + "\x01" + "".join(tones)


def mask_name(name: str) -> str:
    """A name as lists and screens show it: family name whole, the rest as initials ("NGUYỄN T. H.")."""
    words = name.split()
    if len(words) < 2:
        return name[:1] + "…" if name else ""
    return " ".join([words[0], *(f"{w[0]}." for w in words[1:])])


def mask_number(number: str) -> str:
    """An identity or phone number with all but its last three characters hidden."""
    return "•" * max(len(number) - 3, 0) + number[-3:] if len(number) > 3 else "•" * len(number)
