"""Some receipts of a demonstration, as the desk prints them."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from motcua.agencies.selectors import viewer_of
from motcua.cli.demo_lives import DESK
from motcua.cli.demo_report import Report
from motcua.cli.demo_stage import people_of
from motcua.dossiers.row import Row
from motcua.web.common.pdf.render import render_receipt
from motcua.web.counter.receipt import receipt_facts

DOZEN = 12


def write_receipts(report: Report, folder: Path) -> list[Path]:
    """Print the receipts of a dozen dossiers into `folder` (0700: they name people, if made-up ones), named
    after the code; returns the files."""
    chosen = a_dozen(report.rows)
    if not chosen:
        return []
    officers = people_of(chosen[0]["desk_agency"], at=report.until)[DESK[0]]
    viewer = viewer_of(UUID(officers[0].actor.id), at=report.until)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    files = []
    for row in chosen:
        file = folder / f"{row['code']}.pdf"
        file.write_bytes(render_receipt(receipt_facts(row["code"], viewer=viewer)))
        files.append(file)
    return files


def a_dozen(rows: Sequence[Row]) -> list[Row]:
    """Received dossiers, of as many procedures as there are, at most a dozen."""
    received = [row for row in rows if row["received_at"] is not None]
    firsts = list({row["procedure"]: row for row in reversed(received)}.values())
    others = [row for row in received if row not in firsts]
    return (firsts + others)[:DOZEN]
