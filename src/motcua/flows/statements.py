"""A bank's statement and the dossiers: what each line would become, and its money taken in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from motcua.dossiers.owing import chosen
from motcua.dossiers.row import Row
from motcua.flows.online_money import payable
from motcua.kernel.actor import Viewer
from motcua.kernel.say import Say
from motcua.payments import online
from motcua.payments.operations import Incoming
from motcua.payments.operations.orders import asks
from motcua.payments.ordering import OUTCOMES, Outcome, Source, State, attempt_in, outcome, texts_in
from motcua.payments.statements import Fault, Left, Line


class Fate(StrEnum):
    """What becomes of a statement's line beside the outcomes of money that comes in."""

    BEFORE = "before"
    OTHER = "other"
    LEFT = "left"
    FAULT = "fault"


FATES: Mapping[str, Say] = {
    **{outcome.value: said for outcome, said in OUTCOMES.items()},
    Fate.BEFORE: Say("Đã nhập lần trước", "Taken in before"),
    Fate.OTHER: Say(
        "Mã giao dịch đã nhập với nội dung khác", "This reference was taken in with another content"
    ),
    Fate.LEFT: Say("Tiền ra, bỏ qua", "Left the account, passed over"),
    Fate.FAULT: Say("Dòng hỏng, không nhập", "Broken line, not taken in"),
}


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A line, what it would become now, and the dossier its text is of ("" none)."""

    line: Line | Fault | Left
    fate: Fate | Outcome
    reference: str = ""


def incoming_of(line: Line, *, agency: str) -> Incoming:
    """A statement's line as money that came in."""
    return Incoming(
        agency=agency,
        source=Source.BANK,
        number=line.number,
        amount=line.amount,
        booked_on=line.booked_on,
        told=line.told,
    )


def foresee(*, lines: Iterable[Line | Fault | Left], agency: str, viewer: Viewer) -> list[Foreseen]:
    """What each line would become if it were taken in now, in order; nothing is written. Four statements, however
    many the lines. Money that the same file tells of twice under one reference is told before the second time."""
    found = list(lines)
    sums = [line for line in found if isinstance(line, Line)]
    before = online.known_lines([line.number for line in sums], agency=agency)
    texts = {line.n: tuple(texts_in(line.told)) for line in sums}
    orders = online.orders_by_texts({text for named in texts.values() for text in named}, agency=agency)
    rows = {
        one.row["code"]: one.row
        for one in chosen(viewer=viewer, codes=[order["reference"] for order in orders.values()])
    }
    seen = _Seen(before, orders, rows, online.told_elsewhere([o["id"] for o in orders.values()]))
    return [seen.of(line, texts.get(line.n, ())) for line in found]


@dataclass(slots=True)
class _Seen:
    """What is known, and what the lines before have changed of it."""

    before: dict[str, tuple[int, object]]
    orders: dict[str, Row]
    rows: Mapping[str, Row]
    elsewhere: dict[str, list[int]]

    def of(self, line: Line | Fault | Left, texts: tuple[str, ...]) -> Foreseen:
        if not isinstance(line, Line):
            return Foreseen(line, Fate.LEFT if isinstance(line, Left) else Fate.FAULT)
        told = (line.amount, line.booked_on)
        if line.number in self.before:
            return Foreseen(line, Fate.BEFORE if self.before[line.number] == told else Fate.OTHER)
        self.before[line.number] = told
        order = next((self.orders[text] for text in texts if text in self.orders), None)
        if order is None:
            return Foreseen(line, Outcome.UNKNOWN)
        row, others = self.rows.get(order["reference"]), self.elsewhere.get(attempt_in(line.told) or "-", [])
        became = outcome(
            state=State(order["state"]),
            amount=line.amount,
            total=order["total"],
            owed=row is not None and asks(order, payable(row)),
            told_before=line.amount in others,
        )
        if became is Outcome.SAME:
            others.remove(line.amount)
        if became is Outcome.PAID:
            order["state"] = State.PAID.value
        return Foreseen(line, became, order["reference"])
