"""A dossier's agency is merged into another: one name stands for the other, everything else stays. Or who has it
leaves a seat."""

from typing import Any

from motcua.dossiers import events as e
from motcua.dossiers.consulted import RECEIVING
from motcua.dossiers.open_steps import held_beside, put_beside
from motcua.dossiers.projections.base import Changes, Meta, Projections
from motcua.dossiers.recalls import standing_after
from motcua.dossiers.row import Row
from motcua.dossiers.travels import Travel, is_live
from motcua.kernel.codec import encode


def _passed_on(row: Row, event: e.DossierPassedOn, meta: Meta) -> Changes:
    def named(agency: str) -> str:
        return event.successor if agency == event.predecessor else agency

    desk, competent, gave = (named(row[name]) for name in ("desk_agency", "competent_agency", "gave"))
    transfer = row["transfer"] and {
        **row["transfer"],
        **{name: named(row["transfer"][name]) for name in ("giver", "to", "gave")},
    }
    goes_to = transfer["to"] if transfer else competent
    columns: Row = {
        "desk_agency": desk,
        "competent_agency": competent,
        "elsewhere": "" if goes_to == desk else goes_to,
        "lead_agency": named(row["lead_agency"]),
        "gave": "" if gave in (desk, goes_to) else gave,
        "earlier": [{**left, "agency": named(left["agency"])} for left in row["earlier"]],
        "pending": row["pending"] and {**row["pending"], "agency": named(row["pending"]["agency"])},
        "untouched": row["untouched"],
        "numbered_by": row["numbered_by"] or (row["desk_agency"] if desk != row["desk_agency"] else ""),
        "transfer": transfer,
        "beside": put_beside(
            row, event.beside, without=(o.step.number for o in event.beside), leading=row["step"]
        ),
    }
    columns["consultations"] = [_renamed(one, event) for one in row["consultations"]]
    columns["travels"] = [_moved(one, event) for one in row["travels"]]
    for back in event.backs:
        waits = columns.get(back.waits) or row[back.waits]
        columns[back.waits] = {**waits, "back_to": _kept(back.holder)}
    return Changes(columns, event.holder, event.occurred_at)


def _renamed(one: dict[str, Any], event: e.DossierPassedOn) -> dict[str, Any]:
    """A consultation that still may be answered goes on at the successor; what is over stays whose it was."""
    if not one["awaited"]:
        return one
    names = {name: event.successor for name in ("agency", "asked_by") if one[name] == event.predecessor}
    moved = "agency" in names and (one["unit"] or one["account"])
    return {**one, **names} | ({"unit": None, "account": None, "kinds": list(RECEIVING)} if moved else {})


def _moved(one: Travel, event: e.DossierPassedOn) -> Travel:
    """Papers on their way from or to the predecessor, that differ, or that lie with it, are its successor's."""
    units = {str(fact.before): str(fact.after) for fact in event.units}
    sides = [side for side in ("from", "to") if one[f"{side}_unit"] in units] if is_live(one) else []
    agencies = {f"{side}_agency": event.successor for side in sides}
    return {**one, **agencies, **{f"{side}_unit": units[one[f"{side}_unit"]] for side in sides}}


def _kept(holder: e.HolderFact) -> dict[str, Any]:
    return {
        "holder_kind": holder.holder,
        "holder_agency": holder.agency,
        "holder_unit": encode(holder.unit),
        "holder_account": encode(holder.account),
        "queue": holder.queue,
    }


def _handed_on(row: Row, event: e.DossierHandedOn, meta: Meta) -> Changes:
    """What was proposed stands: others answer it."""
    stands: Row = {"pending": row["pending"], "sent": standing_after(row, event)}
    if event.waits:
        return Changes(stands | {event.waits: {**row[event.waits], "back_to": _kept(event.holder)}})
    if event.step != row["step"]:
        return Changes(stands | {"beside": held_beside(row, event.step, event.holder)})
    return Changes(stands, event.holder, event.occurred_at)


PROJECT: Projections = {e.DossierPassedOn.TYPE: _passed_on, e.DossierHandedOn.TYPE: _handed_on}
