"""A procedure is switched off for an agency from a day on, or changes at midnight: beginning, a draft under way and
handing in all go by the day they happen on."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from tests.support.citizens import citizen_client
from tests.support.drafts import shipped
from tests.support.html import Page
from tests.support.pages import plain_static
from tests.support.scenes_citizen import whole_draft
from tests.support.site import pages_at
from tests.support.world import COMMUNE, OTHER_COMMUNE, PROVINCE, actor, viewer

from motcua.accounts.operations import session_digest
from motcua.catalogue.operations import Setting, handle_in, publish
from motcua.catalogue.shapes import HandledIn
from motcua.dossiers.selectors import find_row
from motcua.flows.reception import examine
from motcua.flows.submissions import hand_in
from motcua.flows.terms import TermsChanged, terms_of
from motcua.kernel.errors import NotAllowedNow
from motcua.kernel.time import ZONE
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.parties.selectors import citizen
from motcua.web.citizen.tests.walk import send
from motcua.web.citizen.writing import Writing

pytestmark = pytest.mark.django_db
CODE = "2.002516"
LATE = datetime(2026, 8, 24, 23, 59, tzinfo=ZONE)
MIDNIGHT = datetime(2026, 8, 25, 0, 0, tzinfo=ZONE)
TOMORROW = MIDNIGHT.date()


@pytest.fixture(autouse=True)
def statics():
    with plain_static():
        yield


def switched(where, *, agency=COMMUNE, login="danhmuc", on=TOMORROW):
    who = actor(login, at=LATE)
    with unit_of_work(actor=who, at=LATE, request=Request.fresh(), origin="simulated"):
        handle_in(setting=Setting(CODE, agency, on, "1/QĐ-UBND"), handled_in=where, actor=who, at=LATE)


def whole():
    """A citizen and a draft of theirs that could be handed in, at LATE."""
    client = citizen_client(at=LATE)
    secret = client.cookies["motcua_citizen"].value
    who = citizen(session_digest=session_digest(secret), at=LATE)
    assert who is not None
    return client, who, whole_draft(who.id, LATE, "a")


def agreed_at(draft, who, at):
    writing = Writing(draft, owner=who.id, at=at)
    return writing, terms_of(examine(intake=writing.intake, at=at), writing.intake)


def handed_in(writing, agreed, who, at):
    with unit_of_work(actor=who.actor, at=at, request=Request.fresh(), origin="simulated"):
        return hand_in(
            draft=writing.kept.id,
            revision=writing.kept.revision,
            intake=writing.intake,
            agreed=agreed,
            actor=who.actor,
            at=at,
        ).row


def counted():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM dossiers_dossier), (SELECT count(*) FROM submissions_draft)"
        )
        return cursor.fetchone()


def offered(client, at):
    """The agencies that the first page of a beginning offers."""
    with pages_at(at):
        shown = Page(client.get(f"/my/begin/{CODE}").text)
    return [value for value in shown.form("agency").choices["agency"] if value]


def test_switched_off_for_one_agency_it_is_begun_at_the_others_from_that_day_on():
    client, _who, draft = whole()
    switched(HandledIn.PORTAL)
    assert offered(client, LATE) == [COMMUNE, OTHER_COMMUNE]
    assert offered(client, MIDNIGHT) == [OTHER_COMMUNE]
    before = counted()
    with pages_at(MIDNIGHT):
        refused = client.post(f"/my/begin/{CODE}", {"agency": COMMUNE, "idempotency_key": "k"})
        assert refused.status_code == 422
        shown = client.get(f"/my/drafts/{draft}/you")
        assert shown.status_code == 409
        assert "Cổng Dịch vụ công quốc gia" in shown.text
        assert client.get(f"/my/begin/{CODE}?agency={COMMUNE}").status_code == 200
        assert f"/my/begin/{CODE}" not in client.get(f"/procedures/{CODE}?agency={COMMUNE}").text
    assert counted() == before


def test_switched_off_for_the_province_one_agency_may_keep_it():
    client, _who, _draft = whole()
    switched(HandledIn.PORTAL, agency=PROVINCE, login="danhmuctinh")
    with pages_at(MIDNIGHT):
        refused = client.get(f"/my/begin/{CODE}")
        assert refused.status_code == 409
        assert "Cổng Dịch vụ công quốc gia" in refused.text
    switched(HandledIn.HERE)
    assert offered(client, MIDNIGHT) == [COMMUNE]


def test_what_was_agreed_to_a_minute_before_is_not_handed_in_where_it_is_switched_off():
    _client, who, draft = whole()
    writing, agreed = agreed_at(draft, who, LATE)
    switched(HandledIn.PORTAL)
    before = counted()
    with pytest.raises(NotAllowedNow, match="Cổng Dịch vụ công"):
        handed_in(writing, agreed, who, MIDNIGHT)
    assert counted() == before
    assert handed_in(writing, agreed, who, LATE)["code"]


@pytest.mark.parametrize("code", ["1.004194", "1.004222"])
def test_what_the_police_settle_is_not_begun_here(code):
    client, _who, _draft = whole()
    before = counted()
    with pages_at(LATE):
        for answer in (
            client.get(f"/my/begin/{code}"),
            client.post(f"/my/begin/{code}", {"agency": COMMUNE, "idempotency_key": "k"}),
        ):
            assert answer.status_code == 409
            assert "hệ thống của công an" in answer.text
    assert counted() == before


def test_one_online_variant_that_an_agency_runs_is_enough_to_begin():
    """A regression: only the first variant was asked for."""
    client, _who, _draft = whole()
    with connection.cursor() as cursor:
        ended = "UPDATE processes_adoption SET valid_to = '2026-01-06' WHERE procedure = %s AND variant = %s"
        cursor.execute(ended, [CODE, "no_verification"])
    assert offered(client, LATE) == [COMMUNE, OTHER_COMMUNE]


def test_a_draft_of_the_evening_is_handed_in_after_midnight():
    _client, who, draft = whole()
    writing, agreed = agreed_at(draft, who, LATE)
    row = handed_in(writing, agreed, who, MIDNIGHT)
    assert row["code"].split("-")[1] == "260825"
    assert find_row(row["code"], viewer=viewer("tiepnhan1"))[0]["submitted_at"] == MIDNIGHT


def test_a_version_of_midnight_is_read_again_before_it_binds():
    client, who, draft = whole()
    document = shipped(CODE)
    document["title"] = {"vi": "Xác nhận thông tin hộ tịch (mới)", "en": "Confirmation (new)"}
    publisher = actor("danhmuctinh", at=LATE)
    with unit_of_work(actor=publisher, at=LATE, request=Request.fresh(), origin="simulated"):
        publish(document=document, effective_from=TOMORROW, actor=publisher, at=LATE)
    writing, agreed = agreed_at(draft, who, LATE)
    before = counted()
    with pytest.raises(TermsChanged):
        handed_in(writing, agreed, who, MIDNIGHT)
    assert counted() == before
    with pages_at(LATE):
        assert "(mới)" not in client.get(f"/my/drafts/{draft}/check").text
    with pages_at(MIDNIGHT):
        shown = client.get(f"/my/drafts/{draft}/check").text
        assert "(mới)" in shown
        assert "0912345678" in shown, "nothing of the evening is lost"
    writing, agreed = agreed_at(draft, who, MIDNIGHT)
    assert handed_in(writing, agreed, who, MIDNIGHT)["code"]


def test_a_page_of_the_evening_is_saved_after_midnight():
    client, _who, draft = whole()
    path = f"/my/drafts/{draft}/you"
    with pages_at(LATE):
        form = Page(client.get(path).text).form("phone")
    with pages_at(MIDNIGHT + timedelta(minutes=1)):
        assert client.post(path, form.sent({"phone": "0911111111"})).status_code == 302
        assert "0911111111" in client.get(path).text
        assert send(client, path, {"phone": "0922222222"}).status_code == 302
