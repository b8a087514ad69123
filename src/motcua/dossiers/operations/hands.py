"""In whose hands the open step is: claimed, put back, recalled before who got it had opened it; opened."""

from datetime import datetime

from django.db import connection

from motcua.dossiers import events as e
from motcua.dossiers.open_steps import OpenStep, seen_from
from motcua.dossiers.operations.common import happened_at, reason_content
from motcua.dossiers.policy import check
from motcua.dossiers.projector import standing
from motcua.dossiers.record import Recorded, record
from motcua.dossiers.row import Row
from motcua.dossiers.states import Act
from motcua.kernel.actor import Actor, Viewer
from motcua.kernel.errors import NotAllowedNow
from motcua.kernel.say import Say

CLAIMED = Say(
    "Hồ sơ đã có người nhận, không còn ở danh sách chung.",
    "Somebody has it in their name already; it is not on the shared list.",
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
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Take the open `step` from its shared list into one's own name, without beginning. Raises NotAllowedNow where
    somebody has it."""
    check(actor, Act.CLAIM, row, standing(row))
    if step.holder.account is not None:
        raise NotAllowedNow(CLAIMED.vi, CLAIMED.en)
    event = e.DossierClaimed(
        step=step.number, holder=holder, occurred_at=happened_at(at, paper, row), paper=paper
    )
    return record(row=row, event=event, actor=actor, at=at, paper=paper)


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
    holder: e.HolderFact,
    again: e.StepFact,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Take back the step one has completed: `again` is open, in one's own name. Raises NotAllowedNow once who got it
    has opened the dossier. One statement more than other acts."""
    check(actor, Act.RECALL, row, standing(row))
    if _is_opened(row):
        raise NotAllowedNow(OPENED.vi, OPENED.en)
    event = e.StepRecalled(
        left=row["step"], holder=holder, step=again, occurred_at=happened_at(at, paper, row), paper=paper
    )
    return record(row=row, event=event, actor=actor, at=at, paper=paper)


def _is_opened(row: Row) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM dossiers_opening WHERE dossier = %s AND seq = %s)",
            [row["id"], row["held_seq"]],
        )
        return bool(cursor.fetchone()[0])


# Waits for an act that is under way, and opens nothing that has been taken back by it meanwhile.
_OPEN = """
INSERT INTO dossiers_opening (dossier, seq, account, at)
SELECT id, held_seq, %(account)s, %(at)s FROM dossiers_dossier WHERE id = %(dossier)s AND held_seq = %(seq)s FOR SHARE
ON CONFLICT DO NOTHING
"""


def mark_opened(row: Row, *, viewer: Viewer, at: datetime) -> None:
    """Write down that whom the open step waits for has opened the dossier: the one in whose name it is, or on a shared
    list whoever of its seats is first, but for who sent it there. Once for each time it changes hands; `row` as
    `find_row` gives it. One statement the first time, none after. Outside units of work, as a look is."""
    if row["was_opened"] or row["held_seq"] is None or not _waits_for(viewer, row):
        return
    with connection.cursor() as cursor:
        cursor.execute(
            _OPEN, {"dossier": row["id"], "seq": row["held_seq"], "account": viewer.account, "at": at}
        )


def _waits_for(viewer: Viewer, row: Row) -> bool:
    if row["holder_account"] not in (None, viewer.account):
        return False
    if row["sent"] is not None and row["sent"]["by"] == str(viewer.account):
        return False
    return bool(viewer.kinds(row["competent_agency"]) & set(row["step_kinds"]))
