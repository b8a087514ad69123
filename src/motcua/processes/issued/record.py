"""The processes of an issued collection, as its JSON file tells them. Pure: bounded, strict, every fault by place."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from motcua.catalogue.reading import fault, read
from motcua.kernel.strict_json import read_json
from motcua.kernel.text import clean

LARGEST_FILE = 20 * 1024 * 1024
# Keys of a record that say nothing of who does what by when: the catalogue tells them of the procedure.
BESIDE = frozenset(
    {
        *("field", "national_code_candidates", "national_match_score", "legal_basis", "components", "applicant"),
        *("number_of_sets", "place", "coordinating", "results", "fee_text", "forms", "requirements"),
        *("adds_up", "complete_steps"),
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Time:
    """A cell of the table: the time of a row in a variant, as printed."""

    variant: int
    value: Decimal | None = None
    unit: str | None = None
    merged_with_previous: bool = False
    raw: str | None = None
    condition: str | None = None
    unit_missing_in_source: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table."""

    order: int
    action: str
    content: str
    role: str
    times: tuple[Time, ...]
    outputs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """A variant with the limit the document states. The sums in the file are not believed but reckoned again."""

    variant: int
    label: str
    limit_value: Decimal | None = None
    limit_unit: str | None = None
    limit_source: str | None = None
    same_day_rule: bool = False
    sum_of_steps: Decimal | None = None
    all_steps_timed: bool = False
    steps_covered: bool = False
    adds_up: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a finished dossier, where and how long."""

    record: str
    place: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One process of the collection; `findings` are the collection's own remarks on it."""

    id: str
    title: str
    process_code: str
    level: str
    variants: tuple[Variant, ...]
    steps: tuple[Row, ...]
    issued: str | None = None
    national_code: str | None = None
    national_match: str | None = None
    national_title: tuple[str, ...] = ()
    time_limit_text: str | None = None
    retention: tuple[Kept, ...] = ()
    findings: tuple[str, ...] = ()


def documents(content: bytes) -> list[Any]:
    """The elements of a JSON array (of one object: that object).

    Raises kernel.errors.Invalid for what is too large, no UTF-8, no JSON that `read_json` takes, or neither of the two.
    """
    if len(content) > LARGEST_FILE:
        raise fault(
            "",
            f"tệp lớn quá {LARGEST_FILE >> 20} MB; hãy chia thành nhiều tệp",
            f"the file is larger than {LARGEST_FILE >> 20} MB; divide it into several",
        )
    try:
        data = read_json(content.decode("utf-8-sig"))
    except ValueError as error:
        raise fault("", f"tệp không phải là JSON ({error})", f"the file is no JSON ({error})") from error
    if isinstance(data, Mapping):
        return [data]
    if not isinstance(data, list):
        raise fault("", "cần một danh sách […] các quy trình", "a list […] of processes is needed here")
    return data


def is_ours(data: Any) -> bool:
    """Whether `data` is a process in our own format, as `motcua export process` writes it."""
    return isinstance(data, Mapping) and "code" in data and "process_code" not in data


def read_record(data: Any) -> Record:
    """A record of the collection. Raises Invalid with the place of a missing, unknown or wrong key."""
    if not isinstance(data, Mapping):
        raise fault("", "cần một đối tượng JSON {…}", "a JSON object {…} is needed here")
    return read(Record, _bare({key: value for key, value in data.items() if key not in BESIDE}))


def _bare(data: Any) -> Any:
    """Without what is blank (so the collection writes where the document is silent) and invisible characters."""
    if isinstance(data, Mapping):
        return {key: _bare(value) for key, value in data.items() if value is not None and value != ""}
    if isinstance(data, list):
        return [_bare(value) for value in data]
    if isinstance(data, float):
        return str(data)  # read as a decimal, as it is written
    return clean(data) if isinstance(data, str) else data
