"""What people call the values a decision is made of."""

from collections.abc import Mapping

from motcua.catalogue.national.values import FeeAs, GroupAs
from motcua.catalogue.shapes import ComponentKind
from motcua.kernel.say import Say
from motcua.web.common.catalogue_words import (
    AUDIENCES as AUDIENCES,
    CHANNELS as CHANNELS,
    FEE_UNITS as FEE_UNITS,
    LEVELS as LEVELS,
    LIMIT_UNITS as LIMIT_UNITS,
    NATURES as NATURES,
)

MEANS: Mapping[FeeAs, Say] = {
    FeeAs.AS_STATED: Say("Đúng số đã ghi", "As stated"),
    FeeAs.THOUSANDS: Say("Số đã ghi nhân 1.000", "As stated, times 1,000"),
    FeeAs.AMOUNT: Say("Số tiền khác", "Another amount"),
    FeeAs.FREE: Say("Không thu", "Free"),
    FeeAs.PROVINCE: Say("Do hội đồng nhân dân cấp tỉnh quy định", "Set by the province's council"),
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
