"""Words to officers in the house: what came into somebody's hands, and what they wait for. The event is the outbox;
nothing is told inside an act."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from motcua.accounts.selectors import locked
from motcua.agencies.absences import stand_ins
from motcua.agencies.positions import LEADERS, LEADS, WORKING, queue_of
from motcua.agencies.selectors import agency
from motcua.dossiers import events as e
from motcua.dossiers.consulted import RECEIVING, not_answered_by, one_of
from motcua.dossiers.delays import waits
from motcua.dossiers.interests import kept_out
from motcua.dossiers.mandated import sector_of, sides
from motcua.dossiers.manifested import is_awaited
from motcua.dossiers.notified import row_of
from motcua.dossiers.open_steps import holder_now, open_steps
from motcua.dossiers.papers_at import where_papers_are
from motcua.dossiers.row import Row
from motcua.dossiers.thread import asked_bodies, lead_of
from motcua.dossiers.travels import came_to, went_with, with_transfer
from motcua.kernel.codec import encode
from motcua.kernel.time import Clock
from motcua.ledger.chain import Envelope
from motcua.ledger.selectors import history, of_types
from motcua.processes.routing import by_number
from motcua.processes.selectors import staff, version_at
from motcua.workday import operations

# What lies longer back is told by the work list: an installation filled from elsewhere tells nobody.
NEWS = timedelta(days=3)
Data = Mapping[str, Any]
# At a desk a transfer is answered by these.
_DESK = ("reception_officer", "desk_manager")


@dataclass(frozen=True, slots=True)
class Seats:
    """Some people of an agency: of a unit (`works`: only who works on dossiers), in seats of `kinds`, or whose list is
    `queue`; where some of them sit in the unit `rather`, these. None of the accounts `but`, who may not do it."""

    agency: str
    unit: str = ""
    kinds: Sequence[str] = ()
    queue: str = ""
    rather: str = ""
    works: bool = False
    but: frozenset[str] = frozenset()

    def holds(self, kind: str, unit: UUID) -> bool:
        """Whether who sits in such a seat is one of them."""
        of_unit = str(unit) == self.unit and (kind in WORKING or not self.works)
        return of_unit or kind in self.kinds or queue_of(self.agency, kind) == self.queue


@dataclass(frozen=True, slots=True)
class Word:
    """What an event is worth, to whom: an account, or people of an agency. `once`: what it is told once for, where that
    is not the event alone."""

    what: str
    to: str | Seats
    facts: Mapping[str, Any] = field(default_factory=dict)
    once: str = ""


def tell_officers(envelope: Envelope, *, position: int, clock: Clock) -> None:
    """Keep the words that an event is worth, for whom it concerns and who stands in for them; never for who did it
    themselves. Idempotent: each person's word stands once for each position."""
    at = clock()
    if envelope.origin == "import" or at - envelope.at > NEWS:
        return
    row = row_of(envelope.stream)
    if row is None:
        return
    for word in _AFTER[envelope.type](envelope, row):
        tell_those(word, row, cause=word.once or str(position), by=_account(envelope.actor["id"]), at=at)
    if envelope.type in _SIGNED and not is_awaited(envelope.data["manifest"]):
        operations.mark_done(what="papers_sent", cause=envelope.data["manifest"], at=at)


def tell_those(word: Word, row: Row, *, cause: str, by: UUID | None, at: datetime) -> int:
    """Keep one word about the dossier `row` for those it names, for who stands in for the absent, and in place of whose
    account is locked for who else does that work, or leads; returns for how many it was new."""
    people = [one for one in _people(word.to, at) if one != by]
    left_out = word.to.but if isinstance(word.to, Seats) else frozenset()
    instead = stand_ins(people, procedure=row["procedure"], sector=sector_of(row), at=at)
    whom: dict[UUID, UUID | None] = {
        other: away
        for away, others in [*instead.items(), *_of_locked(people, row, at)]
        for other in others
        if other != by and str(other) not in left_out
    }
    told = operations.Told(
        cause=cause, what=word.what, dossier=row["id"], code=row["code"], by=by, facts=word.facts
    )
    return operations.tell(told, whom=(whom | dict.fromkeys(people)).items(), at=at)


