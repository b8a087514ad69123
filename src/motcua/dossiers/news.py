"""What an event is worth telling the people of a dossier, and with which words filled in (ADR 0039)."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from motcua.agencies.selectors import agency
from motcua.dossiers import events as e
from motcua.dossiers.delays import CAUSES, OTHER
from motcua.dossiers.row import Row
from motcua.dossiers.windows import supplement_until
from motcua.kernel.say import Say
from motcua.kernel.time import local, parse_utc

# The message (notifications.says) and what is filled into it.
Tells = tuple[str, dict[str, Say | str]]
Data = Mapping[str, Any]


def when_words(moment: datetime) -> str:
    """A moment as a message says it."""
    return f"{local(moment):%H:%M %d/%m/%Y}"


def day_words(day: date) -> str:
    """A day as a message says it."""
    return f"{day:%d/%m/%Y}"


def _moment(text: str) -> str:
    return when_words(parse_utc(text))


def _submitted(data: Data, row: Row) -> Tells:
    return "submitted", {"answer_by": _moment(data["answer_due_at"])}


def _received(data: Data, row: Row) -> Tells:
    if data["due_at"]:
        return "received", {"due": _moment(data["due_at"])}
    if data.get("expected_at"):
        return "received_for", {"due": _moment(data["expected_at"])}
    return "received_open", {}


def _asked_for_papers(data: Data, row: Row) -> Tells:
    return "papers", {"until": day_words(supplement_until(parse_utc(data["occurred_at"])))}


def _asked_to_pay(data: Data, row: Row) -> Tells:
    amount = sum(charge["amount"] for charge in data["charges"])
    return "payment", {"amount": f"{amount:,}".replace(",", ".")}


def _delayed(data: Data, row: Row) -> Tells:
    cause = CAUSES[data.get("cause", OTHER)]
    return "delay", {"day": day_words(date.fromisoformat(data["apology_date"])), "cause": cause}


def _moved_by_calendar(data: Data, row: Row) -> Tells | None:
    return ("moved", {"due": _moment(data["new"]["due_at"])}) if data.get("to_tell") else None


def _extended(data: Data, row: Row) -> Tells | None:
    due = data["due"]["due_at"]
    return ("extended", {"due": _moment(due)}) if due else None


def _asked_others(data: Data, row: Row) -> Tells | None:
    """Of one that stops the clock: the rest the tracking page tells."""
    if data["due"] is None:
        return None
    bodies = data["bodies"]
    names = Say(*(", ".join(body[name] for body in bodies) for name in ("name", "name_en")))
    return "consulting", {"agency": names}


def _goes_on(data: Data, row: Row) -> Tells | None:
    due = data["due"]["due_at"] if data["due"] else None
    return ("consulted", {"due": _moment(due)}) if due else None


def _transferred(data: Data, row: Row) -> Tells | None:
    # Received for another agency: that was told with the reception.
    return (
        None if data["use"] == "non_territorial" else ("transferred", {"agency": agency(data["to"]).called})
    )


def _accepted(data: Data, row: Row) -> Tells | None:
    due = data["due"]["due_at"]
    return ("firm", {"due": _moment(due)}) if due else None


def _available(data: Data, row: Row) -> Tells:
    return ("ready" if row["return_way"] == "desk" else "sent_to_you"), {}


_AFTER: Mapping[str, Callable[[Data, Row], Tells | None]] = {
    e.DossierSubmitted.TYPE: _submitted,
    e.DossierReceived.TYPE: _received,
    e.DossierRefused.TYPE: lambda data, row: ("refused", {}),
    e.SupplementRequested.TYPE: _asked_for_papers,
    e.PaymentRequested.TYPE: _asked_to_pay,
    e.DelayNotified.TYPE: _delayed,
    e.CalendarApplied.TYPE: _moved_by_calendar,
    e.DossierExtended.TYPE: _extended,
    e.ConsultationAsked.TYPE: _asked_others,
    e.ConsultationAnswered.TYPE: _goes_on,
    e.ConsultationLapsed.TYPE: _goes_on,
    e.ConsultationTakenBack.TYPE: _goes_on,
    e.DossierTransferred.TYPE: _transferred,
    e.TransferAccepted.TYPE: _accepted,
    e.ResultAvailable.TYPE: _available,
    e.DossierWithdrawn.TYPE: lambda data, row: ("withdrawn", {}),
    e.DossierStopped.TYPE: lambda data, row: ("stopped", {}),
}
TOLD = frozenset(_AFTER)


def news_of(kind: str, data: Data, row: Row) -> Tells | None:
    """The message that an event of `kind` with `data` is worth, of a dossier that stands as `row` after it; None for
    none. Of a child dossier the applicant knows nothing: what they are told, the one they have tells."""
    tells = _AFTER.get(kind) if row["parent"] is None else None
    return None if tells is None else tells(data, row)
