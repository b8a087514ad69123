"""The catalogue for machines: what is told is whole, in order, asked for again for nothing, and nobody's data."""

import gzip
import json
import os
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client, override_settings
from jsonschema import Draft202012Validator
from tests.support.acts import moment
from tests.support.announced import announced
from tests.support.site import pages_at
from tests.support.statements import statements
from tests.support.world import BEGINNING, COMMUNE, actor

from motcua.catalogue.operations import Source, close, publish, withdraw
from motcua.catalogue.operations.localising import Promising, Setting, handle_in, promise, take_at
from motcua.catalogue.shapes import HandledIn, Limit, LimitUnit
from motcua.catalogue.starter import linked, procedures
from motcua.kernel.actor import SYSTEM
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.sequencer import sequence
from motcua.web.portal import feeds

MARITAL = "1.004873"
SHIPPED = (*procedures(), *linked())
DUMP = "/open-data/catalogue.jsonl.gz"
CHANGES = "/open-data/changes.json"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path) -> Iterator[None]:
    with override_settings(VAR=tmp_path):
        yield


def told(client: Client, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return json.loads(answer.content)


def dumped(client: Client) -> dict[str, Any]:
    answer = client.get(DUMP)
    packed = answer.getvalue()
    assert answer["ETag"] == f'"{sha256(packed).hexdigest()}"'
    lines = [json.loads(line) for line in gzip.decompress(packed).splitlines()]
    return {line["code"]: line for line in lines}


def change(*, on: date = date(2026, 9, 1), at: datetime = BEGINNING, **changed: Any) -> UUID:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT body::text FROM catalogue_version WHERE procedure_id = %s ORDER BY number", [MARITAL]
        )
        body = json.loads(cursor.fetchone()[0])
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin="simulated"):
        return publish(document=body | changed, effective_from=on, actor=SYSTEM, at=at)


def shut(code: str, at: datetime = BEGINNING) -> None:
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin="simulated"):
        close(code=code, on=date(2026, 8, 1), source=Source("x", bytes(32)), actor=SYSTEM, at=at)


def followed(client: Client, address: str = f"{CHANGES}?limit=7") -> tuple[dict[str, Any], str]:
    """What somebody who knows nothing has in the end; and where they go on."""
    nothing: dict[str, Any] = {"promises": [], "fees": [], "places": [], "systems": []}
    held: dict[str, Any] = {}
    while True:
        page = told(client, address)
        for one in page["changes"]:
            new = {"code": one["code"], "closed_on": None, "versions": [], "localised": nothing}
            mine = held.setdefault(one["code"], new)
            match one["kind"]:
                case "published" | "changed":
                    mine["versions"].append(one["version"])
                case "withdrawn":
                    mine["versions"][one["number"] - 1]["withdrawn_at"] = one["withdrawn_at"]
                case "closed":
                    mine["closed_on"] = one["closed_on"]
                case "reopened":
                    mine["closed_on"] = None
                case kind:
                    assert kind == "localised"
                    mine["localised"] = one["localised"]
        address = page["next"].removeprefix("http://localhost:8000")
        if not page["more"]:
            return held, address


def localise(code: str) -> None:
    """A promise, a place and another system, each from a day on."""
    who = actor("danhmuc", at=BEGINNING)
    found = next(p for p in procedures() if p.code == code)
    variant = found.variants[-1]
    setting = Setting(procedure=code, agency=COMMUNE, valid_from=date(2026, 9, 1), basis="12/QĐ-UBND")
    limit = Limit(LimitUnit.WORKING_HOUR, Decimal("1.5"))
    promising = [Promising(variant.code, variant.channels[0].channel, limit)]
    for act, more in (
        (promise, {"promises": promising}),
        (take_at, {"address": "Nhà văn hóa thôn Trung Tâm"}),
        (handle_in, {"handled_in": HandledIn.PORTAL}),
    ):
        with unit_of_work(actor=who, at=BEGINNING, request=Request.fresh(), origin="simulated"):
            act(setting=setting, actor=who, at=BEGINNING, **more)


def without_shipped_fees(lines: dict[str, Any]) -> dict[str, Any]:
    """The trial's schedule of fees came with it, without a decision: nobody follows what nobody decided."""
    return {code: {**line, "localised": {**line["localised"], "fees": []}} for code, line in lines.items()}


