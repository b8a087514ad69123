"""What a dossier costs: asked for, charged at return, paid, waived, its amount entered. The money itself is taken
in payments, in the same unit of work (flows.money)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.calendars.calendar import WorkCalendar
from motcua.dossiers import events as e
from motcua.dossiers.due import answer_due, due_fact
from motcua.dossiers.operations.common import StepDue, basis_text, happened_at, reason_content
from motcua.dossiers.policy import check
from motcua.dossiers.projections.base import holder_before
from motcua.dossiers.projections.money import NOTHING, OPEN, PAID, REFUNDED, WAIVED, due_of
from motcua.dossiers.projector import standing
from motcua.dossiers.record import Recorded, record
from motcua.dossiers.row import Row, ended_pauses
from motcua.dossiers.states import Act
from motcua.kernel.actor import Actor
from motcua.kernel.codec import encode
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.text import clean

MOST_DONG = 10_000_000_000


@dataclass(frozen=True, slots=True)
class Paid:
    """What was taken for a dossier: by which receipt (its stream), under which number."""

    receipt: UUID
    number: str


def open_charges(row: Row) -> list[dict[str, Any]]:
    """The charges of a dossier that are neither paid nor waived nor nothing."""
    return [charge for charge in row["fees"] if charge["state"] == OPEN]


def request_payment(
    *,
    row: Row,
    charges: Sequence[e.ChargeFact],
    pauses: bool,
    calendar: WorkCalendar,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Ask the payer for `charges` before the matter goes on. `pauses`: the pinned fee rule stops the clock
    meanwhile; nothing else does. Raises Invalid for charges that are settled, or whose amount is none."""
    check(actor, Act.REQUEST_PAYMENT, row, standing(row))
    _refuse_unfit(row, charges)
    when = happened_at(at, paper, row)
    due = None
    if pauses and row["clock_from"] is not None:
        opened = {"from": encode(when), "to": None, "kind": "payment", "ground": ""}
        due = due_fact(row, calendar, pauses=[*row["pauses"], opened])
    event = e.PaymentRequested(
        charges=tuple(charges),
        pauses=pauses,
        holder=e.HolderFact(holder="payer"),
        due=due,
        occurred_at=when,
        paper=paper,
    )
    return record(row=row, event=event, actor=actor, at=at, paper=paper)


