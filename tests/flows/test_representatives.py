"""Who another agency posts to a desk: what comes in there for that agency, to receive, read and hand over; nothing
else."""

import pytest
from django.db import connection

from motcua.agencies import operations
from motcua.dossiers import policy, results, selectors
from motcua.dossiers.operations import MissingPaper
from motcua.dossiers.record import as_row
from motcua.dossiers.states import Act
from motcua.flows import progress, transfers
from motcua.flows.reception import receive, submit
from motcua.kernel.errors import Denied, Invalid, NotFound
from motcua.kernel.time import now
from tests.support.acts import act, moment
from tests.support.lives import row_of
from tests.support.pages import plain_static, visitor
from tests.support.world import COMMUNE, OTHER_COMMUNE, intake, logins, viewer
from tests.support.written import written

pytestmark = pytest.mark.django_db
NOW = moment(24, 8)


@pytest.fixture(autouse=True)
def pages():
    with plain_static():
        yield


def seat_of(kind):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.id FROM agencies_position p JOIN agencies_unit u ON u.id = p.unit_id"
            " WHERE u.agency_id = %s AND p.position_kind = %s ORDER BY p.id LIMIT 1",
            [COMMUNE, kind],
        )
        return cursor.fetchone()[0]


def appointed(login="vanhoa", kind="representative", posted_by=OTHER_COMMUNE):
    return act(
        "kythuat",
        NOW,
        operations.appoint_person,
        agency=COMMUNE,
        account=logins()[login],
        position=seat_of(kind),
        posted_by=posted_by,
        valid_from=NOW,
        valid_to=None,
    )


