"""Which bank account takes what is paid online."""

import unicodedata
from datetime import datetime

from motcua.agencies.operations import claim_decision, decide_on_stream
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid
from motcua.kernel.ids import uuid7
from motcua.kernel.text import clean, fold
from motcua.payments import events as e, policy
from motcua.payments.models import ReceivingAccount
from motcua.payments.policy import Deed
from motcua.payments.vietqr import BANKS, is_number

LONGEST_HOLDER = 70


def set_account(*, agency: str, bank: str, number: str, holder: str, actor: Actor, at: datetime) -> None:
    """Say which account takes what is paid online from now on; orders that are open keep theirs until they are shown
    again. Raises Denied for everybody but a leader, Invalid."""
    policy.check(actor, Deed.SET_ACCOUNT, agency)
    claim_decision(agency=agency, actor=actor, at=at)
    account = _account(bank, number, holder)
    row = ReceivingAccount(
        id=uuid7(),
        agency=agency,
        bin=account.bin,
        number=account.number,
        holder=account.holder,
        since=at,
        set_by=actor.id,
    )
    row.save(force_insert=True)
    event = e.ReceivingAccountSet(id=row.id, account=account, occurred_at=at)
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
