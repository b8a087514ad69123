"""What `ledger check` compares with the events of money: the texts, the numbers given, the accounts it goes to."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.kernel.contents import references, vouched_for, wrong
from motcua.ledger.chain import Fault
from motcua.ledger.inspection import Batch
from motcua.payments.events import ReceivingAccountSet
from motcua.payments.projector import TYPES


def contents(batch: Batch) -> Iterator[Fault]:
    """Names and reasons that are not those their events vouch for, are gone, or stand there without an event."""
    streams = {stream: envelopes for stream, envelopes in batch if envelopes[0].type in TYPES}
    if not streams:
        return
    rows: dict[tuple[UUID, UUID], dict[str, Any]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT owner, id, digest, salt, sealed FROM payments_content WHERE owner = ANY(%s)",
            [list(streams)],
        )
        for owner, content, digest, salt, sealed in cursor.fetchall():
            rows[owner, content] = {"digest": digest, "salt": salt, "sealed": sealed}
    for stream, envelopes in streams.items():
        for event in envelopes:
            for content, digest in references(event.data):
                row = rows.pop((stream, content), None)
                if row is None or vouched_for(content, row, digest) is None:
                    yield Fault(stream, event.seq, f"{wrong(row)}: the text {content}")
    for stream, content in rows:
        yield Fault(stream, 0, f"added: no event names the text {content}")


def strays() -> Iterator[Fault]:
    """Texts that belong to no receipt, refund, cash book, settlement or sum that came in."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.owner, c.id FROM payments_content c"
            " WHERE NOT EXISTS (SELECT FROM payments_receipt WHERE id = c.owner)"
            " AND NOT EXISTS (SELECT FROM payments_refund WHERE id = c.owner)"
            " AND NOT EXISTS (SELECT FROM payments_credit WHERE id = c.owner)"
            " AND NOT EXISTS (SELECT FROM payments_settlement WHERE id = c.owner)"
            " AND NOT EXISTS (SELECT FROM payments_book WHERE id = c.owner) ORDER BY c.id LIMIT 200"
        )
        for owner, content in cursor.fetchall():
            yield Fault(owner, 0, f"added: no event names the text {content}")


def numbers() -> Iterator[Fault]:
    """Series of receipts and vouchers that gave more or fewer numbers than papers stand, or that have a gap."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT agency, series, year, coalesce(last, 0), coalesce(standing, 0), coalesce(highest, 0) FROM"
            " payments_number FULL JOIN (SELECT agency, series, year, count(*) AS standing, max(number) AS highest"
            "  FROM (SELECT agency, series, year, number FROM payments_receipt"
            "  UNION ALL SELECT agency, series, year, number FROM payments_refund WHERE number IS NOT NULL"
            "  UNION ALL SELECT agency, series, year, number FROM payments_settlement) p"
            "  GROUP BY agency, series, year) p USING (agency, series, year)"
            " WHERE last IS DISTINCT FROM standing OR last IS DISTINCT FROM highest"
            " ORDER BY agency, series, year LIMIT 200"
        )
        for agency, series, year, given, found, highest in cursor.fetchall():
            yield Fault(
                None,
                0,
                f"numbers: {agency} gave {given} of {series}-{year}; {found} papers stand, the last {highest}",
            )


def accounts() -> Iterator[Fault]:
    """Accounts that take what is paid online, and are not those that a leader set: where money goes is not left to
    whoever can write to a table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT stream, seq, envelope FROM ledger_event WHERE type = %s ORDER BY stream, seq",
            [ReceivingAccountSet.TYPE],
        )
        told = {}
        for stream, seq, envelope in cursor.fetchall():
            event = json.loads(envelope)
            data = event["data"]
            told[UUID(data["id"])] = stream, seq, {"agency": event["agency"], **data["account"]}
        cursor.execute(
            "SELECT id, agency, bin, number, holder FROM payments_receivingaccount WHERE state = 'set' ORDER BY id"
        )
        for account, *values in cursor.fetchall():
            stream, seq, wanted = told.pop(account, (None, 0, None))
            if dict(zip(("agency", "bin", "number", "holder"), values, strict=True)) != wanted:
                how = "added: no event names" if wanted is None else "altered:"
                yield Fault(stream, seq, f"{how} the receiving account {account}")
    for account, (stream, seq, _) in told.items():
        yield Fault(stream, seq, f"deleted: the receiving account {account}")