def test_who_follows_the_changes_from_nothing_ends_with_what_the_dump_holds(citizen: Client) -> None:
    change(title={"vi": "Tên khác", "en": "Another"})
    shut("1.000419")
    localise(MARITAL)
    code = announced(moment(26, 9))
    shut(code, moment(26, 9))
    announced(moment(26, 10))
    # Figures that end in nothing: there are two ways to write such a moment.
    at = BEGINNING + timedelta(seconds=7, microseconds=120)
    ahead = change(title={"vi": "Tên khác nữa", "en": "Another"}, on=date(2026, 12, 1), at=at)
    who = actor("danhmuctinh", at=at)
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        withdraw(version=ahead, basis="12/QĐ-UBND", actor=who, at=at)
    while sequence():
        pass
    held, following = followed(citizen)
    assert without_shipped_fees(held) == without_shipped_fees(dumped(citizen))
    assert held[code]["closed_on"] is None
    assert [len(held[MARITAL]["localised"][each]) for each in ("promises", "places", "systems")] == [1, 1, 1]
    assert held["1.000419"]["closed_on"] == "2026-08-01"
    assert [v["withdrawn_at"] is None for v in held[MARITAL]["versions"]] == [True, True, False]
    # Asked again where it ended, there is what came since, and nothing twice.
    assert told(citizen, following)["changes"] == []
    change(on=date(2026, 10, 1), sets=9)
    # Without a position yet nobody is told: it might get another order.
    assert told(citizen, following)["changes"] == []
    sequence()
    [last] = told(citizen, following)["changes"]
    assert (last["kind"], last["code"]) == ("changed", MARITAL)
    assert {"where": "sets", "before": "1", "after": "9"} in last["differences"]
    held[MARITAL]["versions"].append(last["version"])
    assert without_shipped_fees(held) == without_shipped_fees(dumped(citizen))


def test_positions_rise_through_the_pages_and_no_event_is_told_twice(citizen: Client) -> None:
    sequence()
    address, seen = f"{CHANGES}?limit=9", []
    more = True
    while more:
        page = told(citizen, address)
        seen += [one["position"] for one in page["changes"]]
        address, more = page["next"].removeprefix("http://localhost:8000"), page["more"]
    assert seen == sorted(set(seen))
    assert len(seen) == len(SHIPPED)


def test_the_dump_is_what_its_schema_says_and_the_schema_refuses_what_it_should(citizen: Client) -> None:
    announced(moment(26, 9))
    schema = told(citizen, "/open-data/schema.json")
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    lines = dumped(citizen)
    assert len(lines) == len(SHIPPED) + 1
    assert [str(error) for line in lines.values() for error in validator.iter_errors(line)] == []
    good = lines[MARITAL]
    version = good["versions"][0]
    for wrong in (
        {**good, "more": 1},
        {"code": MARITAL, "closed_on": None},
        {**good, "versions": [{**version, "document": {**version["document"], "sets": "2"}}]},
        {**good, "versions": [{**version, "document": {**version["document"], "handled_in": "moon"}}]},
        {**good, "versions": [{**version, "document": {**version["document"], "title": {"en": "x"}}}]},
    ):
        assert not validator.is_valid(wrong)


def test_one_procedure_is_its_line_of_the_dump(citizen: Client) -> None:
    change(sets=3)
    assert told(citizen, f"/open-data/procedures/{MARITAL}.json") == dumped(citizen)[MARITAL]
    assert citizen.get("/open-data/procedures/9.999999.json").status_code == 404


def test_the_list_holds_what_is_in_force_today_page_by_page(citizen: Client) -> None:
    shut("1.000419")
    change(title={"vi": "Tên khác", "en": "Another"})
    address, seen = "/open-data/procedures.json?limit=20", dict[str, Any]()
    while address:
        page = told(citizen, address)
        seen |= {one["code"]: one for one in page["procedures"]}
        address = (page["next"] or "").removeprefix("http://localhost:8000")
    assert sorted(seen) == sorted({p.code for p in SHIPPED} - {"1.000419"})
    assert seen[MARITAL]["version"] == 1
    just_that = f"/open-data/procedures.json?limit=1&after={MARITAL[:-1]}"
    with pages_at(moment(31, 23, 59)):
        assert told(citizen, just_that)["procedures"][0]["version"] == 1
    with pages_at(moment(31, 23, 59) + timedelta(minutes=1)):
        [now] = told(citizen, just_that)["procedures"]
    assert (now["code"], now["version"], now["title"]["vi"]) == (MARITAL, 2, "Tên khác")