def posted(by=OTHER_COMMUNE):
    """The representative of the trial data, posted by another agency; None: by nobody."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE agencies_appointment SET posted_by_id = %s WHERE account_id = %s",
            [by, logins()["daidien"]],
        )
    return viewer("daidien", at=NOW)


def codes():
    """A dossier for the neighbour, one for the commune itself."""
    theirs = act("tiepnhan1", moment(24, 9), receive, intake=intake(competent=OTHER_COMMUNE)).row["code"]
    return theirs, act("tiepnhan1", moment(24, 10), receive, intake=intake()).row["code"]


def plain(code):
    row = row_of(code)
    return as_row(list(row), list(row.values()))


def test_who_posted_them_is_written_down_and_shown():
    made = appointed()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT envelope::jsonb -> 'data' ->> 'agency' FROM ledger_event WHERE type = 'representative_posted'"
            " AND envelope::jsonb -> 'data' ->> 'appointment' = %s",
            [str(made)],
        )
        assert cursor.fetchall() == [(OTHER_COMMUNE,)]
    assert [c.posted_by for c in viewer("vanhoa", at=NOW).capacities if c.kind == "representative"] == [
        OTHER_COMMUNE
    ]
    assert "cử đến)" in visitor("kythuat", at=now()).get("/seats").text


@pytest.mark.parametrize(
    ("kind", "posted_by"),
    [
        ("representative", ""),
        ("representative", COMMUNE),
        ("representative", "H00"),
        ("cashier", OTHER_COMMUNE),
    ],
)
def test_a_representative_and_nobody_else_is_posted_by_another_agency(kind, posted_by):
    with pytest.raises(Invalid) as refused:
        appointed(kind=kind, posted_by=posted_by)
    assert refused.value.field == "posted_by"
    assert not [c for c in viewer("vanhoa", at=NOW).capacities if c.kind == kind]


def test_they_find_and_read_what_came_in_for_their_agency_and_nothing_else():
    theirs, own = codes()
    one = posted()
    for words in ("", theirs, own, "nguyen"):
        found = [x.code for x in selectors.dossiers(viewer=one, at=moment(24, 11), words=words).lines]
        assert found == ([] if words == own else [theirs]), words
    assert selectors.dossier(theirs, viewer=one).within_task
    with pytest.raises(NotFound):
        selectors.dossier(own, viewer=one)
    page = visitor("daidien", at=now())
    assert page.get(f"/dossiers/{theirs}").status_code == 200
    for path in ("", "/receipt.pdf", "/received"):
        assert page.get(f"/dossiers/{theirs}{path}").status_code == 200, path
        assert page.get(f"/dossiers/{own}{path}").status_code == 404, path
    for path in ("/register", "/results/manifests", "/payments", "/certification", "/transfers", "/board"):
        assert page.get(path).status_code == 403, path


def test_who_nobody_posted_sees_nothing():
    theirs, _own = codes()
    nobodys = posted(by=None)
    with pytest.raises(Denied):
        selectors.dossiers(viewer=nobodys, at=NOW)
    with pytest.raises(Denied):
        results.waiting(viewer=nobodys, at=NOW)
    with pytest.raises(NotFound):
        selectors.dossier(theirs, viewer=nobodys)
    page = visitor("daidien", at=now())
    for path in ("/dossiers/receive", "/results", "/dossiers", "/screens", "/guidance/refuse"):
        assert page.get(path).status_code == 403, path
        assert f'href="{path}"' not in page.get("/inbox").text


THEIR_ACTS = {
    Act.RECEIVE,
    Act.REFUSE,
    Act.REQUEST_SUPPLEMENT,
    Act.SUPPLY,
    Act.TRANSFER,
    Act.MAKE_AVAILABLE,
    Act.NOTIFY_READY,
    Act.HAND_OVER,
}


def test_of_all_acts_they_do_the_desks_own_and_only_for_their_agency():
    theirs, own = codes()
    one = posted()
    (seat,) = one.capacities
    who = one.actor(seat)
    # What their agency has been given on is its own people's; after reception the step asks for what is missing.
    submitted, received = plain(theirs) | {"received_at": None}, plain(theirs)
    given_on = received | {"holder_agency": OTHER_COMMUNE}
    assert {a for a in Act if policy.may(who, a, submitted) is None} == THEIR_ACTS
    assert {a for a in Act if policy.may(who, a, received) is None} == THEIR_ACTS - {Act.REQUEST_SUPPLEMENT}
    assert {a for a in Act if policy.may(who, a, given_on) is None} == THEIR_ACTS - {
        Act.REQUEST_SUPPLEMENT,
        Act.TRANSFER,
    }
    assert [a for a in Act if policy.may(who, a, plain(own)) is None] == []
    with pytest.raises(Denied):
        policy.check_sends(who, plain(theirs), "H99.01.03")
    elsewhere = plain(theirs) | {"desk_agency": "H99.01.03"}
    assert [a for a in Act if policy.may(who, a, elsewhere) is None] == []


def test_they_receive_for_their_agency_and_send_to_it_and_to_no_other():
    posted()
    before = written()
    for wrong in (
        intake(),
        intake(competent="H99.01.03"),
        intake(agency=OTHER_COMMUNE, competent=OTHER_COMMUNE),
    ):
        with pytest.raises((Denied, NotFound)):
            act("daidien", moment(24, 9), receive, intake=wrong)
    assert written() == before
    row = act("daidien", moment(24, 9), receive, intake=intake(competent=OTHER_COMMUNE)).row
    assert (row["desk_agency"], row["competent_agency"], row["holder_agency"]) == (
        COMMUNE,
        OTHER_COMMUNE,
        COMMUNE,
    )
    own = act("tiepnhan1", moment(24, 10), receive, intake=intake()).row["code"]
    before = written()
    for code, to in ((own, OTHER_COMMUNE), (row["code"], COMMUNE)):
        with pytest.raises((Denied, Invalid)):
            act("daidien", moment(24, 11), transfers.transfer, code=code, to=to, reason="Nhầm.")
    assert written() == before
    sent = act("daidien", moment(24, 12), transfers.transfer, code=row["code"], to=OTHER_COMMUNE).row
    assert sent["state"] == "transferred"


def test_before_acceptance_they_ask_take_in_and_receive():
    posted()
    who, other = intake(competent=OTHER_COMMUNE), intake()
    wanted = {"items": [MissingPaper(component=None, text="Bản sao.")]}
    theirs, own = (act("tiepnhan1", moment(24, 8), submit, intake=one).row["code"] for one in (who, other))
    before = written()
    for flow, told in (
        (progress.request_supplement, wanted),
        (progress.refuse, {"reason": "Sai.", "basis": "Luật"}),
    ):
        with pytest.raises(Denied):
            act("daidien", moment(24, 9), flow, code=own, **told)
    with pytest.raises(Denied):
        act("daidien", moment(24, 9), receive, intake=other, submitted=own)
    assert written() == before
    asked = act("daidien", moment(24, 9), progress.request_supplement, code=theirs, **wanted).row
    assert asked["state"] == "supplement_requested"
    act("daidien", moment(24, 10), progress.supply, code=theirs, items=["1"])
    assert act("daidien", moment(24, 11), receive, intake=who, submitted=theirs).row["state"] == "received"
    refused = act("tiepnhan1", moment(24, 8), submit, intake=who).row["code"]
    told = {"reason": "Không thuộc thẩm quyền.", "basis": "NĐ 118/2025"}
    assert act("daidien", moment(24, 12), progress.refuse, code=refused, **told).row["state"] == "refused"
