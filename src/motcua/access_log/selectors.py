"""Reading the access log."""

from dataclasses import dataclass
from datetime import datetime

from motcua.access_log.models import Look
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import Denied


@dataclass(frozen=True, slots=True)
class LookLine:
    """One line of the log."""

    at: datetime
    who: str
    what: str
    subject: str


def looks_at(subject: str, *, viewer: Viewer, limit: int = 50) -> list[LookLine]:
    """The newest lines about `subject`, for inspectors only. Raises Denied for anybody else."""
    agencies = viewer.agencies({"inspector"})
    if not agencies:
        raise Denied("Chỉ thanh tra được xem nhật ký truy cập.", "Only inspectors may read the access log.")
    rows = Look.objects.filter(subject=subject, agency__in=[*agencies, ""]).order_by("-at", "-id")[:limit]
    return [LookLine(at=r.at, who=r.who, what=r.what, subject=r.subject) for r in rows]
