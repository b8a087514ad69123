"""What `ledger check` compares with the events of posting: each print, and what it left on the wall."""

from collections.abc import Iterator
from uuid import UUID

from django.db import connection

from motcua.ledger.chain import Envelope, Fault
from motcua.ledger.inspection import Batch
from motcua.postings.events import ProceduresPosted
from motcua.postings.models import Print
from motcua.postings.wall import Change, Form, Hung

_FIELDS = ("form", "sector", "whole")


def prints(batch: Batch) -> Iterator[Fault]:
    """Prints that are gone, or not as their agency's events say."""
    told = {
        UUID(event.data["print"]): event
        for _stream, envelopes in batch
        for event in envelopes
        if event.type == ProceduresPosted.TYPE
    }
    rows = Print.objects.in_bulk(list(told)) if told else {}
    for key, event in told.items():
        row = rows.get(key)
        if row is None:
            yield Fault(event.stream, event.seq, "deleted: a print of posted procedures")
        elif not _fits(row, event):
            yield Fault(event.stream, event.seq, "altered: a print of posted procedures")


def _fits(row: Print, event: Envelope) -> bool:
    posted = {code: Hung.read(row.wall[code]) for code in row.posted if code in row.wall}
    change = Change(Form(row.form), row.sector, row.whole, posted, tuple(row.taken_down))
    return (
        (event.agency, event.seq) == (row.agency, row.seq)
        and all(event.data[name] == getattr(row, name) for name in _FIELDS)
        and event.data["digest"] == change.digest.hex()
    )


def strays() -> Iterator[Fault]:
    """Prints that no event tells of."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.agency, count(*) FROM postings_print p LEFT JOIN agencies_agency a ON a.code = p.agency"
            " LEFT JOIN ledger_event e ON e.stream = a.stream AND e.seq = p.seq AND e.type = %s"
            " WHERE e.seq IS NULL GROUP BY p.agency ORDER BY p.agency",
            [ProceduresPosted.TYPE],
        )
        for agency, count in cursor.fetchall():
            yield Fault(None, 0, f"added: {count} prints of {agency} that no event tells of")
