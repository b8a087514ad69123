"""What opinions of others are called, in both languages, as data."""

from collections.abc import Mapping

from motcua.dossiers.consulted import ANSWERS
from motcua.kernel.say import Say

PARTS: Mapping[str, Say] = {
    "people": Say("Người trong hồ sơ", "The people of the dossier"),
    "form": Say("Nội dung tờ khai điện tử", "The electronic form"),
}
# How a consultation stands, and in which tone.
STANDS: Mapping[str, tuple[Say, str]] = {
    "": (Say("Chờ ý kiến", "Awaited"), "waiting"),
    "overdue": (Say("Quá hạn trả lời", "Past its time"), "late"),
    "silent": (Say("Không trả lời trong hạn", "Silent"), "late"),
    "tacit": (Say("Hết hạn, coi như đồng ý", "Time over, agreement"), "good"),
    "taken_back": (Say("Đã rút", "Taken back"), "paused"),
    "over": (Say("Hồ sơ kết thúc trước", "The dossier ended before"), "paused"),
    "agree": (ANSWERS["agree"], "good"),
    "conditions": (ANSWERS["conditions"], "waiting"),
    "object": (ANSWERS["object"], "late"),
    "not_competent": (ANSWERS["not_competent"], "paused"),
}
