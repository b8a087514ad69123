"""Who the documents say does a step, and the seats that stand for them here. A name not listed is refused."""

from collections.abc import Mapping
from dataclasses import dataclass

from motcua.catalogue.reading import fault
from motcua.kernel.text import fold


@dataclass(frozen=True, slots=True)
class Role:
    """The kinds of seats, the first as a rule; `mapped`: the document means another seat than these, which stand for
    it."""

    kinds: tuple[str, ...]
    mapped: bool = False


_DESK = Role(("reception_officer",))
_JUSTICE = Role(("justice_officer",))
_COMMITTEE = Role(("chair", "vice_chair"))
_DEPARTMENT = Role(("director", "deputy_director"))
_CLERK = Role(("clerk",))
_SPECIALIST = Role(("specialist",))

# By the folded name (kernel.text.fold): accents, capitals and slips of the two stand alike.
ROLES: Mapping[str, Role] = {
    "bo phan mot cua": _DESK,
    "bo phan tiep nhan va tra ket qua": _DESK,
    "bo phan tiep nhan va tra ket qua tai trung tam phuc vu hanh chinh cong/bo phan mot cua": _DESK,
    "can bo tiep nhan ho so tai trung tam phuc vu hanh chinh cong": _DESK,
    "can bo tiep nhan ho so tai trung tam phuc vu hanh chinh cong va tra ket qua": _DESK,
    "can bo tiep nhan ho so tai ttpvhcc": _DESK,
    "cong chuc tiep nhan tai trung tam hanh chinh cong cap xa": _DESK,
    "cong chuc tu phap - ho tich": _JUSTICE,
    "chuyen vien phong kinh te": Role(("economic_section",)),
    "chuyen vien phong van hoa - xa hoi": Role(("culture_society_section",)),
    "van phong hdnd va ubnd cap xa": Role(("justice_officer",), mapped=True),
    "lanh dao ubnd": _COMMITTEE,
    "lanh dao ubnd cap xa": _COMMITTEE,
    "lanh dao uy ban nhan cap xa": _COMMITTEE,
    "lanh dao uy ban nhan dan cap xa": _COMMITTEE,
    "chuyen vien": _SPECIALIST,
    "phong chuyen mon": _SPECIALIST,
    "lanh dao phong": Role(("section_head",)),
    "truong phong": Role(("section_head",)),
    "lanh dao so": _DEPARTMENT,
    "cong chung vien": Role(("director", "deputy_director"), mapped=True),
    "van thu": _CLERK,
    "van thu so": _CLERK,
    "van thu ubnd": _CLERK,
    "van thu uy ban nhan dan": _CLERK,
}


def role(name: str, where: str) -> Role:
    """The seats for a role of the documents. Raises kernel.errors.Invalid with its name and place."""
    found = ROLES.get(fold(name))
    if found is None:
        raise fault(
            where,
            f"chưa có vị trí nào ứng với “{name}”; hãy ghi tên này vào bảng vị trí trước khi nhập",
            f"no seat stands for “{name}” yet; enter that name in the table of roles before importing",
        )
    return found
