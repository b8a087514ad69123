"""What people call the values a decision is made of."""

from collections.abc import Mapping

from motcua.catalogue.national.values import FeeAs, GroupAs
from motcua.catalogue.shapes import Audience, Channel, ComponentKind, FeeNature, FeeUnit, Level, LimitUnit
from motcua.kernel.say import Say

UNITS: Mapping[LimitUnit, Say] = {
    LimitUnit.WORKING_DAY: Say("ngày làm việc", "working days"),
    LimitUnit.CALENDAR_DAY: Say("ngày (kể cả ngày nghỉ)", "calendar days"),
    LimitUnit.WORKING_HOUR: Say("giờ làm việc", "working hours"),
    LimitUnit.HOUR: Say("giờ", "hours"),
    LimitUnit.WEEK: Say("tuần", "weeks"),
    LimitUnit.MONTH: Say("tháng", "months"),
    LimitUnit.YEAR: Say("năm", "years"),
    LimitUnit.SAME_DAY: Say("trả trong ngày", "the same day"),
    LimitUnit.NONE: Say("không quy định thời hạn", "no time limit"),
}
CHANNELS: Mapping[Channel, Say] = {
    Channel.COUNTER: Say("Trực tiếp tại bộ phận một cửa", "In person at the one-stop desk"),
    Channel.ONLINE: Say("Trực tuyến", "Online"),
    Channel.POST: Say("Qua bưu chính", "By post"),
}
MEANS: Mapping[FeeAs, Say] = {
    FeeAs.AS_STATED: Say("Đúng số đã ghi", "As stated"),
    FeeAs.THOUSANDS: Say("Số đã ghi nhân 1.000", "As stated, times 1,000"),
    FeeAs.AMOUNT: Say("Số tiền khác", "Another amount"),
    FeeAs.FREE: Say("Không thu", "Free"),
    FeeAs.PROVINCE: Say("Do hội đồng nhân dân cấp tỉnh quy định", "Set by the province's council"),
}
NATURES: Mapping[FeeNature, Say] = {
    FeeNature.PHI: Say("Phí", "Fee"),
    FeeNature.LE_PHI: Say("Lệ phí", "Charge"),
}
FEE_UNITS: Mapping[FeeUnit, Say] = {
    FeeUnit.REQUEST: Say("một hồ sơ", "a dossier"),
    FeeUnit.DOCUMENT: Say("một văn bản", "a document"),
    FeeUnit.PAGE: Say("một trang", "a page"),
    FeeUnit.COPY: Say("một bản", "a copy"),
    FeeUnit.SIGNATURE: Say("một chữ ký", "a signature"),
}
GROUPS: Mapping[GroupAs, Say] = {
    GroupAs.COMMON: Say("Mọi trường hợp đều nộp", "Handed in by everybody"),
    GroupAs.VARIANT: Say("Một trường hợp riêng", "A variant of its own"),
    GroupAs.SHOW: Say("Chỉ xuất trình", "Only to be shown"),
    GroupAs.NOTE: Say("Lời dặn, không phải giấy tờ", "A remark, no papers"),
}
PAPERS: Mapping[ComponentKind, Say] = {
    ComponentKind.REQUIRED: Say("Bắt buộc nộp", "Required"),
    ComponentKind.REQUIRED_IF: Say("Chỉ nộp khi (ghi câu hỏi)", "Required if (write the question)"),
    ComponentKind.ONE_OF: Say("Nộp một trong nhóm (ghi tên nhóm)", "One of a group (name the group)"),
    ComponentKind.SHOW_ONLY: Say("Chỉ xuất trình", "Only to be shown"),
    ComponentKind.DATABASE: Say("Lấy từ cơ sở dữ liệu, không phải nộp", "From a register, not handed in"),
    ComponentKind.NOTE: Say("Lời dặn, không phải giấy tờ", "A remark, no paper"),
}
LEVELS: Mapping[Level, Say] = {
    Level.MINISTRY: Say("Cấp bộ", "Ministry"),
    Level.PROVINCE: Say("Cấp tỉnh", "Province"),
    Level.COMMUNE: Say("Cấp xã", "Commune"),
    Level.OTHER: Say("Cơ quan khác", "Other bodies"),
}
AUDIENCES: Mapping[Audience, Say] = {
    Audience.CITIZEN: Say("Công dân Việt Nam", "Vietnamese citizens"),
    Audience.CITIZEN_ABROAD: Say("Người Việt Nam định cư ở nước ngoài", "Vietnamese living abroad"),
    Audience.FOREIGNER: Say("Người nước ngoài", "Foreigners"),
    Audience.ORGANISATION: Say("Tổ chức", "Organisations"),
    Audience.BUSINESS: Say("Doanh nghiệp", "Businesses"),
}
