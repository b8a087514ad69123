"""The sentences of how a dossier was handed in, and by whom. Pure."""

from collections.abc import Callable, Mapping
from typing import Any

from motcua.dossiers import events as e
from motcua.dossiers.assisting import KINDS, FilingKind
from motcua.kernel.say import Say
from motcua.kernel.time import local


def _submitted(event: e.DossierSubmitted) -> Say:
    when, kind = f"{local(event.answer_due_at):%H:%M %d/%m/%Y}", FilingKind(event.filing.kind)
    if kind is FilingKind.SELF:
        return Say(f"Nộp hồ sơ; cơ quan trả lời trước {when}.", f"Submitted; to be answered by {when}.")
    by = KINDS[kind].label
    return Say(
        f"{by.vi}, chủ hồ sơ đã đồng ý; cơ quan trả lời trước {when}.",
        f"{by.en}, with the applicant's consent; to be answered by {when}.",
    )


FILING: Mapping[str, Callable[[Any], Say]] = {
    e.DossierConfirmed.TYPE: lambda _: Say(
        "Một người có tên trong tờ khai đã đọc và xác nhận hồ sơ.",
        "Somebody whom the form names read and confirmed the dossier.",
    ),
    e.WithdrawalAgreed.TYPE: lambda _: Say(
        "Một người cùng nộp muốn rút hồ sơ; chờ những người khác đồng ý.",
        "One of those who applied wants to withdraw; the others have to agree.",
    ),
    e.DossierSubmitted.TYPE: _submitted,
    e.FilingObjected.TYPE: lambda _: Say(
        "Chủ hồ sơ báo không nhờ ai nộp hồ sơ này.",
        "The applicant says that they asked nobody to hand this in.",
    ),
}