def _people(to: str | Seats, at: datetime) -> list[UUID]:
    if isinstance(to, str):
        return [UUID(to)]
    held = staff(agency=to.agency, at=at).seats
    found = [(one, unit) for kind, people in held.items() for one, unit in people if to.holds(kind, unit)]
    found = [(one, unit) for one, unit in found if str(one) not in to.but]
    near = [one for one, unit in found if str(unit) == to.rather]
    return list(dict.fromkeys(near or [one for one, _unit in found]))


def _of_locked(people: Sequence[UUID], row: Row, at: datetime) -> Iterable[tuple[UUID, list[UUID]]]:
    """Who reads what is said to those of `people` whose accounts are locked: whoever sits where the dossier's steps are
    done, else who leads the agency."""
    here, but = row["competent_agency"], kept_out(row)
    for one in locked(people):
        same = Seats(here, kinds=[kind for step in open_steps(row) for kind in step.kinds], but=but)
        yield one, _people(same, at) or _people(Seats(here, kinds=sorted(LEADS), but=but), at)


def _account(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None  # the machine itself


def whose(holder: Data, row: Row) -> str | Seats | None:
    """In whose hands the dossier `row` is: a person's, or those of a shared list who may take part in it; None where no
    officer has it."""
    if holder["holder"] != "position":
        return None
    return holder["account"] or Seats(holder["agency"], queue=holder["queue"], but=kept_out(row))


def _hands(
    envelope: Envelope, row: Row, what: str, holder: Data | None, number: int | None, *, listed: str = ""
) -> Iterable[Word]:
    """That it is in the hands of `holder` now. On a shared list it is in nobody's: that is worth a word only where
    it is unusual (`listed` says which)."""
    to = whose(holder, row) if holder else None
    if to is None or (isinstance(to, Seats) and not listed):
        return
    process = version_at(row, envelope.seq)
    step = by_number(process, number).work if process and number else None
    facts = {"step": {"vi": step.vi, "en": step.en}} if step else {}
    yield Word(listed if isinstance(to, Seats) else what, to, facts)


def _on_to_next(envelope: Envelope, row: Row, what: str, listed: str = "") -> Iterable[Word]:
    data = envelope.data
    opened = [] if data.get("goes_on") else [(data["holder"], data["step"])]
    opened += [(one["holder"], one["step"]) for one in data.get("beside", ())]
    for holder, step in opened:
        yield from _hands(envelope, row, what, holder, step["number"], listed=listed)


def _step(what: str, listed: str = "") -> Callable[[Envelope, Row], Iterable[Word]]:
    """The event names the open step by its number."""
    return lambda envelope, row: _hands(
        envelope, row, what, envelope.data["holder"], envelope.data["step"], listed=listed
    )


def _claimed(envelope: Envelope, row: Row) -> Iterable[Word]:
    """Who had it in their name learns who has it now."""
    before = {"holder": "position", "account": envelope.data.get("before")}
    if before["account"]:
        yield from _hands(envelope, row, "taken_over", before, envelope.data["step"])


def _opened(what: str, listed: str = "") -> Callable[[Envelope, Row], Iterable[Word]]:
    """The event opens steps."""
    return lambda envelope, row: _on_to_next(envelope, row, what, listed)


def _received(envelope: Envelope, row: Row) -> Iterable[Word]:
    return _on_to_next(envelope, row, "received") if envelope.data["step"] else ()


def _goes_on(envelope: Envelope, row: Row) -> Iterable[Word]:
    data = envelope.data
    return _hands(envelope, row, "goes_on", data["holder"], row["step"]) if data["complete"] else ()


def _transferred(envelope: Envelope, row: Row) -> Iterable[Word]:
    """To whom it goes; and where its papers are on no manifest yet, whose unit has them and is to make one."""
    told = envelope.data
    yield Word("transfer", Seats(told["to"], kinds=_DESK), {"agency": told["giver"]})
    if told["way"] != "manifest" or row["transfer"] is None:
        return
    giver, place = told["giver"], where_papers_are([row])[row["id"]]["papers"]
    if with_transfer(row) is not None or went_with(row, place) or came_to(row, place):
        return
    to = Seats(giver, kinds=_DESK)
    if place is not None and place.agency == giver and place.unit not in (None, agency(giver).desk_unit):
        to = Seats(giver, unit=str(place.unit), works=True)
    yield Word("papers_wanted", to, {"agency": told["to"]})


def _declined(envelope: Envelope, row: Row) -> Iterable[Word]:
    """To whom it came back, to who ordered the transfer, and to the desk that sent it, with its head."""
    to, facts = whose(envelope.data["holder"], row), {"agency": envelope.data["agency"]}
    if to is not None:
        yield Word("declined", to, facts)
    sent = of_types([envelope.stream], [e.DossierTransferred.TYPE])[envelope.stream]
    sender = next(one.actor["id"] for one in reversed(sent) if one.seq < envelope.seq)
    if _account(sender) and sender != to:
        yield Word("not_taken", sender, facts)
    desk = _DESK if row["step"] is not None else _DESK[1:]  # before its steps it is back at the desk itself
    yield Word("not_taken", Seats(envelope.data["holder"]["agency"], kinds=desk), facts)


def _child(envelope: Envelope, row: Row) -> Iterable[Word]:
    to = whose(envelope.data["holder"], row)
    if to is not None:
        yield Word("child", to, {"agency": envelope.data["lead_agency"]})


def _child_ended(envelope: Envelope, row: Row) -> Iterable[Word]:
    part = next((one for one in row["children"] if one["child"] == envelope.data["child"]), None)
    to = whose(encode(holder_now(row)), row)
    if part is not None and to is not None:
        yield Word("child_ended", to, {"agency": part["agency"]})


def _asked(envelope: Envelope, row: Row) -> Iterable[Word]:
    for body in envelope.data["bodies"]:
        if body.get("letter"):
            continue  # a body outside the system reads its letter
        yield Word(
            "consulted",
            _asked_seats(row, one_of(row, body["id"])),
            {"agency": row["competent_agency"], "consultation": body["id"]},
        )


def _asked_seats(row: Row, one: Data) -> Seats:
    """Who of those asked may answer."""
    return Seats(one["agency"], unit=one["unit"] or "", kinds=one["kinds"], but=not_answered_by(row, one))


def _asked_one(what: str) -> Callable[[Envelope, Row], Iterable[Word]]:
    def words(envelope: Envelope, row: Row) -> Iterable[Word]:
        one = one_of(row, envelope.data["body"]["id"])
        account = envelope.data.get("account") or one["account"]
        yield Word(
            what, account or _asked_seats(row, one), {"agency": one["asked_by"], "consultation": one["id"]}
        )

    return words


def _opinion(what: str) -> Callable[[Envelope, Row], Iterable[Word]]:
    """To who asked, and to who has it now, where that is another."""

    def words(envelope: Envelope, row: Row) -> Iterable[Word]:
        body = envelope.data["body"]
        asker = one_of(row, body["id"])["asker"]
        holder = row["holder_account"] and str(row["holder_account"])
        for to in dict.fromkeys(one for one in (asker, holder) if one and _account(one)):
            yield Word(what, to, {"name": body["name"], "name_en": body["name_en"]})

    return words


def _message(envelope: Envelope, row: Row) -> Iterable[Word]:
    to = envelope.data["to"]
    asked = asked_bodies(row).get(to["agency"])
    if to["agency"] == lead_of(row) and (lead := row_of(row["parent"])) is not None:
        yield Word("message", to["account"] or _of_place(to, lead, None), {"part": True})
        return
    facts = {"consultation": asked["id"]} if asked else {}
    yield Word("message", to["account"] or _of_place(to, row, asked), facts)


def _of_place(to: Data, row: Row, asked: Data | None) -> str | Seats:
    """Who reads a message to a unit or an agency: the unit; who has the dossier there; whom it was asked through; its
    desk, or who leads."""
    if to["unit"]:
        return Seats(to["agency"], unit=to["unit"])
    if asked:
        return asked["account"] or Seats(to["agency"], unit=asked["unit"] or "", kinds=asked["kinds"])
    holder = encode(holder_now(row))
    if holder["agency"] == to["agency"] and (has := whose(holder, row)):
        return has
    return Seats(to["agency"], kinds=_DESK if to["agency"] == row["desk_agency"] else RECEIVING)


def signers(row: Row) -> Seats:
    """Who may sign the letter of apology that waits."""
    but = kept_out(row) | sides(row["delay"])
    return Seats(row["competent_agency"], kinds=tuple(sorted(LEADERS)), but=but)


def _letter_prepared(envelope: Envelope, row: Row) -> Iterable[Word]:
    if waits(row) and row["delay"]["seq"] == envelope.seq:  # nobody answered or replaced it meanwhile
        yield Word("letter_prepared", signers(row), {"day": envelope.data["apology_date"]})


def _letter_answered(what: str) -> Callable[[Envelope, Row], Iterable[Word]]:
    """To who prepared it, and to who has the dossier now, where that is another."""

    def words(envelope: Envelope, row: Row) -> Iterable[Word]:
        data, prepared = envelope.data, envelope.data["prepared"]
        if "apology_date" not in data:  # given back: what was prepared says it
            (data,) = (one.data for one in history(envelope.stream, after=prepared["seq"] - 1, limit=1))
        holder = row["holder_account"] and str(row["holder_account"])
        for to in dict.fromkeys(
            one for one in (prepared and prepared["by"], holder) if one and _account(one)
        ):
            yield Word(what, to, {"day": data["apology_date"]})

    return words


def _papers_sent(envelope: Envelope, row: Row) -> Iterable[Word]:
    """To everybody of the receiving unit, once for a manifest: whoever signs first takes it."""
    data = envelope.data
    to = Seats(data["to_agency"], unit=data["to_unit"], works=True)
    facts = {"manifest": data["manifest"], "agency": data["from_agency"]}
    yield Word("papers_sent", to, facts, once=data["manifest"])


def _papers(envelope: Envelope, row: Row) -> Iterable[Word]:
    """Who gave papers learns that they came otherwise; both ends, that it is settled."""
    data = envelope.data
    if data.get("outcome") == "received":
        return
    travel = next((one for one in row["travels"] if one["seq"] == data["sent"]), None)
    ends = (travel["sent_by"], travel["signed_by"]) if travel else ()
    what = "papers_differ" if "outcome" in data else "papers_settled"
    for account in dict.fromkeys(one for one in ends if one):
        yield Word(what, account, {"manifest": data["manifest"]})


_AFTER: Mapping[str, Callable[[Envelope, Row], Iterable[Word]]] = {
    e.DossierReceived.TYPE: _received,
    e.DossierAssigned.TYPE: _step("assigned", "put_back"),
    e.DossierClaimed.TYPE: _claimed,
    e.DossierPutBack.TYPE: _step("assigned", "put_back"),
    e.DossierHandedOn.TYPE: _step("handed_on", "put_back"),
    e.InterestDeclared.TYPE: _step("conflict", "put_back"),
    e.StepTaken.TYPE: _opened("passed"),
    e.StepReturned.TYPE: _opened("returned", "returned"),
    e.DossierReopened.TYPE: _opened("reopened", "reopened"),
    e.Supplied.TYPE: _goes_on,
    e.DossierPaid.TYPE: _goes_on,
    e.DossierWaived.TYPE: _goes_on,
    e.DossierTransferred.TYPE: _transferred,
    e.TransferAccepted.TYPE: _opened("accepted", "accepted"),
    e.TransferDeclined.TYPE: _declined,
    e.ChildReceived.TYPE: _child,
    e.ChildEnded.TYPE: _child_ended,
    e.ConsultationAsked.TYPE: _asked,
    e.ConsultationHandedOn.TYPE: _asked_one("to_answer"),
    e.ConsultationReminded.TYPE: _asked_one("asked_again"),
    e.ConsultationAnswered.TYPE: _opinion("answered"),
    e.ConsultationLapsed.TYPE: _opinion("silent"),
    e.MessageWritten.TYPE: _message,
    e.DelayPrepared.TYPE: _letter_prepared,
    e.DelayNotified.TYPE: _letter_answered("letter_signed"),
    e.DelaySentBack.TYPE: _letter_answered("letter_sent_back"),
    e.PapersSent.TYPE: _papers_sent,
    e.PapersSigned.TYPE: _papers,
    e.PapersSettled.TYPE: _papers,
}
_SIGNED = (e.PapersSigned.TYPE, e.PapersSettled.TYPE)
WORTH_A_WORD = frozenset(_AFTER)
