"""What a pinned version allows: its grounds for pausing and extending, and how far they reach."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from motcua.calendars.terms import Limit as ClockLimit
from motcua.catalogue.shapes import Ground, Limit
from motcua.dossiers.row import Row
from motcua.kernel.errors import Invalid


def clock_limit(limit: Limit) -> ClockLimit:
    """A limit of the catalogue as the clock takes it."""
    return ClockLimit(limit.value, limit.unit.value)


def ground_of(grounds: Sequence[Ground], code: str) -> Ground:
    """The ground `code` of those a variant has. Raises Invalid where it has no such ground."""
    for ground in grounds:
        if ground.code.value == code:
            return ground
    raise Invalid(
        "Thủ tục này không cho phép căn cứ đã chọn.",
        "This procedure does not have that ground.",
        field="ground",
    )


def refuse_beyond_whole(row: Row, ground: Ground, amount: Decimal) -> None:
    """Some laws bound the limit with everything added ("in all not over 23 days"); only like units can be summed.

    Raises Invalid where `amount` more would pass the bound.
    """
    whole = ground.whole
    if (
        whole is None
        or whole.value is None
        or whole.unit.value != row["promise_unit"]
        or not row["limit_value"]
    ):
        return
    so_far = Decimal(row["limit_value"]) + sum(Decimal(x["value"]) for x in row["extensions"])
    if so_far + amount > whole.value:
        raise Invalid(
            f"Tổng thời hạn kể cả gia hạn không được quá {whole.value} ({ground.basis}).",
            f"The whole limit with extensions may not exceed {whole.value} ({ground.basis}).",
            field="value",
        )


def amount_of(text: str) -> Decimal:
    """An extension as typed, as a number above 0 and at most 1000. Raises Invalid."""
    try:
        amount = Decimal(text.strip())
    except InvalidOperation:
        amount = Decimal(0)
    if not amount.is_finite() or amount <= 0 or amount > 1000:
        raise Invalid("Hãy ghi số ngày gia hạn lớn hơn 0.", "Write a number above 0.", field="value")
    return amount
