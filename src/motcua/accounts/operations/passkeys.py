"""Passkeys: added, removed, and answered with, as second factor or in place of a password."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from motcua.access_log.operations import note
from motcua.accounts import webauthn
from motcua.accounts.models import Account, Passkey
from motcua.accounts.operations.door import at_the_door, forget_wrong
from motcua.accounts.operations.factors import factor_added, factor_removed
from motcua.accounts.operations.sessions import SignedIn, open_session
from motcua.accounts.operations.signing_in import half_session
from motcua.accounts.terms import CHALLENGE_LIFE, LONGEST_NAME, MOST_PASSKEYS
from motcua.accounts.webauthn import Site, refused
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from motcua.kernel.ids import uuid7
from motcua.kernel.text import clean


def add_passkey(*, account: UUID, name: str, answer: str, site: Site, at: datetime) -> tuple[str, ...]:
    """Keep a passkey that the person's browser has just made.

    Returns ten recovery codes to show once when the person has none, else nothing. Raises Denied for an answer
    that is not right, Invalid for a name too long, NotAllowedNow for one too many or one that is here already.
    """
    named = clean(name)
    if not 0 < len(named) <= LONGEST_NAME:
        raise Invalid(
            f"Hãy đặt tên cho khóa, từ 1 đến {LONGEST_NAME} ký tự.",
            f"Name the passkey, 1 to {LONGEST_NAME} characters.",
            field="name",
        )
    made = webauthn.created(answer, site=site, account=account, at=at)
    with transaction.atomic():
        person = Account.objects.select_for_update().get(id=account)
        _spend(made.challenge_digest, at)
        if Passkey.objects.filter(credential_digest=made.credential_digest).exists():
            raise NotAllowedNow("Khóa này đã đăng ký rồi.", "This passkey is registered already.")
        if Passkey.objects.filter(account=person).count() >= MOST_PASSKEYS:
            raise NotAllowedNow(
                f"Mỗi người có nhiều nhất {MOST_PASSKEYS} khóa. Hãy bỏ bớt một khóa cũ.",
                f"A person has at most {MOST_PASSKEYS} passkeys. Remove an old one first.",
            )
        Passkey.objects.create(
            id=uuid7(),
            account=person,
            name=named,
            credential=made.credential,
            credential_digest=made.credential_digest,
            sign_count=made.sign_count,
            added_at=at,
        )
        return factor_added(person, what="passkey_added", at=at)


def remove_passkey(*, account: UUID, passkey: UUID, live: bool, at: datetime) -> None:
    """Take one of one's own passkeys away. Raises NotFound, and NotAllowedNow for the last factor of a live
    installation."""
    with transaction.atomic():
        person = Account.objects.select_for_update().get(id=account)
        if not Passkey.objects.filter(id=passkey, account=person).delete()[0]:
            raise NotFound("Không có khóa này.", "There is no such passkey.")
        factor_removed(person, what="passkey_removed", live=live, at=at)


def sign_in_with_passkey(*, answer: str, site: Site, at: datetime) -> SignedIn:
    """A whole session for a passkey that has verified its owner, without a password.

    A locked login does not stand in its way: a passkey can't be guessed, and strangers' wrong passwords must not
    keep its owner out. Raises Denied.
    """
    with _one_answer(at):
        passkey = _named(answer)
        _check(passkey, answer, site=site, purpose="sign-in", subject=b"", at=at)
        forget_wrong(passkey.account.login)
        return open_session(passkey.account, at, how="passkey")


def confirm_with_passkey(*, session: UUID, answer: str, site: Site, address: str, at: datetime) -> SignedIn:
    """Take a passkey's answer for a half session, and open a whole one in its place. Raises Denied."""
    half = half_session(session, at)

    def attempt() -> tuple[UUID | None, SignedIn | None]:
        try:
            with _one_answer(at):
                passkey = _named(answer)
                if passkey.account_id != half.account_id:
                    raise refused()
                _check(passkey, answer, site=site, purpose="second", subject=session.bytes, at=at)
        except Denied:
            return half.account_id, None
        forget_wrong(half.account.login)
        half.delete()
        return half.account_id, open_session(half.account, at, how="passkey")

    return at_the_door(
        login=half.account.login,
        address=address,
        at=at,
        attempt=attempt,
        what="wrong_second_factor",
        refusal=refused(),
    )


def answer_of(account: UUID, answer: str, *, site: Site, purpose: str, subject: bytes, at: datetime) -> bool:
    """Whether one of a person's passkeys has answered for `purpose` and `subject`."""
    try:
        with _one_answer(at):
            passkey = _named(answer)
            if passkey.account_id != account:
                return False
            _check(passkey, answer, site=site, purpose=purpose, subject=subject, at=at)
    except Denied:
        return False
    return True


class _Copied(Exception):
    """Two authenticators answer as one passkey; the account is its argument."""


@contextmanager
def _one_answer(at: datetime) -> Iterator[None]:
    """All of an answer is kept, or nothing but the line that says a passkey was copied."""
    try:
        with transaction.atomic():
            yield
    except _Copied as copied:
        note(who=copied.args[0], what="passkey_copied", at=at)
        raise refused() from copied


def _named(answer: str) -> Passkey:
    digest = webauthn.named_credential(answer)
    found = (
        Passkey.objects.select_for_update().filter(credential_digest=digest, account__is_active=True).first()
    )
    if found is None:
        raise refused()
    return found


def _check(passkey: Passkey, answer: str, *, site: Site, purpose: str, subject: bytes, at: datetime) -> None:
    told = webauthn.asserted(
        answer,
        site=site,
        purpose=purpose,
        subject=subject,
        credential=bytes(passkey.credential),
        account=passkey.account_id,
        at=at,
    )
    _spend(told.challenge_digest, at)
    # An authenticator that counts must have counted on; one that has fallen back was copied.
    if (told.sign_count or passkey.sign_count) and told.sign_count <= passkey.sign_count:
        raise _Copied(str(passkey.account_id))
    passkey.sign_count, passkey.last_used_at = told.sign_count, at
    passkey.save(update_fields=["sign_count", "last_used_at"])


def _spend(digest: bytes, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_spentchallenge (digest, expires_at) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            [digest, at + CHALLENGE_LIFE],
        )
        if cursor.rowcount == 0:
            raise refused()
