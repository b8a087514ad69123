"""What the QR code of a chip card says, as keyboard scanners deliver it: whole, cut, doubled, in a wrong encoding,
rewritten by an input method. Pure.

    number|old number|name|born ddmmyyyy|sex|address|issued ddmmyyyy|... whatever later issues of the card add

The line is not signed: as good as typed, no better. A field is filled when it came whole; what may be damaged stays
empty and is told as a doubt. Nothing is guessed.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from motcua.kernel.say import Say
from motcua.kernel.text import clean

EARLIEST, LATEST = date(1880, 1, 1), date(2100, 1, 1)
LONGEST = 4000

# What stands where the bar should: other keyboard layouts, full width, a scanner set to tabs.
_BARS = str.maketrans(dict.fromkeys("¦｜‖│\t\x1d\x1e\x1f", "|"))
_STRAY = str.maketrans(dict.fromkeys("\ufeff\u200b\u200c\u200d\u2060\x00\x02\x03", ""))
# A record begins with 12 digits, then a bar, the 9 digits of an old number, or the name itself.
_HEAD = re.compile(r"(\d{12})(?:\s*\|\s*(\d{9})?(?!\d)|(\d{9})?)(?=[^\d|]|\|)")
_DAY = re.compile(r"(?<!\d)\d{8}(?!\d)")
_SEX = re.compile(r"(Nam|Nữ)(?=\W|[^\W\d_a-zà-ỹ]|\d|$)")
_SEXES = {"nam": "Nam", "nữ": "Nữ"}
_LETTERS = re.compile(r"[^\W\d_]")
_WORDS = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f])+")
_NAME = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f]|[ .'’ʼ-])+")
# What is left of letters in a wrong encoding.
_MOJIBAKE = re.compile("[?\ufffd\x80-\xbf‚ƒ„…†‡ˆ‰‹“”•™›]")
# Keys of Telex left standing in a word, as when an input method met letters faster than it can take them.
_TELEX = re.compile(r"aa|ee|oo|dd|[aouâăêôơư]w|[bcdghklmnpqtvăâêôơưàáảãạ][fjz]\b", re.IGNORECASE)
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_ALPHABET = frozenset("abcdefghijklmnopqrstuvwxyzđƀ")
# Which letters a mark may stand on: tones on vowels (and the Ê Đê ñ), hat, breve, horn, and the Gia Rai č.
_MARKS = {
    **dict.fromkeys(_TONES, "aeiouy"),
    "\u0303": "aeiouyn",
    "\u0302": "aeo",
    "\u0306": "aeiou",
    "\u031b": "ou",
    "\u030c": "c",
}

OFF = Say("tắt bộ gõ tiếng Việt rồi quét lại", "switch the Vietnamese input method off and scan again")
CUT = Say("dòng quét bị cắt, hãy quét lại", "the line was cut, scan again")
CODING = Say(
    "máy quét gửi sai bảng mã, hãy chỉnh về UTF-8", "the scanner's encoding is wrong, set it to UTF-8"
)
CLASH = Say("hai lần quét không giống nhau, hãy quét lại", "two scans differ, scan again")
NUMBER = Say("số không đủ hoặc thừa chữ số, hãy quét lại", "the number lacks or has extra digits, scan again")
DATE = Say("không phải một ngày, hãy xem trên thẻ", "is no date, read it from the card")
UNLIKE = Say("không khớp với số trên thẻ, hãy xem lại", "does not match the number, look at the card")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A field to look at, and why; the card's value is empty unless `filled`."""

    field: str
    why: Say
    filled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The holder of a card as far as the line is certain; what it leaves open stands in `doubts`."""

    number: str = ""
    old_number: str = ""
    name: str = ""
    born_on: date | None = None
    sex: str = ""
    address: str = ""
    issued_on: date | None = None
    doubts: tuple[Doubt, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether nothing of it is in doubt."""
        return not self.doubts


def read(text: str) -> Card | None:
    """The card whose line stands in `text`, wherever it begins and however often; None where there is none."""
    line = _mended(text[:LONGEST])
    records = [_record(number, old, rest, apart=apart) for number, old, rest, apart in _records(line)]
    records = [card for card in records if card.number or card.born_on or card.name]
    if not records:
        return None
    card = records[0]
    for other in records[1:]:
        card = _joined(card, other)
    return _compared(card)


