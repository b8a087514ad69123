"""What is odd in an issued process, told by its own lines, not by a judgement the file brings along. Pure."""

from motcua.kernel.say import Say
from motcua.kernel.text import fold
from motcua.processes.issued.record import Record, Row
from motcua.processes.issued.roles import role
from motcua.processes.shapes import Finding

_DAY = "ngày"
_PUT_IN = {
    "receive_missing": Say(
        "Bảng không có bước tiếp nhận; thêm một bước, gộp bước đầu vào thời gian của nó",
        "The table has no row of reception; one was put in, the first row lies within its time",
    ),
    "approve_missing": Say(
        "Bảng không có bước lãnh đạo ký; thêm một bước gộp vào thời gian của bước trước",
        "The table has no row for the leader's signature; one was put in, within the time of the row before",
    ),
}
# What the file itself remarks and its lines do not show.
_REMARKED = {
    "blank_time_not_a_merged_cell": (
        "blank_read_as_merged",
        Say(
            "Ô thời gian để trống được đọc là ô gộp với bước trên, bảng gốc không chứng tỏ điều đó",
            "A blank time is read as merged with the row above; the original table does not prove it",
        ),
    ),
    "limit_is_stage_by_stage": (
        "limit_by_stages",
        Say(
            "Thời hạn là tổng của các giai đoạn; có giai đoạn nằm ngoài bảng",
            "The limit is the sum of stages; some lie outside the table",
        ),
    ),
}


def put_in(code: str) -> Finding:
    """The finding for a row that the table lacks and that was put in."""
    return Finding(code, _PUT_IN[code])


def findings_of(record: Record, *, sharing: int) -> list[Finding]:
    """Everything odd in `record`, the same for the same record; `sharing`: processes of the file with its code.

    Sums against limits and days against working days are processes.shapes.findings' to tell, for every process alike.
    """
    return [
        *_of_code(record, sharing),
        *_of_match(record),
        *_of_limits(record),
        *_of_cells(record),
        *_of_roles(record),
        *_of_registers(record),
        *(
            Finding(*_REMARKED[name])
            for name in dict.fromkeys(remark.partition(":")[0] for remark in record.findings)
            if name in _REMARKED
        ),
    ]


def _of_code(record: Record, sharing: int) -> list[Finding]:
    if sharing < 2:
        return []
    return [
        Finding(
            "code_not_unique",
            Say(
                f"Mã {record.process_code} dùng cho {sharing} quy trình trong tệp; ở đây quy trình mang mã {record.id}",
                f"{sharing} processes of the file carry the code {record.process_code}; here this one is {record.id}",
            ),
        )
    ]


def _of_match(record: Record) -> list[Finding]:
    if not record.national_code:
        text = Say(
            "Cổng dịch vụ công không có thủ tục này: chưa áp dụng được cho tới khi biết thủ tục",
            "The national portal has no such procedure: it can be adopted only once the procedure is known",
        )
        return [Finding("no_counterpart", text)]
    if record.national_match == "near":
        title = "; ".join(record.national_title)
        text = Say(
            f"Tên khác tên công bố của {record.national_code} (“{title}”); cần người có chuyên môn xác nhận là một",
            f"The title differs from that announced for {record.national_code} (“{title}”); a lawyer has to confirm",
        )
        return [Finding("near_match", text)]
    return []


def _of_limits(record: Record) -> list[Finding]:
    found = []
    units = {v.limit_unit for v in record.variants if v.limit_unit and not v.same_day_rule}
    if len(units) > 1:
        text = Say("Thời hạn lẫn ngày làm việc và ngày", "The limits mix working days and calendar days")
        found.append(Finding("mixed_days", text))
    if any(v.same_day_rule for v in record.variants):
        text = Say(
            "Trả trong ngày, nhận sau 15 giờ thì ngày làm việc sau; các bước chia theo phần của ngày ấy",
            "Due the same day, received after 15:00 the next working day; the steps share that day",
        )
        found.append(Finding("same_day", text))
    if "them khong qua" in fold(record.time_limit_text or ""):
        text = Say(
            "Thời hạn viết là kéo dài “thêm không quá”; số ghi ở trường hợp là một cách đọc",
            "The limit is written as longer “by at most”; the number of the variant is one reading",
        )
        found.append(Finding("extension_as_addition", text))
    return found


def _of_cells(record: Record) -> list[Finding]:
    found = []
    merged = [row for row in record.steps if any(time.merged_with_previous for time in row.times)]
    if merged:
        rows = _rows(merged)
        text = Say(
            f"Ô thời gian gộp với bước trên: bước {rows}", f"Times merged with the row above: rows {rows}"
        )
        found.append(Finding("merged_cells", text))
    if missing := [row for row in record.steps if any(time.unit_missing_in_source for time in row.times)]:
        rows = _rows(missing)
        text = Say(
            f"Bảng không ghi đơn vị thời gian ở bước {rows}; đọc là {_DAY}",
            f"The table names no unit of time in rows {rows}; read as days",
        )
        found.append(Finding("unit_missing", text))
    for row in record.steps:
        for condition in dict.fromkeys(time.condition for time in row.times if time.condition):
            text = Say(
                f"Bước {row.order}: thời gian tính “{condition}”, hệ thống tính nối tiếp bước trên",
                f"Row {row.order}: its time runs “{condition}”; here it follows the row above",
            )
            found.append(Finding("time_condition", text))
    return found


def _of_roles(record: Record) -> list[Finding]:
    found = []
    for name in dict.fromkeys(row.role for row in record.steps):
        meant = role(name, "steps")
        if meant.mapped:
            kinds = ", ".join(meant.kinds)
            text = Say(
                f"Bảng ghi “{name}”; vị trí lấy là {kinds}", f"The table says “{name}”; {kinds} stands for it"
            )
            found.append(Finding("position_mapped", text))
    return found


def _of_registers(record: Record) -> list[Finding]:
    """The last row enters a register that is not the one the document keeps."""
    entered = [output for output in record.steps[-1].outputs if fold(output).startswith("so ")]
    kept = [one.record for one in record.retention if fold(one.record).startswith("so dang ky")]
    named = {fold(part) for output in entered for part in output.split(";")}
    if not entered or not kept or {fold(name).strip() for name in kept} & {name.strip() for name in named}:
        return []
    text = Say(
        f"Bước cuối ghi {', '.join(entered)}, phần lưu hồ sơ ghi {', '.join(kept)}",
        f"The last step names {', '.join(entered)}, the retention list {', '.join(kept)}",
    )
    return [Finding("register_differs", text)]


def _rows(rows: list[Row]) -> str:
    return ", ".join(str(row.order) for row in rows)
