"""What a procedure's page says of channels, people, levels, systems and parts, in both languages."""

from collections.abc import Mapping

from motcua.catalogue.lacks import Part
from motcua.catalogue.shapes import Component, FeeUnit
from motcua.kernel.say import Say
from motcua.web.common.catalogue_words import (
    AUDIENCES as AUDIENCES,
    CHANNELS as CHANNELS,
    LEVELS as LEVELS,
    SHORT_CHANNELS as SHORT_CHANNELS,
)

PARTS: Mapping[Part, Say] = {
    Part.NAME: Say("tên", "title"),
    Part.ORDER: Say("trình tự", "order of steps"),
    Part.WAY: Say("cách nộp", "how to hand in"),
    Part.DOSSIER: Say("giấy tờ", "papers"),
    Part.LIMIT: Say("thời hạn", "time limit"),
    Part.SUBJECT: Say("đối tượng", "who may apply"),
    Part.AGENCY: Say("cơ quan thực hiện", "agency"),
    Part.RESULT: Say("kết quả", "result"),
    Part.FEE: Say("phí, lệ phí", "fees"),
    Part.BASIS: Say("căn cứ công bố", "announcing decision"),
    Part.GROUND: Say("căn cứ tạm dừng, gia hạn", "grounds to pause or extend"),
}
NATIONAL_PORTAL = "https://dichvucong.gov.vn"
UNITS: Mapping[FeeUnit, Say] = {
    FeeUnit.REQUEST: Say("trường hợp", "request"),
    FeeUnit.DOCUMENT: Say("văn bản", "document"),
    FeeUnit.PAGE: Say("trang", "page"),
    FeeUnit.COPY: Say("bản", "copy"),
    FeeUnit.SIGNATURE: Say("chữ ký", "signature"),
}


def count_words(component: Component) -> Say:
    """How many of a paper: "01 bản chính, 02 bản sao"; blank where no number is asked for."""
    numbers = (
        (component.originals, "bản chính", "original", "originals"),
        (component.copies, "bản sao", "copy", "copies"),
    )
    vi = [f"{n:02} {word}" for n, word, _, _ in numbers if n]
    en = [f"{n} {one if n == 1 else many}" for n, _, one, many in numbers if n]
    return Say(", ".join(vi), ", ".join(en))