def head_of(text: str) -> str:
    """What stood in a field before a scanner typed a card's line into it."""
    found = re.search(r"\d{12}", text)
    return text[: found.start()].strip() if found else ""


def _mended(text: str) -> str:
    """The line as the card has it, as far as a damage can be undone without a choice: bytes of UTF-8 read as
    another encoding, decomposed letters, CapsLock, bars of other layouts, line ends."""
    line = _decoded(text.translate(_STRAY))
    line = unicodedata.normalize("NFC", line).translate(_BARS)
    words = _WORDS.findall(line)
    if words and all(w[0].islower() for w in words) and any(w[1:].isupper() for w in words):
        line = line.swapcase()  # CapsLock: nobody's name begins small and goes on in capitals
    return re.sub(r"[\r\n]+", "\n", line).strip("\n ")


def _decoded(text: str) -> str:
    """`text` with UTF-8 that was read as Windows 1252 or 1258 put right: only where every byte fits."""
    if not any(c in "ÃĂÄÆá" for c in text):
        return text
    for encoding in ("cp1252", "cp1258"):
        raw = bytearray()
        for letter in text:
            code = ord(letter)
            if 0x80 <= code < 0xA0:  # holes of the code page come through as they are
                raw.append(code)
                continue
            try:
                raw += letter.encode(encoding)
            except UnicodeEncodeError:
                break
        else:
            try:
                return raw.decode("utf-8")
            except UnicodeDecodeError:
                continue
    return text


def _records(line: str) -> Iterator[tuple[str, str, str, bool]]:
    """Number, old number, the rest, and whether the number stood apart from digits before it, of each record."""
    heads = list(_HEAD.finditer(line))
    if not heads:
        bars = line.count("|")
        if bars >= 4 and _DAY.search(line):
            yield "", "", re.sub(r"^(?:\s*\d{0,15}\s*\|)+", "", line), False
        return
    end = 0
    for i, head in enumerate(heads):
        following = heads[i + 1].start() if i + 1 < len(heads) else len(line)
        # Digits before a number are digits too many, unless they are the date that ends the record before.
        before = line[end : head.start()]
        apart = not before[-1:].isdigit() or _ends_with_date(before)
        yield head[1], head[2] or head[3] or "", line[head.end() : following], apart
        end = head.end()


def _ends_with_date(text: str) -> bool:
    found = re.search(r"(?<!\d)(\d{8})$", text)
    return found is not None and _date(found[1]) is not None


def _record(number: str, old: str, rest: str, *, apart: bool) -> Card:
    doubts: list[Doubt] = []
    if not number or not apart:
        number = ""
        doubts.append(Doubt("number", NUMBER))
    name, name_why, after = _name_of(rest)
    born, tail, born_why = _born_of(after)
    sex, address, issued, address_why = _tail_of(tail)
    found = Card(
        number=number, old_number=old, name=name, born_on=born, sex=sex, address=address, issued_on=issued
    )
    for field, why in (("name", name_why), ("born_on", born_why), ("address", address_why)):
        if why is not None:
            doubts.append(Doubt(field, why, filled=bool(getattr(found, field))))
    return replace(found, doubts=tuple(doubts))


def _name_of(rest: str) -> tuple[str, Say | None, str]:
    """The name, what is wrong with it, and what follows it (the date of birth first)."""
    rest = rest.lstrip("| ")
    bar, day = rest.find("|"), _DAY.search(rest)
    if bar >= 0 and (day is None or bar < day.start()):
        raw, after = rest[:bar], rest[bar:]
    elif day is not None:
        raw, after = rest[: day.start()], rest[day.start() :]
    else:
        return "", CUT, ""
    name = clean(raw)
    why = _odd(name)
    if why is not None:
        return "", why, after
    accents = [c for c in rest if ord(c) > 127]
    if not accents and len(name.split()) > 1 and len(rest) > 40:
        # Name, sex and address without a single accent: the scanner lost them.
        return "", OFF, after
    return name, OFF if any(_TELEX.search(word) for word in name.split()) else None, after


def _odd(name: str) -> Say | None:
    """Why `name` cannot be what the card says; None when it can."""
    if not _LETTERS.search(name):
        return CUT
    if not _NAME.fullmatch(name):
        return CODING if _MOJIBAKE.search(name) else OFF
    return next((OFF for word in _WORDS.findall(name) if not _possible(word)), None)


