"""What an import finds: each kind with its words, the part it is about, and whether a person has to decide it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from motcua.catalogue.lacks import Part
from motcua.kernel.say import Say


class FindingKind(StrEnum):
    STUB = "stub"
    LEVEL_UNKNOWN = "level_unknown"
    CHANNEL_UNREAD = "channel_unread"
    LIMIT_MISSING = "limit_missing"
    UNIT_BLANK = "unit_blank"
    LIMIT_ZERO = "limit_zero"
    LIMIT_UNCOUNTABLE = "limit_uncountable"
    LIMITS_DIFFER = "limits_differ"
    FEE_SMALL = "fee_small"
    FEE_IN_TEXT = "fee_in_text"
    FEE_WORDS = "fee_words"
    FEE_UNREAD = "fee_unread"
    FEE_CURRENCY = "fee_currency"
    PAPERS_GROUPED = "papers_grouped"
    PAPERS_CONDITIONAL = "papers_conditional"
    PAPER_NAMELESS = "paper_nameless"
    PAPER_UNCOUNTED = "paper_uncounted"
    PAPERS_MISSING = "papers_missing"
    RESULT_MISSING = "result_missing"
    RESULT_UNCODED = "result_uncoded"
    RESULT_CODE_OTHER = "result_code_other"
    RESULT_CODE_NONSENSE = "result_code_nonsense"
    RESULT_CODE_DOUBLED = "result_code_doubled"
    BASIS_MISSING = "basis_missing"
    BASIS_UNSPLIT = "basis_unsplit"
    BASIS_DOUBLED = "basis_doubled"
    AGENCY_MISSING = "agency_missing"
    SUBJECT_MISSING = "subject_missing"
    ORDER_MISSING = "order_missing"
    DECISION_MISSING = "decision_missing"
    PAGE_NOISE = "page_noise"
    MARKUP = "markup"
    NORMALISED = "normalised"
    INVISIBLE = "invisible"
    UNKNOWN_KEY = "unknown_key"
    DRAFTED_HERE = "drafted_here"


@dataclass(frozen=True, slots=True)
class Row:
    """`decided`: a person has to decide it; the others are facts to know and to send back to who published."""

    part: Part
    label: Say
    decided: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """`where` points into the source's record (`CACHTHUCTHUCHIEN[0].THOIGIAN[1]`), `text` is what stands there."""

    kind: FindingKind
    where: str
    text: str = ""


