"""How the event of handing in names who did so for whom."""

from collections.abc import Sequence

from motcua.dossiers import events as e
from motcua.dossiers.assisting import LONGEST_RELATION, Filing, FilingKind
from motcua.dossiers.attachments import CONSENT, NewAttachment, Uploads, files_of
from motcua.dossiers.content import NewContent, snapshot
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
    kept = snapshot("filing", {"relation": relation, "statement": told.statement})
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