def _possible(word: str) -> bool:
    """Whether the marks of `word` sit where Vietnamese and the languages of its peoples put them: one tone at
    most, hats, breves and horns only on their letters."""
    base, tones = "", 0
    for letter in unicodedata.normalize("NFD", word):
        if letter in _MARKS:
            tones += letter in _TONES
            if base not in _MARKS[letter]:
                return False
        elif letter.lower() in _ALPHABET:
            base = letter.lower()
        else:
            return False
    return tones <= 1


def _born_of(after: str) -> tuple[date | None, str, Say | None]:
    """The date of birth that `after` begins with, and what follows it."""
    rest = after.lstrip("| ")
    found = _DAY.match(rest)
    if found is None:
        # The sex or the address stands next: the date came damaged, or not at all.
        tail = rest.split("|", 1)[1] if re.match(r"\d+\|", rest) else rest
        return None, tail, CUT if not re.search(r"\|.*\|", rest) else DATE
    born = _date(found[0])
    return born, rest[found.end() :], None if born else DATE


def _date(digits: str) -> date | None:
    try:
        day = date(int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    except ValueError:
        return None
    return day if EARLIEST <= day < LATEST else None


def _tail_of(tail: str) -> tuple[str, str, date | None, Say | None]:
    """Sex, address, date of issue, and what is wrong with the address."""
    rest = tail.split("\n", 1)[0].lstrip("| ")
    first, bar, after = rest.partition("|")
    sex = _SEXES.get(first.strip().casefold(), "")
    if bar and sex:
        rest = after
    elif glued := _SEX.match(rest):
        sex, rest = glued[1], rest[glued.end() :].lstrip()
    elif bar and not first.strip(" NnUuư?"):
        return "", "", None, CODING
    address, bar, after = rest.partition("|")
    issued = None
    if bar:
        if day := re.match(r"\s*(\d{8})(?!\d)", after):
            issued = _date(day[1])
    else:
        days = list(_DAY.finditer(address))
        if not days or (days[-1].start() and address[days[-1].start() - 1].isdigit()):
            return sex, "", None, CUT
        issued = _date(days[-1][0])
        address = address[: days[-1].start()]
        if issued is None:
            return sex, "", None, CUT
    address = clean(address)
    if not sex or not address:
        # Without the sex before it, nobody knows whether the address is whole.
        return sex, "", issued, _damage(f"{first} {address}") if not sex else CUT
    if _MOJIBAKE.search(address) or not all(map(_possible, _WORDS.findall(address))):
        return sex, "", issued, CODING
    return sex, address, issued, None


def _damage(text: str) -> Say:
    """What befell `text`: a wrong encoding, an input method, or else the line was cut."""
    if _MOJIBAKE.search(text):
        return CODING
    words = _WORDS.findall(text)
    typed = re.search(r"[^\W\d_]\d", text) or any(_TELEX.search(w) or not _possible(w) for w in words)
    return OFF if typed else CUT


def _joined(one: Card, two: Card) -> Card:
    """One card of two records: the same twice, or one of them cut; where they differ neither is believed."""
    values: dict[str, object] = {}
    doubts: dict[str, Doubt] = {}
    told = {d.field: d for d in (*one.doubts, *two.doubts)}
    for field in ("number", "old_number", "name", "born_on", "sex", "address", "issued_on"):
        a, b = getattr(one, field), getattr(two, field)
        if a and b and a != b:
            values[field] = None if field.endswith("_on") else ""
            doubts[field] = Doubt(field, CLASH)
        else:
            values[field] = a or b
            if field in told and not values[field]:
                doubts[field] = told[field]
    return replace(one, **values, doubts=tuple(doubts.values()))  # type: ignore[arg-type]


def _compared(card: Card) -> Card:
    """The number tells sex, century and year of birth (Decree 137/2015/ND-CP art. 13; Circular 59/2021/TT-BCA):
    where they differ from what the line says, the clerk is told to look."""
    if len(card.number) != 12:
        return card
    century, year = int(card.number[3]) // 2, int(card.number[4:6])
    unlike = []
    if card.born_on is not None and card.born_on.year != 1900 + 100 * century + year:
        unlike.append(Doubt("born_on", UNLIKE, filled=True))
    doubted = {d.field for d in card.doubts}
    return replace(card, doubts=(*card.doubts, *(d for d in unlike if d.field not in doubted)))
