"""`ledger check` beside the chains: texts, names, published bodies, numbers and guards, against the superuser."""

from dataclasses import replace
from decimal import Decimal

import pytest

from motcua.catalogue.operations import Promising, Setting, charge, handle_in, promise, take_at
from motcua.catalogue.shapes import Amount, Channel, HandledIn, Limit, LimitUnit
from motcua.dossiers.states import State
from motcua.eforms.operations import Origin, begin, last_number, publish as publish_form
from motcua.eforms.selectors import shipped_document
from motcua.flows.reception import receive
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import check
from tests.support.acts import act, moment
from tests.support.lives import PLACES, brought_to
from tests.support.world import actor, intake

pytestmark = pytest.mark.django_db(transaction=True)
APPLICANT = "what = 'party:applicant'"


@pytest.fixture
def intruder(superuser_cursor):
    """The superuser with all triggers out of the way."""
    superuser_cursor.execute("SET session_replication_role = replica")
    return superuser_cursor


@pytest.fixture
def lives() -> list[str]:
    """A dossier received, and one that waits for papers its supplement names."""
    return [brought_to(State.RECEIVED)[0], brought_to(State.SUPPLEMENT_REQUESTED)[0]]


def faults() -> list[str]:
    """What was found, without the ids."""
    return sorted(fault.what.split(" text ")[0] for fault in check().faults)


def test_dossiers_in_every_place_are_whole():
    for place in PLACES:
        brought_to(place)
    assert check().faults == ()


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (f"UPDATE dossiers_content SET sealed = set_byte(sealed, 20, 255 - get_byte(sealed, 20)) WHERE {APPLICANT}",
         "altered: the"),
        (f"UPDATE dossiers_content SET salt = sha256(salt) WHERE {APPLICANT}", "altered: the"),
        (f"UPDATE dossiers_content SET digest = sha256(digest) WHERE {APPLICANT}", "altered: the"),
        (f"UPDATE dossiers_content SET sealed = '\\x00' WHERE {APPLICANT}", "altered: the"),
        (f"DELETE FROM dossiers_content WHERE {APPLICANT}", "deleted: the"),
        (("UPDATE dossiers_content SET sealed = NULL, salt = NULL, erased_at = now()"
         f" WHERE {APPLICANT}"), "erased, and no event says so: the"),
    ],
)  # fmt: skip
def test_a_text_that_is_not_the_events_own(lives, intruder, change, found):
    intruder.execute(change)
    assert faults() == [found] * len(lives)


def test_two_texts_that_changed_places(lives, intruder):
    intruder.execute(
        "UPDATE dossiers_content a SET salt = b.salt, sealed = b.sealed, digest = b.digest"
        " FROM dossiers_content b WHERE a.what = b.what AND a.what = 'party:applicant' AND a.dossier <> b.dossier"
    )
    assert faults() == ["altered: the"] * 2


def test_a_text_nobody_wrote(lives, intruder):
    intruder.execute(
        "INSERT INTO dossiers_content (id, dossier, what, digest, salt, sealed)"
        " SELECT gen_random_uuid(), dossier, 'reason', digest, salt, sealed FROM dossiers_content LIMIT 1"
    )
    assert faults() == ["added: no event names the"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE dossiers_label SET name = 'Ai Khác', name_folded = 'ai khac'",
        "UPDATE dossiers_label SET name_folded = 'khong tim thay'",
        "UPDATE dossiers_label SET agency = 'H99.01.02'",
        "DELETE FROM dossiers_label",
    ],
)
def test_a_dossier_hidden_from_the_search_by_name(lives, intruder, change):
    intruder.execute(change)
    assert faults() == ["altered: it is not listed and found by its applicant's name at its desk"] * 2


