"""What the council of a province has set for the fees that national law leaves to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.catalogue.checking import check_amounts
from motcua.catalogue.fees import Resolved
from motcua.catalogue.reading import fault, read
from motcua.catalogue.shapes import Amount


@dataclass(frozen=True, slots=True)
class ScheduledFee:
    """The amounts for one fee rule of one procedure."""

    procedure: str
    rule: str
    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class FeeSchedule:
    """One resolution's amounts for the agencies of province `agency`, from `valid_from` on."""

    agency: str
    basis: str
    valid_from: date
    fees: tuple[ScheduledFee, ...]

    def of(self, procedure: str) -> tuple[Resolved, ...]:
        """What is set for `procedure`, as catalogue.fees.compute takes it."""
        return tuple(Resolved(f.rule, f.amounts, self.basis) for f in self.fees if f.procedure == procedure)


def parse_schedule(document: Mapping[str, Any]) -> FeeSchedule:
    """`document` (parsed JSON) as a FeeSchedule; kernel.errors.Invalid names the place of a fault."""
    schedule = read(FeeSchedule, document)
    seen: set[tuple[str, str]] = set()
    for i, fee in enumerate(schedule.fees):
        if (fee.procedure, fee.rule) in seen:
            raise fault(f"fees[{i}]", "khoản thu này đã có ở trên", "this fee already stands above")
        seen.add((fee.procedure, fee.rule))
        if not fee.amounts:
            raise fault(f"fees[{i}].amounts", "cần ít nhất một mức thu", "at least one amount is needed")
        check_amounts(fee.amounts, f"fees[{i}]")
    return schedule
