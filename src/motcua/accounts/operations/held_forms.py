"""What was typed into a form when its session had ended, or its screen was locked."""

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.db import connection, transaction

from motcua.accounts.models import HeldForm, Session
from motcua.accounts.terms import FORM_LIFE
from motcua.kernel.ids import uuid7
from motcua.kernel.seals import decrypt, encrypt, mac

MOST_FORMS = 8  # of one person


def hold_form(*, session: bytes, path: str, fields: Mapping[str, list[str]], at: datetime) -> UUID | None:
    """Keep what the owner of an ended session posted to `path` for one hour, encrypted; the id goes into the
    browser's signed cookie.

    `session` is the digest of the session's secret. None where nobody ever had it: what strangers post is not
    kept. Of one page the last form stays, of one person those of the last `MOST_FORMS` pages.
    """
    account = Session.objects.filter(secret_digest=session).values_list("account_id", flat=True).first()
    if account is None:
        return None
    place = mac("held-form", account.bytes + path.encode())
    held = HeldForm(id=uuid7(), account=account, place=place, sealed=b"", expires_at=at + FORM_LIFE)
    body = json.dumps({"account": str(account), "path": path, "fields": dict(fields)}).encode()
    held.sealed = encrypt("held-form", body, bound_to=held.id.bytes)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('held-form'), hashtext(%s))", [str(account)])
        mine = HeldForm.objects.filter(account=account)
        mine.filter(place=place).delete()
        newest = list(mine.order_by("-expires_at", "-id").values_list("id", flat=True)[: MOST_FORMS - 1])
        mine.exclude(id__in=newest).delete()
        held.save(force_insert=True)
    return held.id


def take_form(*, form: UUID, account: UUID, path: str, at: datetime) -> dict[str, list[str]] | None:
    """Give back, once, what `hold_form` kept of `account` for `path`; None when it is gone, too old, somebody
    else's or for another page."""
    with transaction.atomic():
        held = HeldForm.objects.select_for_update().filter(id=form, expires_at__gt=at).first()
        if held is None:
            return None
        try:
            body = json.loads(decrypt("held-form", bytes(held.sealed), bound_to=form.bytes))
        except InvalidTag:
            return None
        if (body["account"], body["path"]) != (str(account), path):
            return None
        held.delete()
    return {str(k): [str(v) for v in values] for k, values in body["fields"].items()}
