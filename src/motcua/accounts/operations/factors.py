"""A person's own second factor: the authenticator app, the codes on paper, the password."""

import base64
import binascii
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from motcua.access_log.operations import note
from motcua.accounts import totp
from motcua.accounts.models import Account, Passkey, RecoveryCode, Totp
from motcua.accounts.operations.door import at_the_door
from motcua.accounts.operations.sessions import end_sessions
from motcua.accounts.terms import OFFER_LIFE, RECOVERY_CODES, SHORTEST_PASSWORD
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow
from motcua.kernel.seals import decrypt, encrypt, mac

# No 0, 1, i, l, o, u: what is read from paper is not mistaken.
ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
CODE_LENGTH = 10


@dataclass(frozen=True, slots=True)
class Offer:
    """An authenticator not confirmed yet: its seed to show, and the same sealed for the form to bring back."""

    seed: bytes
    sealed: str


def offer_totp(*, account: UUID, at: datetime) -> Offer:
    """A new seed for `account`'s authenticator app; nothing is written until it is confirmed."""
    return _sealed(secrets.token_bytes(totp.SEED_BYTES), account, at)


def same_offer(*, account: UUID, sealed: str, at: datetime) -> Offer:
    """The offer that a form brought back, or a new one where that is none of this person's or too old."""
    try:
        return Offer(_seed_of(sealed, account, at), sealed)
    except Invalid:
        return offer_totp(account=account, at=at)


def _sealed(seed: bytes, account: UUID, at: datetime) -> Offer:
    until = int((at + OFFER_LIFE).timestamp())
    sealed = encrypt("totp-offer", until.to_bytes(8, "big") + seed, bound_to=account.bytes)
    return Offer(seed, base64.urlsafe_b64encode(sealed).decode())


def _seed_of(sealed: str, account: UUID, at: datetime) -> bytes:
    try:
        opened = decrypt("totp-offer", base64.urlsafe_b64decode(sealed), bound_to=account.bytes)
    except (InvalidTag, binascii.Error, ValueError):
        opened = b""
    if len(opened) <= 8 or int.from_bytes(opened[:8], "big") <= at.timestamp():
        raise Invalid(
            "Mã QR này đã quá 30 phút. Hãy quét mã mới dưới đây.",
            "This QR is older than 30 minutes. Scan the new one below.",
            field="factor_code",
        )
    return opened[8:]


def enrol_totp(*, account: UUID, offer: str, code: str, at: datetime) -> tuple[str, ...]:
    """Put the offered authenticator in force, in place of the one before; its first code shows that it works.

    Returns ten recovery codes to show once when the person has none, else nothing. Raises Invalid for a wrong
    code or an offer that is over.
    """
    seed = _seed_of(offer, account, at)
    step = totp.accepted_step(seed, _plain(code), at=at, after=-1)
    if step is None:
        raise Invalid(
            "Mã không khớp. Kiểm tra giờ của điện thoại, rồi gõ mã đang hiện trong ứng dụng.",
            "The code does not match. Check the telephone's clock, then type the code the app shows now.",
            field="factor_code",
        )
    with transaction.atomic():
        person = Account.objects.select_for_update().get(id=account)
        Totp.objects.filter(account=person).delete()
        Totp.objects.create(
            account=person,
            sealed=encrypt("totp", seed, bound_to=account.bytes),
            last_step=step,
            added_at=at,
        )
        return factor_added(person, what="totp_added", at=at)


def factor_added(person: Account, *, what: str, at: datetime) -> tuple[str, ...]:
    """Note that `person` (locked) has a second factor now; recovery codes when there are none."""
    note(who=str(person.id), what=what, at=at)
    person.second_factor_since = person.second_factor_since or at
    person.factors_reset_at = None
    person.save(update_fields=["second_factor_since", "factors_reset_at"])
    if RecoveryCode.objects.filter(account=person, used_at=None).exists():
        return ()
    return _new_codes(person.id)


def remove_totp(*, account: UUID, live: bool, at: datetime) -> None:
    """Take the authenticator app away. Raises NotAllowedNow for the last factor of a live installation."""
    with transaction.atomic():
        person = Account.objects.select_for_update().get(id=account)
        Totp.objects.filter(account=person).delete()
        factor_removed(person, what="totp_removed", live=live, at=at)