@pytest.mark.parametrize(
    ("table", "change", "found"),
    [
        (
            "catalogue_version",
            "body = jsonb_set(body, '{title,vi}', '\"Khác\"')",
            "the body in {} is not the one",
        ),
        ("catalogue_version", "body = jsonb_set(body, '{x}', '1e400')", "the body in {} is not the one"),
        ("catalogue_version", "effective_from = effective_from + 1", "{}.effective_from differs"),
        ("catalogue_version", "number = number + 100", "{}.number differs"),
        ("processes_version", 'body = body || \'{"code": "x"}\'', "the body in {} is not the one"),
        ("processes_version", "procedure = '1.000000'", "{}.procedure differs"),
    ],
)
def test_a_published_version_that_is_another(intruder, table, change, found):
    intruder.execute(f"SELECT id FROM {table} ORDER BY id LIMIT 1")
    (version,) = intruder.fetchone()
    intruder.execute(f"UPDATE {table} SET {change} WHERE id = %s", [version])
    (fault,) = check().faults
    assert fault.stream == version
    assert fault.what.startswith("altered: " + found.format(table))


def test_a_dossier_with_a_code_from_elsewhere_takes_no_number():
    act("tiepnhan1", moment(24, 9), receive, intake=replace(intake(), code="G22.99-260824-0007"))
    brought_to(State.RECEIVED)
    assert check().faults == ()


def test_numbers_set_back_and_dossiers_taken_out_whole(lives, intruder):
    code = lives[0]
    intruder.execute("UPDATE dossiers_number SET last = last - 1")
    assert [what.split(" gave ")[0] for what in faults()] == ["numbers: H99.01.01"]
    intruder.execute("UPDATE dossiers_number SET last = last + 1")
    assert faults() == []
    intruder.execute("SELECT id FROM dossiers_dossier WHERE code = %s", [code])
    (dossier,) = intruder.fetchone()
    for table, column in (("dossiers_content", "dossier"), ("dossiers_label", "dossier"), ("dossiers_dossier", "id"),
                          ("ledger_event", "stream"), ("ledger_tail", "stream")):  # fmt: skip
        intruder.execute(f"DELETE FROM {table} WHERE {column} = %s", [dossier])
    assert [what.split(" gave ")[0] for what in faults()] == ["numbers: H99.01.01"]


@pytest.mark.parametrize(
    ("taken", "put_back", "found"),
    [
        (
            "ALTER TABLE ledger_event DISABLE TRIGGER ledger_event_append_only",
            "ALTER TABLE ledger_event ENABLE TRIGGER ledger_event_append_only",
            "guard gone: the trigger ledger_event_append_only of ledger_event is missing, altered or switched off",
        ),
        (
            "ALTER TABLE ledger_position ENABLE REPLICA TRIGGER ledger_position_no_truncate",
            "ALTER TABLE ledger_position ENABLE TRIGGER ledger_position_no_truncate",
            (
                "guard gone: the trigger ledger_position_no_truncate of ledger_position is missing, altered or"
                " switched off"
            ),
        ),
        (
            "ALTER TABLE ledger_event DISABLE TRIGGER ledger_event_record",
            "ALTER TABLE ledger_event ENABLE TRIGGER ledger_event_record",
            "guard gone: the trigger ledger_event_record of ledger_event is missing, altered or switched off",
        ),
        (
            (
                "DROP TRIGGER ledger_event_append_only ON ledger_event; CREATE TRIGGER ledger_event_append_only BEFORE"
                " UPDATE OR DELETE ON ledger_event FOR EACH ROW WHEN (false) EXECUTE FUNCTION kernel_append_only()"
            ),
            (
                "DROP TRIGGER ledger_event_append_only ON ledger_event; CREATE TRIGGER ledger_event_append_only BEFORE"
                " UPDATE OR DELETE ON ledger_event FOR EACH ROW EXECUTE FUNCTION kernel_append_only()"
            ),
            "guard gone: the trigger ledger_event_append_only of ledger_event is missing, altered or switched off",
        ),
        (
            (
                "ALTER FUNCTION kernel_append_only() RENAME TO kept;"
                " CREATE FUNCTION kernel_append_only() RETURNS trigger LANGUAGE plpgsql"
                " AS 'BEGIN RETURN coalesce(new, old); END'"
            ),
            "DROP FUNCTION kernel_append_only(); ALTER FUNCTION kept() RENAME TO kernel_append_only",
            "guard altered: the function kernel_append_only",
        ),
        (
            "CREATE RULE swallow AS ON INSERT TO access_log_look DO INSTEAD NOTHING",
            "DROP RULE swallow ON access_log_look",
            "guard undone: the rule swallow on access_log_look",
        ),
        (
            (
                "CREATE TRIGGER another BEFORE INSERT ON access_log_look FOR EACH ROW"
                " EXECUTE FUNCTION kernel_append_only()"
            ),
            "DROP TRIGGER another ON access_log_look",
            "guard undone: the trigger another on access_log_look is none of ours",
        ),
        (
            "GRANT DELETE ON ledger_position TO motcua_app",
            "REVOKE DELETE ON ledger_position FROM motcua_app",
            "guard undone: the application's login may DELETE ledger_position",
        ),
        (
            "ALTER TABLE ledger_event RENAME CONSTRAINT ledger_event_live_is_now TO elsewhere",
            "ALTER TABLE ledger_event RENAME CONSTRAINT elsewhere TO ledger_event_live_is_now",
            "guard gone: the limit on a live act's time, ledger_event_live_is_now",
        ),
    ],
)
def test_a_guard_that_is_gone(superuser_cursor, taken, put_back, found):
    superuser_cursor.execute(taken)
    try:
        assert found in faults()
    finally:
        superuser_cursor.execute(put_back)
    assert faults() == []


