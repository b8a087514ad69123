"""What can be said of each node of a step table, as a table: forms, what is kept, and where faults stand read it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from motcua.agencies.bodies import BODIES
from motcua.catalogue.lengths import LIMIT_UNITS
from motcua.catalogue.shapes import Channel, Level, LimitUnit, ProcedureVersion
from motcua.eforms.readable import Readable
from motcua.eforms.shapes import FieldType
from motcua.kernel.say import Say, say_of
from motcua.processes.drafts import Document, Node, kind_of, label_of
from motcua.processes.graph import SAID
from motcua.processes.shapes import Assignment, StepKind
from motcua.processes.wording import KINDS
from motcua.web.catalogue.designer.shapes import Around as Fields
from motcua.web.catalogue.processes.options import NONE, everybody, positions
from motcua.web.catalogue.processes.values import Column, Options
from motcua.web.catalogue.processes.words import ASSIGNMENTS, CONDITIONS, PARTS, SAID_WORDS, SIDES, area_words
from motcua.web.common.catalogue_words import LEVELS, SHORT_CHANNELS
from motcua.web.common.wording import say


class Shape(StrEnum):
    """How a property is typed."""

    SAY = "say"
    TEXT = "text"
    DAY = "day"
    CHECK = "check"
    CHOICE = "choice"
    CODES = "codes"
    TIMES = "times"
    LIMIT = "limit"
    ENTRIES = "entries"
    RULE = "rule"
    INCLUDED = "included"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Property:
    """One property. `key`: where it stands in the node ("parallel.group"); `always`: kept also when nothing is typed;
    `preset`: what holds where nothing is said; `folded`: shown under more."""

    key: str
    label: Say
    shape: Shape
    hint: Say | None = None
    always: bool = False
    options: Options = ()
    columns: Sequence[Column] = ()
    coded: bool = False
    preset: str = ""
    folded: bool = False

    @property
    def name(self) -> str:
        """The name of its control."""
        return self.key.replace(".", "-")


@dataclass(frozen=True, slots=True)
class Around:
    """What the properties of a node may have to know: the draft, the procedure it serves, other processes, agencies,
    answers that can be an area."""

    document: Document
    procedure: ProcedureVersion | None = None
    known: Sequence[tuple[str, int, Say, str]] = ()
    agencies: Sequence[tuple[str, Say]] = ()
    places: Mapping[str, Say] = field(default_factory=dict)

    @property
    def variants(self) -> list[str]:
        """The codes of the draft's variants."""
        return [str(each.get("code", "")) for each in self.document.get("variants", ())]

    def variant_words(self, code: str) -> str:
        """What the procedure calls a variant."""
        labels = {each.code: each.label for each in self.procedure.variants} if self.procedure else {}
        return say(labels.get(code, Say(code, code)))


def rows_of(around: Around, wanted: Sequence[int]) -> Options:
    """Rows of the draft to choose from, by number."""
    steps = around.document.get("steps", [])
    return [
        NONE,
        *((str(steps[n].get("code", "")), f"{n + 1}. {say(label_of(steps[n]))[:80]}") for n in wanted),
    ]


def properties_of(node: Node, place: str, around: Around) -> list[Property]:
    """The properties of a node, in the order of its form."""
    match kind_of(place):
        case "process":
            return list(_of_process(around))
        case "variant":
            known = (
                [(each.code, say(each.label)) for each in around.procedure.variants]
                if around.procedure
                else []
            )
            return [
                Property(
                    "code",
                    Say("Trường hợp của thủ tục", "Variant of the procedure"),
                    Shape.CHOICE,
                    always=True,
                    options=[NONE, *known],
                ),
                Property("limit", Say("Thời hạn", "Limit"), Shape.LIMIT),
            ]
        case "consultation":
            return list(_of_consultation(around))
        case "child":
            return list(_of_child(node, around))
    if "includes" in node:
        others = [(f"{code} {n}", f"{code} {n}: {say(t)}") for code, n, t, _procedure in around.known]
        hint = Say(
            "Khi công bố, các bước của quy trình ấy được chép vào đây",
            "When this is published, the rows of that process are written in here",
        )
        return [
            Property(
                "includes", Say("Quy trình con", "Process inside"), Shape.INCLUDED, hint, options=others
            ),
            *_when_and_beside(),
        ]
    return list(_of_step(node, int(place.split(".")[1]), around))


