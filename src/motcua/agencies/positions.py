"""The kinds of seats in an agency (design, section 4), as data. Their acts stand in dossiers.policy."""

from dataclasses import dataclass

from motcua.kernel.say import Say


@dataclass(frozen=True, slots=True)
class PositionKind:
    """A kind of seat: its title, its holders' work list, whether it looks into agencies below."""

    code: str
    title: Say
    queue: str
    oversees: bool = False


_KINDS = (
    PositionKind("reception_officer", Say("Công chức tiếp nhận", "Reception officer"), "desk"),
    PositionKind("desk_manager", Say("Phụ trách Bộ phận Một cửa", "Desk manager"), "desk"),
    PositionKind("cashier", Say("Thu phí, lệ phí", "Cashier"), "cashier"),
    PositionKind(
        "justice_officer",
        Say("Công chức Tư pháp - Hộ tịch", "Justice and civil-status officer"),
        "justice_officer",
    ),
    PositionKind(
        "economic_section", Say("Chuyên viên Phòng Kinh tế", "Economic section"), "economic_section"
    ),
    PositionKind(
        "culture_society_section",
        Say("Chuyên viên Phòng Văn hóa - Xã hội", "Culture and society section"),
        "culture_society_section",
    ),
    PositionKind("clerk", Say("Văn thư", "Clerk"), "clerk"),
    PositionKind("specialist", Say("Chuyên viên thụ lý", "Specialist"), "specialists"),
    PositionKind("section_head", Say("Trưởng phòng chuyên môn", "Section head"), "section_heads"),
    PositionKind("director", Say("Thủ trưởng cơ quan", "Director"), "leaders"),
    PositionKind("deputy_director", Say("Cấp phó của thủ trưởng", "Deputy director"), "leaders"),
    PositionKind("chair", Say("Chủ tịch UBND", "Chair"), "leaders"),
    PositionKind("vice_chair", Say("Phó Chủ tịch UBND", "Vice-chair"), "leaders"),
    PositionKind(
        "catalogue_officer", Say("Cán bộ danh mục thủ tục", "Catalogue officer"), "catalogue_officer"
    ),
    PositionKind("inspector", Say("Thanh tra, kiểm soát", "Inspector"), "inspector", oversees=True),
    PositionKind("hotline", Say("Đường dây nóng", "Hotline"), "hotline", oversees=True),
    PositionKind(
        "postal_officer", Say("Nhân viên bưu chính tại quầy", "Postal officer at the desk"), "postal"
    ),
    PositionKind(
        "representative",
        Say("Cán bộ cơ quan khác cử đến quầy", "Representative of another agency at the desk"),
        "representatives",
    ),
    PositionKind("post_clerk", Say("Giao dịch viên bưu điện", "Clerk at a post office"), "post_clerks"),
    PositionKind("volunteer", Say("Tình nguyện viên", "Volunteer"), "volunteers"),
    PositionKind(
        "technical_administrator",
        Say("Quản trị kỹ thuật", "Technical administrator"),
        "technical_administrator",
    ),
)

POSITION_KINDS = {kind.code: kind for kind in _KINDS}
# A People's Committee has a chair, a department or another agency a director.
LEADERS = frozenset({"chair", "vice_chair", "director", "deputy_director"})
# Who says who does a step.
LEADS = LEADERS | {"section_head"}
# The nearest first.
LEADS_FIRST = ("section_head", "deputy_director", "vice_chair", "director", "chair")
REPRESENTATIVE = "representative"
# Of other organisations: they type for people who come to them, and see what they typed until it is handed in.
HELPERS = frozenset({"post_clerk", "volunteer"})
# Seats that look at no agency's dossiers: of those posted by others, dossiers.policy names the few they see.
BLIND = HELPERS | {"technical_administrator", "catalogue_officer", "postal_officer", "representative"}
# Seats that find a dossier and see its state, never whose it is.
STATE_ONLY = frozenset({"hotline"})
# Seats that look at dossiers, and those of them that work on them.
LOOKING = frozenset(POSITION_KINDS) - BLIND
WORKING = frozenset(kind for kind in LOOKING if not POSITION_KINDS[kind].oversees)


def queue_of(agency: str, kind: str) -> str:
    """The name of the shared work list of a kind of seat in an agency ("H99.01.01/leaders")."""
    return f"{agency}/{POSITION_KINDS[kind].queue}"
