"""A document as a JSON file: sent here, read whole, of a bounded size, or refused with what is wrong; and given out."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.http import HttpResponse

from motcua.files.uploads import ReceivedFile
from motcua.kernel.errors import Invalid

LARGEST = 2_000_000
LARGEST_NUMBER = 2**53 - 1
DEEPEST = 64  # the deepest rule in the deepest field comes to 45
PLACES_TOLD = 8


def received_file(received: object) -> ReceivedFile:
    """The file that was sent. Raises Invalid for none, an empty or a large one."""
    if not isinstance(received, ReceivedFile) or not received.size:
        raise Invalid("Hãy chọn tệp JSON của bản soạn.", "Choose the draft's JSON file.", field="file")
    if received.too_large or received.size > LARGEST:
        raise Invalid(
            "Tệp lớn hơn 2 MB, không phải một bản soạn.",
            "The file is larger than 2 MB and no draft.",
            field="file",
        )
    return received


def document_of(received: ReceivedFile) -> dict[str, Any]:
    """The object that stands in the file. Raises Invalid."""
    with received.read_opened() as opened:
        raw = opened.read()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(
            f"Tệp không phải UTF-8 (byte thứ {error.start + 1}). Hãy lưu lại bằng bảng mã UTF-8.",
            f"The file is no UTF-8 (byte {error.start + 1}). Save it again as UTF-8.",
            field="file",
        ) from error
    if "\x00" in text or "\\u0000" in text:
        raise Invalid(
            "Tệp có ký tự rỗng (NUL); hãy bỏ rồi đưa lại.",
            "The file holds a NUL character; remove it and send again.",
            field="file",
        )
    try:
        document = read(text)
    except (ValueError, RecursionError) as error:
        why = str(error).encode(errors="backslashreplace").decode()
        raise Invalid(
            f"Tệp không phải JSON ({why}).", f"The file is no JSON ({why}).", field="file"
        ) from error
    if not isinstance(document, dict):
        raise Invalid(
            "Tệp phải là một đối tượng JSON {…}.", "The file must be a JSON object {…}.", field="file"
        )
    return document


def read(text: str) -> Any:
    """What JSON says, where it can be kept and sealed. Raises ValueError, RecursionError."""
    told = json.loads(text, object_pairs_hook=_no_doubles, parse_constant=_TooLarge, parse_int=_number)
    _check(told)
    json.dumps(
        told, ensure_ascii=False, allow_nan=False
    ).encode()  # half a letter (a lone surrogate) is a ValueError
    return told


class _TooLarge(str):
    """A number that is none to us, as it was written."""

    __slots__ = ()


def _number(text: str) -> int | _TooLarge:
    return _TooLarge(text) if len(text) > 20 or abs(int(text)) > LARGEST_NUMBER else int(text)


def _check(told: Any) -> None:
    """Numbers and depth, with the place; no deeper than who reads it further can follow."""
    left: list[tuple[_Step | None, Any, int]] = [(None, told, 0)]
    while left:
        step, value, depth = left.pop()
        is_large = isinstance(value, _TooLarge)
        if is_large:
            raise ValueError(f"{_place(step)}: {value[:40]}: số quá lớn / a number that is too large")
        if depth > DEEPEST:
            raise ValueError(
                f"{_place(step)}: lồng sâu quá {DEEPEST} lớp / nested deeper than {DEEPEST} levels"
            )
        if isinstance(value, dict):
            left += [(_Step(step, f".{key[:40]}"), each, depth + 1) for key, each in value.items()]
        elif isinstance(value, list):
            left += [(_Step(step, f"[{n}]"), each, depth + 1) for n, each in enumerate(value)]


class _Step(NamedTuple):
    above: "_Step | None"
    word: str


def _place(step: _Step | None) -> str:
    words: list[str] = []
    while step is not None and len(words) < PLACES_TOLD:
        words.append(step.word)
        step = step.above
    return ("…" if step else "") + "".join(reversed(words)).removeprefix(".")


def _no_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _value in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ValueError(f"khóa “{twice}” xuất hiện hai lần / key “{twice}” stands twice")
    return found


def as_file(document: Mapping[str, Any], name: str) -> HttpResponse:
    """A document as a file to keep."""
    text = json.dumps(_in_order(document), ensure_ascii=False, indent=1)
    return attached(text + "\n", "application/json; charset=utf-8", name, ".json")


def attached(content: str | bytes, kind: str, name: str, ending: str) -> HttpResponse:
    """A file to keep, under a name that every system takes."""
    response = HttpResponse(content, content_type=kind)
    plain = "".join(
        letter if letter.isascii() and (letter.isalnum() or letter in ".-_") else "_" for letter in name
    )
    response["Content-Disposition"] = f'attachment; filename="{plain}{ending}"'
    return response


_FIRST = (
    "order",
    "code",
    "key",
    "kind",
    "type",
    "version",
    "procedure",
    "work",
    "title",
    "label",
    "hint",
    "level",
    "procedures",
    "valid_from",
    "source",
    "issued_on",
    "variant",
    "vi",
    "en",
)
_LAST = ("steps", "findings", "fields", "sections", "pages")


def _in_order(value: Any) -> Any:
    """What the database keeps in no order, in that of our own files."""
    if isinstance(value, list):
        return [_in_order(each) for each in value]
    if not isinstance(value, dict):
        return value
    first = {name: n for n, name in enumerate(_FIRST)}
    names = sorted(value, key=lambda name: (name in _LAST, first.get(name, len(first)), name))
    return {name: _in_order(value[name]) for name in names}
