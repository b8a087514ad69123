"""Who has papers that went with transfers on manifests of paper alone, by the transfers in their order."""

from datetime import UTC, datetime

import pytest

from motcua.dossiers.handshakes import Handshake, came_outside, went_outside


def at(hour):
    return datetime(2026, 8, 24, hour, tzinfo=UTC)


def sent(hour, to, outcome="", *, came=True, manifest="01/PBG"):
    return Handshake("", to, at(hour), None, outcome=outcome, manifest=manifest, came=came)


def travel(hour, manifest="BG-1", what="papers"):
    return {"what": what, "manifest": manifest, "sent_at": at(hour).isoformat().replace("+00:00", "Z")}


@pytest.mark.parametrize(
    ("transfers", "travels", "has", "shown"),
    [
        ([], [], None, None),
        ([sent(1, "B", came=False)], [], None, "B"),
        ([sent(1, "B")], [], "B", "B"),
        ([sent(1, "B", "declined")], [], "B", "B"),
        ([sent(1, "B", "returned")], [], "B", "B"),
        ([sent(1, "B", "declined", came=False)], [], None, None),
        ([sent(1, "B", "accepted"), sent(2, "A", came=False)], [], "B", "A"),
        ([sent(1, "B", "accepted"), sent(2, "A", "declined", came=False)], [], "B", "B"),
        ([sent(1, "B", "accepted"), sent(2, "A", "declined")], [], "A", "A"),
        ([sent(1, "B", "accepted"), sent(2, "A", "accepted", manifest="")], [], "B", "B"),
        ([sent(1, "B", "accepted")], [travel(2)], None, None),
        ([sent(1, "B", "accepted")], [travel(2, what="result")], "B", "B"),
        ([sent(3, "B", "accepted")], [travel(2)], "B", "B"),
        ([sent(3, "B", manifest="BG-1")], [travel(2)], None, None),
        ([sent(1, "B", "accepted"), sent(3, "A", came=False)], [travel(2)], None, "A"),
    ],
)
def test_papers_are_with_the_last_who_had_them(transfers, travels, has, shown):
    holder, went = came_outside(transfers, travels), went_outside(transfers, travels)
    assert (holder and holder.to, went[-1].to if went else None) == (has, shown)
