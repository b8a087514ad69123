"""What a second screen shows now, and what the citizen marked on it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from motcua.kernel.seals import decrypt
from motcua.reception.models import Screen
from motcua.reception.operations.screens import digest

# The officer's page says every second that it is still there; without it the screen goes blank.
ALIVE = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Mirror:
    """A paired screen; `facts` are empty while nobody is being served."""

    version: int
    facts: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, bool] = field(default_factory=dict)


def mirror(secret: str, *, at: datetime) -> Mirror | None:
    """What the screen with this secret shows at `at`; None when it is paired no more. One statement."""
    row = Screen.objects.filter(secret_digest=digest(secret), expires_at__gt=at).first()
    if row is None:
        return None
    if row.shown is None or row.touched_at + ALIVE < at:
        # A version of its own, so that a page showing the last person notices.
        return Mirror(-row.version - 1)
    body = json.loads(decrypt("screen", bytes(row.shown), bound_to=row.account.bytes))
    return Mirror(row.version, body, row.marks)


def is_paired(account: UUID, *, at: datetime) -> bool:
    """Whether the officer has a second screen. One statement."""
    return Screen.objects.filter(account=account, secret_digest__isnull=False, expires_at__gt=at).exists()


def beat(account: UUID, *, intake: UUID, at: datetime) -> Mapping[str, bool]:
    """The officer's page is still there; what the citizen has marked of `intake`. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reception_screen SET touched_at = %s WHERE account = %s AND intake = %s RETURNING marks::text",
            [at, account, intake],
        )
        found = cursor.fetchone()
    marks: Mapping[str, bool] = json.loads(found[0]) if found else {}
    return marks
