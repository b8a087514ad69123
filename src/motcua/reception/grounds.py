"""Why a request is turned away before there is a dossier (form 03), as data: a ground, its words, what it rests on."""

from dataclasses import dataclass

from motcua.kernel.say import Say

# ND 63/2010 art. 18(5): a refusal is in writing and says why; a ground alone is never the reason.
IN_WRITING = "Nghị định số 63/2010/NĐ-CP, khoản 5 Điều 18"
TOLD_AT_ONCE = "Nghị định số 118/2025/NĐ-CP, điểm a khoản 2 Điều 17"


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground. `needs_matter`: it can be said of a published procedure only."""

    code: str
    label: Say
    basis: str
    needs_matter: bool = False


_GROUNDS = (
    Ground(
        "not_competent",
        Say("Không thuộc thẩm quyền giải quyết của cơ quan", "The agency is not competent"),
        TOLD_AT_ONCE,
    ),
    Ground(
        "not_eligible",
        Say("Không đủ điều kiện thực hiện thủ tục", "The conditions of the procedure are not met"),
        IN_WRITING,
        needs_matter=True,
    ),
    Ground(
        "not_entitled",
        Say(
            "Người nộp không có quyền nộp: không phải chủ hồ sơ, không được ủy quyền hợp lệ",
            "Who came may not hand it in: neither the applicant nor validly authorised",
        ),
        IN_WRITING,
        needs_matter=True,
    ),
    Ground(
        "already_in_hand",
        Say(
            "Yêu cầu này đang được giải quyết hoặc đã được giải quyết",
            "The same request is being settled or has been settled",
        ),
        IN_WRITING,
        needs_matter=True,
    ),
    Ground(
        "not_genuine",
        Say("Giấy tờ xuất trình bị tẩy xóa, sửa chữa hoặc giả mạo", "The papers shown are altered or forged"),
        IN_WRITING,
    ),
    Ground(
        "not_received_here",
        Say(
            "Nội dung yêu cầu không thuộc các thủ tục tiếp nhận tại Bộ phận Một cửa này",
            "What is asked is not among the procedures received at this desk",
        ),
        TOLD_AT_ONCE,
    ),
    Ground(
        "other",
        Say("Căn cứ khác theo pháp luật chuyên ngành", "Another ground of the sector's law"),
        IN_WRITING,
    ),
)
GROUNDS = {ground.code: ground for ground in _GROUNDS}