def test_a_live_act_moved_away_from_when_it_was_recorded(intruder):
    code, _row = brought_to(State.RECEIVED)
    limit = "ledger_event_live_is_now"
    intruder.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [limit])
    (definition,) = intruder.fetchone()
    intruder.execute(f"ALTER TABLE ledger_event DROP CONSTRAINT {limit}")
    try:
        intruder.execute(
            "UPDATE ledger_event SET origin = 'live' WHERE stream = (SELECT id FROM dossiers_dossier WHERE code = %s)",
            [code],
        )
        assert "moved: it is live and lies more than 60 s from when it was recorded" in faults()
    finally:
        intruder.execute("UPDATE ledger_event SET origin = 'simulated' WHERE origin = 'live'")
        intruder.execute(f"ALTER TABLE ledger_event ADD CONSTRAINT {limit} {definition}")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE catalogue_promise SET value = '3'",
        "UPDATE catalogue_promise SET valid_from = valid_from - 1",
        "DELETE FROM catalogue_promise",
        "UPDATE catalogue_place SET address = 'Nơi khác'",
        "UPDATE catalogue_schedule SET body = jsonb_set(body, '{fees,0,amounts,0,value}', '1') WHERE basis LIKE '07/%'",
        "DELETE FROM catalogue_handling",
    ],
)
def test_what_agencies_set_is_as_their_events_say(intruder, change):
    at = moment(24, 9)
    province, commune = (actor(login, at=at) for login in ("danhmuctinh", "danhmuc"))
    fast = [Promising("no_verification", Channel.COUNTER, Limit(LimitUnit.WORKING_DAY, Decimal(2)))]
    for who, basis, operation, terms in (
        (commune, "1/QĐ", promise, {"promises": fast}),
        (commune, "2/QĐ", take_at, {"address": "Nhà văn hóa"}),
        (commune, "3/QĐ", handle_in, {"handled_in": HandledIn.HERE}),
        (province, "07/NQ-HĐND", charge, {"amounts": {"registration": (Amount(value=9000),)}}),
    ):
        setting = Setting("1.004873", who.agency, at.date(), basis)
        with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
            operation(setting=setting, actor=who, at=at, **terms)
    assert check().faults == ()
    intruder.execute(change)
    assert {fault.what.split(",")[0][-8:] for fault in check().faults} == {"1.004873"}


def test_a_published_form_that_is_another(intruder):
    who, at = actor("danhmuctinh", at=moment(24, 9)), moment(24, 9)
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        origin = Origin(form="marriage", version=1)
        draft = begin(document=shipped_document("marriage", 1) or {}, origin=origin, actor=who, at=at)
        upon = last_number("marriage")
        version, _form = publish_form(
            draft=draft, revision=1, valid_from=at.date(), upon=upon, actor=who, at=at
        )
    assert check().faults == ()
    intruder.execute("UPDATE eforms_version SET body = body || '{\"results\": []}', number = number + 1")
    assert [(fault.stream, fault.what) for fault in check().faults] == [
        (version, "altered: the body in eforms_version is not the one that was published"),
        (version, "altered: eforms_version.number differs from the event"),
    ]
