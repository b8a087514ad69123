"""What a dossier costs, and how it stands with that."""

from collections.abc import Mapping, Sequence
from typing import Any

from motcua.dossiers import events as e
from motcua.dossiers.open_steps import due_beside
from motcua.dossiers.projections.base import (
    Changes,
    Meta,
    Projections,
    due_columns,
    goes_on,
    holder_before,
    pause,
)
from motcua.dossiers.row import Row
from motcua.kernel.codec import encode

OPEN, PAID, WAIVED, NOTHING, REFUNDED = "open", "paid", "waived", "nothing", "refunded"
SETTLED = frozenset({PAID, WAIVED, REFUNDED})


def ordered(row: Row, order: Sequence[e.FeeFact]) -> Row:
    """The charges of a reception's fee order; what was settled before stays settled. What cost nothing then is asked
    for where the order now has an amount, unless the council's decision was that it costs nothing."""
    before = {
        charge["charge"]: charge
        for charge in row["fees"]
        if charge["state"] in SETTLED or (charge["state"] == NOTHING and charge["decision"])
    }
    fees = [before.pop(line.rule, None) or _charge(line) for line in order]
    return _fees([*fees, *before.values()])


def _charge(line: e.FeeFact) -> Row:
    return {
        "charge": line.rule,
        "rule": line.rule,
        "amount": line.amount,
        "exemption": line.exemption,
        "decision": "",
        "state": NOTHING if line.amount == 0 else OPEN,
        "receipt": None,
        "number": "",
    }


def _fees(fees: list[Row]) -> Row:
    return {"fees": fees, "fee_open": any(charge["state"] == OPEN for charge in fees)}


def _marked(row: Row, charges: Sequence[str], **marks: Any) -> Row:
    return _fees([{**charge, **marks} if charge["charge"] in charges else charge for charge in row["fees"]])


def _asked_for(row: Row, charges: Sequence[e.ChargeFact]) -> Row:
    """The charges asked for, those that the dossier did not have yet added."""
    known = {charge["charge"] for charge in row["fees"]}
    new = [
        {**_charge(e.FeeFact(rule=c.rule, amount=c.amount)), "charge": c.charge}
        for c in charges
        if c.charge not in known
    ]
    return _fees([*row["fees"], *new])


def _requested(row: Row, event: e.PaymentRequested, meta: Meta) -> Changes:
    back_to = {
        name: encode(row[name])
        for name in ("holder_kind", "holder_agency", "holder_unit", "holder_account", "queue")
    }
    columns = _asked_for(row, event.charges) | {
        "payment": {
            "charges": [c.charge for c in event.charges],
            "since": encode(event.occurred_at),
            "pauses": event.pauses,
            "back_to": back_to,
        }
    }
    if event.pauses:
        columns |= {"answer_due_at": None, "step_due_at": None, "beside": due_beside(row, None)}
        columns |= pause(row, event.occurred_at, "payment")
        columns |= due_columns(event.due) if event.due else {}
    return Changes(columns, event.holder, event.occurred_at)


def _charged(row: Row, event: e.ChargedAtReturn, meta: Meta) -> Changes:
    asked = {
        "charges": [c.charge for c in event.charges],
        "since": encode(event.occurred_at),
        "pauses": False,
        "back_to": None,
    }
    return Changes(_asked_for(row, event.charges) | {"payment": asked})


def _charged_first(row: Row, event: e.ChargedAtSubmission, meta: Meta) -> Changes:
    return Changes(_asked_for(row, event.charges))


def _settled(row: Row, event: e.DossierPaid | e.DossierWaived, fees: Row) -> Changes:
    if not event.complete:
        return Changes(fees)
    columns = fees | {"payment": None}
    if row["payment"]["pauses"]:
        columns |= goes_on(row, event)
    return Changes(columns, event.holder, event.occurred_at if event.holder else None)


def _paid(row: Row, event: e.DossierPaid, meta: Meta) -> Changes:
    marks = {"state": PAID, "receipt": str(event.receipt), "number": event.number}
    return _settled(row, event, _marked(row, [c.charge for c in event.charges], **marks))


