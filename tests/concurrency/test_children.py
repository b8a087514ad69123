"""The parts of an inter-agency dossier, several people at once: a part begins once, its end is noted once, and a lead
that is withdrawn, or asked to supplement, while a part ends leaves nothing open behind it."""

from uuid import UUID

import pytest

from motcua.dossiers import operations, projector
from motcua.dossiers.events import ChildEnded
from motcua.dossiers.operations import MissingPaper
from motcua.flows import children, progress
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import Invalid
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import check, history
from tests.support.acts import act
from tests.support.bundle import POLICE_STAFF, Bundle, issued
from tests.support.combined_answers import DEATH
from tests.support.lives import plain
from tests.support.together import all_at_once
from tests.support.written import written

pytestmark = pytest.mark.django_db(transaction=True)
PARTS = {"removal": POLICE_STAFF, "funeral": ("chedo.bhxh", "giamdoc.bhxh", "vanthu.bhxh")}
KINDS = {"removal": "KQ.G01.000065", "funeral": "KQ.G99.000002"}


def sealing(bundle: Bundle) -> Bundle:
    """Both parts of a death are approved: only their clerks' seals are left."""
    bundle.registered()
    for number, (clerk, leader, _sealer) in enumerate(PARTS.values(), 1):
        code = f"{bundle.code}.{number}"
        bundle.act(clerk, progress.start, code=code)
        bundle.act(clerk, progress.step, code=code, outcome="granted")
        bundle.act(leader, progress.step, code=code, outcome="granted")
    bundle.work()
    return bundle


def seal(bundle: Bundle, part: str) -> object:
    number = list(PARTS).index(part) + 1
    paper = issued("result", KINDS[part], f"0{number}/TB")
    return act(PARTS[part][2], bundle.at, progress.decide, code=f"{bundle.code}.{number}", papers=[paper])


def noted(bundle: Bundle, work: object, key: str, **told: object) -> object:
    """What a reaction does, in a unit of work of its own."""
    with unit_of_work(actor=SYSTEM, at=bundle.at, request=Request.of(key), origin="simulated"):
        return work(**told, actor=SYSTEM, at=bundle.at)  # type: ignore[operator]


def assert_whole(bundle: Bundle) -> None:
    """Nothing is open twice or twice written: rows are what their events say, the ledger holds together."""
    for row in (bundle.row, *(plain(one["code"]) for one in bundle.row["children"])):
        assert projector.replay(history(row["id"]))["dossiers_dossier"] == [row]
    assert check().faults == ()


def failures(answers: list[object]) -> list[object]:
    return [one for one in answers if isinstance(one, Exception)]


def test_two_parts_end_at_the_same_moment_and_each_is_noted_once():
    bundle = sealing(Bundle(DEATH))
    assert failures(all_at_once(lambda part: seal(bundle, part), PARTS)) == []
    dossiers = [UUID(one["dossier"]) for one in bundle.row["children"]]
    # Two workers each follow both ends.
    jobs = [(dossier, f"{worker}/{dossier}") for dossier in dossiers for worker in "ab"]
    answers = all_at_once(lambda job: noted(bundle, children.settle, job[1], child=job[0]), jobs)
    assert failures(answers) == []
    assert sorted(len(one) for one in answers) == [0, 0, 2, 2], (
        "noted on the parent, and given back: once each"
    )
    ends = [x.data["child"] for x in history(bundle.row["id"]) if x.type == ChildEnded.TYPE]
    assert sorted(ends) == ["funeral", "removal"]
    bundle.work()
    assert_whole(bundle)


@pytest.mark.parametrize("locked", [True, False], ids=["locked", "control"])
def test_two_begin_the_parts_at_once(locked, monkeypatch):
    """The control does without the parent's lock: then the table alone keeps the second from beginning."""
    bundle = Bundle(DEATH)
    monkeypatch.setattr(bundle, "work", lambda: None)
    bundle.registered()
    if not locked:
        monkeypatch.setattr(operations, "lock_by_id", operations.look_by_id)
    row = bundle.row["id"]
    jobs = [(part, f"{worker}/{part}") for part in PARTS for worker in "ab"]
    begin = children.begin
    answers = all_at_once(lambda job: noted(bundle, begin, job[1], dossier=row, child=job[0]), jobs)
    if locked:
        assert failures(answers) == []
        assert {one["child"] for one in bundle.row["children"]} == set(PARTS)
        assert sorted(one is None for one in answers) == [False, False, True, True]
    else:
        assert [type(one) for one in failures(answers)] == [Invalid] * 3, "the number of the first is taken"
        assert len(bundle.row["children"]) == 1
    codes = [one["code"] for one in bundle.row["children"]]
    assert len(codes) == len(set(codes))
    assert_whole(bundle)


def test_a_part_ends_while_the_applicant_withdraws():
    """Whichever comes first: the lead is withdrawn, both parts are over, nobody holds anything."""
    bundle = sealing(Bundle(DEATH))

    def one_of(who: str) -> object:
        if who == "withdraw":
            return act("tiepnhan1", bundle.at, progress.withdraw, code=bundle.code, shown_by="signed_paper")
        return seal(bundle, who)

    assert failures(all_at_once(one_of, ("withdraw", "removal"))) == []
    bundle.work()
    assert bundle.row["state"] == "withdrawn"
    assert {bundle.child(n)["holder_kind"] for n in (1, 2)} == {"none"}
    assert bundle.child(2)["state"] == "withdrawn"
    before = written()
    bundle.work()
    assert written() == before
    assert_whole(bundle)


def test_a_part_ends_while_the_lead_asks_for_papers():
    """The lead goes on waiting for what it asked itself; the part's end is noted meanwhile."""
    bundle = sealing(Bundle(DEATH))
    asked = [MissingPaper(component=None, text="Giấy báo tử bản rõ.")]

    def one_of(who: str) -> object:
        if who == "ask":
            told = {"code": bundle.code, "items": asked}
            return act("vanthu", bundle.at, progress.request_supplement, **told)
        return seal(bundle, who)

    assert failures(all_at_once(one_of, ("ask", "removal"))) == []
    bundle.work()
    row = bundle.row
    assert (row["state"], row["paused"]) == ("supplement_requested", True)
    assert [one["outcome"] for one in row["children"]] == ["granted", ""]
    bundle.act("tiepnhan1", progress.supply, items=["1"])
    seal(bundle, "funeral")
    bundle.work()
    bundle.act("vanthu", progress.decide, papers=[issued("result", "KQ.G15.000034", "15/2026")])
    bundle.work()
    assert (bundle.row["state"], bundle.row["outcome"]) == ("decided", "granted")
    assert_whole(bundle)
