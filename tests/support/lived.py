"""A whole life of a dossier of the show procedure, with a supplement, a return and a suspension."""

from datetime import datetime
from typing import Any

from motcua.dossiers.states import Act
from tests.support.acts import act, moment
from tests.support.lives import doings, opened


def lived(*acts: tuple[str, Act, datetime, dict[str, Any]], name: str = "Nguyễn Thị Ánh Tuyết") -> str:
    """A dossier of the show procedure that went through `acts`; its code."""
    code = opened(moment(10, 9), name=name)
    for login, what, at, told in acts:
        doing = doings(at)[what]
        act(login, at, doing.flow, code=code, **{**doing.arguments, **told})
    return code


LIFE: tuple[tuple[str, Act, datetime, dict[str, Any]], ...] = (
    ("tuphap1", Act.START, moment(10, 10), {}),
    ("tuphap1", Act.REQUEST_SUPPLEMENT, moment(10, 14, 7), {}),
    ("tiepnhan1", Act.SUPPLY, moment(12, 9), {}),
    ("tuphap1", Act.STEP, moment(12, 11), {}),
    ("chutich", Act.RETURN_STEP, moment(12, 15), {}),
    ("tuphap2", Act.CLAIM, moment(13, 7), {"reason": "Anh Minh đi công tác."}),
    ("tuphap2", Act.STEP, moment(13, 8), {"outcome": "refused", "note": "Sai.", "basis": "Luật"}),
    ("phochutich", Act.SUSPEND, moment(13, 9), {}),
    ("chutich", Act.RESUME, moment(14, 9), {}),
    ("chutich", Act.STEP, moment(14, 10), {}),
    ("vanthu", Act.DECIDE, moment(14, 11), {}),
    ("tiepnhan1", Act.MAKE_AVAILABLE, moment(14, 14), {}),
    ("tiepnhan1", Act.HAND_OVER, moment(17, 9), {}),
)
