"""A document as a JSON file: sent here, read whole, of a bounded size, or refused with what is wrong; and given out."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse

from motcua.files.uploads import ReceivedFile
from motcua.kernel.errors import Invalid
from motcua.kernel.strict_json import read_json

LARGEST = 2_000_000


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
    try:
        document = read_json(text)
    except ValueError as error:
        raise Invalid(
            f"Tệp không phải JSON ({error}).", f"The file is no JSON ({error}).", field="file"
        ) from error
    if not isinstance(document, dict):
        raise Invalid(
            "Tệp phải là một đối tượng JSON {…}.", "The file must be a JSON object {…}.", field="file"
        )
    return document


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