def _of_process(around: Around) -> Iterator[Property]:
    yield Property("title", Say("Tên quy trình", "Title"), Shape.SAY, always=True)
    yield Property("procedure", Say("Mã thủ tục", "Code of the procedure"), Shape.TEXT, always=True)
    yield Property(
        "level",
        Say("Cấp giải quyết", "Level"),
        Shape.CHOICE,
        options=[(str(level), say(LEVELS[level])) for level in Level],
        always=True,
    )
    hint = Say("Số, tên văn bản phê duyệt quy trình", "Number and title of the approving document")
    yield Property("source", Say("Nguồn", "Source"), Shape.TEXT, hint, always=True)
    yield Property(
        "issued_on",
        Say("Ngày ban hành", "Day of issue"),
        Shape.DAY,
        Say("Ví dụ 07/07/2025", "Such as 07/07/2025"),
    )
    parts = [Column(f"parts:{part}", words, "member") for part, words in PARTS.items()]
    yield Property(
        "sees",
        Say("Ai chỉ xem được phần nào", "Who sees which parts only"),
        Shape.ENTRIES,
        Say("Vị trí không có ở đây xem được mọi phần", "A position that is not here sees all parts"),
        columns=[Column("position", Say("Vị trí", "Position"), "choice", everybody()), *parts],
    )
    yield Property(
        "area",
        Say("Địa bàn lấy theo", "The area is that of"),
        Shape.CHOICE,
        Say(
            "Cho các bước giao theo địa bàn. Không trả lời thì theo địa chỉ người nộp",
            "For steps that go by area. Where it is not answered, the applicant's address counts",
        ),
        options=[
            ("", say(Say("địa chỉ người nộp hồ sơ", "the applicant's address"))),
            *((path, area_words(path, label)) for path, label in around.places.items()),
        ],
        folded=True,
    )
    yield Property(
        "findings",
        Say("Điều cần biết về bảng này", "What should be known of this table"),
        Shape.ENTRIES,
        columns=_in_both("text", Say("Điều cần biết", "To know")),
        coded=True,
        folded=True,
    )


def _in_both(key: str, label: Say) -> list[Column]:
    under = f"{key}." if key else ""
    return [
        Column(f"{under}vi", label),
        Column(f"{under}en", Say(f"{label.vi}, tiếng Anh", f"{label.en}, in English")),
    ]


def _of_step(node: Node, number: int, around: Around) -> Iterator[Property]:
    steps = around.document.get("steps", [])
    running = [
        n for n, each in enumerate(steps) if each.get("kind") not in (StepKind.RECEIVE, StepKind.RETURN)
    ]
    yield Property(
        "kind",
        Say("Loại việc", "Kind of work"),
        Shape.CHOICE,
        always=True,
        options=[(str(kind), say(words)) for kind, words in KINDS.items()],
    )
    yield Property("work", Say("Việc làm", "Work"), Shape.SAY, always=True)
    hint = Say("Vị trí đầu là vị trí làm theo lệ thường", "The first does it as a rule")
    yield Property(
        "positions", Say("Vị trí", "Position"), Shape.CODES, hint, always=True, options=positions()
    )
    yield Property("times", Say("Thời gian", "Time"), Shape.TIMES, always=True)
    yield Property(
        "outputs",
        Say("Kết quả của bước", "Output"),
        Shape.ENTRIES,
        columns=_in_both("", Say("Kết quả", "Output")),
    )
    if node.get("kind") in (StepKind.RECEIVE, StepKind.RETURN):
        return
    yield Property(
        "returns_to",
        Say("Trả lại được về bước", "May be given back to"),
        Shape.CODES,
        options=rows_of(around, [n for n in running if n < number]),
    )
    later = rows_of(around, [n for n in running if n > number])
    yield Property(
        "outcomes",
        Say("Hướng đi khác ngoài bước kế tiếp", "Ways on beside the next row"),
        Shape.ENTRIES,
        columns=[
            *_in_both("label", Say("Hướng đi", "Way on")),
            Column("to", Say("Tới bước", "To row"), "choice", later),
        ],
        coded=True,
        folded=True,
    )
    yield from _when_and_beside()
    yield Property(
        "papers",
        Say("Giấy tờ của bước", "Papers of the step"),
        Shape.ENTRIES,
        coded=True,
        folded=True,
        columns=[
            *_in_both("title", Say("Giấy tờ", "Paper")),
            Column("required", Say("Bắt buộc", "Required"), "flag"),
        ],
    )
    yield from _of_hands(around, [n for n in running if n != number])


