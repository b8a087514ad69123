"""What an applicant agrees to when they hand in, or confirm what somebody hands in for both."""

import hashlib

from motcua.flows.reception import Examined, Intake
from motcua.kernel.errors import NotAllowedNow


class TermsChanged(NotAllowedNow):
    """What the procedure asks for, or costs, is no longer what its applicant agreed to."""

    def __init__(self) -> None:
        super().__init__(
            "Thủ tục vừa thay đổi (nội dung, tờ khai hoặc phí). Hãy xem lại trang này rồi nộp.",
            "The procedure has just changed (content, form or fees). Read this page again, then hand in.",
        )


def terms_of(seen: Examined, intake: Intake) -> str:
    """A short word for what an applicant agrees to: the version of the procedure, the variant, the version
    of its form, and the fees."""
    form = intake.form and (intake.form.form, intake.form.version)
    fees = [(line.rule, line.amount) for line in seen.fees.lines]
    return hashlib.sha256(repr((seen.offer.version_id, intake.variant, form, fees)).encode()).hexdigest()[:24]