def factor_removed(person: Account, *, what: str, live: bool, at: datetime) -> None:
    """Note that a factor of `person` (locked) is gone. Raises NotAllowedNow when none is left on a live
    installation; in a trial one, recovery codes go with the last factor."""
    note(who=str(person.id), what=what, at=at)
    if Totp.objects.filter(account=person).exists() or Passkey.objects.filter(account=person).exists():
        return
    if live:
        raise NotAllowedNow(
            "Đây là lớp xác thực duy nhất của bạn. Hãy thêm một lớp khác trước khi bỏ.",
            "This is your only second factor. Add another one before you remove it.",
        )
    RecoveryCode.objects.filter(account=person).delete()
    person.second_factor_since = None
    person.save(update_fields=["second_factor_since"])


def new_recovery_codes(*, account: UUID, at: datetime) -> tuple[str, ...]:
    """Ten new codes to show once; those before open nothing any more. Raises NotAllowedNow without a factor."""
    with transaction.atomic():
        person = Account.objects.select_for_update().get(id=account)
        if person.second_factor_since is None:
            raise NotAllowedNow(
                "Mã khôi phục chỉ có khi đã đăng ký xác thực hai lớp.",
                "Recovery codes need a second factor first.",
            )
        note(who=str(account), what="recovery_codes_made", at=at)
        return _new_codes(account)


def _new_codes(account: UUID) -> tuple[str, ...]:
    RecoveryCode.objects.filter(account_id=account).delete()
    plain = ["".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account_id=account, digest=_digest(account, p)) for p in plain
    )
    return tuple(f"{p[:5]}-{p[5:]}" for p in plain)


def _digest(account: UUID, plain: str) -> bytes:
    return mac("recovery-code", account.bytes + plain.encode())


def _plain(typed: str) -> str:
    return "".join(c for c in typed.casefold() if c.isascii() and c.isalnum())


def spend_code(*, account: UUID, typed: str, at: datetime) -> str | None:
    """Use up a code of the app ("totp") or of the paper ("recovery_code"); None when it is neither, or spent.

    One statement locks what it changes, so that of two who type the same code one comes in.
    """
    plain = _plain(typed)
    with transaction.atomic():
        if len(plain) == totp.DIGITS:
            return "totp" if _spend_totp(account, plain, at) else None
        spent = RecoveryCode.objects.filter(account_id=account, digest=_digest(account, plain), used_at=None)
        return "recovery_code" if spent.update(used_at=at) else None


def _spend_totp(account: UUID, plain: str, at: datetime) -> bool:
    row = Totp.objects.select_for_update().filter(account_id=account).first()
    if row is None:
        return False
    seed = decrypt("totp", bytes(row.sealed), bound_to=account.bytes)
    step = totp.accepted_step(seed, plain, at=at, after=row.last_step)
    if step is None:
        return False
    row.last_step, row.last_used_at = step, at
    row.save(update_fields=["last_step", "last_used_at"])
    return True


NOT_CONFIRMED = Denied(
    "Mật khẩu hoặc mã không đúng. Chưa có gì thay đổi.",
    "The password or the code is wrong. Nothing was changed.",
    field="own_password",
)


def confirm_person(*, account: UUID, typed: str, address: str, at: datetime) -> None:
    """Ask once more who sits there: the password, or a code of the app. Raises Denied, counted as at the door."""
    person = Account.objects.get(id=account)

    def attempt() -> tuple[UUID | None, bool | None]:
        right = (
            check_password(typed, person.password)
            or spend_code(account=account, typed=typed, at=at) == "totp"
        )
        return account, right or None

    at_the_door(
        login=person.login,
        address=address,
        at=at,
        attempt=attempt,
        what="wrong_confirmation",
        refusal=NOT_CONFIRMED,
    )


def change_password(*, account: UUID, password: str, session: UUID | None, at: datetime) -> None:
    """Set a password of one's own; the person's sessions on other browsers end. Raises Invalid for one that is too
    short, or the same as before."""
    refuse_weak(password)
    with transaction.atomic():
        person = Account.objects.select_for_update().get(id=account)
        if check_password(password, person.password):
            raise Invalid(
                "Mật khẩu mới phải khác mật khẩu đang dùng.",
                "The new password must differ from the one in use.",
                field="password",
            )
        person.password = make_password(password)
        person.must_change_password = False
        person.save(update_fields=["password", "must_change_password"])
        note(who=str(account), what="password_changed", at=at)
        end_sessions(account=account, but=session)


def refuse_weak(password: str) -> None:
    """Raise Invalid for a password that is too short."""
    if len(password) < SHORTEST_PASSWORD:
        raise Invalid(
            f"Mật khẩu cần ít nhất {SHORTEST_PASSWORD} ký tự.",
            f"The password needs {SHORTEST_PASSWORD} characters or more.",
            field="password",
        )
