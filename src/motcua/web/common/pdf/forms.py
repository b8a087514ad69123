"""Forms 01 to 05 as versions with dates: which title and number line a paper of a given day bears. Data, and pure.

A paper is printed from facts as often as somebody asks for it: one of a past day keeps that day's version.
`verified` False: the circular's own text was not at hand, see `note`.
"""

from dataclasses import dataclass
from datetime import date

from motcua.kernel.say import Say


@dataclass(frozen=True, slots=True, kw_only=True)
class FormVersion:
    """One version of a form, in force from `since` until the next one. `number` is what stands after "Số:"; `{number}`
    in it is the running number or the dossier's code. `circular` is printed at the foot."""

    form: str
    version: str
    since: date
    circular: str
    title: str
    number: str = "{number}"
    verified: bool = False
    note: Say = Say("", "")

    def number_line(self, number: str) -> str:
        """What stands after "Số:" on a paper with this running number."""
        return self.number.format(number=number)

    @property
    def mark(self) -> str:
        """What the foot of the paper says of it."""
        return f"Mẫu số {self.form}, {self.circular}"


_OLD, _NEW = "Thông tư 01/2018/TT-VPCP", "Thông tư 03/2025/TT-VPCP"
# The day of Circular 03/2025 is known, that it came into force the same day is not; of 01/2018 the day is from memory.
_OLD_SINCE, _NEW_SINCE = date(2019, 1, 8), date(2025, 9, 15)
_FIELDS = Say(
    "Tên mẫu đã đối chiếu; ngày có hiệu lực và bố cục chưa đối chiếu với bản gốc của Thông tư.",
    "The title is checked; the day it came into force and the layout are not, against the circular itself.",
)
_LIKE_02 = Say(
    "Dòng số ghi như mẫu 02; ngày có hiệu lực và bố cục chưa đối chiếu với bản gốc của Thông tư.",
    "The number line follows form 02; the day in force and the layout are not checked against the circular itself.",
)
_NO_05 = Say(
    "Thông tư 01/2018 không có mẫu này: trước ngày có mẫu, in theo mẫu đầu tiên có.",
    "Circular 01/2018 has no such form: papers of an earlier day use the first version there is.",
)


def _version(
    form: str, title: str, *, old: str | None, number: str = "{number}", note: Say
) -> list[FormVersion]:
    found = [
        FormVersion(
            form=form,
            version="2025",
            since=_NEW_SINCE,
            circular=_NEW,
            title=title,
            number=number,
            note=note,
        )
    ]
    if old is not None:
        found.append(
            FormVersion(
                form=form,
                version="2018",
                since=_OLD_SINCE,
                circular=_OLD,
                title=old,
                number=number,
                note=note,
            )
        )
    return found


_RECEIPT = "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
_SUPPLEMENT = "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"
_REFUSAL = "Phiếu từ chối tiếp nhận giải quyết hồ sơ"
FORMS: tuple[FormVersion, ...] = (
    *_version("01", _RECEIPT, old=_RECEIPT, note=_FIELDS),
    *_version("02", _SUPPLEMENT, old=_SUPPLEMENT, number="{number}/HDHS", note=_FIELDS),
    *_version("03", _REFUSAL, old=_REFUSAL, number="{number}/HDHS", note=_LIKE_02),
    *_version(
        "04",
        "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết",
        old="Phiếu xin lỗi và hẹn lại ngày trả kết quả",
        note=_FIELDS,
    ),
    *_version("05", "Thông báo dừng giải quyết hồ sơ", old=None, note=_NO_05),
)


def in_force(form: str, on: date) -> FormVersion:
    """The version of `form` in force on `on`; of a day before all of them, the first. Raises KeyError for no form."""
    versions = sorted((one for one in FORMS if one.form == form), key=lambda one: one.since)
    if not versions:
        raise KeyError(form)
    begun = [one for one in versions if one.since <= on]
    return begun[-1] if begun else versions[0]