def _waived(row: Row, event: e.DossierWaived, meta: Meta) -> Changes:
    return _settled(row, event, _marked(row, event.charges, state=WAIVED))


def _set(row: Row, event: e.FeeSet, meta: Meta) -> Changes:
    state = OPEN if event.amount else NOTHING
    fees = _marked(row, [event.charge], amount=event.amount, decision=event.decision, state=state)
    amounts = [charge["amount"] for charge in fees["fees"]]
    return Changes(fees | {"fee_total": None if None in amounts else sum(amounts)})


def _recounted(row: Row, event: e.FeeRecounted, meta: Meta) -> Changes:
    """A charge that is paid keeps what was paid, and beside it what is due now, until the two agree again."""
    fees = [
        _with(charge, event.amount) if charge["charge"] == event.charge else charge for charge in row["fees"]
    ]
    amounts = [due_of(charge) for charge in fees]
    total = None if None in amounts else sum(a or 0 for a in amounts)
    columns = _fees(fees) | {"fee_total": total}
    asked = row["payment"]
    if (
        asked is None
        or asked["pauses"]
        or {c["charge"] for c in fees if c["state"] == OPEN} & set(asked["charges"])
    ):
        return Changes(columns)
    # Nothing is left of what was asked for: nobody waits for the payer any more.
    holder = holder_before(asked["back_to"]) if asked["back_to"] else None
    return Changes(columns | {"payment": None}, holder, event.occurred_at if holder else None)


def _with(charge: Row, amount: int | None) -> Row:
    bare = {name: value for name, value in charge.items() if name != "recounted"}
    if charge["state"] == PAID:
        return bare if charge["amount"] == amount else bare | {"recounted": amount}
    return bare | {"amount": amount, "state": OPEN if amount else NOTHING}


def _added(row: Row, event: e.FeeAdded, meta: Meta) -> Changes:
    new = {**_charge(e.FeeFact(rule=event.rule, amount=event.amount)), "charge": event.charge}
    total = None if row["fee_total"] is None else row["fee_total"] + event.amount
    return Changes(_fees([*row["fees"], new]) | {"fee_total": total})


def _returned(row: Row, event: e.OverpaymentReturned, meta: Meta) -> Changes:
    back = {c.charge: c.amount for c in event.charges}
    fees = [_less(c, back[c["charge"]]) if c["charge"] in back else c for c in row["fees"]]
    return Changes(_fees(fees))


def _less(charge: Row, back: int) -> Row:
    """A paid charge of which `back` went back: its receipt says more than what is paid by it now."""
    rest = {**charge, "amount": charge["amount"] - back, "returned": charge.get("returned", 0) + back}
    if not rest["amount"]:
        rest |= {"state": REFUNDED, "receipt": None, "number": ""}
    if rest.get("recounted") == rest["amount"]:
        del rest["recounted"]
    return rest


def due_of(charge: Mapping[str, Any]) -> int | None:
    """What a charge comes to now, paid or not."""
    amount: int | None = charge.get("recounted", charge["amount"])
    return amount


def _undone(row: Row, event: e.PaymentUndone, meta: Meta) -> Changes:
    if event.how == "replaced":
        return Changes(_marked(row, event.charges, receipt=str(event.replaced_by), number=event.number))
    if event.how == "refunded":
        return Changes(_marked(row, event.charges, state=REFUNDED, receipt=None, number=""))
    reopened = _marked(row, event.charges, state=OPEN, receipt=None, number="")["fees"]
    return Changes(_fees([_with(c, due_of(c)) if "recounted" in c else c for c in reopened]))


PROJECT: Projections = {
    e.PaymentRequested.TYPE: _requested,
    e.ChargedAtReturn.TYPE: _charged,
    e.ChargedAtSubmission.TYPE: _charged_first,
    e.DossierPaid.TYPE: _paid,
    e.DossierWaived.TYPE: _waived,
    e.FeeSet.TYPE: _set,
    e.FeeRecounted.TYPE: _recounted,
    e.PaymentUndone.TYPE: _undone,
    e.FeeAdded.TYPE: _added,
    e.OverpaymentReturned.TYPE: _returned,
}
