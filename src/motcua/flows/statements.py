"""A bank's statement and the dossiers: what each line would become, and what each line of a confirmed one did."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from motcua.dossiers.owing import at_desk
from motcua.dossiers.row import Row
from motcua.flows.online_money import payable
from motcua.kernel.say import Say
from motcua.kernel.unit_of_work import Request
from motcua.ledger.selectors import bodies_claimed
from motcua.payments import online
from motcua.payments.days import before_order
from motcua.payments.handed_up import Became, LineShown, credits_by_number
from motcua.payments.operations import Incoming
from motcua.payments.operations.incoming import key_of
from motcua.payments.operations.orders import asks
from motcua.payments.ordering import OUTCOMES, Outcome, Source, State, attempt_in, outcome, texts_in
from motcua.payments.policy import GATEWAY
from motcua.payments.sentences import dong
from motcua.payments.statements import Fault, Left, Line


class Fate(StrEnum):
    """What becomes of a statement's line beside the outcomes of money that comes in."""

    BEFORE = "before"
    LEFT = "left"
    FAULT = "fault"
    WAITS = "waits"


FATES: Mapping[str, Say] = {
    **{outcome.value: said for outcome, said in OUTCOMES.items()},
    Fate.BEFORE: Say("Đã nhập lần trước", "Taken in before"),
    Fate.LEFT: Say("Tiền ra, bỏ qua", "Left the account, passed over"),
    Fate.FAULT: Say("Dòng lỗi, không nhập", "Faulty line, not taken in"),
    Fate.WAITS: Say("Chưa ghi", "Not taken in yet"),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A line, what it would become or became, the dossier it is for ("" none), why it is refused, and the `credit` it
    was written down as (payments.handed_up.credits_by_number)."""

    n: int
    fate: Fate | Outcome
    line: Line | None = None
    reference: str = ""
    why: Say | None = None
    credit: Row | None = None

    @property
    def known(self) -> bool:
        """Whether its money was written down before."""
        return self.fate is Fate.BEFORE and self.credit is not None


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


def foresee(*, lines: Iterable[Line | Fault | Left], agency: str) -> list[Seen]:
    """What each line would become if it were taken in now, in order; nothing is written. Five statements, however
    many the lines. Money that the same file tells of twice under one reference is told before the second time."""
    found = list(lines)
    sums = [line for line in found if isinstance(line, Line)]
    requests = {line.n: Request.of(*key_of(incoming_of(line, agency=agency))) for line in sums}
    told = bodies_claimed(actor=GATEWAY.id, keys={request.key for request in requests.values()})
    before = credits_by_number([line.number for line in sums], agency=agency)
    texts = {line.n: tuple(texts_in(line.told)) for line in sums}
    orders = online.orders_by_texts({text for named in texts.values() for text in named}, agency=agency)
    rows = at_desk(desk=agency, codes=[order["reference"] for order in orders.values()])
    elsewhere = online.told_elsewhere([o["id"] for o in orders.values()])
    seer = _Seer(requests, told, before, orders, rows, elsewhere)
    return [seer.of(line, texts.get(line.n, ())) for line in found]


@dataclass(slots=True)
class _Seer:
    """What is known, and what the lines before have changed of it; `told`: what was told under a request's key."""

    requests: Mapping[int, Request]
    told: dict[str, bytes]
    before: dict[str, Row]
    orders: dict[str, Row]
    rows: Mapping[str, Row]
    elsewhere: dict[str, list[int]]

    def of(self, line: Line | Fault | Left, texts: tuple[str, ...]) -> Seen:
        if isinstance(line, Left):
            return Seen(line.n, Fate.LEFT)
        if isinstance(line, Fault):
            return Seen(line.n, Fate.FAULT, why=line.why)
        known = self.before.get(line.number)
        request = self.requests[line.n]
        if known is not None:
            told = self.told.get(request.key, request.body_digest)
            return _known(line, known, is_same=told == request.body_digest)
        named = [self.orders[text] for text in texts if text in self.orders]
        order = max(named, key=lambda one: one["id"], default=None)
        wrong = before_order(line.booked_on, opened_at=order["opened_at"]) if order else None
        if wrong:
            return Seen(line.n, Fate.FAULT, line, why=wrong)
        self.before[line.number] = {"amount": line.amount, "booked_on": line.booked_on}
        self.told[request.key] = request.body_digest
        return Seen(line.n, self._outcome(order, line), line, order["reference"] if order else "")

    def _outcome(self, order: Row | None, line: Line) -> Outcome:
        if order is None:
            return Outcome.UNKNOWN
        row = self.rows.get(order["reference"])
        others = self.elsewhere.get(attempt_in(line.told) or "-", [])
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
        return became


def _known(line: Line, known: Row, *, is_same: bool) -> Seen:
    credit = known if "id" in known else None
    agrees = (known["amount"], known["booked_on"]) == (line.amount, line.booked_on)
    if agrees and is_same:
        return Seen(line.n, Fate.BEFORE, line, (credit or {}).get("reference") or "", credit=credit)
    much, day = dong(known["amount"]), f"{known['booked_on']:%d/%m/%Y}"
    other = (
        Say("lời chuyển khoản khác", "another text") if agrees else Say("nội dung khác", "another content")
    )
    why = Say(
        f"Mã giao dịch này đã có với {other.vi}: {much.vi}, ngày {day}. Hãy hỏi lại ngân hàng; nếu tệp sai thì sửa"
        " dòng này rồi trình tệp mới.",
        f"This reference is known with {other.en}: {much.en} on {day}. Ask the bank; where the file is wrong, mend"
        " this line and hand the file up again.",
    )
    return Seen(line.n, Fate.FAULT, line, why=why, credit=credit)


def done(*, lines: Iterable[LineShown], agency: str) -> list[Seen]:
    """What lines of a confirmed statement did, and where their money is by now. One statement, however many."""
    found = list(lines)
    known = credits_by_number([line.number for line in found if line.number], agency=agency)
    return [_done(line, known.get(line.number)) for line in found]


def _done(line: LineShown, credit: Row | None) -> Seen:
    told = None
    if line.amount is not None and line.booked_on is not None:
        told = Line(line.n, line.booked_on, line.amount, "", line.number)
    fate = fate_of(line.became, credit["outcome"] if credit else None)
    reference = (credit["reference"] or "") if credit and line.why is None else ""
    return Seen(line.n, fate, told, reference, line.why, credit)


def fate_of(became: str, outcome: str | None) -> Fate | Outcome:
    """What is said of a confirmed statement's line that `became` this, its new money with this `outcome`."""
    if became == Became.NEW and outcome is not None:
        return Outcome(outcome)
    return {
        Became.KNOWN.value: Fate.BEFORE,
        Became.LEFT.value: Fate.LEFT,
        Became.REFUSED.value: Fate.FAULT,
    }.get(became, Fate.WAITS)