@pytest.mark.parametrize(
    "address", ["/open-data/procedures.json", f"/open-data/procedures/{MARITAL}.json", f"{CHANGES}?limit=3",
                "/open-data/schema.json", DUMP, "/sitemap.xml", "/robots.txt"]
)  # fmt: skip
def test_who_has_it_gets_304_until_something_changes(citizen: Client, address: str) -> None:
    sequence()
    first = citizen.get(address)
    assert first["Cache-Control"] == "public, max-age=300"
    assert first["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in first
    again = citizen.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    if "Last-Modified" in first:
        since = citizen.get(address, headers={"if-modified-since": first["Last-Modified"]})
        assert since.status_code == 304
    assert citizen.post(address).status_code == 405
    if address in (DUMP, f"/open-data/procedures/{MARITAL}.json"):
        change(sets=5)
        assert citizen.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_the_dump_is_made_once_for_each_state_and_is_the_same_to_the_byte(
    citizen: Client, tmp_path: Path
) -> None:
    first = citizen.get(DUMP)
    packed = first.getvalue()
    with statements(most=1):
        assert citizen.get(DUMP).getvalue() == packed
    folder = tmp_path / "open-data"
    assert len(list(folder.iterdir())) == 2
    for path in folder.iterdir():
        path.unlink()
    assert citizen.get(DUMP).getvalue() == packed
    change(sets=5)
    assert citizen.get(DUMP).getvalue() != packed
    assert len(list(folder.iterdir())) == 4  # who reads the one that is past has an hour for it
    for path in folder.iterdir():
        os.utime(path, (0, 0))
    change(sets=6)
    citizen.get(DUMP)
    assert len(list(folder.iterdir())) == 2
    page = citizen.get("/open-data").content.decode()
    [name] = [path for path in folder.iterdir() if path.suffix == ".gz"]
    assert sha256(name.read_bytes()).hexdigest() in page


@pytest.mark.parametrize(
    "query", ["after=x", "after=-1", "limit=0", "limit=101", "limit=1e3", "after=9" + "9" * 30]
)
def test_what_cannot_be_meant_is_refused_in_json(citizen: Client, query: str) -> None:
    answer = citizen.get(f"{CHANGES}?{query}")
    assert answer.status_code == 422
    assert query.partition("=")[0] in json.loads(answer.content)["error"]["vi"]


def test_an_empty_catalogue_is_said_to_be_empty(citizen: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "kept_dump", lambda: None)
    assert citizen.get(DUMP).status_code == 404
    assert "Danh mục còn trống" in citizen.get("/open-data").content.decode()


def test_the_sitemap_names_every_page_once_and_splits_where_it_is_long(
    citizen: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"

    def places(address: str, tag: str) -> list[str]:
        root = ET.fromstring(citizen.get(address).content)  # noqa: S314 - our own
        assert root.tag == f"{space}{tag}"
        return [str(place.text) for place in root.iter(f"{space}loc")]

    whole = places("/sitemap.xml", "urlset")
    assert len(whole) == len(set(whole))
    assert {f"http://localhost:8000/procedures/{p.code}" for p in procedures()} < set(whole)
    for address in whole:
        assert citizen.get(address.removeprefix("http://localhost:8000")).status_code in (200, 302)
    monkeypatch.setattr(feeds, "MOST_URLS", 30)
    parts = places("/sitemap.xml", "sitemapindex")
    shown = [
        place for part in parts for place in places(part.removeprefix("http://localhost:8000"), "urlset")
    ]
    assert shown == whole
    assert citizen.get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404


def test_a_trial_is_for_no_search_engine_and_a_live_one_keeps_them_from_dossiers(citizen: Client) -> None:
    assert "Disallow: /\n" in citizen.get("/robots.txt").content.decode()
    with override_settings(INSTALLATION="live"):
        live = citizen.get("/robots.txt").content.decode()
    assert "Disallow: /\n" not in live
    assert "Disallow: /t/" in live
    assert live.endswith("Sitemap: http://localhost:8000/sitemap.xml\n")


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/open-data/procedures.json", 2),
        (f"/open-data/procedures/{MARITAL}.json", 1),
        (CHANGES, 1),
        ("/sitemap.xml", 3),
    ],
)
def test_a_feed_asks_the_database_little(citizen: Client, address: str, most: int) -> None:
    citizen.get(address)
    with statements(most=most):
        assert citizen.get(address).status_code == 200
