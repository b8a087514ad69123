"""Who takes no part in a dossier because of a conflict of interest."""

from motcua.dossiers import events as e
from motcua.dossiers.open_steps import held_beside
from motcua.dossiers.projections.base import Changes, Meta, Projections
from motcua.dossiers.row import Row
from motcua.kernel.codec import encode


def _declared(row: Row, event: e.InterestDeclared, meta: Meta) -> Changes:
    one = {
        "account": str(event.account),
        "kind": event.kind,
        "seq": meta.seq,
        "reason": encode(event.reason),
    }
    columns: Row = {"barred": [*row["barred"], one]}
    if event.step != row["step"]:
        return Changes(columns | {"beside": held_beside(row, event.step, event.holder)})
    return Changes(columns, event.holder, event.occurred_at)


def _lifted(row: Row, event: e.InterestLifted, meta: Meta) -> Changes:
    return Changes({"barred": [one for one in row["barred"] if one["account"] != str(event.account)]})


PROJECT: Projections = {
    e.InterestDeclared.TYPE: _declared,
    e.InterestLifted.TYPE: _lifted,
}
