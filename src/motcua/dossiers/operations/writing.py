"""What the person writes to the agency while it waits for them."""

from datetime import datetime

from motcua.dossiers import events as e
from motcua.dossiers.content import text
from motcua.dossiers.operations.common import happened_at
from motcua.dossiers.record import Recorded, record
from motcua.dossiers.row import Row
from motcua.dossiers.states import State
from motcua.dossiers.windows import LONGEST_WRITING, MOST_WRITINGS, may_write
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.text import clean
from motcua.ledger.selectors import history


def write(*, row: Row, body: str, actor: Actor, at: datetime) -> Recorded:
    """Note what the person writes. Nothing else changes: no clock, no holder. Raises NotAllowedNow while the agency
    waits for nothing, or once enough was written; Invalid for no words, or too many."""
    if not may_write(State(row["state"])):
        raise NotAllowedNow(
            "Lúc này cơ quan không chờ gì ở ông/bà nên chưa viết được. Cần hỏi thì gọi số điện thoại trên trang hồ sơ.",
            "The agency waits for nothing from you now, so you can't write. To ask, call the number on the "
            "dossier's page.",
        )
    if sum(x.type == e.ApplicantWrote.TYPE for x in history(row["id"])) >= MOST_WRITINGS:
        raise NotAllowedNow(
            "Ông/bà đã viết nhiều lần cho hồ sơ này. Hãy gọi số điện thoại trên trang hồ sơ.",
            "You have written many times about this dossier. Call the number on the dossier's page.",
        )
    tidy = clean(body)
    if not tidy:
        raise Invalid("Hãy viết nội dung.", "Write something.", field="text")
    if len(tidy) > LONGEST_WRITING:
        raise Invalid(
            f"Nội dung dài quá {LONGEST_WRITING} chữ.",
            f"It is longer than {LONGEST_WRITING} letters.",
            field="text",
        )
    kept = text("applicant_wrote", tidy)
    event = e.ApplicantWrote(text=kept.ref, occurred_at=happened_at(at, None, row))
    return record(row=row, event=event, actor=actor, at=at, contents=[kept])
