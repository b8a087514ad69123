"""Letting a telephone send files to one person's desk: one link, one telephone, a quarter of an hour."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from motcua.files.models import PhoneLink, Upload
from motcua.kernel.errors import NotAllowedNow, NotFound
from motcua.kernel.ids import uuid7

LINK_LIFE = timedelta(minutes=15)
MOST_FROM_PHONE = 30
_SECRET_BYTES = 16


@dataclass(frozen=True, slots=True)
class Invitation:
    """A new link. The secret goes into the QR and nowhere else."""

    link: UUID
    secret: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Admitted:
    """A telephone that was let in, and to whom it sends. `secret` is its own, for its cookie."""

    link: UUID
    secret: str
    account: UUID
    agency: str
    expires_at: datetime


def invite(*, account: UUID, agency: str, at: datetime) -> Invitation:
    """A link by which one telephone sends files to `account` at the desk of `agency`."""
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    link = PhoneLink(
        id=uuid7(),
        secret_digest=_digest(secret),
        account_id=account,
        agency=agency,
        expires_at=at + LINK_LIFE,
    )
    link.save(force_insert=True)
    return Invitation(link.id, secret, link.expires_at)


def admit(secret: str, *, at: datetime) -> Admitted:
    """Let in the first telephone that brings the secret. Raises NotFound for a wrong one; NotAllowedNow when the
    quarter of an hour is over or another telephone came first."""
    own = secrets.token_urlsafe(_SECRET_BYTES)
    digest = _digest(secret)
    opened = PhoneLink.objects.filter(secret_digest=digest, expires_at__gt=at, phone_digest=None).update(
        phone_digest=_digest(own)
    )
    link = PhoneLink.objects.filter(secret_digest=digest).first()
    if link is None:
        raise NotFound(
            "Liên kết này không đúng. Hãy quét lại mã trên màn hình của quầy.",
            "This link is wrong. Scan the code on the desk's screen again.",
        )
    _refuse_expired(link, at)
    if not opened:
        raise NotAllowedNow(
            "Mã này đã được một điện thoại khác dùng. Hãy nhờ cán bộ tạo mã mới.",
            "Another telephone has used this code. Ask the officer for a new one.",
        )
    return _admitted(link, own)


def _refuse_expired(link: PhoneLink, at: datetime) -> None:
    if link.expires_at <= at:
        raise NotAllowedNow(
            "Mã đã hết hạn sau 15 phút. Hãy nhờ cán bộ tạo mã mới rồi quét lại.",
            "The code ended after 15 minutes. Ask the officer for a new one and scan it.",
        )


def admitted(link: UUID, secret: str, *, at: datetime) -> Admitted:
    """The telephone that was let in before. Raises NotFound for any other, NotAllowedNow when its time is over."""
    found = PhoneLink.objects.filter(id=link).first()
    kept = bytes(found.phone_digest) if found is not None and found.phone_digest is not None else b""
    if found is None or not hmac.compare_digest(kept, _digest(secret)):
        raise NotFound(
            "Điện thoại này chưa được mời gửi tệp. Hãy quét mã trên màn hình của quầy.",
            "This telephone was not invited to send files. Scan the code on the desk's screen.",
        )
    _refuse_expired(found, at)
    return _admitted(found, secret)


def _admitted(link: PhoneLink, secret: str) -> Admitted:
    return Admitted(link.id, secret, link.account_id, link.agency, link.expires_at)


def room_left(link: UUID) -> int:
    """How many files the telephone may still send."""
    return max(MOST_FROM_PHONE - Upload.objects.filter(link=link).count(), 0)


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
