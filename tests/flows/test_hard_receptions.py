"""The ten procedures with the worst components, received at the desk with the right list for the answers given."""

import json
from datetime import date
from importlib.resources import files

import pytest

from motcua.catalogue import operations as catalogue
from motcua.catalogue.shapes import Audience, Channel
from motcua.catalogue.tests.hard_sets import DOCUMENTS, brought, components, enough
from motcua.catalogue.tests.hard_stories import STORIES, Story
from motcua.flows.reception import Intake, receive
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import Invalid
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.parties.operations import Particulars
from motcua.processes import operations as processes
from tests.support.acts import act, moment
from tests.support.streams import count
from tests.support.world import COMMUNE

pytestmark = pytest.mark.django_db
KINDS = {
    Audience.CITIZEN: "citizen",
    Audience.FOREIGNER: "foreigner",
    Audience.BUSINESS: "business",
    Audience.ORGANISATION: "organisation",
}
# Who lives abroad has no kind of party yet, and what is handed in online is the citizen's own door.
AT_THE_DESK = [s for s in STORIES if s.applicant in KINDS and s.channel is not Channel.ONLINE]
DAY = date(2026, 1, 5)


def also_run(documents):
    """The commune settles what is the province's as well, by steps like its own."""
    shipped = files("motcua.processes") / "data" / "1.004873.json"
    process = json.loads(shipped.read_text(encoding="utf-8"))
    at = moment(3, 9)
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin="simulated"):
        for document in documents:
            catalogue.publish(document=document, effective_from=DAY, actor=SYSTEM, at=at)
            limits = {v["code"]: v["channels"][0]["limit"] for v in document["variants"]}
            like = process | {
                "code": f"QT-{document['code']}",
                "procedure": document["code"],
                "variants": [{"code": code, "limit": limit} for code, limit in limits.items()],
                "steps": [
                    step
                    | {
                        "times": [
                            step["times"][0] | {"variant": code, "value": "0.1", "unit": "ngày"}
                            for code in limits
                        ]
                    }
                    for step in process["steps"]
                ],
            }
            version = processes.publish(document=like, actor=SYSTEM, at=at)
            for code in limits:
                processes.adopt(
                    agency=COMMUNE,
                    process_version=version,
                    variant=code,
                    valid_from=DAY,
                    actor=SYSTEM,
                    at=at,
                )


def intake(story: Story, without: str = "") -> Intake:
    known = components(story)
    person = Particulars(
        name="Nguyễn Thị Ánh Tuyết", kind=KINDS[story.applicant], paper="none", phone="0912345678"
    )
    return Intake(
        agency=COMMUNE,
        procedure=story.code,
        variant=story.variant,
        channel=story.channel.value,
        people=(("applicant", person),),
        handed=tuple(brought(known[code]) for code in enough(story) if code != without),
        answers=dict(story.answers),
    )


def test_all_ten_come_to_the_desk():
    assert len({story.code for story in AT_THE_DESK}) == 10


@pytest.mark.parametrize(
    "story", AT_THE_DESK, ids=[f"{s.code}-{s.variant}-{n}" for n, s in enumerate(AT_THE_DESK)]
)
def test_it_is_received_with_its_list_and_not_with_one_paper_less(story: Story):
    also_run(document for document in DOCUMENTS if document["code"] == story.code)
    before = count("ledger_event")
    gone = enough(story)[0]
    with pytest.raises(Invalid) as refused:
        act("tiepnhan1", moment(24, 9), receive, intake=intake(story, without=gone))
    assert components(story)[gone].name.vi in refused.value.vi
    assert count("ledger_event") == before

    done = act("tiepnhan1", moment(24, 9), receive, intake=intake(story))
    assert {c["component"] for c in done.row["components"]} == set(enough(story))
