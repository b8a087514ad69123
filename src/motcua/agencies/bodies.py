"""What an agency is, beside its level: a People's Committee, a department of the province, the police of a place."""

from enum import StrEnum

from motcua.kernel.say import Say


class Body(StrEnum):
    """What kind of agency; who settles a part of an inter-agency procedure is found by it."""

    COMMITTEE = "committee"
    DEPARTMENT = "department"
    MINISTRY = "ministry"
    POLICE = "police"
    INSURANCE = "insurance"


# People hand in to these in systems of their own: here they settle parts of what others received, and post nothing.
SETTLING_PARTS = frozenset({Body.POLICE, Body.INSURANCE})

BODIES: dict[Body, Say] = {
    Body.COMMITTEE: Say("Ủy ban nhân dân", "People's Committee"),
    Body.DEPARTMENT: Say("sở, ngành của tỉnh", "department of the province"),
    Body.MINISTRY: Say("cơ quan thuộc bộ", "agency of a ministry"),
    Body.POLICE: Say("công an xã", "commune police"),
    Body.INSURANCE: Say("bảo hiểm xã hội", "social insurance"),
}
