"""A dossier's agency is merged into another: one name stands for the other, everything else stays."""

from typing import Any

from motcua.dossiers import events as e
from motcua.dossiers.open_steps import put_beside
from motcua.dossiers.projections.base import Changes, Meta, Projections
from motcua.dossiers.row import Row
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
        "beside": put_beside(row, event.beside, without=(o.step.number for o in event.beside), leading=0),
    }
    for back in event.backs:
        waits = columns.get(back.waits) or row[back.waits]
        columns[back.waits] = {**waits, "back_to": _kept(back.holder)}
    return Changes(columns, event.holder, event.occurred_at)


def _kept(holder: e.HolderFact) -> dict[str, Any]:
    return {
        "holder_kind": holder.holder,
        "holder_agency": holder.agency,
        "holder_unit": encode(holder.unit),
        "holder_account": encode(holder.account),
        "queue": holder.queue,
    }


PROJECT: Projections = {e.DossierPassedOn.TYPE: _passed_on}
