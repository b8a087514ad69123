"""What officers write about a dossier changes nothing of it: no clock, no holder, and no proposal lapses by it."""

from typing import Any

from motcua.dossiers import events as e
from motcua.dossiers.projections.base import Changes, Meta, Projections
from motcua.dossiers.row import Row


def _nothing(row: Row, event: Any, meta: Meta) -> Changes:
    return Changes({name: row[name] for name in ("pending", "untouched", "sent")})


PROJECT: Projections = {kind.TYPE: _nothing for kind in (e.NoteWritten, e.MessageWritten)}
