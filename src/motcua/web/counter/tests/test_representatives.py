"""Who another agency posts to the desk receives for it, goes on with it, gives its results out; nothing else."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from tests.support.acts import act
from tests.support.pages import visitor
from tests.support.situations import dossier_in, told_to_bring
from tests.support.world import COMMUNE, OTHER_COMMUNE, intake, logins, viewer
from tests.support.written import written

from motcua.agencies.models import Appointment
from motcua.dossiers.selectors import Shown, dossier
from motcua.dossiers.visits import of_visit
from motcua.flows.reception import receive
from motcua.kernel.ids import uuid7
from motcua.web.counter.tests.support import NAME, filled, form_of, opened, post, received

NEXT_DOOR = "Ủy ban nhân dân Xã Mẫu Hai"
BUSINESS = "1.001612"  # the economic section's, which the next commune has none of


@pytest.fixture
def posted(at: datetime) -> Client:
    """The representative of the next commune at Xã Mẫu's desk."""
    return visitor("daidien", at=at)


def shown(code: str, at: datetime, login: str = "daidien") -> Shown:
    return dossier(code, viewer=viewer(login, at=at))


def own_dossier(at: datetime) -> str:
    """One of the commune's own, of the same person."""
    whole = intake(name=NAME, number="012190678901")
    return str(act("tiepnhan1", at, receive, intake=whole).row["code"])


def test_what_they_receive_is_for_their_agency(posted: Client, at: datetime) -> None:
    page = posted.get("/dossiers/receive").text
    assert f"Bạn nhận hồ sơ cho {NEXT_DOOR}" in page
    fields = filled(posted)
    assert "competent" not in fields
    code = received(posted, fields)
    row = shown(code, at).row
    assert (row["desk_agency"], row["competent_agency"]) == (COMMUNE, OTHER_COMMUNE)
    assert (row["state"], row["due_at"]) == ("received", None)
    own = own_dossier(at)
    waiting = posted.get("/inbox").text
    assert code in waiting
    assert own not in waiting
    done = posted.get(f"/dossiers/{code}/received").text
    assert "Dự kiến trả:" in done
    onward = f'href="/dossiers/{code}/transfer"'
    assert onward in done
    assert "/certification" not in done
    for paper in ("receipt.pdf", ""):
        assert posted.get(f"/dossiers/{code}/{paper}".rstrip("/")).status_code == 200
    answer = posted.post(
        f"/dossiers/{code}/transfer", {"to": COMMUNE, "way": "electronic", "reason": "Nhầm."}
    )
    assert answer.status_code == 422
    assert shown(code, at).row["state"] == "received"
    sent = posted.post(
        f"/dossiers/{code}/transfer",
        {"to": OTHER_COMMUNE, "way": "electronic", "idempotency_key": str(uuid7())},
    )
    assert sent.status_code == 302
    assert shown(code, at).row["state"] == "transferred"
    assert onward not in posted.get(f"/dossiers/{code}/received").text


def test_a_bundle_is_refused_where_it_is_chosen(posted: Client) -> None:
    page = posted.get("/dossiers/receive", {"procedure": "2.002621"}).text
    assert "Mời người nộp sang công chức" in page
    assert "applicant-0-name" not in page


def test_of_other_procedures_nothing_is_offered_and_nothing_written(posted: Client, at: datetime) -> None:
    found = posted.get("/procedures/suggestions", {"q": "ho kinh doanh"}, headers={"HX-Request": "true"})
    assert BUSINESS not in found.text
    assert BUSINESS not in posted.get("/dossiers/receive", {"q": "ho kinh doanh"}).text
    fields, before = filled(posted), written()
    for code in (BUSINESS, "2.000815"):
        asked = posted.get("/dossiers/receive", {"procedure": code})
        sent = post(posted, fields | {"procedure": code})
        for answer in (asked, sent):
            assert answer.status_code == 422, code
            assert f"không do {NEXT_DOOR} giải quyết" in answer.text
    forged = post(posted, fields | {"competent": COMMUNE})
    assert forged.status_code == 422
    assert post(posted, fields | {"_list": "1"}).status_code == 403
    assert written() == before


