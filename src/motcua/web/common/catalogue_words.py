"""People's words for the codes of a procedure, one set for the public, the desk and the catalogue office."""

from collections.abc import Mapping

from motcua.catalogue.lengths import LIMIT_UNITS as LIMIT_UNITS
from motcua.catalogue.shapes import Audience, Channel, FeeNature, FeeUnit, Level
from motcua.kernel.say import Say

Words = Mapping[str, Say]

CHANNELS: Words = {
    Channel.COUNTER: Say("Trực tiếp tại bộ phận một cửa", "In person at the one-stop desk"),
    Channel.POST: Say("Qua bưu chính", "By post"),
    Channel.ONLINE: Say("Trực tuyến", "Online"),
}
# Where a column is narrow, or several stand in a row.
SHORT_CHANNELS: Words = {
    Channel.COUNTER: Say("Trực tiếp", "In person"),
    Channel.POST: Say("Bưu chính", "By post"),
    Channel.ONLINE: Say("Trực tuyến", "Online"),
}
AUDIENCES: Words = {
    Audience.CITIZEN: Say("Công dân Việt Nam", "Vietnamese citizens"),
    Audience.CITIZEN_ABROAD: Say(
        "Người Việt Nam định cư ở nước ngoài", "Vietnamese who live in another country"
    ),
    Audience.FOREIGNER: Say("Người nước ngoài", "Foreigners"),
    Audience.ORGANISATION: Say("Tổ chức", "Organisations"),
    Audience.BUSINESS: Say("Doanh nghiệp", "Businesses"),
}
LEVELS: Words = {
    Level.MINISTRY: Say("Cấp bộ", "Ministry"),
    Level.PROVINCE: Say("Cấp tỉnh", "Province"),
    Level.COMMUNE: Say("Cấp xã", "Commune"),
    Level.OTHER: Say("Cơ quan khác", "Other bodies"),
}
NATURES: Words = {
    FeeNature.PHI: Say("Phí", "Fee"),
    FeeNature.LE_PHI: Say("Lệ phí", "Levy"),
}
FEE_UNITS: Words = {
    FeeUnit.REQUEST: Say("mỗi lần yêu cầu", "a request"),
    FeeUnit.DOCUMENT: Say("mỗi giấy tờ", "a document"),
    FeeUnit.PAGE: Say("mỗi trang", "a page"),
    FeeUnit.COPY: Say("mỗi bản", "a copy"),
    FeeUnit.SIGNATURE: Say("mỗi chữ ký", "a signature"),
}
