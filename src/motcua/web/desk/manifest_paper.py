"""The manifest that goes with paper dossiers, as paper: the form agencies use, signed at both ends."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from motcua.dossiers.manifested import Line
from motcua.dossiers.travels import OUTCOMES, SETTLED, WHAT
from motcua.web.common.money_paper import head
from motcua.web.common.pdf.facts import SheetColumn, SheetFacts
from motcua.web.common.pdf.sheet import render_sheet

COLUMNS = (
    SheetColumn("TT", 1, "right"),
    SheetColumn("Mã hồ sơ", 4),
    SheetColumn("Nội dung", 7),
    SheetColumn("Chủ hồ sơ", 4),
    SheetColumn("Bản chính", 2, "right"),
    SheetColumn("Bản sao", 2, "right"),
    SheetColumn("Tình trạng khi nhận", 4),
)


def manifest_pdf(
    number: str, lines: Sequence[Line], titles: Mapping[UUID, str], *, address: str, ends: tuple[str, str]
) -> bytes:
    """A4 landscape, a line for each paper dossier or result, with its counts; the QR leads to the manifest's page.

    Raises MissingGlyphError for letters no font has.
    """
    first = lines[0].travel
    carried = ", ".join(part for part in (first["carrier"], first["tracking_number"]) if part)
    return render_sheet(
        SheetFacts(
            head=replace(head(first["from_agency"], number), qr=address),
            title="Phiếu bàn giao hồ sơ, kết quả",
            subtitle=f"Bên giao: {ends[0]}. Bên nhận: {ends[1]}.",
            columns=COLUMNS,
            rows=tuple(
                (
                    str(n),
                    line.code,
                    f"{WHAT[line.travel['what']].vi}: {titles[line.procedure_version]}"
                    + (f"\nSố {line.result_number}" if line.travel["what"] == "result" else ""),
                    line.name,
                    str(line.travel["originals"]),
                    str(line.travel["copies"]),
                    _how(line),
                )
                for n, line in enumerate(lines, 1)
            ),
            totals=(
                "",
                f"Cộng {len(lines)} dòng",
                "",
                "",
                str(sum(line.travel["originals"] for line in lines)),
                str(sum(line.travel["copies"] for line in lines)),
                "",
            ),
            notes=(f"Người chuyển: {carried}.",) if carried else (),
            signers=("BÊN GIAO", "BÊN NHẬN"),
            issued_at=first["sent_at"],
        )
    )


def _how(line: Line) -> str:
    said = OUTCOMES[line.travel["outcome"]].vi if line.travel["outcome"] else ""
    settled = SETTLED[line.travel["settled"]].vi if line.travel["settled"] else ""
    return "; ".join(part for part in (said, settled) if part)
