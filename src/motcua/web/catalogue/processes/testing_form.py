"""A row of a test as it is typed: its controls, what stands in them, and the row made of what is typed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from motcua.catalogue.reading import Fault, read
from motcua.catalogue.shapes import ProcedureVersion
from motcua.dossiers.consulted import ANSWERS
from motcua.dossiers.operations.endings import STOP_GROUNDS
from motcua.dossiers.operations.steps import OUTCOMES
from motcua.dossiers.stages import LABELS
from motcua.kernel.say import Say
from motcua.kernel.text import clean
from motcua.processes.conditions import VALUES
from motcua.processes.drafts import Document, label_of
from motcua.processes.shapes import ProcessVersion
from motcua.processes.testing.checking import check_row
from motcua.processes.testing.fitting import ALWAYS, TOLD, positions_of
from motcua.processes.testing.needs import BY_APPLICANT, ENDS_STEP, NEEDS
from motcua.processes.testing.shapes import MOST_PEOPLE, NO_DUE, ActRow, Does, SkipUnit
from motcua.processes.testing.wording import (
    DOES,
    GROUNDS,
    SKIP_UNITS,
    message_words,
    moment_words,
    skip_words,
)
from motcua.processes.wording import position_words
from motcua.web.catalogue.designer.controls import Drawing, Typed, one
from motcua.web.catalogue.designer.drawing import Node
from motcua.web.common.fields import FieldParts
from motcua.web.common.wording import say

Row = dict[str, Any]
Options = Sequence[tuple[str, str]]
NOTHING = "-"  # of what is listed: it has to be none
_LISTS = {"steps": "steps", "papers": "papers", "messages": "messages"}
_AT = {"after": "after-value", "expect.due": "due", "expect.step_due": "step_due", "whom[0]": "whom"}
_PLAIN = ("act", "position", "step", "outcome", "way", "to", "ground", "plan", "answer")
_WRITTEN = ("%H:%M %d/%m/%Y", "%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M")
WRITTEN_WRONG = Say("Ghi giờ và ngày, ví dụ 17:00 05/03/2026", "Write hour and day, such as 17:00 05/03/2026")
_WRONG_NUMBER = Say("Ghi một số, ví dụ 4 hoặc 0,5", "Write a number, such as 4 or 0.5")


@dataclass(frozen=True, slots=True)
class Names:
    """What may be chosen in a test: of the process, where it can be read, else of the rows as they stand; and of the
    procedure in force."""

    positions: Options
    steps: Options
    ways: Options
    plans: Options
    papers: Options
    grounds: Mapping[Does, Options]
    has_branches: bool

    @classmethod
    def of(
        cls, document: Document, process: ProcessVersion | None, procedure: ProcedureVersion | None
    ) -> "Names":
        """The names of a draft."""
        steps = process.steps if process is not None else ()
        rows = document.get("steps", ())
        kinds = positions_of(process) if process is not None else ALWAYS
        pausing = () if procedure is None else procedure.grounds.suspension
        extending = () if procedure is None else procedure.grounds.extension
        return cls(
            positions=_sorted((kind, position_words(kind)) for kind in kinds),
            steps=[(s.code, say(s.work)) for s in steps]
            or [(str(r.get("code", "")), say(label_of(r))) for r in rows],
            ways=_once((way.code, way.label) for s in steps for way in s.outcomes),
            plans=_once((plan.code, plan.about) for s in steps for plan in s.consultations),
            papers=_once((paper.code, paper.title) for s in steps for paper in s.papers),
            grounds={
                Does.SUSPEND: _once((each.code.value, each.label) for each in pausing),
                Does.CONSULT: _once((each.code.value, each.label) for each in pausing),
                Does.EXTEND: _once((each.code.value, each.label) for each in extending),
                Does.STOP: _once((code, GROUNDS[code]) for code in STOP_GROUNDS),
            },
            has_branches=any(s.parallel is not None for s in steps),
        )


def _sorted(told: Iterable[tuple[str, Say]]) -> Options:
    return sorted(((code, say(words)) for code, words in told), key=lambda each: each[1])


def _once(told: Iterable[tuple[str, Say]]) -> Options:
    return list({code: say(words) for code, words in told}.items())


def act_field(drawing: Drawing, *, name: str = "act", label: Say, first: bool = False) -> FieldParts:
    """What is done in a row; the reception comes first, and nothing else does."""
    acts = [act for act in Does if (act is Does.RECEIVE) == first]
    return drawing.select(name, say(label), [(act.value, say(DOES[act])) for act in acts])


def row_nodes(drawing: Drawing, names: Names) -> list[Node]:
    """The form of a row: who does it and when, what the act needs, what has to come of it. What its act does not need
    is not asked, where nothing stands in it."""
    told = one(drawing.typed, "act")
    act = Does(told) if told in set(Does) else Does.WAIT
    needed = [*_needed(act, drawing, names)]
    return [
        *_who(act, drawing, names),
        *([Node(needed)] if needed else []),
        Node(
            legend=_words("Kết quả mong đợi", "What has to come of it"),
            hint=_words("Để trống thì không xét.", "What is left empty is not checked."),
            rows=_wanted(act, drawing, names),
        ),
    ]


def _who(act: Does, drawing: Drawing, names: Names) -> list[Node]:
    units = [(unit.value, say(words)) for unit, words in SKIP_UNITS.items()]
    when = [
        drawing.text("after-value", _words("Sau bao lâu", "After how long"), css="w4"),
        drawing.select("after-unit", _words("Đơn vị thời gian", "Unit of time"), units),
    ]
    if act is Does.WAIT:
        return [Node(when)]
    people = [(str(n), str(n)) for n in range(1, MOST_PEOPLE + 1)]
    nobody = [("", say(_APPLICANT))] if act in BY_APPLICANT else []
    who = [
        drawing.select("position", _words("Ai làm", "Who does it"), [*nobody, *names.positions]),
        drawing.select(
            "person", _words("Người thứ mấy giữ vị trí ấy", "Which person in that position"), people
        ),
    ]
    return [Node(who)] if act is Does.RECEIVE else [Node(who), Node(when)]


def _needed(act: Does, drawing: Drawing, names: Names) -> Iterator[FieldParts]:
    """The controls that `act` needs and there is something to choose in, and those in which something stands."""
    needs = NEEDS.get(act, ())
    options: Mapping[str, Options] = {
        "step": names.steps if names.has_branches else (),
        "outcome": [(code, say(VALUES["outcome"][code])) for code in OUTCOMES],
        "way": names.ways,
        "to": names.steps,
        "plan": names.plans,
        "answer": [(code, say(words)) for code, words in ANSWERS.items()],
        "ground": names.grounds.get(act, ()),
    }
    for name, label in _LABELS.items():
        stands = bool(one(drawing.typed, name))
        if name in ("whom", "value"):
            if name in needs or stands:
                hint = _HOW_MUCH.get(act) if name == "value" else _WHOM
                yield drawing.text(name, say(label), css="w4" if name == "value" else "w20", hint=hint)
        elif stands or (name in needs and options[name]):
            yield drawing.select(name, say(label), [("", "–"), *options[name]])


def _wanted(act: Does, drawing: Drawing, names: Names) -> list[list[FieldParts]]:
    states = [("", "–"), *((state.value, say(words)) for state, words in LABELS.items())]
    rows = [[drawing.select("state", _words("Trạng thái", "The state"), states)]]
    if act is not Does.WAIT:
        refused = _words("Việc này phải bị từ chối", "The act has to be refused")
        rows.insert(0, [drawing.check("refused", refused)])
    rows.append(_several("steps", Say("Bước mở sau đó", "Open step afterwards"), names.steps, drawing))
    moments = (
        ("due", Say("Hẹn trả", "Due date")),
        ("step_due", Say("Hạn của bước", "The step's due date")),
    )
    rows.append([drawing.text(name, say(label), hint=_MOMENT, css="w10") for name, label in moments])
    if (names.papers and act in ENDS_STEP) or one(drawing.typed, "papers-0"):
        paper = Say("Giấy tờ bước làm ra", "Paper that the step makes")
        rows.append(_several("papers", paper, names.papers, drawing))
    rows.append(_several("messages", Say("Người dân được báo", "People are told"), _messages(), drawing))
    return rows


_LABELS: Mapping[str, Say] = {
    "step": Say("Bước đang mở được làm", "The open step that is done"),
    "outcome": Say("Kết quả của bước", "The step's outcome"),
    "way": Say("Hướng đi", "The way out"),
    "to": Say("Trả về bước", "Back to the step"),
    "plan": Say("Lấy ý kiến theo quy trình", "The process's consultation"),
    "whom": Say("Hỏi ai ngoài quy trình", "Who else is asked"),
    "answer": Say("Ý kiến trả lời", "The opinion"),
    "ground": Say("Căn cứ", "The ground"),
    "value": Say("Bao nhiêu", "How much"),
}
_HOW_MUCH: Mapping[Does, Say] = {
    Does.EXTEND: Say("Số ngày, giờ gia hạn, theo đơn vị của thời hạn", "Added to the limit, in its unit"),
    Does.NOTIFY_DELAY: Say("Hẹn lại sau mấy ngày làm việc", "The new date, in working days from then"),
    Does.CONSULT: Say(
        "Ý kiến ngoài quy trình: trong mấy ngày làm việc",
        "For an opinion beside the process, in working days",
    ),
}
_WHOM = Say(
    "Dạng position:clerk, agency:H99.01.02; cách nhau dấu phẩy", "As position:clerk, agency:H99.01.02, …"
)
_APPLICANT = Say("Người nộp hồ sơ", "The applicant")
_MOMENT = Say("17:00 05/03/2026, hoặc “không”", "17:00 05/03/2026, or “none”")


def _words(vi: str, en: str) -> str:
    return say(Say(vi, en))


def _several(name: str, label: Say, options: Options, drawing: Drawing) -> list[FieldParts]:
    """Controls for a list: the first may say that there has to be none; one more than is filled."""
    filled = sum(bool(one(drawing.typed, f"{name}-{n}")) for n in range(len(options)))
    shown = min(filled + 1, max(len(options), 1), 6)
    none = (NOTHING, _words("không có", "none"))
    return [
        drawing.select(
            f"{name}-{n}",
            f"{say(label)} ({n + 1})" if shown > 1 else say(label),
            [("", "–"), *([none] if n == 0 else []), *options],
        )
        for n in range(shown)
    ]


def _messages() -> Options:
    return [(code, say(message_words(code))) for code in TOLD]


def typed_of_row(row: Row) -> dict[str, list[str]]:
    """What stands in the controls of a row."""
    expect, skip = row.get("expect") or {}, row.get("after") or {}
    typed = {name: [str(row.get(name) or "")] for name in _PLAIN}
    typed |= {
        "person": [str(row.get("person") or 1)],
        "after-value": [_number(skip.get("value"))],
        "after-unit": [str(skip.get("unit") or SkipUnit.WORKING_HOUR.value)],
        "value": [_number(row.get("value"))],
        "whom": [", ".join(row.get("whom") or ())],
        "refused": ["on" if expect.get("refused") else ""],
        "state": [str(expect.get("state") or "")],
    }
    for name in ("due", "step_due"):
        typed[name] = [moment_typed(expect.get(name))]
    for name in _LISTS:
        told = expect.get(name)
        values = [NOTHING] if told == [] else [str(each) for each in told or ()]
        typed |= {f"{name}-{n}": [value] for n, value in enumerate(values)}
    return typed


def _number(value: Any) -> str:
    return "" if value is None else str(value).replace(".", ",")


def moment_typed(text: Any) -> str:
    """A moment of a test as it stands in a control."""
    return "" if not text else say(moment_words(str(text)))


def written_row(typed: Typed) -> tuple[Row, dict[str, tuple[Say, ...]]]:
    """The row that is typed, and what is wrong with it, by control."""
    wrong: dict[str, tuple[Say, ...]] = {}
    row: Row = {name: value for name in _PLAIN if (value := clean(one(typed, name))[:100])}
    if (person := one(typed, "person")) not in ("", "1"):
        row["person"] = int(person) if person.isascii() and person.isdigit() else 0
    for name, key in (("after-value", "after"), ("value", "value")):
        if clean(one(typed, name)):
            number = _decimal(one(typed, name))
            if number is None:
                wrong[name] = (_WRONG_NUMBER,)
            elif key == "value":
                row["value"] = number
            else:
                row["after"] = {"value": number, "unit": one(typed, "after-unit")}
    if whom := [part.strip() for part in clean(one(typed, "whom")).split(",") if part.strip()]:
        row["whom"] = whom[:20]
    expect = _expected(typed, wrong)
    row |= {"expect": expect} if expect else {}
    if not wrong:
        try:
            check_row(read(ActRow, row, ""), "", first=row.get("act") == Does.RECEIVE.value)
        except Fault as fault:
            name = fault.field.lstrip(".")
            wrong[_AT.get(name, name)] = (fault.reason,)
    return row, wrong


def _expected(typed: Typed, wrong: dict[str, tuple[Say, ...]]) -> Row:
    expect: Row = {}
    if one(typed, "refused"):
        expect["refused"] = True
    if state := clean(one(typed, "state")):
        expect["state"] = state
    for name in ("due", "step_due"):
        if told := clean(one(typed, name)):
            moment = told_moment(told)
            if moment is None:
                wrong[name] = (WRITTEN_WRONG,)
            else:
                expect[name] = moment
    for name in _LISTS:
        values = [clean(one(typed, f"{name}-{n}"))[:100] for n in range(6)]
        values = list(dict.fromkeys(value for value in values if value))
        if values:
            expect[name] = [value for value in values if value != NOTHING]
    return expect


def _decimal(text: str) -> str | None:
    try:
        value = Decimal(clean(text).replace(",", "."))
    except InvalidOperation:
        return None
    return f"{value:f}" if value.is_finite() and abs(value) < 10**6 else None


def told_moment(text: str) -> str | None:
    """A moment as a test writes it, from what people type ("17:00 05/03/2026", "không"); None for what is none."""
    if text.casefold() in ("không", "không có", "none", NO_DUE):
        return NO_DUE
    for form in _WRITTEN:
        try:
            return f"{datetime.strptime(text, form):%Y-%m-%dT%H:%M}"  # noqa: DTZ007 - of Vietnam, as tests write it
        except ValueError:
            continue
    return None


def row_words(row: Row) -> str:
    """A row in one line: who does what, after how long."""
    act = str(row.get("act", ""))
    does = say(DOES[Does(act)]) if act in set(Does) else act
    position = str(row.get("position") or "")
    who = say(position_words(position)) if position else say(_APPLICANT)
    skip: Mapping[str, Any] = row.get("after") or {}
    unit = str(skip.get("unit", ""))
    after = say(skip_words(str(skip.get("value", "")), SkipUnit(unit))) if unit in set(SkipUnit) else ""
    what = does if act == Does.WAIT.value else f"{who}: {does}"
    return f"{what} ({say(Say('sau', 'after'))} {after})" if after else what
