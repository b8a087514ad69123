"""What stands in the rows of the longer parts: a paper, a fee, a variant, a ground."""

from dataclasses import dataclass
from enum import StrEnum

from motcua.catalogue.shapes import StartEvent
from motcua.kernel.say import Say
from motcua.web.catalogue.part_words import (
    AUDIENCES,
    FEE_UNITS,
    GROUNDS,
    KINDS,
    NATURES,
    SET_BY,
    SHORT_CHANNELS,
    SOURCES,
    STARTS,
    Options,
)


class Shape(StrEnum):
    """How a value is typed."""

    LINE = "line"
    TEXT = "text"
    SAY = "say"
    WHOLE = "whole"
    NUMBER = "number"
    CHECK = "check"
    CHOICE = "choice"
    CHOICES = "choices"
    PICK = "pick"  # of the codes of another part
    CONDITION = "condition"
    LINES = "lines"
    TIERS = "tiers"
    LIMIT = "limit"
    ROWS = "rows"
    CODE = "code"  # made by the machine, kept unseen


@dataclass(frozen=True, slots=True)
class Item:
    """One key of the document (`sector.code`: inside another). `preset`: what stands where nothing is chosen.
    `needed`: the key is written also where nothing is typed. `pick`: the part whose codes are picked."""

    key: str
    label: Say
    shape: Shape
    options: Options | None = None
    hint: Say | None = None
    preset: str = ""
    needed: bool = False
    pick: str = ""
    of: tuple["Item", ...] = ()
    aside: bool = False
    spare: int = 1