def _when_and_beside() -> Iterator[Property]:
    """The condition of a row, and the branch in which it stands."""
    yield Property("when", Say("Chỉ làm bước này", "Only done"), Shape.RULE, folded=True)
    beside = Say(
        "Các bước cùng nhóm đứng liền nhau, mỗi nhánh đi riêng, bước sau nhóm chờ đủ các nhánh",
        "Rows of a group stand together, each branch goes its way, the row behind waits for all",
    )
    yield Property(
        "parallel.group", Say("Song song: nhóm", "Side by side: group"), Shape.TEXT, beside, folded=True
    )
    yield Property("parallel.branch", Say("Nhánh", "Branch"), Shape.TEXT, folded=True)


def _of_hands(around: Around, others: Sequence[int]) -> Iterator[Property]:
    """In whose hands a row is, and who is told when it is late."""
    yield Property(
        "assignment",
        Say("Giao cho ai", "Who gets it"),
        Shape.CHOICE,
        preset=str(Assignment.SHARED),
        options=[(str(each), say(words)) for each, words in ASSIGNMENTS.items()],
        folded=True,
    )
    yield Property(
        "apart_from",
        Say("Phải là người khác với người làm bước", "Another person than who did"),
        Shape.CODES,
        options=rows_of(around, others),
        folded=True,
    )
    units_told = [
        NONE,
        *((str(u), say(LIMIT_UNITS[u])) for u in (LimitUnit.WORKING_HOUR, LimitUnit.WORKING_DAY)),
    ]
    yield Property(
        "escalation",
        Say("Nhắc và báo cáo quanh hạn của bước", "Who is told around the step's due moment"),
        Shape.ENTRIES,
        columns=[
            Column(
                "when",
                Say("Trước hay sau hạn", "Before or after"),
                "choice",
                [NONE, *((k, say(w)) for k, w in SIDES.items())],
            ),
            Column("value", Say("Bao lâu", "How long"), "number"),
            Column("unit", Say("Đơn vị", "Unit"), "choice", units_told),
            Column("tell.0", Say("Báo cho", "Tell"), "choice", everybody()),
            Column("tell.1", Say("và", "and"), "choice", everybody()),
        ],
        folded=True,
    )


def _of_consultation(around: Around) -> Iterator[Property]:
    yield Property("about", Say("Hỏi về việc gì", "About what"), Shape.SAY, always=True)
    agencies = [NONE, *((code, f"{say(called)} ({code})") for code, called in around.agencies)]
    yield Property(
        "whom",
        Say("Hỏi ai: mỗi dòng một nơi, chọn một ô", "Whom: one a line, one box of it"),
        Shape.ENTRIES,
        columns=[
            Column("agency", Say("Cơ quan", "Agency"), "choice", agencies),
            Column("unit", Say("Đơn vị (mã)", "Unit (code)")),
            Column("position", Say("Vị trí", "Position"), "choice", everybody()),
        ],
        always=True,
    )
    yield Property("limit", Say("Trả lời trong", "Answer within"), Shape.LIMIT)
    yield Property("tacit", Say("Im lặng là đồng ý", "Silence is agreement"), Shape.CHECK)
    yield Property(
        "required", Say("Chưa có trả lời thì chưa xong bước", "The step can't end without it"), Shape.CHECK
    )
    yield Property("pauses", Say("Tạm dừng thời hạn trong khi chờ", "The clock stops meanwhile"), Shape.CHECK)
    grounds = around.procedure.grounds.suspension if around.procedure else ()
    yield Property(
        "ground",
        Say("Căn cứ tạm dừng", "Ground for the pause"),
        Shape.CHOICE,
        options=[NONE, *((str(each.code), say(each.label)) for each in grounds)],
    )


