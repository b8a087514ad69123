"""For the pages: paper dossiers on their way, one received, one missing, one that nobody has signed for."""

from datetime import datetime, timedelta

from motcua.agencies.selectors import units
from motcua.flows import manifests
from motcua.flows.manifests import Destination
from motcua.kernel.unit_of_work import Request, unit_of_work
from tests.support.lives import opened
from tests.support.world import COMMUNE, actor


def papers_sent(at: datetime) -> dict[str, str]:
    """A manifest from the desk to the office, and the way to a new one."""
    office = next(one.id for one in units(COMMUNE) if one.code == "office")
    received, missing, waits = (opened(at) for _ in range(3))
    giver, taker = actor("tiepnhan2", at=at), actor("vanthu", at=at)
    lines = [("papers", code) for code in (received, missing, waits)]
    to = Destination(agency=COMMUNE, unit=office)
    with unit_of_work(actor=giver, at=at, request=Request.fresh(), origin="simulated"):
        number, _ = manifests.give(lines=lines, to=to, actor=giver, at=at)
    said = {("papers", received): ("received", ""), ("papers", missing): ("missing", "Không có trong túi.")}
    later = at + timedelta(minutes=1)
    with unit_of_work(actor=taker, at=later, request=Request.fresh(), origin="simulated"):
        manifests.sign(manifest=number, lines=said, actor=taker, at=later)
    return {"paper_manifest": number, "paper_to": f"{COMMUNE}/{office}", "papers_open": waits}
