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
# The accounts of those in the dossier `d`, for a statement that reads its row: `own` of it.
OWN = f"""
ARRAY(SELECT DISTINCT o.account::text FROM jsonb_array_elements(d.parties) one
      JOIN parties_identifier i ON i.party_id = (one->>'party')::uuid
      JOIN parties_ownidentity o ON o.number_mac = i.number_mac
      WHERE one->>'role' IN ({", ".join(f"'{role}'" for role in sorted(OWN_BARS))}) ORDER BY 1)
"""  # noqa: S608 - fixed parts
# The same with those who declared a conflict of interest: `kept_out` for a statement.
KEPT_OUT = f"(ARRAY(SELECT one->>'account' FROM jsonb_array_elements(d.barred) one ORDER BY 1) || {OWN})"  # noqa: S608

TYPED = Say(
    "Chính bạn đã nhập hộ hồ sơ này cho người dân. Nếu có xung đột lợi ích, hãy khai để người khác giải quyết.",
    "You typed this dossier for the applicant yourself. If you have a conflict of interest, declare it, so that "
    "somebody else does the work.",
)


def barred(row: Mapping[str, Any]) -> frozenset[str]:
    """The accounts that take no part in the dossier, as declared."""
    return frozenset(one["account"] for one in row["barred"])


def kept_out(row: Mapping[str, Any]) -> frozenset[str]:
    """The same, and who stands in it by their own number where the row was read with that (`OWN`)."""
    return barred(row) | frozenset(row.get("own", ()))


def own_parties(row: Mapping[str, Any]) -> list[str]:
    """The parties of the dossier whose identity bars an officer who is one of them."""
    return sorted({party["party"] for party in row["parties"] if party["role"] in OWN_BARS})


def typed_by(row: Mapping[str, Any], account: str) -> bool:
    """Whether `account` typed the dossier for its applicant: a reason to think, not a bar."""
    return row["filing"] is not None and row["filing"]["by"] == account