FINDINGS: Mapping[FindingKind, Row] = {
    FindingKind.STUB: Row(
        Part.NAME, Say("Chỉ có tên, chưa có nội dung", "Only a title, nothing else is there")
    ),
    FindingKind.LEVEL_UNKNOWN: Row(Part.AGENCY, Say("Cấp thực hiện lạ", "The level is not one we know")),
    FindingKind.CHANNEL_UNREAD: Row(
        Part.WAY, Say("Không rõ cách thức nộp của dòng này", "The row does not say for which channel it is")
    ),
    FindingKind.LIMIT_MISSING: Row(
        Part.LIMIT, Say("Không ghi thời hạn giải quyết", "No time limit is stated")
    ),
    FindingKind.UNIT_BLANK: Row(
        Part.LIMIT, Say("Thời hạn có số nhưng không có đơn vị", "The limit is a number without a unit")
    ),
    FindingKind.LIMIT_ZERO: Row(Part.LIMIT, Say("Thời hạn ghi là 0", "The limit is stated as 0")),
    FindingKind.LIMIT_UNCOUNTABLE: Row(
        Part.LIMIT,
        Say("Thời hạn có phần lẻ, không đếm được", "The limit is a fraction the clock cannot count"),
    ),
    FindingKind.LIMITS_DIFFER: Row(
        Part.LIMIT,
        Say(
            "Một cách nộp có nhiều thời hạn; cần tách trường hợp",
            "Several limits on one channel: variants to make",
        ),
    ),
    FindingKind.FEE_SMALL: Row(
        Part.FEE,
        Say(
            "Mức thu dưới 1.000 đồng, có thể thiếu ba số 0",
            "An amount under 1,000 đồng; three zeros may be missing",
        ),
    ),
    FindingKind.FEE_IN_TEXT: Row(
        Part.FEE,
        Say("Ghi 0 đồng nhưng lời ghi nêu mức thu", "The amount is 0 but the words beside it name one"),
    ),
    FindingKind.FEE_WORDS: Row(
        Part.FEE,
        Say(
            "Ghi 0 đồng kèm lời ghi; chưa chắc là không thu",
            "The amount is 0 with words beside it: not surely free",
        ),
    ),
    FindingKind.FEE_UNREAD: Row(
        Part.FEE, Say("Khoản thu chỉ có lời, không có số", "The fee has words only, no amount")
    ),
    FindingKind.FEE_CURRENCY: Row(
        Part.FEE, Say("Mức thu không ghi đồng Việt Nam", "The amount is not stated in đồng")
    ),
    FindingKind.PAPERS_GROUPED: Row(
        Part.DOSSIER,
        Say(
            "Giấy tờ chia nhóm; cần quyết định nhóm nào là trường hợp riêng",
            "The papers stand in groups; which of them are variants is to be decided",
        ),
    ),
    FindingKind.PAPERS_CONDITIONAL: Row(
        Part.DOSSIER,
        Say(
            "Giấy tờ có thể chỉ cần trong một số trường hợp; cần quyết định",
            "A paper that may be needed under conditions only; to be decided",
        ),
    ),
    FindingKind.PAPER_NAMELESS: Row(Part.DOSSIER, Say("Giấy tờ không có tên", "A paper without a name")),
    FindingKind.PAPER_UNCOUNTED: Row(
        Part.DOSSIER, Say("Giấy tờ không ghi số bản", "A paper without a number of originals or copies")
    ),
    FindingKind.PAPERS_MISSING: Row(Part.DOSSIER, Say("Không ghi thành phần hồ sơ", "No papers are listed")),
    FindingKind.RESULT_MISSING: Row(Part.RESULT, Say("Không ghi kết quả", "No result is stated")),
    FindingKind.RESULT_UNCODED: Row(
        Part.RESULT, Say("Kết quả không có mã", "A result without a code"), decided=False
    ),
    FindingKind.RESULT_CODE_OTHER: Row(
        Part.RESULT,
        Say(
            "Mã kết quả không theo mẫu KQ.X00.000000", "A result's code of another pattern than KQ.X00.000000"
        ),
        decided=False,
    ),
    FindingKind.RESULT_CODE_NONSENSE: Row(
        Part.RESULT, Say("Mã kết quả vô nghĩa", "A result's code that means nothing")
    ),
    FindingKind.RESULT_CODE_DOUBLED: Row(
        Part.RESULT, Say("Một mã cho hai kết quả", "One code for two results")
    ),
    FindingKind.BASIS_MISSING: Row(
        Part.BASIS, Say("Không ghi căn cứ pháp lý", "No legal basis is stated"), decided=False
    ),
    FindingKind.BASIS_UNSPLIT: Row(
        Part.BASIS,
        Say("Văn bản căn cứ không tách được số", "A document of the legal basis without a number of its own"),
        decided=False,
    ),
    FindingKind.BASIS_DOUBLED: Row(
        Part.BASIS,
        Say("Văn bản căn cứ ghi hai lần", "A document of the legal basis stated twice"),
        decided=False,
    ),
    FindingKind.AGENCY_MISSING: Row(Part.AGENCY, Say("Không ghi cơ quan thực hiện", "No agency is stated")),
    FindingKind.SUBJECT_MISSING: Row(
        Part.SUBJECT, Say("Không ghi đối tượng thực hiện", "It is not stated who may apply")
    ),
    FindingKind.ORDER_MISSING: Row(
        Part.ORDER, Say("Không ghi trình tự thực hiện", "No order of steps is stated")
    ),
    FindingKind.DECISION_MISSING: Row(
        Part.BASIS, Say("Không ghi quyết định công bố", "The announcing decision is not stated")
    ),
    FindingKind.PAGE_NOISE: Row(
        Part.NAME,
        Say("Chữ của trang web lẫn vào nội dung", "Words of the web page stand among the contents"),
        decided=False,
    ),
    FindingKind.MARKUP: Row(
        Part.NAME,
        Say("Có mã HTML trong lời; hiện nguyên văn như chữ", "Markup in a text; shown as plain letters"),
        decided=False,
    ),
    FindingKind.NORMALISED: Row(
        Part.NAME,
        Say("Chữ tổ hợp đã đưa về dựng sẵn (NFC)", "Letters brought into normal form (NFC)"),
        decided=False,
    ),
    FindingKind.INVISIBLE: Row(
        Part.NAME, Say("Đã bỏ ký tự điều khiển", "Control characters were dropped"), decided=False
    ),
    FindingKind.UNKNOWN_KEY: Row(
        Part.NAME,
        Say("Khóa lạ hoặc chưa dùng, giữ trong bản gốc", "A key unknown or not used yet, kept in the source"),
        decided=False,
    ),
    FindingKind.DRAFTED_HERE: Row(
        Part.NAME,
        Say(
            "Khác với phiên bản soạn ở đây; giữ phiên bản ở đây",
            "Differs from the version drafted here, which stays",
        ),
    ),
}
