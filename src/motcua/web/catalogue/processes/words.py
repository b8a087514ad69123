"""What the designer of processes calls things."""

from collections.abc import Mapping

from motcua.kernel.say import Say
from motcua.processes.placing import FORM, QUESTION
from motcua.processes.shapes import Assignment, Part, Side
from motcua.web.common.wording import say

NODES: Mapping[str, Say] = {
    "process": Say("Quy trình", "Process"),
    "variant": Say("Trường hợp", "Variant"),
    "step": Say("Bước", "Step"),
    "consultation": Say("Lấy ý kiến", "Consultation"),
    "child": Say("Phần việc của cơ quan khác", "Part of another agency"),
}
ASSIGNMENTS: Mapping[str, Say] = {
    Assignment.SHARED: Say(
        "Vào danh sách chung của vị trí, ai nhận thì làm", "On the position's list, for whoever takes it"
    ),
    Assignment.LOAD: Say("Người đang ít việc nhất", "Whoever has least to do"),
    Assignment.ROTATION: Say("Lần lượt từng người", "Each in turn"),
    Assignment.TERRITORY: Say("Theo địa bàn phụ trách", "By where it lies"),
}
SIDES: Mapping[str, Say] = {
    Side.BEFORE: Say("trước hạn", "before it is due"),
    Side.AFTER: Say("sau hạn", "after it was due"),
}
PARTS: Mapping[str, Say] = {
    Part.PEOPLE: Say("Người nộp, chủ hồ sơ", "People"),
    Part.FORM: Say("Tờ khai", "Form"),
    Part.PAPERS: Say("Giấy tờ", "Papers"),
}
CONDITIONS: Mapping[str, Say] = {
    "variant": Say("Trường hợp của hồ sơ", "Variant of the dossier"),
    "channel": Say("Cách nộp", "Channel"),
    "assisted": Say("Được người khác nộp giúp", "Handed in with help"),
    "outside": Say("Nhận ở quầy của cơ quan khác", "Received at another agency's desk"),
    "outcome": Say("Kết quả mà bước vừa xong đề xuất", "What the step just done proposes"),
    "copies": Say("Số bản", "Number of copies"),
    "pages": Say("Số trang", "Number of pages"),
}
SAID_WORDS: Mapping[str, Say] = {
    "granted": Say("đồng ý", "granted"),
    "partly": Say("đồng ý một phần", "granted in part"),
    "refused": Say("từ chối", "refused"),
}
_ASKED_IN = {
    QUESTION: Say("câu hỏi khi tiếp nhận", "question at reception"),
    FORM: Say("mục tờ khai", "field of a form"),
}


def area_words(path: str, label: Say) -> str:
    """What gives the area, and where that is asked."""
    return f"{say(_ASKED_IN[path.partition('.')[0]])}: {say(label)}"
