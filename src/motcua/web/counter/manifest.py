"""The manifest of results given to the post, as paper."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.conf import settings

from motcua.agencies.selectors import AgencyFacts
from motcua.dossiers.results import Sent
from motcua.web.common.pdf.facts import PaperHead, SheetColumn, SheetFacts
from motcua.web.common.pdf.sheet import render_sheet

COLUMNS = (
    SheetColumn("TT", 1, "right"),
    SheetColumn("Mã hồ sơ", 4),
    SheetColumn("Nội dung, số kết quả", 6),
    SheetColumn("Người nhận, địa chỉ, điện thoại", 7),
    SheetColumn("Số hiệu bưu gửi", 3),
    SheetColumn("Ghi chú", 3),
)


def manifest_pdf(number: str, lines: Sequence[Sent], titles: Mapping[UUID, str], desk: AgencyFacts) -> bytes:
    """A4 landscape, a line for each result; signed by who gives and who takes.

    Raises MissingGlyphError for letters no font has.
    """
    issued = min(line.since for line in lines)
    return render_sheet(
        SheetFacts(
            head=PaperHead(
                trial=settings.INSTALLATION == "trial",
                parent_agency=desk.parent_name,
                agency=desk.name,
                place=desk.place,
                code=number,
                qr="",
            ),
            title="Bảng kê giao kết quả qua dịch vụ bưu chính",
            subtitle=f"Giao cho: {lines[0].place}. Tổng số: {len(lines)} hồ sơ.",
            columns=COLUMNS,
            rows=tuple(
                (
                    str(n),
                    line.code,
                    f"{titles[line.procedure_version]}\nSố {line.result_number}",
                    "\n".join(part for part in (line.name, line.address, line.phone) if part),
                    "",
                    "",
                )
                for n, line in enumerate(lines, 1)
            ),
            signers=("BÊN GIAO", "BÊN NHẬN"),
            issued_at=issued,
        )
    )
