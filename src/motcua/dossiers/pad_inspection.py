"""What `ledger check` compares with acts from paper: the sheets they used."""

from collections.abc import Iterator, Mapping

from django.db import connection

from motcua.kernel.codec import encode
from motcua.ledger.chain import Fault
from motcua.ledger.inspection import Batch


def sheets(batch: Batch) -> Iterator[Fault]:
    """Sheets that are not used as the dossiers' events say, or stand as used without an event. One statement."""
    codes = [code for _, envelopes in batch if (code := envelopes[0].data.get("code"))]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.agency, p.code, s.number, s.subject, s.what, s.occurred_at, s.with_photo"
            " FROM pads_sheet s JOIN pads_pad p ON p.id = s.pad_id WHERE s.state = 'used' AND s.subject = ANY(%s)",
            [codes],
        )
        used = {
            (agency, pad, number): (subject, what, encode(at), photo)
            for agency, pad, number, subject, what, at, photo in cursor.fetchall()
        }
    for stream, envelopes in batch:
        for event in envelopes:
            paper = event.data.get("paper")
            if isinstance(paper, Mapping):  # in a certification's events it is the kind of paper
                sheet = (event.agency, paper["pad"].strip().upper(), int(paper["number"]))
                photo = paper.get("photo") is not None
                told = (envelopes[0].data["code"], event.type, paper["occurred_at"], photo)
                if used.pop(sheet, None) != told:
                    yield Fault(stream, event.seq, f"altered: sheet {sheet[2]} of pad {sheet[1]}")
    for _agency, pad, number in used:
        yield Fault(None, 0, f"added: no event uses sheet {number} of pad {pad}")


def strays() -> Iterator[Fault]:
    """Sheets used for what is no dossier."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.code, s.number FROM pads_sheet s JOIN pads_pad p ON p.id = s.pad_id WHERE s.state = 'used'"
            " AND NOT EXISTS (SELECT FROM dossiers_dossier d WHERE d.code = s.subject) ORDER BY p.id, 2 LIMIT 200"
        )
        for pad, number in cursor.fetchall():
            yield Fault(None, 0, f"added: no event uses sheet {number} of pad {pad}")
