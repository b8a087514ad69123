"""Who serves which part of an agency's territory: read by the rule `territory` of a step, set by a lead."""

import re
from collections.abc import Sequence
from datetime import datetime

from motcua.agencies.events import AreaServed, TerritorySet
from motcua.agencies.operations import claim_decision, decide_on_stream
from motcua.agencies.positions import LEADS
from motcua.kernel.actor import Actor, Viewer
from motcua.kernel.errors import Denied, Invalid
from motcua.kernel.text import clean
from motcua.processes.models import Area
from motcua.processes.selectors import staff

MOST = 100
LONGEST_NAME = 100
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,29}")


def areas(agency: str) -> tuple[AreaServed, ...]:
    """The parts of an agency's territory, by code. One statement."""
    found = Area.objects.filter(agency=agency).order_by("code").values_list("code", "name", "account")
    return tuple(AreaServed(code=code, name=name, account=account) for code, name, account in found)


def leads(viewer: Viewer) -> str:
    """The agency whose territory `viewer` sets. Raises Denied for who leads nowhere."""
    for seat in viewer.capacities:
        if seat.kind in LEADS:
            return seat.agency
    raise Denied(
        "Chỉ lãnh đạo, trưởng phòng phân công người phụ trách địa bàn.",
        "Only a leader or a head of section says who serves which area.",
    )


def set_areas(*, agency: str, served: Sequence[AreaServed], actor: Actor, at: datetime) -> None:
    """Set the parts of the agency's territory, whole. Raises Denied for who is no lead there; Invalid (field
    `code_0`, `name_0`, `account_0`, by place) for a code that is none or stands twice, a name that is missing, somebody
    who holds no seat there."""
    if actor.agency != agency or actor.position_kind not in LEADS:
        raise Denied(
            "Chỉ lãnh đạo, trưởng phòng của cơ quan phân công người phụ trách địa bàn.",
            "Only a lead of the agency says who serves which area.",
        )
    claim_decision(agency=agency, actor=actor, at=at)
    told = [AreaServed(code=clean(a.code).lower(), name=clean(a.name), account=a.account) for a in served]
    _refuse_wrong(told, agency=agency, at=at)
    Area.objects.filter(agency=agency).delete()
    Area.objects.bulk_create(
        Area(agency=agency, code=one.code, name=one.name, account=one.account) for one in told
    )
    decide_on_stream(agency=agency, event=TerritorySet(areas=tuple(told)), actor=actor, at=at)


def _refuse_wrong(told: Sequence[AreaServed], *, agency: str, at: datetime) -> None:
    if len(told) > MOST:
        raise Invalid(f"Nhiều nhất {MOST} khu vực.", f"At most {MOST} areas.")
    sitting = {account for people in staff(agency=agency, at=at).seats.values() for account, _ in people}
    codes: set[str] = set()
    for place, one in enumerate(told):
        if not _CODE.fullmatch(one.code) or one.code in codes:
            raise Invalid(
                "Mã khu vực gồm chữ thường không dấu, số và gạch nối, mỗi mã một lần; ví dụ: thon-3.",
                "An area's code is of small letters, digits and hyphens, each once; for example: thon-3.",
                field=f"code_{place}",
            )
        codes.add(one.code)
        if not one.name or len(one.name) > LONGEST_NAME:
            raise Invalid(
                "Hãy ghi tên khu vực, ví dụ: Thôn Đông.", "Write the area's name.", field=f"name_{place}"
            )
        if one.account is not None and one.account not in sitting:
            raise Invalid(
                "Người này không giữ vị trí nào ở cơ quan.",
                "This person holds no seat in the agency.",
                field=f"account_{place}",
            )
