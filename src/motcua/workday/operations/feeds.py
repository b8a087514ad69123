"""The secret address under which a calendar program reads one person's plan. Only its digest is kept."""

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from motcua.workday.models import PlanFeed


def digest_of(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).digest()


def make_feed(*, account: UUID, at: datetime) -> str:
    """A new address, told once; one there was before opens nothing any more."""
    token = secrets.token_urlsafe(32)
    PlanFeed.objects.update_or_create(account=account, defaults={"digest": digest_of(token), "made_at": at})
    return token


def end_feed(*, account: UUID) -> None:
    """Let the address open nothing any more."""
    PlanFeed.objects.filter(account=account).delete()