def test_one_visit_for_several_of_theirs(posted: Client, clerk: Client, at: datetime) -> None:
    fields = filled(posted)
    first = received(posted, fields)
    again = form_of(opened(posted, "1.000656", "", visit=fields["visit"])).fields
    assert (again["visit"], again["applicant-0-name"]) == (fields["visit"], NAME)
    second = received(posted, filled(posted, "1.000656", "x") | {"visit": fields["visit"]})
    mine = of_visit(UUID(fields["visit"]), viewer=viewer("daidien", at=at))
    assert [one.code for one in mine] == [first, second]
    assert posted.get(f"/visits/{fields['visit']}/slip.pdf").status_code == 200
    desks = filled(clerk)
    received(clerk, desks)
    assert posted.get(f"/visits/{desks['visit']}/slip.pdf").status_code == 404
    assert NAME not in posted.get("/dossiers/receive", {"visit": desks["visit"]}).text
    before = written()
    assert post(posted, filled(posted) | {"visit": desks["visit"]}).status_code == 404
    assert written() == before


def test_what_lies_around_the_screen_is_their_agencys(posted: Client, clerk: Client, at: datetime) -> None:
    own = own_dossier(at)
    told = told_to_bring(at, name=NAME, number="012190678901")
    for words in (NAME, "012190678901", own):
        page = post(posted, form_of(opened(posted)).fields | {"applicant-0-scan": words, "_update": "1"})
        assert "Người tìm thấy" not in page.text, words
        assert told not in page.text, words
    token = form_token(clerk)
    taken = form_of(opened(posted)).fields | {"_take-applicant-0": token}
    assert post(posted, taken).status_code == 404
    for number in (told, f"{told}.pdf"):
        assert posted.get(f"/guidance/{number}").status_code == 404
    assert posted.get("/dossiers/receive", {"guidance": told}).status_code == 404
    theirs = received(posted, filled(posted))
    page = post(posted, form_of(opened(posted)).fields | {"applicant-0-scan": theirs, "_update": "1"})
    assert "Người tìm thấy" in page.text


def form_token(clerk: Client) -> str:
    """What the desk's own officer would send to fill in the person who came before."""
    page = post(clerk, form_of(opened(clerk)).fields | {"applicant-0-scan": NAME, "_update": "1"}).text
    return str(page).partition('name="_take-applicant-0" value="')[2].partition('"')[0]


def test_what_is_put_aside_stays_with_who_typed_it(posted: Client, clerk: Client, at: datetime) -> None:
    desks = filled(clerk)
    assert post(clerk, desks | {"_park": "desk"}).status_code == 302
    mine = filled(posted) | {"applicant-0-name": "Lò Thị Mai"}
    assert post(posted, mine | {"_park": "desk"}).status_code == 302
    assert desks["intake"] not in posted.get("/dossiers/receive").text
    for move in ("resume", "drop"):
        assert posted.post(f"/intakes/{desks['intake']}/{move}").status_code == 404
        assert clerk.post(f"/intakes/{mine['intake']}/{move}").status_code == 404
    assert desks["intake"] in clerk.get("/dossiers/receive").text
    assert posted.post(f"/intakes/{mine['intake']}/resume").status_code == 302
    assert received(posted, mine)


def test_guidance_and_refusal_on_their_procedures(posted: Client, clerk: Client) -> None:
    fields = filled(posted)
    del fields["paper-form_have"]
    number = post(posted, fields | {"_guide": "1"})["Location"].rpartition("/")[2]
    for page in (f"/guidance/{number}", f"/guidance/{number}.pdf"):
        assert posted.get(page).status_code == clerk.get(page).status_code == 200
    again = post(posted, form_of(opened(posted)).fields | {"applicant-0-scan": number, "_update": "1"})
    assert number in again.text
    refused = {
        "applicant-0-name": NAME,
        "applicant-0-ground": "not_eligible",
        "applicant-0-reason": "Chưa đủ tuổi.",
    }
    before = written()
    for procedure in ("", BUSINESS):
        sent = refused | {"applicant-0-procedure": procedure, "applicant-0-request": "Hỏi"}
        assert posted.post("/guidance/refuse", sent).status_code == 422
    assert written() == before
    key = {"applicant-0-procedure": "1.004873", "idempotency_key": str(uuid7())}
    told = posted.post("/guidance/refuse", refused | key)
    assert told.status_code == 302
    assert posted.get(told["Location"]).status_code == 200


