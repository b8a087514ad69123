"""The parts of a procedure as its editor shows them: which keys of the document stand on which page, under which
words. The forms, the comparison and the names of places all read this table."""

from collections.abc import Mapping
from dataclasses import dataclass

from motcua.catalogue.shapes import HandledIn
from motcua.kernel.say import Say
from motcua.web.catalogue.part_rows import CODE, COMPONENTS, FEES, GROUND, VARIANTS, Item, Shape
from motcua.web.catalogue.part_words import AUDIENCES, GAP_KINDS, GAP_PARTS, HANDLED, LEVELS, ROLES

ONE_A_LINE = Say("Mỗi dòng một mục", "One a line")


@dataclass(frozen=True, slots=True)
class Part:
    """One page of the editor; `record`: the keys of the national record that speak of it."""

    code: str
    label: Say
    items: tuple[Item, ...]
    record: tuple[str, ...] = ()
    about: Say | None = None


PARTS: tuple[Part, ...] = (
    Part(
        "name",
        Say("Tên và lĩnh vực", "Name and sector"),
        (
            Item("title", Say("Tên thủ tục", "Name"), Shape.SAY),
            Item("sector.name", Say("Lĩnh vực", "Sector"), Shape.SAY),
            Item("sector.code", Say("Mã lĩnh vực", "Sector's code"), Shape.LINE, needed=True),
            Item("handled_in", Say("Giải quyết ở", "Handled"), Shape.CHOICE, HANDLED, preset=HandledIn.HERE),
        ),
        ("TENTTHC", "LINHVUCTHUCHIEN", "LOAITHUTUC"),
    ),
    Part(
        "order",
        Say("Trình tự thực hiện", "Order of steps"),
        (
            Item(
                "order",
                Say("Bước", "Step"),
                Shape.ROWS,
                needed=True,
                of=(Item("", Say("Bước", "Step"), Shape.SAY),),
                spare=2,
            ),
        ),
        ("TRINHTUTHUCHIEN",),
    ),
    Part(
        "questions",
        Say("Câu hỏi để biết trường hợp và giấy tờ", "Questions that tell variant and papers"),
        (
            Item(
                "questions",
                Say("Câu hỏi", "Question"),
                Shape.ROWS,
                of=(
                    CODE,
                    Item("text", Say("Câu hỏi", "Question"), Shape.SAY),
                    Item(
                        "options",
                        Say("Câu trả lời", "Answer"),
                        Shape.ROWS,
                        of=(CODE, Item("label", Say("Câu trả lời", "Answer"), Shape.SAY)),
                        hint=Say("Để trống: Có, Không", "Left blank: Yes, No"),
                        aside=True,
                        spare=2,
                    ),
                    Item(
                        "by_officer",
                        Say(
                            "Công chức trả lời, không hỏi người nộp",
                            "The officer answers it, not who applies",
                        ),
                        Shape.CHECK,
                        aside=True,
                    ),
                ),
            ),
        ),
    ),
    Part(
        "papers",
        Say("Thành phần hồ sơ", "Papers"),
        (
            Item("sets", Say("Số bộ hồ sơ", "Number of sets"), Shape.WHOLE),
            Item(
                "components",
                Say("Giấy tờ", "Paper"),
                Shape.ROWS,
                needed=True,
                of=COMPONENTS,
            ),
        ),
        ("THANHPHANHOSO",),
    ),
    Part(
        "fees",
        Say("Phí, lệ phí", "Fees"),
        (
            Item(
                "fees",
                Say("Khoản thu", "Fee"),
                Shape.ROWS,
                of=FEES,
            ),
        ),
        ("CACHTHUCTHUCHIEN",),
    ),
    Part(
        "ways",
        Say("Trường hợp, cách nộp và thời hạn", "Variants, channels and limits"),
        (
            Item(
                "variants",
                Say("Trường hợp", "Variant"),
                Shape.ROWS,
                needed=True,
                of=VARIANTS,
            ),
        ),
        ("CACHTHUCTHUCHIEN",),
    ),
    Part(
        "subject",
        Say("Đối tượng thực hiện", "Who may apply"),
        (
            Item("audience", Say("Ai được nộp", "Who may apply"), Shape.CHOICES, AUDIENCES, needed=True),
            Item(
                "name_only",
                Say("Không đòi giấy tờ tùy thân của", "No identity paper is asked of"),
                Shape.CHOICES,
                ROLES,
                hint=Say("Chỉ khi pháp luật chỉ cần họ tên", "Only where the law asks for a name only"),
            ),
        ),
        ("DOITUONGTHUCHIEN", "MOTADOITUONGTHUCHIEN"),
    ),
    Part(
        "agency",
        Say("Cơ quan giải quyết", "Agency and level"),
        (
            Item("agency", Say("Cơ quan giải quyết", "Agency"), Shape.SAY, needed=True),
            Item("levels", Say("Cấp thực hiện", "Level"), Shape.CHOICES, LEVELS, needed=True),
        ),
        (
            "COQUANTHUCHIEN",
            "CAPTHUCHIEN",
            "COQUANCOTHAMQUYEN",
            "COQUANDUOCUYQUYEN",
            "COQUANPHOIHOP",
            "DIACHITIEPNHAN",
        ),
    ),
    Part(
        "results",
        Say("Kết quả", "Results"),
        (
            Item(
                "results",
                Say("Kết quả", "Result"),
                Shape.ROWS,
                needed=True,
                of=(
                    Item("name", Say("Tên giấy tờ", "Name"), Shape.SAY),
                    Item("code", Say("Mã kết quả quốc gia", "National code"), Shape.LINE, needed=True),
                ),
            ),
        ),
        ("KETQUATHUCHIEN",),
    ),
    Part(
        "conditions",
        Say("Yêu cầu, điều kiện", "Conditions"),
        (
            Item(
                "conditions",
                Say("Điều kiện", "Condition"),
                Shape.ROWS,
                of=(Item("", Say("Điều kiện", "Condition"), Shape.SAY),),
            ),
        ),
        ("YEUCAU",),
    ),
    Part(
        "basis",
        Say("Căn cứ pháp lý", "Legal basis"),
        (
            Item(
                "legal_basis",
                Say("Văn bản", "Documents"),
                Shape.LINES,
                hint=ONE_A_LINE,
                needed=True,
            ),
        ),
        ("CANCUPHAPLY",),
    ),
    Part(
        "grounds",
        Say("Căn cứ tạm dừng, gia hạn", "Grounds to suspend and to extend"),
        (
            Item("grounds.suspension", Say("Căn cứ tạm dừng", "Ground to suspend"), Shape.ROWS, of=GROUND),
            Item("grounds.extension", Say("Căn cứ gia hạn", "Ground to extend"), Shape.ROWS, of=GROUND),
        ),
    ),
    Part(
        "words",
        Say("Tên thường gọi", "Everyday names"),
        (
            Item(
                "search_words",
                Say("Người dân gọi là", "What people call it"),
                Shape.LINES,
                hint=ONE_A_LINE,
            ),
        ),
    ),
    Part(
        "unverified",
        Say("Chỗ còn phải đối chiếu", "What is still to be verified"),
        (
            Item(
                "requirement_gaps",
                Say("Chỗ phải đối chiếu", "To be verified"),
                Shape.ROWS,
                of=(
                    Item("kind", Say("Loại", "Kind"), Shape.CHOICE, GAP_KINDS),
                    Item("part", Say("Phần", "Part"), Shape.CHOICE, GAP_PARTS),
                    Item("where", Say("Chỗ", "Place"), Shape.LINE),
                    Item("reason", Say("Điều chưa chắc", "What is not sure"), Shape.SAY),
                    Item("sources", Say("Nguồn", "Sources"), Shape.LINES, hint=ONE_A_LINE),
                ),
            ),
        ),
        about=Say("Đã đối chiếu xong chỗ nào thì bỏ dòng ấy.", "Remove the line of what was verified."),
    ),
)
BY_CODE: Mapping[str, Part] = {part.code: part for part in PARTS}
# Which part a place of the document belongs to, by its first key.
OWNER: Mapping[str, Part] = {item.key.partition(".")[0]: part for part in PARTS for item in part.items}
DECISION = (
    Item("decision.number", Say("Số quyết định công bố", "Announcing decision"), Shape.LINE),
    Item("decision.by", Say("Cơ quan công bố", "Announced by"), Shape.SAY),
    Item("decision.issued_on", Say("Ngày quyết định", "Date of the decision"), Shape.LINE),
)
