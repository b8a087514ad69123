"""Which bank account takes what is paid online."""

import unicodedata
from datetime import datetime
from uuid import UUID

from motcua.agencies.operations import claim_decision, decide_on_stream
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.ids import uuid7
from motcua.kernel.text import clean, fold
from motcua.payments import events as e, policy
from motcua.payments.models import ReceivingAccount
from motcua.payments.policy import Deed
from motcua.payments.vietqr import BANKS, is_number

LONGEST_HOLDER = 70


PROPOSED, SET, DROPPED = "proposed", "set", "dropped"


def propose_account(*, agency: str, bank: str, number: str, holder: str, actor: Actor, at: datetime) -> UUID:
    """Say which account is to take what is paid online; it takes nothing until a leader, another person, agrees. What
    was proposed before falls. Raises Denied, Invalid."""
    policy.check(actor, Deed.ASK_ACCOUNT, agency)
    claim_decision(agency=agency, actor=actor, at=at)
    account = _account(bank, number, holder)
    ReceivingAccount.objects.filter(agency=agency, state=PROPOSED).update(state=DROPPED)
    row = ReceivingAccount(
        id=uuid7(),
        agency=agency,
        bin=account.bin,
        number=account.number,
        holder=account.holder,
        since=at,
        proposed_by=actor.id,
        proposed_for=actor.acting_for or "",
        state=PROPOSED,
    )
    row.save(force_insert=True)
    event = e.ReceivingAccountProposed(id=row.id, account=account, occurred_at=at)
    decide_on_stream(agency=agency, event=event, actor=actor, at=at)
    return row.id


def set_account(*, agency: str, account: UUID, actor: Actor, at: datetime) -> None:
    """Agree to the `account` that was proposed: it takes what is paid online from now on; orders that are open keep
    theirs until they are shown again. Raises Denied for everybody but a leader who is not its proposer, NotAllowedNow
    for one that is not proposed any more."""
    policy.check(actor, Deed.SET_ACCOUNT, agency)
    claim_decision(agency=agency, actor=actor, at=at)
    row = ReceivingAccount.objects.filter(id=account, agency=agency, state=PROPOSED).first()
    if row is None:
        raise NotAllowedNow(
            "Đề nghị này không còn; hãy xem lại trang.",
            "This proposal stands no more; look at the page again.",
        )
    policy.check_second(actor, Deed.SET_ACCOUNT, vars(row))
    row.state, row.set_by, row.since = SET, actor.id, at
    row.save(update_fields=["state", "set_by", "since"])
    event = e.ReceivingAccountSet(
        id=row.id, account=e.AccountFact(bin=row.bin, number=row.number, holder=row.holder), occurred_at=at
    )
    decide_on_stream(agency=agency, event=event, actor=actor, at=at)


def _account(bank: str, number: str, holder: str) -> e.AccountFact:
    plain = clean(number).replace(" ", "").upper()
    if bank not in BANKS:
        raise Invalid("Hãy chọn ngân hàng trong danh sách.", "Choose a bank of the list.", field="bank")
    if not is_number(plain):
        raise Invalid(
            "Số tài khoản gồm 6 đến 19 chữ số hoặc chữ cái không dấu.",
            "An account number has 6 to 19 figures or plain letters.",
            field="number",
        )
    name = " ".join(unicodedata.normalize("NFC", fold(clean(holder))).upper().split())
    if not 0 < len(name) <= LONGEST_HOLDER:
        raise Invalid(
            "Hãy ghi tên chủ tài khoản như ngân hàng ghi.",
            "Write the holder's name as the bank does.",
            field="holder",
        )
    return e.AccountFact(bin=bank, number=plain, holder=name)
