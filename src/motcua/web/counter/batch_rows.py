"""The lines of a list: which column is which, and what is wrong with each line, in the words of the form."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from motcua.kernel.errors import Invalid
from motcua.kernel.say import Say
from motcua.kernel.text import fold
from motcua.parties.operations import Particulars
from motcua.parties.papers import PAPERS, meant, normal, short_name
from motcua.reception.operations.batches import MOST_ROWS, NewRow
from motcua.reception.xlsx import Line
from motcua.web.counter.forms import PersonForm

Finding = Mapping[str, Mapping[str, str]]

COLUMNS = {
    "name": Say("Họ và tên", "Name"),
    "paper": Say("Loại giấy tờ", "Kind of paper"),
    "number": Say("Số giấy tờ", "Number"),
    "born": Say("Ngày sinh", "Date of birth"),
    "phone": Say("Điện thoại", "Telephone"),
    "email": Say("Thư điện tử", "E-mail"),
    "address": Say("Địa chỉ", "Address"),
}
_HEADS = {fold(label): name for name, words in COLUMNS.items() for label in (words.vi, words.en)}
_DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
_SERIAL = re.compile(r"\d{4,5}")
_FIRST_SERIAL = date(1899, 12, 30)
ZERO_FIRST = ("citizen_id", "old_id", "tax_code")  # numbers that spreadsheets take for amounts
FORMULA = Say(
    "Ô có công thức; hãy dán giá trị (Dán đặc biệt, Giá trị).", "The cell holds a formula; paste its value."
)
TEXT_CELL = Say(
    "Nếu số 0 ở đầu bị mất, định dạng ô là Văn bản rồi gõ lại.",
    "If a leading zero was lost, format the cell as text and type it again.",
)


def rows_of(lines: Sequence[Line], *, today: date) -> list[NewRow]:
    """The applicants of a list with their findings. Raises Invalid where there is no heading line, nobody, or too
    many for one list."""
    heads = next((line for line in lines if "name" in _columns(line)), None)
    if heads is None:
        raise Invalid(
            "Không thấy dòng tiêu đề có cột “Họ và tên”. Hãy dùng tệp mẫu.",
            "There is no heading line with a column “Name”. Use the template.",
            field="list",
        )
    columns = _columns(heads)
    people = [
        line for line in lines if line.number > heads.number and set(line.cells) & set(columns.values())
    ]
    if not people:
        raise Invalid("Danh sách chưa có người nào.", "The list has nobody in it.", field="list")
    if len(people) > MOST_ROWS:
        raise Invalid(
            f"Danh sách có {len(people)} người; mỗi lần tối đa {MOST_ROWS}. Hãy chia thành nhiều tệp.",
            f"The list has {len(people)} people; at most {MOST_ROWS} at a time. Split it.",
            field="list",
        )
    seen: dict[str, int] = {}
    return [_row(line, columns, seen, today) for line in people]


def _columns(line: Line) -> dict[str, int]:
    named = ((_HEADS.get(fold(text.rstrip(" *:"))), column) for column, text in line.cells.items())
    return {name: column for name, column in named if name}


def _row(line: Line, columns: Mapping[str, int], seen: dict[str, int], today: date) -> NewRow:
    told = {name: line.cells.get(column, "") for name, column in columns.items()}
    fields = _typed(told)
    findings = [_finding(name, FORMULA) for name, column in columns.items() if column in line.formulas]
    form = PersonForm({f"row-{name}": value for name, value in fields.items()}, prefix="row", today=today)
    unknown = fields["paper"] not in PAPERS
    if unknown:
        findings.append(_finding("paper", _unknown_paper(told["paper"])))
    for name, errors in form.errors.items():
        if unknown and name in ("paper", "number"):
            continue  # which number is right hangs on the kind
        column = name if name in COLUMNS else "name"
        findings += [_finding(column, Say(str(error), str(error))) for error in errors]
        if column == "number" and fields["number"].isdigit() and fields["paper"] in ZERO_FIRST:
            findings.append(_finding(column, TEXT_CELL))
    key = f"{fields['paper']}/{normal(fields['number'])}" if fields["number"] else ""
    if key and key in seen:
        twice = Say(
            f"Trùng số với dòng {seen[key]}; bỏ một dòng.",
            f"The same number as line {seen[key]}; remove one.",
        )
        findings.append(_finding("number", twice))
    elif key:
        seen[key] = line.number
    return NewRow(line.number, fields, findings)


def _typed(told: Mapping[str, str]) -> dict[str, str]:
    """The cells as fields of the person's form."""
    day, month, year = _day(told.get("born", ""))
    number = told.get("number", "")
    kind = told.get("paper", "")
    paper = meant(kind) or kind if kind else "citizen_id" if number else "none"
    plain = {name: told.get(name, "") for name in ("name", "number", "phone", "email", "address")}
    return plain | {"kind": "citizen", "paper": paper, "born_0": day, "born_1": month, "born_2": year}


def _unknown_paper(written: str) -> Say:
    names = [short_name(paper) for paper in PAPERS.values()]
    return Say(
        f"Không rõ loại giấy tờ “{written}”. Ghi một trong: {'; '.join(name.vi for name in names)}.",
        f"“{written}” is no kind of paper known here. Write one of: {'; '.join(name.en for name in names)}.",
    )


def _day(text: str) -> tuple[str, str, str]:
    """Day, month, year as typed, or out of the day's number that spreadsheets keep; else as it stands, to be told."""
    if found := _DAY.fullmatch(text):
        return found[1], found[2], found[3]
    if _SERIAL.fullmatch(text) and len(text) == 5:
        day = _FIRST_SERIAL + timedelta(days=int(text))
        return str(day.day), str(day.month), str(day.year)
    iso = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})(?:T.*)?", text)
    if iso:
        return iso[3], iso[2], iso[1]
    return text, "", ""


def _finding(column: str, what: Say) -> Finding:
    label = COLUMNS[column]
    return {"column": {"vi": label.vi, "en": label.en}, "what": {"vi": what.vi, "en": what.en}}


def particulars(fields: Mapping[str, str], *, today: date) -> Particulars:
    """The applicant of a good line."""
    form = PersonForm({f"row-{name}": value for name, value in fields.items()}, prefix="row", today=today)
    return form.particulars
