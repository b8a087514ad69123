"""The result goes out, or the dossier ends without one."""

from datetime import datetime

from motcua.dossiers import events as e
from motcua.dossiers.projections.base import (
    Changes,
    Custody,
    Meta,
    Projections,
    by_itself,
    ended,
    without_result,
)
from motcua.dossiers.row import Row
from motcua.dossiers.states import State
from motcua.dossiers.tracking import token, token_digest
from motcua.kernel.seals import key


def _available(row: Row, event: e.ResultAvailable, meta: Meta) -> Changes:
    columns = {"available_at": event.occurred_at, "shelf": event.shelf}
    return Changes(columns, custody=_link(row, meta, event.occurred_at, "result", "shelf", event.shelf))


def _link(
    row: Row, meta: Meta, at: datetime, what: str, to: str, place: str, manifest: str = "", number: str = ""
) -> Custody:
    link = {
        "dossier": meta.stream,
        "seq": meta.seq,
        "agency": row["desk_agency"],
        "what": what,
        "to_kind": to,
        "place": place,
        "manifest": manifest,
        "tracking_number": number,
        "since": at,
        "until": None,
        "outcome": "",
    }
    return Custody(what, at, "moved", link)


def _ready_notified(row: Row, event: e.ReadyNotified, meta: Meta) -> Changes:
    told = {"notified_at": event.occurred_at, "reminders": event.number}
    return Changes({**told, **by_itself(row, meta)})


def _papers_moved(row: Row, event: e.PapersMoved, meta: Meta) -> Changes:
    columns: Row = {"originals_at": event.to}
    if event.what == "result":
        columns = {"shelf": event.place if event.to == "shelf" else "", "manifest": event.manifest}
        if row["manifest"] and event.to == "shelf":  # the post brought it back
            columns["available_at"] = event.occurred_at
    return Changes(
        columns,
        custody=_link(
            row,
            meta,
            event.occurred_at,
            event.what,
            event.to,
            event.place,
            event.manifest,
            event.tracking_number,
        ),
    )


def _gone(row: Row, at: datetime) -> Custody | None:
    """All papers left the house at `at`; None where no place of theirs was ever told."""
    return Custody("", at, "given") if row["available_at"] or row["manifest"] or row["originals_at"] else None


def _handed_over(row: Row, event: e.DossierHandedOver, meta: Meta) -> Changes:
    changes = ended(row, State.RETURNED, event.occurred_at)
    columns: Row = {"shelf": "", "manifest": "", "originals_at": ""}
    if event.tracking_version is not None:
        columns["tracking_version"] = event.tracking_version
        columns["token_digest"] = token_digest(token(key("tracking"), meta.stream, event.tracking_version))
    gone = _gone(row, event.occurred_at)
    return Changes({**changes.row, **columns}, changes.holder, changes.held_from, gone)


def _papers_given_back(row: Row, event: e.PapersGivenBack, meta: Meta) -> Changes:
    return Changes({"papers_owed": False, "originals_at": ""}, custody=_gone(row, event.occurred_at))


def _refused(row: Row, event: e.DossierRefused, meta: Meta) -> Changes:
    return without_result(row, State.REFUSED, event.occurred_at)


def _withdrawn(row: Row, event: e.DossierWithdrawn, meta: Meta) -> Changes:
    return without_result(row, State.WITHDRAWN, event.occurred_at)


def _stopped(row: Row, event: e.DossierStopped, meta: Meta) -> Changes:
    return without_result(row, State.STOPPED, event.occurred_at, ground=event.ground)


PROJECT: Projections = {
    e.ResultAvailable.TYPE: _available,
    e.ReadyNotified.TYPE: _ready_notified,
    e.PapersMoved.TYPE: _papers_moved,
    e.PapersGivenBack.TYPE: _papers_given_back,
    e.DossierRefused.TYPE: _refused,
    e.DossierHandedOver.TYPE: _handed_over,
    e.DossierWithdrawn.TYPE: _withdrawn,
    e.DossierStopped.TYPE: _stopped,
}
