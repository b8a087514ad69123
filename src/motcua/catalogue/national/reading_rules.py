"""What the words of the national record mean, where they mean one thing for certain. Pure tables."""

import re
from collections.abc import Mapping

from motcua.catalogue.shapes import Audience, Channel, Level, LimitUnit

CHANNELS: Mapping[str, Channel] = {"1": Channel.COUNTER, "2": Channel.ONLINE, "3": Channel.POST}
UNITS: Mapping[str, LimitUnit] = {
    "ngay lam viec": LimitUnit.WORKING_DAY,
    "ngay": LimitUnit.CALENDAR_DAY,
    "gio lam viec": LimitUnit.WORKING_HOUR,
    "gio": LimitUnit.HOUR,
    "tuan": LimitUnit.WEEK,
    "thang": LimitUnit.MONTH,
    "nam": LimitUnit.YEAR,
}
LEVELS: Mapping[str, Level] = {
    "cap bo": Level.MINISTRY,
    "cap tinh": Level.PROVINCE,
    "cap xa": Level.COMMUNE,
    "co quan khac": Level.OTHER,
}
# Subjects that are one of ours for certain; all of them stay in their own words too.
SUBJECTS: Mapping[str, Audience] = {
    "cong dan viet nam": Audience.CITIZEN,
    "nguoi viet nam dinh cu o nuoc ngoai": Audience.CITIZEN_ABROAD,
    "nguoi nuoc ngoai": Audience.FOREIGNER,
    "nguoi nuoc ngoai cu tru tai viet nam": Audience.FOREIGNER,
    "to chuc (khong bao gom doanh nghiep, htx)": Audience.ORGANISATION,
    "to chuc nuoc ngoai": Audience.ORGANISATION,
    "to chuc dang": Audience.ORGANISATION,
    "doanh nghiep": Audience.BUSINESS,
    "doanh nghiep viet nam": Audience.BUSINESS,
    "doanh nghiep co von dau tu nuoc ngoai": Audience.BUSINESS,
    "hop tac xa": Audience.BUSINESS,
}
DONG = frozenset({"vnd", "viet nam dong", "dong", "d"})
# Under this an amount of state fees is a slip of the pen: the smallest fee in force is 2,000 đồng.
SMALLEST_AMOUNT = 1000

# On text in small letters. A number with a currency or with grouped thousands, or a share.
NAMES_AMOUNT = re.compile(r"\d[\d.,]* ?(?:đ\b|đồng|vnđ|vnd|usd|%)|\b\d{1,3}(?:[.,]\d{3})+\b")
CONDITIONAL = re.compile(r"\b(?:nếu|trường hợp|đối với|hoặc|khi|một trong|tùy theo|tuỳ theo|ngoại trừ)\b|/")
REMARK = re.compile(r"\W*(?:lưu ý|ghi chú|chú ý)\b")
MARKUP = re.compile(r"<[a-zA-Z!/]|&#?\w+;|javascript:")
NOISE = re.compile(r"không có thông tin")
RESULT_CODE = re.compile(r"KQ\.[A-Z]\d\d\.\d{6}")
# Codes of earlier lists: letters and at least three digits in some order of parts.
OTHER_CODE = re.compile(r"(?=.*\d{3})(?=.*(?:KQ|TP|TKQ|KT|BQP|[A-Z]\d\d))[A-Za-z0-9.\-_]+")
