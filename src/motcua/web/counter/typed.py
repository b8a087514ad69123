"""What was typed, before any form reads it: defaults put in, a scanned card spread over its fields, people
added and taken away. The typed fields are the only state of the screen."""

from collections.abc import Iterable, Mapping

from django.http import QueryDict

from motcua.web.common.cards import spread_card

MOST_APPLICANTS = 20
UPDATE, ADD, DROP, PARK, PHONE, LIST, GUIDE = (
    "_update",
    "_add_applicant",
    "_drop_applicant",
    "_park",
    "_phone",
    "_list",
    "_guide",
)
CHOOSE = "_choose"  # the variant, before the page has grown
KEEP = "_keep"  # a save of what is typed, by the page's script
TAKE = "_take-"
LOOK_UP, FILL = "_look_up", "_fill"  # a person in the population register, and what it says of them
# The fields a scanner may have typed into: the cursor stands where it stands.
_SCANNED_INTO = ("scan", "name", "number", "phone", "email", "address")


def as_typed(fields: QueryDict) -> QueryDict:
    """A copy to work on, with the people's buttons obeyed and cards read."""
    typed = fields.copy()
    count = applicants(typed)
    if ADD in typed and count < MOST_APPLICANTS:
        count += 1
    if count > 1 and (dropped := _number(typed.get(DROP))) is not None and dropped < count:
        _drop(typed, dropped, count)
        count -= 1
    typed["applicants"] = str(count)
    for prefix in prefixes(typed):
        spread_card(typed, prefix=f"{prefix}-", scanned_into=_SCANNED_INTO)
    return typed


def is_rehearsal(fields: QueryDict) -> bool:
    """Whether a button other than the one that receives was pressed: nothing is judged, nothing written."""
    pressed = any(name in fields for name in (UPDATE, ADD, DROP, PARK, PHONE, GUIDE, LOOK_UP, FILL))
    return pressed or any(name.startswith(TAKE) for name in fields)


def put_defaults(typed: QueryDict, defaults: Mapping[str, str]) -> None:
    """Give each field of `defaults` that was not on the page yet its value."""
    for name, value in defaults.items():
        if name not in typed:
            typed[name] = value


def applicants(typed: QueryDict) -> int:
    """How many applicants the page has."""
    return min(max(_number(typed.get("applicants")) or 1, 1), MOST_APPLICANTS)


def has_submitter(typed: QueryDict) -> bool:
    """Whether somebody else hands in."""
    return bool(typed.get("other_submitter"))


def prefixes(typed: QueryDict) -> Iterable[str]:
    """The field prefix of each person on the page."""
    found = [f"applicant-{i}" for i in range(applicants(typed))]
    return [*found, "submitter"] if has_submitter(typed) else found


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 4 else None


def _drop(typed: QueryDict, dropped: int, count: int) -> None:
    for i in range(dropped, count):
        for name in [name for name in typed if name.startswith(f"applicant-{i}-")]:
            del typed[name]
        following = f"applicant-{i + 1}-"
        for name in [name for name in typed if name.startswith(following)]:
            typed[f"applicant-{i}-{name.removeprefix(following)}"] = str(typed[name])
