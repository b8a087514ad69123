"""People's words for the values a document names by codes."""

from collections.abc import Mapping

from motcua.catalogue.shapes import (
    ComponentKind,
    GroundKind,
    HandledIn,
    LimitUnit,
    PartyRole,
    SetBy,
    Source,
    StartEvent,
)
from motcua.kernel.say import Say
from motcua.web.common.catalogue_words import (
    AUDIENCES as AUDIENCES,
    FEE_UNITS as FEE_UNITS,
    LEVELS as LEVELS,
    LIMIT_UNITS,
    NATURES as NATURES,
    SHORT_CHANNELS as SHORT_CHANNELS,
)

Options = Mapping[str, Say]
UNITS: Options = {**LIMIT_UNITS, LimitUnit.UNKNOWN: Say("chưa rõ, phải quyết định", "unknown, to be decided")}
STARTS: Options = {
    StartEvent.RECEIVED: Say("Khi nhận đủ hồ sơ", "When the complete dossier is received"),
    StartEvent.PAID: Say("Khi xác nhận đã nộp tiền", "When the payment is confirmed"),
}
KINDS: Options = {
    ComponentKind.REQUIRED: Say("Phải nộp", "To hand in"),
    ComponentKind.REQUIRED_IF: Say("Phải nộp khi có điều kiện", "To hand in under a condition"),
    ComponentKind.ONE_OF: Say("Nộp một trong nhóm", "One of a group"),
    ComponentKind.SHOW_ONLY: Say("Chỉ xuất trình", "To show only"),
    ComponentKind.DATABASE: Say("Cơ quan tự tra cứu", "Looked up by the office"),
    ComponentKind.VAULT: Say("Lấy từ kho dữ liệu của công dân", "From the citizen's vault"),
    ComponentKind.NOTE: Say("Ghi chú, không phải giấy tờ", "A note, not a paper"),
    ComponentKind.ANNOUNCED: Say("Chưa quyết định (theo bản công bố)", "Not decided (as announced)"),
}
SOURCES: Options = {
    Source.DATABASE: Say("Cơ sở dữ liệu", "A register"),
    Source.VAULT: Say("Kho dữ liệu của công dân", "The citizen's vault"),
}
SET_BY: Options = {
    SetBy.LAW: Say("Trung ương quy định", "National law"),
    SetBy.PROVINCIAL_COUNCIL: Say("Hội đồng nhân dân tỉnh quyết định", "The provincial council"),
}
HANDLED: Options = {
    HandledIn.HERE: Say("Trên hệ thống này", "In this system"),
    HandledIn.MINISTRY: Say("Hệ thống của bộ", "A ministry's system"),
    HandledIn.POLICE: Say("Hệ thống của công an", "The police's system"),
    HandledIn.PORTAL: Say("Cổng Dịch vụ công quốc gia", "The national portal"),
}
ROLES: Options = {
    PartyRole.APPLICANT: Say("Chủ hồ sơ", "Applicant"),
    PartyRole.SUBMITTER: Say("Người nộp", "Submitter"),
}
GROUNDS: Options = {
    GroundKind.VERIFICATION: Say("Xác minh", "Verification"),
    GroundKind.COURT: Say("Chờ tòa án", "A court"),
    GroundKind.POSTING: Say("Niêm yết công khai", "Public posting"),
    GroundKind.TAX: Say("Nghĩa vụ thuế", "Tax"),
    GroundKind.PAUSING_CONSULTATION: Say("Lấy ý kiến", "Consultation"),
    GroundKind.COMPLEX_MATTER: Say("Vụ việc phức tạp", "A complex matter"),
}
GAP_KINDS: Options = {
    "unverified": Say("Chưa đối chiếu", "Not verified"),
    "missing": Say("Còn thiếu", "Missing"),
}
GAP_PARTS: Options = {
    "name": Say("Tên", "Name"),
    "order": Say("Trình tự", "Order of steps"),
    "way": Say("Cách thức", "Ways"),
    "dossier": Say("Hồ sơ", "Dossier"),
    "limit": Say("Thời hạn", "Limit"),
    "subject": Say("Đối tượng", "Who may apply"),
    "agency": Say("Cơ quan", "Agency"),
    "result": Say("Kết quả", "Result"),
    "fee": Say("Phí, lệ phí", "Fee"),
    "basis": Say("Căn cứ", "Basis"),
    "ground": Say("Căn cứ tạm dừng, gia hạn", "Ground"),
}
