"""The board: what an agency handles on the day, as it was published, whole and nothing else."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from tests.support.acts import moment
from tests.support.announced import announced
from tests.support.html import Page
from tests.support.site import pages_at
from tests.support.statements import statements
from tests.support.world import BEGINNING, COMMUNE, PROVINCE, next_door_runs_nothing

from motcua.catalogue.operations import publish
from motcua.catalogue.selectors import offer
from motcua.catalogue.starter import procedures
from motcua.kernel.actor import SYSTEM
from motcua.kernel.ids import uuid7
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.web.portal.posted import limits, tariff

BOARD = f"/posting/{COMMUNE}"
MARITAL = "1.004873"


def text(client: Client, address: str = BOARD) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def codes(page: str) -> list[str]:
    return re.findall(r'<th scope="row"[^>]*><a href="/procedures/([^?"]+)', page)


def adopted() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT procedure FROM processes_adoption WHERE agency = %s", [COMMUNE])
        return {code for (code,) in cursor.fetchall()}


def document(code: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT body::text FROM catalogue_version WHERE procedure_id = %s", [code])
        return json.loads(cursor.fetchone()[0])


def republish(code: str, *, on: date, **changed: object) -> None:
    with unit_of_work(actor=SYSTEM, at=BEGINNING, request=Request.fresh(), origin="simulated"):
        publish(document=document(code) | changed, effective_from=on, actor=SYSTEM, at=BEGINNING)


def test_it_shows_each_procedure_that_the_agency_runs_once_and_no_other(citizen: Client) -> None:
    page = text(citizen)
    assert sorted(codes(page)) == sorted(adopted())
    police = [p.code for p in procedures() if p.handled_in == "police"]
    assert police
    assert not set(police) & set(codes(page))
    captions = re.findall(r"<caption[^>]*>(.*?)</caption>", page)
    assert captions == sorted(set(captions), key=captions.index)  # each sector stands once


def test_a_line_says_limit_fee_ways_decision_and_since_when(citizen: Client) -> None:
    page = text(citizen, f"{BOARD}?q=2.000815")
    assert codes(page)[0] == "2.000815"
    line = page[page.index("2.000815?agency") :]
    line = line[: line.index("</tr>")]
    for words in ("2.000 đồng mỗi trang, từ trang thứ 3: 1.000 đồng, nhiều nhất 200.000 đồng một bản",
                  "trả trong ngày", "Trực tiếp", "/QĐ-", "Hiệu lực từ 01/07/2025"):  # fmt: skip
        assert words in line


def test_what_nobody_set_is_unknown_and_never_free() -> None:
    found = offer("1.004859", agency=COMMUNE, province=PROVINCE, on=date(2026, 8, 26))
    bare = replace(found, fees=())
    said = [line.vi for line in tariff(bare)]
    assert any("chưa có mức thu" in line for line in said)
    for rule, line in zip(found.version.fees, tariff(bare), strict=False):
        assert ("không thu" in line.vi) == any(amount.value == 0 for amount in rule.amounts)


def test_the_agency_s_shorter_promise_stands_before_the_limit(citizen: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO catalogue_promise (id, procedure_id, agency, variant, channel, value, unit, basis, valid_from)"
            " VALUES (%s, %s, %s, 'verification', 'counter', '7', 'working_day', 'QĐ 1', '2026-01-01')",
            [uuid7(), MARITAL, COMMUNE],
        )
    found = offer(MARITAL, agency=COMMUNE, province=PROVINCE, on=date(2026, 8, 26))
    [told] = [words.vi for v, on, words in limits(found) if v.code == "verification" and "counter" in on]
    assert told.startswith("7 ngày làm việc (cam kết; thời hạn quy định ")
    assert "7 ngày làm việc (cam kết" in text(citizen)
    elsewhere = offer(MARITAL, agency="H99.01.02", province=PROVINCE, on=date(2026, 8, 26))
    assert all("cam kết" not in words.vi for _, _, words in limits(elsewhere))


def test_a_version_to_come_is_told_with_its_day_and_stands_there_from_that_day_on(citizen: Client) -> None:
    new = {"title": {"vi": "Tên mới " + "rất dài " * 135 + "hết.", "en": "New"}}
    assert len(new["title"]["vi"]) > 1_090
    republish(MARITAL, on=date(2026, 9, 1), **new)
    before = text(citizen)
    assert "Sắp có hiệu lực" in before
    assert "Từ 01/09/2026:" in before
    assert before.index(new["title"]["vi"]) < before.index("<table")
    with pages_at(moment(31, 16, 59) + timedelta(hours=7)):  # 23:59
        assert new["title"]["vi"] not in text(citizen)[text(citizen).index("<table") :]
    with pages_at(moment(31, 17) + timedelta(hours=7)):
        after = text(citizen)
    assert "Sắp có hiệu lực" not in after
    assert after.index(new["title"]["vi"]) > after.index("<table")


def test_what_was_closed_stands_there_no_more(citizen: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE catalogue_procedure SET closed_on = '2026-08-26' WHERE code = %s", [MARITAL])
    assert MARITAL not in codes(text(citizen))
    with pages_at(moment(25, 9)):
        assert MARITAL in codes(text(citizen))


def test_it_is_narrowed_by_sector_and_words_and_says_where_nothing_is_left(citizen: Client) -> None:
    page = text(citizen, f"{BOARD}?sector=ho-tich")
    assert codes(page)
    assert {p.sector.name.vi for p in procedures() if p.code in codes(page)} == {"Hộ tịch"}
    assert "Không có thủ tục nào khớp" in text(citizen, f"{BOARD}?q=zzzz")
    assert "Không có thủ tục nào khớp" in text(citizen, f"{BOARD}?sector=%00<script>")
    with next_door_runs_nothing():
        assert "Cơ quan chưa niêm yết thủ tục nào" in text(citizen, "/posting/H99.01.02")
    assert citizen.get("/posting/H11.22").status_code == 404


def test_with_one_board_the_list_leads_there_with_two_it_shows_both(citizen: Client) -> None:
    with next_door_runs_nothing():
        assert citizen.get("/posting")["Location"] == BOARD
    page = text(citizen, "/posting")
    assert BOARD in page
    assert "/posting/H99.01.02" in page
    assert [a for _, a in Page(page).tags if "style" in a] == []


def test_english(citizen: Client) -> None:
    citizen.post("/language", {"language": "en", "next": BOARD})
    page = text(citizen)
    assert "Posted administrative procedures" in page
    assert "In force from 1 July 2025" in page
    assert "VND 2,000 for each page, from page 3 on: VND 1,000" in page
    assert "the same day" in page


def test_what_an_announcement_says_stands_in_its_own_words(citizen: Client) -> None:
    code = announced(moment(26, 9))
    with connection.cursor() as cursor:
        cursor.execute("SELECT version_id FROM processes_adoption LIMIT 1")
        cursor.execute(
            "INSERT INTO processes_adoption (id, agency, procedure, variant, version_id, valid_from)"
            " VALUES (%s, %s, %s, 'v1', %s, '2026-01-01')",
            [uuid7(), COMMUNE, code, cursor.fetchone()[0]],
        )
    page = text(citizen, f"{BOARD}?q={code}")
    assert "&lt;b&gt;" in page
    assert "20.000 vnđ/tờ khai" in page
    assert "“5”, bản công bố không ghi rõ ngày hay ngày làm việc" in page
    assert "không thu" not in page[page.index("<table") :]


@pytest.mark.parametrize("more", [0, 1_200])
def test_it_asks_the_database_as_often_for_many_as_for_few(citizen: Client, more: int) -> None:
    _post_more(more)
    text(citizen)
    with statements(most=5):
        page = text(citizen)
    assert len(codes(page)) == (40 if more else len(adopted()))


def test_more_than_a_thousand_go_page_by_page_each_once(citizen: Client) -> None:
    _post_more(1_200)
    address, seen = BOARD, []
    while address:
        page = text(citizen, address)
        seen += codes(page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = BOARD + following[1].replace("&amp;", "&") if following else ""
    assert sorted(seen) == sorted(adopted())
    assert len(seen) == len(set(seen)) > 1_200


_LIKE = """
INSERT INTO {table} SELECT (jsonb_populate_record(one, jsonb_build_object({changed}))).*
FROM {table} one, generate_series(1, %s) n WHERE {where}
"""


def _post_more(count: int) -> None:
    """Procedures like an existing one, that the commune runs too."""
    new = "'procedure_id', '8.' || n, 'id', gen_random_uuid(), 'head_seq', 0"
    body = "'body', jsonb_set(body, '{code}', to_jsonb('8.' || n))"
    with connection.cursor() as cursor:
        for table, changed, where in (
            ("catalogue_procedure", "'code', '8.' || n", "code = %s"),
            ("catalogue_version", f"{new}, {body}", "procedure_id = %s"),
            ("processes_adoption", "'procedure', '8.' || n, 'id', gen_random_uuid()", "procedure = %s"),
        ):
            cursor.execute(_LIKE.format(table=table, changed=changed, where=where), [count, MARITAL])
