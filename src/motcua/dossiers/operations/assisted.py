"""Who handed in for whom: how the event names it, and what an applicant does who did not want it."""

from collections.abc import Sequence
from datetime import datetime

from motcua.dossiers import events as e
from motcua.dossiers.assisting import LONGEST_RELATION, Filing, FilingKind
from motcua.dossiers.attachments import CONSENT, NewAttachment, Uploads, files_of
from motcua.dossiers.content import NewContent, snapshot, text
from motcua.dossiers.operations.common import LONGEST_REASON, happened_at
from motcua.dossiers.policy import may_object
from motcua.dossiers.record import Recorded, record
from motcua.dossiers.row import Row
from motcua.kernel.actor import Actor
from motcua.kernel.codec import encode
from motcua.kernel.errors import NotAllowedNow
from motcua.kernel.text import clean


def with_sheet(uploads: Uploads, told: Filing | None) -> Uploads:
    """The files of a dossier, and the signed sheet of consent."""
    return {**uploads, CONSENT: told.sheet} if told is not None and told.sheet else uploads


def filing_fact(
    told: Filing | None, attached: Sequence[NewAttachment], contents: list[NewContent]
) -> e.FilingFact:
    """What the event says of it; what was said becomes one more of `contents`."""
    if told is None:
        return e.FilingFact(kind=FilingKind.SELF.value)
    relation = clean(told.relation)[:LONGEST_RELATION]
    kept = snapshot(
        "filing", {"relation": relation, "statement": told.statement, "receipt": encode(told.receipt)}
    )
    contents.append(kept)
    return e.FilingFact(
        kind=told.kind.value,
        organisation=told.organisation,
        consent=told.consent.value,
        agreed_at=told.agreed_at,
        told=e.SaidFact(snapshot=kept.id, snapshot_digest=kept.digest),
        sheet=next((one for one in files_of(attached) if one.component == CONSENT), None),
        paper_kept=told.paper_kept,
        notified=told.notified,
    )


def object_to_filing(*, row: Row, reason: str, actor: Actor, at: datetime) -> Recorded:
    """Note that the applicant asked nobody to hand it in. It stops nothing by itself: the desk reads it before it
    receives, and the applicant may withdraw. Raises NotAllowedNow for a second time, and once it has ended."""
    if not may_object(row):
        raise NotAllowedNow(
            "Hồ sơ này không do người khác nộp, đã kết thúc, hoặc đã có ý kiến của chủ hồ sơ.",
            "Nobody else handed this in, it has ended, or the applicant has said so already.",
        )
    kept = text("objection", clean(reason)[:LONGEST_REASON]) if clean(reason) else None
    event = e.FilingObjected(reason=kept.ref if kept else None, occurred_at=happened_at(at, None, row))
    return record(row=row, event=event, actor=actor, at=at, contents=[kept] if kept else [])
