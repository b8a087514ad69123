"""The pages of a draft that are no topic of a form, by name, and any page as the check of answers shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.web.citizen.forms import Said
from motcua.web.citizen.whom import CONSENT, WHOM

TITLES: Mapping[str, Promise] = {
    WHOM: _("Chủ hồ sơ"),
    "variant": _("Trường hợp"),
    "questions": _("Câu hỏi về hồ sơ"),
    "you": _("Liên hệ và nhận kết quả"),
    "papers": _("Giấy tờ gửi kèm"),
    CONSENT: _("Sự đồng ý của chủ hồ sơ"),
}

CHECK = "check"
# The parts of a draft, which stay what they are whatever is answered; how many pages each has hangs on the answers.
PARTS = (_("trường hợp và liên hệ"), _("tờ khai và giấy tờ"), _("kiểm tra và nộp"))
_FIRST = frozenset({WHOM, "variant", "questions", "you"})

NOT_KEPT = _("Tệp “%(name)s” không còn được giữ; hãy gửi lại, hoặc lưu trang không có tệp ấy.")


@dataclass(frozen=True, slots=True)
class Section:
    """One page as the check of answers shows it: `problems`: what is still wrong with it."""

    name: str
    title: object
    said: Said
    problems: Sequence[str]


def part_of(page: str) -> int:
    """Which of PARTS a page stands in, counted from 1."""
    return 3 if page == CHECK else 1 if page in _FIRST else 2
