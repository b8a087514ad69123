"""Conflicts of interest as data: what an officer declares, what shows by itself, and what each does. Pure.

Law 36/2018/QH14 on corruption, art. 23, and Decree 59/2019 art. 29 (articles from memory, unverified).
"""

from collections.abc import Mapping
from typing import Any

from motcua.kernel.say import Say

KINDS: Mapping[str, Say] = {
    "own": Say("hồ sơ của chính mình, hoặc mình đại diện", "one's own matter, or one represents in it"),
    "family": Say("người thân của người trong hồ sơ", "a relative of somebody in it"),
    "property": Say("có lợi ích tài sản, làm ăn liên quan", "a financial or business interest in it"),
    "dispute": Say("đang có tranh chấp, khiếu nại với người trong hồ sơ", "a dispute with somebody in it"),
    "other": Say("lý do khác", "another reason"),
}
# The roles in which an officer who stands in a dossier, by their own identity number, does no step of it.
OWN_BARS = frozenset({"applicant", "subject", "right_holder", "household", "representative"})

TYPED = Say(
    "Chính bạn đã nhập hộ hồ sơ này cho người dân. Nếu có xung đột lợi ích, hãy khai để người khác giải quyết.",
    "You typed this dossier for the applicant yourself. If you have a conflict of interest, declare it, so that "
    "somebody else does the work.",
)


def barred(row: Mapping[str, Any]) -> frozenset[str]:
    """The accounts that take no part in the dossier, as declared."""
    return frozenset(one["account"] for one in row["barred"])


def own_parties(row: Mapping[str, Any]) -> list[str]:
    """The parties of the dossier whose identity bars an officer who is one of them."""
    return sorted({party["party"] for party in row["parties"] if party["role"] in OWN_BARS})


def typed_by(row: Mapping[str, Any], account: str) -> bool:
    """Whether `account` typed the dossier for its applicant: a reason to think, not a bar."""
    return row["filing"] is not None and row["filing"]["by"] == account
