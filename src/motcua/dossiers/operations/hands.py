"""In whose hands the open step is: claimed, put back, recalled before who got it had opened it; opened."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from motcua.dossiers import events as e
from motcua.dossiers.mandated import reaching
from motcua.dossiers.open_steps import Following, OpenStep, seen_from
from motcua.dossiers.operations.common import happened_at, reason_content
from motcua.dossiers.policy import check
from motcua.dossiers.projector import standing
from motcua.dossiers.recalls import got_by
from motcua.dossiers.record import Recorded, record
from motcua.dossiers.row import Row
from motcua.dossiers.states import Act
from motcua.kernel.actor import Actor, Viewer
from motcua.kernel.errors import NotAllowedNow
from motcua.kernel.say import Say
from motcua.kernel.text import clean

CLAIMED = Say(
    "Hồ sơ đã có người nhận, không còn ở danh sách chung. Nếu phải làm thay người ấy, hãy ghi lý do.",
    "Somebody has it in their name already; it is not on the shared list. If you have to take it over, say why.",
)
OPENED = Say(
    "Người nhận đã mở hồ sơ nên không rút lại được; hãy trao đổi, hoặc người đó trả lại bước trước.",
    "Who got it has opened the dossier, so it can't be recalled; talk to them, or they return it to the earlier step.",
)


def claim(
    *,
    row: Row,
    step: OpenStep,
    holder: e.HolderFact,
    actor: Actor,
    at: datetime,
    reason: str = "",
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Take the open `step` into one's own name, without beginning: from its shared list, or with a `reason` out of the
    name of another. Raises NotAllowedNow where somebody has it and no reason is given."""
    check(actor, Act.CLAIM, seen_from(row, step), standing(row))
    before = step.holder.account
    if before is not None and not clean(reason):
        raise NotAllowedNow(CLAIMED.vi, CLAIMED.en)
    kept = None if before is None else reason_content("claim_reason", reason)
    event = e.DossierClaimed(
        step=step.number,
        holder=holder,
        before=before,
        reason=kept.ref if kept is not None else None,
        occurred_at=happened_at(at, paper, row),
        paper=paper,
    )
    return record(row=row, event=event, actor=actor, at=at, contents=[kept] if kept else [], paper=paper)


def put_back(
    *,
    row: Row,
    step: OpenStep,
    holder: e.HolderFact,
    reason: str,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Give the open `step`, which is in one's own name, back to its shared list (`holder`), with a reason."""
    check(actor, Act.PUT_BACK, seen_from(row, step), standing(row))
    kept = reason_content("put_back_reason", reason)
    event = e.DossierPutBack(
        step=step.number,
        holder=holder,
        reason=kept.ref,
        occurred_at=happened_at(at, paper, row),
        paper=paper,
    )
    return record(row=row, event=event, actor=actor, at=at, contents=[kept], paper=paper)


def recall(
    *,
    row: Row,
    sent: Mapping[str, Any],
    following: Following,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Take back the step one has sent on (`sent`, as `recalls.chosen` gives it): then `following` is open. Raises
    NotAllowedNow once any whom it came to has opened the dossier. One statement more than other acts."""
    check(actor, Act.RECALL, row, standing(row))
    if _is_opened(row, sent["seq"]):
        raise NotAllowedNow(OPENED.vi, OPENED.en)
    event = e.StepRecalled(
        left=row["step"],
        holder=following.holder,
        step=following.step,
        occurred_at=happened_at(at, paper, row),
        paper=paper,
        number=sent["step"],
        closed=tuple(sent["opened"]),
        beside=following.beside,
        goes_on=following.goes_on,
    )
    return record(row=row, event=event, actor=actor, at=at, paper=paper)


def _is_opened(row: Row, seq: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM dossiers_opening WHERE dossier = %s AND seq = %s)", [row["id"], seq]
        )
        return bool(cursor.fetchone()[0])


# Waits for an act that is under way, and opens nothing that has been taken back by it meanwhile.
_OPEN = """
INSERT INTO dossiers_opening (dossier, seq, account, at)
SELECT id, (one->>'seq')::int, %(account)s, %(at)s FROM (
    SELECT id, sent FROM dossiers_dossier WHERE id = %(dossier)s FOR SHARE
) dossier, jsonb_array_elements(sent) one WHERE (one->>'seq')::int = ANY(%(seqs)s)
ON CONFLICT DO NOTHING
"""


def mark_opened(row: Row, *, viewer: Viewer, at: datetime) -> None:
    """Write down that whom a step was sent to has opened the dossier: the one in whose name it is, or who stands in for
    them, or on a shared list whoever of its seats is first, but for who sent it there. Once for each time one is sent;
    `row` as `find_row` gives it. One statement the first time, none after. Outside units of work, as a look is."""
    seqs = set(got_by(row, viewer.account, reaching(viewer, row))).difference(row["opened"])
    if not seqs:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            _OPEN, {"dossier": row["id"], "seqs": sorted(seqs), "account": viewer.account, "at": at}
        )
