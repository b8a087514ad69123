"""How often somebody is sent away in one matter, and from when on that needs the desk manager's word. Pure.

ND 63/2010 art. 20(4): nobody is made to come back to complete a dossier more than twice in one matter.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.kernel.say import Say

BASIS = "Nghị định số 63/2010/NĐ-CP, khoản 4 Điều 20"
MOST_ALONE = 2  # what an officer may return without the manager
ONE_MATTER = timedelta(days=365)  # our own bound: what is older is another matter
WHY = Say(
    "Một việc đã bị trả lại hai lần: lần thứ ba phải có ý kiến của Phụ trách Bộ phận Một cửa.",
    "One matter has been returned twice: a third return needs the desk manager's word.",
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """One return: `ref` is a guidance record's number or a dossier's code; `what`: guidance, refusal, supplement."""

    ref: str
    what: str
    at: datetime


def of_one_matter(
    found: Iterable[Earlier], *, settled: Iterable[datetime], at: datetime
) -> tuple[Earlier, ...]:
    """Those of the matter as it stands at `at`, the oldest first: a result given meanwhile ended the one before."""
    since = max([at - ONE_MATTER, *(moment for moment in settled if moment <= at)])
    return tuple(sorted((one for one in found if since < one.at <= at), key=lambda one: (one.at, one.ref)))


def needs_manager(earlier: tuple[Earlier, ...]) -> bool:
    """Whether the next return is not the officer's alone to give."""
    return len(earlier) >= MOST_ALONE
