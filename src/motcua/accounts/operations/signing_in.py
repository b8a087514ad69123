"""Signing in: the password, then the second factor where there is one."""

import secrets
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password

from motcua.accounts.models import Account, Session
from motcua.accounts.operations.door import WRONG_CODE, WRONG_PASSWORD, at_the_door, forget_wrong
from motcua.accounts.operations.factors import refuse_weak, spend_code
from motcua.accounts.operations.sessions import SignedIn, open_session
from motcua.accounts.terms import HALF_LIFE, LONGEST_LOGIN
from motcua.kernel.errors import Denied, Invalid
from motcua.kernel.ids import uuid7
from motcua.kernel.text import clean, fold


def add_account(
    *,
    login: str,
    name: str,
    password: str,
    at: datetime,
    language: str = "vi",
    must_change_password: bool = False,
) -> UUID:
    """A new staff account. `login` is kept in lower case without accents. Raises Invalid when it is
    taken or too long, or the password is shorter than 10 characters."""
    login = plain_login(login)
    if not login or len(login) > LONGEST_LOGIN:
        raise Invalid(
            f"Tên đăng nhập cần từ 1 đến {LONGEST_LOGIN} ký tự.",
            f"The login needs 1 to {LONGEST_LOGIN} characters.",
            field="login",
        )
    refuse_weak(password)
    if Account.objects.filter(login=login).exists():
        raise Invalid("Tên đăng nhập này đã có người dùng.", "This login is taken.", field="login")
    account = Account(
        id=uuid7(),
        login=login,
        name=clean(name),
        password=make_password(password),
        language=language,
        must_change_password=must_change_password,
        created_at=at,
    )
    account.save(force_insert=True)
    return account.id


def plain_login(login: str) -> str:
    """A login as it is kept, however it was typed."""
    return fold(clean(login)).replace(" ", "")


def sign_in(*, login: str, password: str, address: str, at: datetime) -> SignedIn:
    """Check a password and open a session of 10 hours; where the person has a second factor, half a session that
    opens nothing until `confirm_second_factor`.

    Raises Denied with one sentence for a wrong login, a wrong password and a closed account alike, and another
    for a locked door (see `door.at_the_door`); guesses made at the same moment are counted one by one.
    """
    login = plain_login(login)[: LONGEST_LOGIN + 1]

    def attempt() -> tuple[UUID | None, SignedIn | None]:
        account = Account.objects.filter(login=login, is_active=True).first()
        stored = account.password if account else _unknown()
        right = check_password(password, stored)
        if account is None or not right:
            return account.id if account else None, None
        if account.second_factor_since is None:
            forget_wrong(login)
            return account.id, open_session(account, at)
        # Wrong ones stay counted: who knows the password may not guess codes for ever.
        return account.id, open_session(account, at, half=True, life=HALF_LIFE)

    return at_the_door(
        login=login, address=address, at=at, attempt=attempt, what="wrong_password", refusal=WRONG_PASSWORD
    )


def confirm_second_factor(*, session: UUID, code: str, address: str, at: datetime) -> SignedIn:
    """Take an app's code or a recovery code for a half session, and open a whole one in its place.

    Raises Denied for a wrong or spent code, a locked door, or a half session that is over.
    """
    half = half_session(session, at)
    account = half.account

    def attempt() -> tuple[UUID | None, SignedIn | None]:
        how = spend_code(account=account.id, typed=code, at=at)
        if how is None:
            return account.id, None
        forget_wrong(account.login)
        half.delete()
        return account.id, open_session(account, at, how=how)

    return at_the_door(
        login=account.login,
        address=address,
        at=at,
        attempt=attempt,
        what="wrong_second_factor",
        refusal=WRONG_CODE,
    )


def half_session(session: UUID, at: datetime) -> Session:
    """A session that waits for its second factor. Raises Denied when it is over."""
    half = (
        Session.objects.select_related("account")
        .filter(id=session, stage="half", expires_at__gt=at, account__is_active=True)
        .first()
    )
    if half is None:
        raise Denied("Đã quá 10 phút. Hãy đăng nhập lại.", "Ten minutes have passed. Sign in again.")
    return half


_unknown_password: list[str] = []


def _unknown() -> str:
    # A login that does not exist costs the same time as one that does.
    if not _unknown_password:
        _unknown_password.append(make_password(secrets.token_hex(16)))
    return _unknown_password[0]
