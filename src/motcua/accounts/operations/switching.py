"""One browser, several people in turn: screens locked, and unlocked by a PIN or a passkey."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F

from motcua.access_log.operations import note
from motcua.accounts.models import Account, Session
from motcua.accounts.operations.passkeys import answer_of
from motcua.accounts.terms import LONGEST_PIN, MOST_WRONG, SHORTEST_PIN
from motcua.accounts.webauthn import Site
from motcua.kernel.errors import Denied, Invalid
from motcua.kernel.seals import mac

WRONG_UNLOCK = (
    "Mã PIN không đúng. Sai quá 5 lần thì phải đăng nhập lại từ đầu.",
    "The PIN is wrong. After five wrong ones a full sign-in is needed.",
)
OVER = (
    "Phiên này đã kết thúc. Hãy đăng nhập bằng mật khẩu.",
    "This session is over. Sign in with the password.",
)


def set_pin(*, account: UUID, pin: str, at: datetime) -> None:
    """Set one's own PIN for the shared computer. Raises Invalid for one that is too short or too plain."""
    if not (pin.isascii() and pin.isdigit() and SHORTEST_PIN <= len(pin) <= LONGEST_PIN):
        raise Invalid(
            f"Mã PIN gồm {SHORTEST_PIN} đến {LONGEST_PIN} chữ số.",
            f"A PIN is {SHORTEST_PIN} to {LONGEST_PIN} digits.",
            field="own_pin",
        )
    steps = {(int(b) - int(a)) % 10 for a, b in zip(pin, pin[1:], strict=False)}
    if steps in ({0}, {1}, {9}):
        raise Invalid(
            "Mã PIN này dễ đoán (các số giống nhau hoặc liên tiếp). Hãy chọn mã khác.",
            "This PIN is easy to guess (all the same, or in a row). Choose another.",
            field="own_pin",
        )
    Account.objects.filter(id=account).update(pin=make_password(_peppered(account, pin)))
    note(who=str(account), what="pin_set", at=at)


def _peppered(account: UUID, pin: str) -> str:
    # A million PINs are soon tried on a stolen database; not without the installation's key.
    return mac("pin", account.bytes + pin.encode()).hex()


def lock_session(*, session: UUID, return_to: str = "") -> None:
    """Let a session open nothing until it is unlocked. `return_to`: where its owner goes on then."""
    Session.objects.filter(id=session, stage="open").update(stage="locked", return_to=return_to)


def unlock(
    *,
    session: UUID,
    digests: Sequence[bytes],
    at: datetime,
    pin: str = "",
    answer: str = "",
    site: Site | None = None,
    subject: bytes = b"",
) -> str:
    """Open a locked session of this browser (one of `digests`) by PIN, or by the passkey's `answer` for `site` and
    `subject`; returns where its owner goes on.

    Raises Denied for a wrong one; the fifth ends the session, so that only a full sign-in helps. Of wrong ones at
    the same moment each is counted.
    """
    with transaction.atomic():
        row = (
            Session.objects.select_for_update(of=("self",))
            .select_related("account")
            .filter(id=session, secret_digest__in=digests, expires_at__gt=at, account__is_active=True)
            .exclude(stage="half")
            .first()
        )
        if row is None:
            raise Denied(*OVER)
        if answer:
            right = site is not None and answer_of(
                row.account_id, answer, site=site, purpose="unlock", subject=subject, at=at
            )
        else:
            right = bool(row.account.pin) and check_password(_peppered(row.account_id, pin), row.account.pin)
        if right:
            row.stage, row.wrong_unlocks = "open", 0
            row.save(update_fields=["stage", "wrong_unlocks"])
            note(who=str(row.account_id), what="unlocked", at=at)
            return row.return_to
        ends = row.wrong_unlocks + 1 >= MOST_WRONG
        note(who=str(row.account_id), what="wrong_unlock_ended" if ends else "wrong_unlock", at=at)
        if ends:
            row.delete()
        else:
            Session.objects.filter(id=row.id).update(wrong_unlocks=F("wrong_unlocks") + 1)
    raise Denied(*(OVER if ends else WRONG_UNLOCK), field="own_pin")
