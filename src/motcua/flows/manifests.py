"""Paper dossiers and results go together on a numbered manifest, signed at both ends. Order, never rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.agencies.mergers import is_merged
from motcua.agencies.selectors import agency as agency_facts, units
from motcua.agencies.series import next_in_series
from motcua.calendars.selectors import calendar_of
from motcua.dossiers import operations as dossiers
from motcua.dossiers.operations import Consignment, Recorded
from motcua.dossiers.papers_at import where_papers_are
from motcua.dossiers.policy import may
from motcua.dossiers.record import no_such
from motcua.dossiers.row import Row
from motcua.dossiers.states import Act, State
from motcua.dossiers.travels import Travel, travel_of
from motcua.flows.courses import done
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotFound
from motcua.kernel.time import local
from motcua.ledger.operations import claim
from motcua.processes import routing

SERIES = "BG"
MOST_LINES = 100
# Which papers of which dossier.
Line = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """To which unit of which agency, and by whom it is carried ("" an officer)."""

    agency: str
    unit: UUID
    carrier: str = ""
    tracking_number: str = ""


def give(*, lines: Sequence[Line], to: Destination, actor: Actor, at: datetime) -> tuple[str, list[Recorded]]:
    """Sign, for the actor's unit, that `lines` (what, code) leave it together; returns the manifest's number and what
    was recorded. All or none. Raises Invalid for no line, too many, or a unit that is none, and what `send_papers`
    raises."""
    wanted = sorted(set(lines))
    if not 0 < len(wanted) <= MOST_LINES:
        raise Invalid(
            f"Hãy chọn từ một đến {MOST_LINES} dòng.", f"Choose one to {MOST_LINES} lines.", field="codes"
        )
    if to.unit not in {unit.id for unit in units(to.agency)} or is_merged(to.agency, on=local(at).date()):
        raise Invalid("Hãy chọn nơi nhận.", "Choose who receives them.", field="to")
    rows = _locked([code for _, code in wanted], actor, at)
    number = next_in_series(agency=actor.agency, series=SERIES, period=str(local(at).year))
    consignment = Consignment(
        manifest=f"{SERIES}-{actor.agency}-{local(at).year}-{number:06}",
        to_agency=to.agency,
        to_unit=to.unit,
        carrier=to.carrier,
        tracking_number=to.tracking_number,
    )
    recorded, places = [], where_papers_are(rows.values())
    for what, code in wanted:
        place = places[rows[code]["id"]].get(what)
        one = dossiers.send_papers(
            row=rows[code], what=what, consignment=consignment, place=place, actor=actor, at=at
        )
        rows[code] = one.row
        recorded.append(one)
    return consignment.manifest, recorded


def sign(
    *, manifest: str, lines: Mapping[Line, tuple[str, str]], actor: Actor, at: datetime
) -> list[Recorded]:
    """Sign for lines of a manifest: (what, code) -> (outcome, note). All or none; lines left out stay open. Papers of a
    transfer that come to the receiving desk are its delivery: its 8 working hours begin. Raises NotFound, and what
    `sign_papers` raises."""
    if not lines:
        raise Invalid(
            "Hãy ghi tình trạng của ít nhất một dòng.", "Say of at least one line how it came.", field="codes"
        )
    rows = _locked([code for _, code in lines], actor, at)
    recorded = []
    for (what, code), (outcome, note) in sorted(lines.items()):
        travel = _travel(rows[code], manifest, what)
        one = dossiers.sign_papers(
            row=rows[code], travel=travel, outcome=outcome, note=note, actor=actor, at=at
        )
        rows[code] = one.row
        recorded.append(one)
        if what == "papers" and outcome != "missing" and _delivers(one.row, actor):
            rows[code] = _delivered(one.row, actor, at)
    return recorded


def _delivers(row: Row, actor: Actor) -> bool:
    """Whether these papers are those of a transfer to the actor's desk, which were on their way."""
    transfer = row["transfer"]
    return (
        row["state"] == State.TRANSFERRED
        and transfer["answer_by"] is None
        and transfer["to"] == actor.agency
        and may(actor, Act.ACCEPT_TRANSFER, row) is None
    )


def _delivered(row: Row, actor: Actor, at: datetime) -> Row:
    facts = agency_facts(actor.agency)
    receiver = routing.desk(facts.code, facts.desk_unit)
    calendar = calendar_of(actor.agency)
    return done(dossiers.deliver(row=row, receiver=receiver, calendar=calendar, actor=actor, at=at)).row


def settle(
    *, manifest: str, what: str, code: str, way: str, note: str, actor: Actor, at: datetime
) -> Recorded:
    """Settle a line of a manifest that differs, or take it back before it is signed for. Raises NotFound, and what
    `settle_papers` raises."""
    row = _locked([code], actor, at)[code]
    travel = _travel(row, manifest, what)
    return dossiers.settle_papers(row=row, travel=travel, way=way, note=note, actor=actor, at=at)


def _locked(codes: Sequence[str], actor: Actor, at: datetime) -> dict[str, Row]:
    rows = dossiers.lock_several(codes)
    if missing := sorted(set(codes) - set(rows)):
        raise no_such(missing[0])
    first = next(iter(rows.values()))
    claim(stream=first["id"], seq=first["head_seq"] + 1, actor=actor, at=at)
    return rows


def _travel(row: Row, manifest: str, what: str) -> Travel:
    found = travel_of(row, manifest, what)
    if found is None:
        raise NotFound("Không có dòng này trên phiếu.", "There is no such line on the manifest.")
    return found
