"""Step tables in the making: begun, changed row by row, brought back to what they were, discarded, published."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.catalogue.policy import check_announcer
from motcua.kernel.actor import Actor
from motcua.kernel.drafting import Drafts, Overtaken
from motcua.kernel.errors import Invalid
from motcua.kernel.ids import uuid7
from motcua.ledger.operations import claim
from motcua.processes.models import Draft, Revision, Version
from motcua.processes.operations import publish

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,39}")
DRAFTS = Drafts(Draft, Revision, check_announcer)
keep, bring_back, discard = DRAFTS.keep, DRAFTS.bring_back, DRAFTS.discard


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a draft began with: a version of a process (this one, or another that was copied), a file, or nothing."""

    process: str = ""
    version: int = 0
    file: str = ""
    digest: str = ""


def begin(*, document: Mapping[str, Any], origin: Origin, actor: Actor, at: datetime) -> UUID:
    """Begin a draft with `document`, which names its process by `code`; returns its id. A process has one open draft:
    where there is one, that is the answer, but for a file or another's copy, which are refused. Raises Denied, and
    Invalid for a code that is none, or that is taken by a process it is no version of."""
    check_announcer(actor)
    code = str(document.get("code") or "")
    numbers = Version.objects.filter(code=code).count()
    if not numbers and not CODE.fullmatch(code):
        raise Invalid(
            "Mã quy trình gồm chữ không dấu, số, dấu chấm, gạch; ví dụ QT-1.004873.",
            "The code of a process is of plain letters, figures, dots, dashes; such as QT-1.004873.",
            field="code",
        )
    if numbers and not origin.file and origin.process != code:
        raise taken(code)
    found = Draft.objects.filter(code=code).exists()
    if found and (origin.file or origin.process != code):
        raise Invalid(
            f"Quy trình {code} đang có bản soạn. Hãy mở bản soạn ấy.",
            f"The process {code} has a draft already. Open that one.",
            field="code",
        )
    row = Draft(
        id=uuid7(),
        code=code,
        came_from=asdict(origin),
        body=dict(document),
        begun_by=actor.id,
        begun_at=at,
        changed_by=actor.id,
        changed_at=at,
    )
    return DRAFTS.begun(row, code)


def taken(code: str) -> Invalid:
    """There is a process of this code already."""
    return Invalid(
        f"Đã có quy trình {code}. Hãy mở quy trình ấy rồi soạn bản mới từ phiên bản của nó.",
        f"There is a process {code} already. Open it and begin a draft from one of its versions.",
        field="code",
    )


def publish_draft(*, draft: UUID, revision: int, upon: int, actor: Actor, at: datetime) -> UUID:
    """Publish `draft` as it stood at `revision` as the next version of its process; returns the version's id. `upon`:
    the number of the last version when the draft was compared with it, 0 for none.

    Raises as `keep`; Overtaken where another version was published since; Invalid with what is wrong with the table.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('processes'))")
    row = DRAFTS.locked(draft, revision, actor)
    last = Version.objects.filter(code=row.code).order_by("-number").values_list("number", flat=True).first()
    if (last or 0) != upon:
        raise Overtaken(
            "Vừa có một phiên bản khác của quy trình này được công bố. Hãy xem lại so sánh bên dưới rồi công bố.",
            "Another version of this process has just been published. Look at the comparison again, then publish.",
        )
    version = publish(document=row.body, actor=actor, at=at)
    row.delete()
    claim(stream=version, seq=1, actor=actor, at=at)
    return version
