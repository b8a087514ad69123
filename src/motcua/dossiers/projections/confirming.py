"""What several applicants say, one by one: facts of the history, which move nothing."""

from motcua.dossiers import events as e
from motcua.dossiers.projections.base import Changes, Meta, Projections
from motcua.dossiers.row import Row


def _said(row: Row, _event: e.DossierConfirmed | e.WithdrawalAgreed, _meta: Meta) -> Changes:
    return Changes({"pending": row["pending"], "untouched": row["untouched"]})


PROJECT: Projections = {e.DossierConfirmed.TYPE: _said, e.WithdrawalAgreed.TYPE: _said}