CODE = Item("code", Say("Mã", "Code"), Shape.CODE)
_WHEN = Item(
    "when",
    Say("Chỉ khi trả lời", "Only for the answers"),
    Shape.CONDITION,
    hint=Say(
        "Hai câu trả lời của một câu hỏi: một trong hai. Của hai câu hỏi: cả hai.",
        "Two answers to one question: either. To two questions: both.",
    ),
    aside=True,
)
GROUND = (
    Item("code", Say("Loại", "Kind"), Shape.CHOICE, GROUNDS),
    Item("label", Say("Lời", "Words"), Shape.SAY),
    Item("basis", Say("Căn cứ pháp lý", "Legal basis"), Shape.LINE),
    Item("maximum", Say("Mỗi lần tối đa", "Once at most"), Shape.LIMIT),
    Item("whole", Say("Cả thời hạn tối đa", "In all at most"), Shape.LIMIT),
    Item(
        "variants",
        Say("Chỉ cho trường hợp", "For the variants"),
        Shape.PICK,
        pick="variants",
        hint=Say("Không chọn: mọi trường hợp", "None: all"),
    ),
)
COMPONENTS = (
    CODE,
    Item("name", Say("Tên giấy tờ", "Name"), Shape.SAY),
    Item("kind", Say("Cách tính", "Counts as"), Shape.CHOICE, KINDS),
    Item("originals", Say("Số bản chính", "Originals"), Shape.WHOLE),
    Item("copies", Say("Số bản sao", "Copies"), Shape.WHOLE),
    _WHEN,
    Item(
        "sources",
        Say("Thay bằng", "Instead of the paper"),
        Shape.CHOICES,
        SOURCES,
        aside=True,
    ),
    Item(
        "asked_because",
        Say("Lý do vẫn đòi bản giấy", "Why the paper is asked for all the same"),
        Shape.SAY,
        hint=Say(
            "Chỉ khi sổ gốc hoặc kết quả trước đã cho được; ghi cả căn cứ pháp lý",
            "Only where a register or an earlier result gives it; with the legal basis",
        ),
        aside=True,
    ),
    Item(
        "channels",
        Say("Chỉ khi nộp", "Only when applying"),
        Shape.CHOICES,
        SHORT_CHANNELS,
        hint=Say("Không chọn: mọi cách nộp", "None: all"),
        aside=True,
    ),
    Item(
        "applicants",
        Say("Chỉ cho", "Only for"),
        Shape.CHOICES,
        AUDIENCES,
        hint=Say("Không chọn: mọi người", "None: all"),
        aside=True,
    ),
    Item("form", Say("Mẫu đơn, tờ khai", "Form to fill"), Shape.SAY, aside=True),
    Item(
        "group",
        Say("Nhóm", "Group"),
        Shape.LINE,
        hint=Say(
            "Giấy tờ cùng nhóm thay được cho nhau; tên nhóm tùy đặt",
            "Papers of one group stand in for each other; any name",
        ),
        aside=True,
    ),
    Item(
        "alternative",
        Say("Phương án trong nhóm", "Alternative in the group"),
        Shape.LINE,
        hint=Say(
            "Giấy tờ cùng phương án phải nộp cùng nhau",
            "Papers of one alternative are handed in together",
        ),
        aside=True,
    ),
    Item(
        "heading",
        Say("Đề mục trong bản công bố", "Heading as announced"),
        Shape.TEXT,
        aside=True,
    ),
)
FEES = (
    CODE,
    Item("name", Say("Tên khoản thu", "Name"), Shape.SAY),
    Item("nature", Say("Loại", "Kind"), Shape.CHOICE, NATURES),
    Item("set_by", Say("Mức thu do", "Amount set by"), Shape.CHOICE, SET_BY),
    Item("unit", Say("Tính theo", "Charged for"), Shape.CHOICE, FEE_UNITS),
    Item("basis", Say("Căn cứ pháp lý", "Legal basis"), Shape.LINE),
    Item(
        "amounts",
        Say("Mức thu", "Amount"),
        Shape.ROWS,
        of=(
            Item("value", Say("Số tiền (đồng)", "Amount (VND)"), Shape.WHOLE),
            Item("channels", Say("Chỉ khi nộp", "Only when applying"), Shape.CHOICES, SHORT_CHANNELS),
            Item("applicants", Say("Chỉ cho", "Only for"), Shape.CHOICES, AUDIENCES),
            Item(
                "tiers",
                Say("Mức theo bậc", "Tiers"),
                Shape.TIERS,
                hint=Say("Ví dụ: 3: 1000; 11: 500", "For example: 3: 1000; 11: 500"),
            ),
            Item("cap", Say("Tối đa (đồng)", "At most (VND)"), Shape.WHOLE),
        ),
    ),
    Item(
        "exemptions",
        Say("Miễn, giảm", "Exemption"),
        Shape.ROWS,
        of=(
            CODE,
            Item("label", Say("Ai được miễn, giảm", "Who"), Shape.SAY),
            Item("evidence", Say("Giấy tờ chứng minh", "Evidence"), Shape.SAY),
            Item("basis", Say("Căn cứ pháp lý", "Legal basis"), Shape.LINE),
            Item(
                "percent",
                Say("Giảm bao nhiêu %", "Percent off"),
                Shape.WHOLE,
                hint=Say("Để trống: miễn cả", "Left blank: all of it"),
            ),
            _WHEN,
        ),
        aside=True,
    ),
    _WHEN,
    Item(
        "optional",
        Say("Chỉ thu khi người dân yêu cầu thêm", "Only for what is asked for"),
        Shape.CHECK,
        aside=True,
    ),
    Item(
        "pauses",
        Say("Chờ nộp thì tạm dừng thời hạn", "Waiting for it pauses the limit"),
        Shape.CHECK,
        aside=True,
    ),
    Item(
        "at_submission",
        Say("Nộp ngay khi nộp hồ sơ trực tuyến", "Paid when the dossier is handed in online"),
        Shape.CHECK,
        aside=True,
    ),
)
VARIANTS = (
    CODE,
    Item("label", Say("Tên trường hợp", "Name"), Shape.SAY),
    _WHEN,
    Item(
        "channels",
        Say("Cách nộp", "Channel"),
        Shape.ROWS,
        needed=True,
        of=(
            Item("channel", Say("Cách nộp", "Channel"), Shape.CHOICE, SHORT_CHANNELS),
            Item("limit", Say("Thời hạn", "Limit"), Shape.LIMIT),
            Item(
                "start",
                Say("Tính từ", "Counted from"),
                Shape.CHOICE,
                STARTS,
                preset=StartEvent.RECEIVED,
            ),
            Item("fees", Say("Khoản thu", "Fees"), Shape.PICK, pick="fees"),
        ),
    ),
    Item(
        "components",
        Say("Giấy tờ của trường hợp", "Its papers"),
        Shape.PICK,
        pick="components",
        needed=True,
    ),
)