def _of_child(node: Node, around: Around) -> Iterator[Property]:
    yield Property("title", Say("Phần việc", "The part"), Shape.SAY, always=True)
    bodies = [NONE, *((str(body), say(words)) for body, words in BODIES.items())]
    yield Property("body", Say("Cơ quan nào làm", "Which agency"), Shape.CHOICE, options=bodies, always=True)
    yield Property(
        "procedure", Say("Mã thủ tục của phần này", "Code of its procedure"), Shape.TEXT, always=True
    )
    yield Property("variant", Say("Mã trường hợp", "Code of its variant"), Shape.TEXT, always=True)
    yield Property("limit", Say("Thời hạn", "Limit"), Shape.LIMIT)
    steps = around.document.get("steps", [])
    rows = rows_of(around, range(1, len(steps) - 1))
    others = [
        (str(each.get("code", "")), say(say_of(each.get("title"))))
        for each in around.document.get("children", ())
        if each.get("code") != node.get("code")
    ]
    hint = Say("Để trống: bắt đầu khi tiếp nhận", "Left out: it begins at reception")
    yield Property(
        "after_step", Say("Bắt đầu sau bước", "Begins after the step"), Shape.CHOICE, hint, options=rows
    )
    after = Say("Bắt đầu sau phần việc", "Begins after the part")
    yield Property("after_child", after, Shape.CHOICE, options=[NONE, *others])
    yield Property("when", Say("Chỉ làm phần này", "Only done"), Shape.RULE, folded=True)
    known = [(each.code, say(each.name)) for each in around.procedure.components] if around.procedure else []
    yield Property(
        "papers",
        Say("Giấy tờ chuyển sang", "Papers that go with it"),
        Shape.ENTRIES,
        columns=[
            Column(
                "component", Say("Giấy tờ của hồ sơ này", "Paper of this dossier"), "choice", [NONE, *known]
            ),
            Column("to", Say("Là giấy tờ nào của phần việc (mã)", "Which paper of the part (code)")),
        ],
        folded=True,
    )
    form = Say("Mục tờ khai chuyển sang, mỗi dòng một mục", "Fields of the form that go with it, one a line")
    yield Property("form", form, Shape.LINES, folded=True)


def readable(around: Around) -> Fields:
    """What a condition may read."""
    found = [
        Readable(
            "variant",
            CONDITIONS["variant"],
            "radio",
            tuple(
                (code, Say(around.variant_words(code), around.variant_words(code)))
                for code in around.variants
            ),
        ),
        Readable(
            "channel", CONDITIONS["channel"], "radio", tuple((str(c), SHORT_CHANNELS[c]) for c in Channel)
        ),
        Readable("assisted", CONDITIONS["assisted"], str(FieldType.UNDERTAKING)),
        Readable("outside", CONDITIONS["outside"], str(FieldType.UNDERTAKING)),
        Readable("outcome", CONDITIONS["outcome"], "radio", tuple((each, SAID_WORDS[each]) for each in SAID)),
    ]
    for question in around.procedure.questions if around.procedure else ():
        options = tuple((each.code, each.label) for each in question.options)
        found.append(Readable(f"answers.{question.code}", question.text, "radio", options))
    number = str(FieldType.NUMBER)
    found += [Readable(f"quantities.{name}", CONDITIONS[name], number) for name in ("copies", "pages")]
    return Fields(found)
