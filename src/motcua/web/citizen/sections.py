"""The pages of a draft that are no topic of a form, by name, and any page as the check of answers shows it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.web.citizen.whom import CONSENT, WHOM

TITLES: Mapping[str, Promise] = {
    WHOM: _("Chủ hồ sơ"),
    "variant": _("Trường hợp"),
    "questions": _("Câu hỏi về hồ sơ"),
    "you": _("Liên hệ và nhận kết quả"),
    "papers": _("Giấy tờ gửi kèm"),
    CONSENT: _("Sự đồng ý của chủ hồ sơ"),
}

NOT_KEPT = _("Tệp “%(name)s” không còn được giữ; hãy gửi lại, hoặc lưu trang không có tệp ấy.")


@dataclass(frozen=True, slots=True)
class Section:
    """One page as the check of answers shows it; `problems`: what is still wrong with it."""

    name: str
    title: object
    lines: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]
