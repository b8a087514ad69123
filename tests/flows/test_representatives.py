"""Who another agency posts to a desk: what came in there for that agency, to read and to hand over; nothing else."""

import pytest
from django.db import connection

from motcua.agencies import operations
from motcua.dossiers import policy, selectors
from motcua.dossiers.record import as_row
from motcua.dossiers.states import Act
from motcua.flows.reception import receive
from motcua.kernel.errors import Denied, Invalid, NotFound
from motcua.kernel.time import now
from tests.support.acts import act, moment
from tests.support.lives import row_of
from tests.support.pages import plain_static, visitor
from tests.support.world import COMMUNE, OTHER_COMMUNE, adopt_next_door, intake, logins, viewer

pytestmark = pytest.mark.django_db
NOW = moment(24, 8)


@pytest.fixture(autouse=True)
def neighbour():
    adopt_next_door()
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


def posted():
    """The representative of the trial data, with the agency that posted them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE agencies_appointment SET posted_by_id = %s WHERE account_id = %s",
            [OTHER_COMMUNE, logins()["daidien"]],
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
    appointed()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT envelope::jsonb -> 'data' ->> 'agency' FROM ledger_event WHERE type = 'representative_posted'"
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
    for path in (f"/dossiers/{own}", f"/dossiers/{theirs}/receipt.pdf", f"/dossiers/{theirs}/received"):
        assert page.get(path).status_code == 404, path
    for path in ("/dossiers/receive", "/register", "/results", "/payments", "/certification"):
        assert page.get(path).status_code == 403, path


def test_who_nobody_posted_sees_nothing():
    theirs, _own = codes()
    with pytest.raises(Denied):
        selectors.dossiers(viewer=viewer("daidien", at=NOW), at=NOW)
    with pytest.raises(NotFound):
        selectors.dossier(theirs, viewer=viewer("daidien", at=NOW))


def test_of_all_acts_they_hand_over_and_only_for_their_agency():
    theirs, own = codes()
    one = posted()
    (seat,) = one.capacities
    who = one.actor(seat)
    assert [a for a in Act if policy.may(who, a, plain(theirs)) is None] == [Act.HAND_OVER]
    assert [a for a in Act if policy.may(who, a, plain(own)) is None] == []
    elsewhere = plain(theirs) | {"desk_agency": "H99.01.03"}
    assert [a for a in Act if policy.may(who, a, elsewhere) is None] == []
