"""What follows a published calendar edition: every open dossier it moves is moved, by an event of its own."""

from contextlib import suppress

from motcua.calendars.selectors import calendar_of, editions_of
from motcua.dossiers.selectors import running_after
from motcua.flows.calendar import move_key
from motcua.flows.progress import apply_calendar
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import Refusal
from motcua.kernel.time import Clock
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.chain import Envelope
from motcua.ledger.operations import AlreadyDone
from motcua.ledger.selectors import position_of

_PAGE = 500


def move_open_dossiers(envelope: Envelope, *, position: int, clock: Clock) -> None:
    """Recompute the due moments of the running dossiers of the agencies concerned, one unit of work each, each
    at its own instant: a province's may take longer than an act's `at` may lie back.

    Idempotent: a dossier that is where the calendar says gets no event, and each move carries a key made of
    the position and the dossier. A dossier that refuses keeps no other waiting; its refusal is raised at the
    end, so that the reaction stays open and comes again.
    """
    after, refused = None, None
    while page := running_after(agency=envelope.data["agency"], after=after, limit=_PAGE):
        for dossier in page:
            request, at = Request.of(move_key(position, dossier)), clock()
            try:
                with unit_of_work(actor=SYSTEM, at=at, request=request, origin=envelope.origin):
                    apply_calendar(dossier=dossier, actor=SYSTEM, at=at)
            except AlreadyDone:
                continue
            except Refusal as refusal:
                refused = refusal
        after = page[-1]
    if refused is not None:
        raise refused


def keep_to_calendar(envelope: Envelope, *, position: int, clock: Clock) -> None:
    """Move a dossier whose clock was started by a calendar that is no longer in force: an act at work while an edition
    was published is not seen by `move_open_dossiers`. What comes before an edition is left to that edition's own
    reaction, which sees it. One statement where nothing is to do, which is nearly always.
    """
    data = envelope.data
    agency, due = data.get("competent_agency") or data["agency"], data.get("due") or data
    if calendar_of(agency).label == due["calendar_edition"]:
        return
    if any((place := position_of(edition, 1)) is None or place > position for edition in editions_of(agency)):
        return
    request, at = Request.of(f"{position}/kept"), clock()
    with unit_of_work(actor=SYSTEM, at=at, request=request, origin=envelope.origin), suppress(AlreadyDone):
        apply_calendar(dossier=envelope.stream, actor=SYSTEM, at=at)