def charge_at_return(
    *,
    row: Row,
    charges: Sequence[e.ChargeFact],
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Let the result wait until `charges` are settled."""
    check(actor, Act.CHARGE_AT_RETURN, row, standing(row))
    _refuse_unfit(row, charges)
    event = e.ChargedAtReturn(charges=tuple(charges), occurred_at=happened_at(at, paper, row), paper=paper)
    return record(row=row, event=event, actor=actor, at=at, paper=paper)


def charge_at_submission(
    *, row: Row, charges: Sequence[e.ChargeFact], actor: Actor, at: datetime
) -> Recorded:
    """Note what is paid when the dossier is handed in; part of the act that handed it in."""
    event = e.ChargedAtSubmission(charges=tuple(charges), occurred_at=max(at, row["head_at"]))
    return record(row=row, event=event, actor=actor, at=at)


def _refuse_unfit(row: Row, charges: Sequence[e.ChargeFact]) -> None:
    if not charges or any(c.amount <= 0 for c in charges):
        raise Invalid("Hãy chọn khoản phải nộp.", "Choose what is to be paid.", field="charges")
    known = {charge["charge"]: charge for charge in row["fees"]}
    for charge in charges:
        found = known.get(charge.charge)
        if found is not None and (found["state"] != OPEN or found["amount"] != charge.amount):
            raise Invalid(
                "Khoản này đã nộp, được miễn, hoặc mức thu đã đổi; hãy xem lại hồ sơ.",
                "This charge is settled, or its amount has changed; look at the dossier again.",
                field="charges",
            )


def pay(
    *,
    row: Row,
    charges: Sequence[str],
    paid: Paid,
    calendar: WorkCalendar,
    step_due: StepDue,
    actor: Actor,
    at: datetime,
) -> Recorded:
    """Note that `charges` were paid; with the last one that was asked for, the dossier goes on.

    The caller has taken the money in this unit of work. Raises Denied, NotAllowedNow, Invalid.
    """
    check(actor, Act.PAY, row, standing(row))
    settled = [_payable(row, code) for code in charges]
    when = happened_at(at, None, row)
    event = e.DossierPaid(
        charges=tuple(e.ChargeFact(charge=c["charge"], rule=c["rule"], amount=c["amount"]) for c in settled),
        receipt=paid.receipt,
        number=paid.number,
        occurred_at=when,
        **_goes_on(row, charges, when, calendar, step_due),
    )
    return record(row=row, event=event, actor=actor, at=at)


def _payable(row: Row, code: str) -> dict[str, Any]:
    charge = next((c for c in open_charges(row) if c["charge"] == code), None)
    if charge is None:
        raise NotAllowedNow(
            f"Hồ sơ {row['code']} không còn khoản này phải thu: đã nộp hoặc đã được miễn.",
            f"Dossier {row['code']} owes nothing under this charge: it is paid or waived.",
        )
    if charge["amount"] is None:
        raise Invalid(
            "Mức thu chưa có trong hệ thống; lãnh đạo hoặc phụ trách quầy nhập theo nghị quyết rồi mới thu.",
            "The amount is not known here; a leader or the desk manager enters it from the council's decision first.",
            field="charges",
        )
    return charge


def _goes_on(
    row: Row, settled: Sequence[str], when: datetime, calendar: WorkCalendar, step_due: StepDue
) -> dict[str, Any]:
    """How the dossier goes on once `settled` are: to whom, and where a pause ends, with which due moments."""
    asked = row["payment"]
    still = {c["charge"] for c in open_charges(row)} - set(settled)
    stays = {"complete": False, "holder": None, "due": None, "step_due_at": None, "answer_due_at": None}
    if asked is None or still & set(asked["charges"]):
        return stays
    goes = stays | {"complete": True, "holder": holder_before(asked["back_to"]) if asked["back_to"] else None}
    if not asked["pauses"]:
        return goes
    if row["clock_from"] is None:
        return goes | {"answer_due_at": answer_due(when, calendar)}
    due = due_fact(row, calendar, pauses=ended_pauses(row["pauses"], when))
    return goes | {"due": due, "step_due_at": step_due(due), "beside_due": step_due.of_beside(due)}


def waive(
    *,
    row: Row,
    charges: Sequence[str],
    basis: str,
    evidence: str,
    calendar: WorkCalendar,
    step_due: StepDue,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Let the payer off `charges`, on a basis and evidence. With the last one asked for, the dossier goes on."""
    check(actor, Act.WAIVE, row, standing(row))
    if not charges or not set(charges) <= {c["charge"] for c in open_charges(row)}:
        raise Invalid("Hãy chọn khoản được miễn.", "Choose what is waived.", field="charges")
    when = happened_at(at, paper, row)
    shown = reason_content("evidence", evidence, field="evidence")
    event = e.DossierWaived(
        charges=tuple(charges),
        basis=basis_text(basis),
        evidence=shown.ref,
        occurred_at=when,
        paper=paper,
        **_goes_on(row, charges, when, calendar, step_due),
    )
    return record(row=row, event=event, actor=actor, at=at, contents=[shown], paper=paper)


def set_fee(
    *,
    row: Row,
    charge: str,
    amount: int,
    decision: str,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Enter the amount of a charge that nobody had set, out of the council's decision (its number)."""
    check(actor, Act.SET_FEE, row, standing(row))
    if charge not in {c["charge"] for c in open_charges(row) if c["amount"] is None}:
        raise Invalid("Khoản này đã có mức thu.", "The amount of this is known already.", field="charge")
    if not 0 <= amount <= MOST_DONG:
        raise Invalid(
            "Mức thu là số đồng nguyên, không âm.",
            "An amount is a whole number of đồng, not below nought.",
            field="amount",
        )
    number = clean(decision)
    if not number:
        raise Invalid(
            "Hãy ghi số nghị quyết quy định mức thu.", "Write the number of the decision.", field="decision"
        )
    event = e.FeeSet(
        charge=charge,
        amount=amount,
        decision=number[:200],
        occurred_at=happened_at(at, paper, row),
        paper=paper,
    )
    return record(row=row, event=event, actor=actor, at=at, paper=paper)


def recount(*, row: Row, rule: str, amount: int, actor: Actor, at: datetime) -> list[Recorded]:
    """Note what a rule comes to now that something it was counted by is struck out, or came back; nothing where its
    charges come to that already. The caller has looked at who may strike out: the dossier's own state is no matter."""
    done = []
    for charge, share in _shares(row["fees"], rule, amount):
        found = next((c for c in row["fees"] if c["charge"] == charge), None)
        when = max(at, row["head_at"])
        event: e.FeeAdded | e.FeeRecounted
        if found is None:
            event = e.FeeAdded(charge=charge, rule=rule, amount=share, occurred_at=when)
        elif due_of(found) != share:
            event = e.FeeRecounted(charge=charge, amount=share, occurred_at=when)
        else:
            continue
        done.append(record(row=row, event=event, actor=actor, at=at))
        row = done[-1].row
    return done


def _shares(fees: Sequence[Mapping[str, Any]], rule: str, amount: int) -> list[tuple[str, int]]:
    """How much of `amount` each charge of a rule bears: what is paid stays where it was paid, the rest is to be paid;
    but nothing once it was waived, or given back whole."""
    known, shares, rest = [c for c in fees if c["rule"] == rule], [], amount
    for charge in known:
        if charge["state"] == PAID:
            shares.append((charge["charge"], min(charge["amount"], rest)))
            rest -= shares[-1][1]
    if any(c["state"] == WAIVED or (c["state"] == REFUNDED and c["amount"]) for c in known):
        return shares
    for charge in known:
        if charge["state"] in (OPEN, NOTHING):
            shares.append((charge["charge"], rest))
            rest = 0
    if rest and known:
        shares.append((f"{rule}-{len(known) + 1}", rest))
    return shares


def overpaid(charge: Mapping[str, Any]) -> int:
    """What was taken for a charge beyond what it comes to now."""
    due = due_of(charge)
    return max(charge["amount"] - due, 0) if charge["state"] == PAID and due is not None else 0


def parts_back(row: Row, *, receipt: UUID) -> dict[str, int]:
    """Of which charges of a receipt only a part goes back, and how much: what was taken beyond what they come to now.
    Of a dossier that ended all goes back."""
    if row["ended_at"] is not None:
        return {}
    return {c["charge"]: overpaid(c) for c in row["fees"] if c["receipt"] == str(receipt) and overpaid(c)}


def refuse_overpaid(row: Row) -> None:
    """Raise NotAllowedNow while more was taken than what the dossier comes to now."""
    for charge in row["fees"]:
        if over := overpaid(charge):
            paid, due, back = (
                f"{much:,}".replace(",", ".") for much in (charge["amount"], due_of(charge), over)
            )
            raise NotAllowedNow(
                f"Đã thu {paid} đồng theo biên lai {charge['number']}, nay phải thu {due} đồng. Nhờ thủ quỹ hủy biên"
                f" lai rồi thu lại; nếu sổ quỹ ngày thu đã chốt thì hoàn {back} đồng thu thừa. Xong mới trả kết quả.",
                f"{paid} đồng were taken by receipt {charge['number']}, and {due} are due now. Let the cashier void the"
                f" receipt and take them anew; or, once that day's cash book is closed, refund the {back} đồng taken"
                " in excess. Then hand over.",
            )


def give_back_money(
    *, row: Row, receipt: UUID, given: Mapping[str, int], actor: Actor, at: datetime
) -> list[Recorded]:
    """Note that money of a receipt went back: of each charge in `given` all that was paid, or what was taken beyond
    what it comes to now. The caller has paid it out in this unit of work.

    Raises NotAllowedNow where the fee was counted anew since, so that other money is to go back than was agreed to.
    """
    hanging = [c for c in row["fees"] if c["state"] == PAID and c["receipt"] == str(receipt)]
    back = [c for c in hanging if c["charge"] in given]
    parts = [c for c in back if _is_part(row, c, given[c["charge"]])]
    done = []
    if whole := [c["charge"] for c in back if c not in parts]:
        undone = undo_payment(row=row, receipt=receipt, how="refunded", actor=actor, at=at, charges=whole)
        done += [undone] if undone else []
    if parts:
        row = done[-1].row if done else row
        event = e.OverpaymentReturned(
            charges=tuple(
                e.ChargeFact(charge=c["charge"], rule=c["rule"], amount=given[c["charge"]]) for c in parts
            ),
            receipt=receipt,
            occurred_at=max(at, row["head_at"]),
        )
        done.append(record(row=row, event=event, actor=actor, at=at))
    return done


def _is_part(row: Row, charge: Mapping[str, Any], given: int) -> bool:
    over = overpaid(charge)
    if given == charge["amount"] and (row["ended_at"] is not None or not over):
        return False
    if given <= over:
        return True
    raise NotAllowedNow(
        f"Phí của hồ sơ {row['code']} đã tính lại sau khi đề nghị nên số tiền hoàn không còn đúng; hãy nhờ lãnh đạo"
        " không duyệt đề nghị này, rồi lập đề nghị mới nếu còn thu thừa.",
        f"The fee of dossier {row['code']} was counted anew after this was asked for, so its amount is no longer right;"
        " let a leader decline it, then ask anew if too much is still taken.",
    )


def undo_payment(
    *,
    row: Row,
    receipt: UUID,
    how: str,
    actor: Actor,
    at: datetime,
    charges: Sequence[str] = (),
    replacement: Paid | None = None,
) -> Recorded | None:
    """Note that the receipt of some charges was voided, replaced or (of `charges`) refunded; None when none of
    the dossier's charges hangs on it. The caller has done so to the money in this unit of work, and looked at
    who may: the dossier's own state is no matter."""
    hanging = [c["charge"] for c in row["fees"] if c["state"] == PAID and c["receipt"] == str(receipt)]
    undone = [c for c in hanging if not charges or c in charges]
    if not undone:
        return None
    event = e.PaymentUndone(
        charges=tuple(undone),
        receipt=receipt,
        how=how,
        replaced_by=replacement.receipt if replacement else None,
        number=replacement.number if replacement else "",
        occurred_at=max(at, row["head_at"]),
    )
    return record(row=row, event=event, actor=actor, at=at)
