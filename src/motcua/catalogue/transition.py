"""From one version of a procedure to the next: what becomes of the dossiers that run. Words and codes, no rules of
a dossier: flows.transition weighs those."""

from collections.abc import Mapping
from enum import StrEnum

from motcua.kernel.say import Say


class Transition(StrEnum):
    """`stay`: what was received under a version ends under it; `favour`: it moves where the new one is better for the
    applicant, and stays where it is not."""

    STAY = "stay"
    FAVOUR = "favour"


class Stays(StrEnum):
    """Why a running dossier keeps the version it was received under."""

    VARIANT_GONE = "variant_gone"
    PAPER_UNKNOWN = "paper_unknown"
    FEE_UNKNOWN = "fee_unknown"
    MORE_PAPERS = "more_papers"
    LIMIT_UNKNOWN = "limit_unknown"
    LONGER = "longer"
    LATE_ALREADY = "late_already"
    LATE_AT_ONCE = "late_at_once"
    NOT_BEGUN = "not_begun"
    CERTIFIED = "certified"
    NO_BETTER = "no_better"


STAYS: Mapping[Stays, Say] = {
    Stays.VARIANT_GONE: Say(
        "phiên bản mới không còn trường hợp hoặc cách nộp của hồ sơ",
        "the new version has no such variant or channel",
    ),
    Stays.PAPER_UNKNOWN: Say(
        "giấy tờ đã nộp hoặc đang yêu cầu không có trong phiên bản mới",
        "papers handed in or asked for are not in the new version",
    ),
    Stays.FEE_UNKNOWN: Say(
        "khoản đã thu hoặc đang thu không có trong phiên bản mới",
        "a fee settled or asked for is not in the new version",
    ),
    Stays.MORE_PAPERS: Say("phiên bản mới cần thêm giấy tờ", "the new version asks for more papers"),
    Stays.LIMIT_UNKNOWN: Say("phiên bản mới chưa rõ thời hạn", "the limit is not known in the new version"),
    Stays.LONGER: Say("phiên bản mới có hạn muộn hơn", "the new version's date is later"),
    Stays.LATE_ALREADY: Say(
        "hồ sơ đã quá hạn; trễ vẫn là trễ", "the dossier is late already, and late stays late"
    ),
    Stays.LATE_AT_ONCE: Say(
        "hạn mới đã qua; không làm hồ sơ trễ ngược",
        "the new date has passed already; nothing is made late backwards",
    ),
    Stays.NOT_BEGUN: Say(
        "cơ quan có thẩm quyền chưa nhận, thời hạn chưa chạy",
        "the competent agency has not accepted it, no limit runs",
    ),
    Stays.CERTIFIED: Say(
        "việc chứng thực theo sổ của ngày tiếp nhận", "certifications go by the book of their day"
    ),
    Stays.NO_BETTER: Say(
        "phiên bản mới không có gì lợi hơn cho người nộp", "the new version is no better for the applicant"
    ),
}