@pytest.mark.parametrize("until", [timedelta(days=-1), timedelta(days=1)])
def test_what_the_desk_s_own_officer_wrote_is_not_theirs(
    posted: Client, clerk: Client, at: datetime, until: timedelta
) -> None:
    seat = next(c.position for c in viewer("daidien", at=at).capacities)
    Appointment.objects.create(
        id=uuid7(),
        account_id=logins()["tiepnhan1"],
        position_id=seat,
        posted_by_id=OTHER_COMMUNE,
        valid_from=at - timedelta(days=9),
        valid_to=at + until,
    )
    fields = filled(clerk)
    del fields["paper-form_have"]
    number = post(clerk, fields | {"_guide": "1"})["Location"].rpartition("/")[2]
    assert clerk.get(f"/guidance/{number}").status_code == 200
    assert posted.get(f"/guidance/{number}").status_code == 404


def test_results_of_their_agency_wait_for_them_and_are_handed_over(posted: Client, at: datetime) -> None:
    since = at - timedelta(days=1)
    theirs = dossier_in("for_next_ready", since=since)["code"]
    own = dossier_in("ready", since=since)["code"]
    page = posted.get("/results").text
    assert theirs in page
    assert own not in page
    assert "/results/manifests" not in page
    for show in ("post", "in_post", "papers", "x"):
        assert own not in posted.get("/results", {"show": show}).text
    before = written()
    assert posted.post("/results", {"codes": [theirs], "carrier": "VNPost"}).status_code == 403
    assert posted.get("/results/manifests").status_code == 403
    given = {
        "way": "in_person",
        "recipient": NAME,
        "checked_by": "citizen_id",
        "proof": "paper",
        "sure": "on",
        "idempotency_key": str(uuid7()),
    }
    assert posted.post(f"/dossiers/{own}/hand_over", given).status_code == 404
    assert posted.post(f"/dossiers/{theirs}/move_papers", given).status_code == 403
    assert written() == before
    assert posted.post(f"/dossiers/{theirs}/hand_over", given).status_code == 302
    assert shown(theirs, at).row["state"] == "returned"
    assert theirs not in posted.get("/results").text


def test_the_menu_leads_there(posted: Client) -> None:
    page = posted.get("/dossiers").text
    menu = page.partition("<nav")[2].partition("</nav>")[0]
    for address in ("/inbox", "/dossiers/receive", "/results", "/dossiers"):
        assert f'href="{address}"' in menu
    for address in ("/certification", "/register", "/transfers", "/payments", "/board"):
        assert f'href="{address}"' not in menu


def test_of_what_one_agency_received_anothers_representative_sees_nothing(
    posted: Client, at: datetime
) -> None:
    code = received(posted, filled(posted))
    fields = filled(posted)
    del fields["paper-form_have"]
    told = post(posted, fields | {"applicant-0-name": "Lò Thị Mai", "_guide": "1"})["Location"]
    ready = dossier_in("for_next_ready", since=at - timedelta(days=1))["code"]
    pages = (told, f"{told}.pdf", f"/dossiers/{code}", f"/dossiers/{code}/receipt.pdf")
    assert [posted.get(page).status_code for page in pages] == [200] * 4
    with connection.cursor() as cursor:
        cursor.execute("UPDATE agencies_appointment SET posted_by_id = 'H99' WHERE posted_by_id IS NOT NULL")
    assert [posted.get(page).status_code for page in pages] == [404] * 4
    for page in ("/inbox", "/dossiers", "/results", "/dossiers/receive"):
        text = posted.get(page).text
        assert code not in text
        assert ready not in text
    before = written()
    assert post(posted, fields).status_code == 422
    assert posted.post(f"/dossiers/{ready}/hand_over", {"idempotency_key": str(uuid7())}).status_code == 404
    assert written() == before
