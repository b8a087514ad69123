"""`motcua import catalogue`: what is new or changed becomes a version, a broken line breaks nothing else."""

import gzip
import json
import os
from datetime import date

import pytest
from django.db import connection

from motcua.catalogue.listing import listing
from motcua.catalogue.models import Announcement, Finding, Procedure, Version
from motcua.catalogue.selectors import offer
from motcua.cli import national
from motcua.cli.errors import CliError
from motcua.kernel.errors import NotFound
from motcua.kernel.time import local, now
from motcua.ledger.selectors import history
from tests.support.world import COMMUNE

pytestmark = pytest.mark.django_db
WIDE = 400


def record(code: str, **changes):
    return {
        "MATTHC": code,
        "TENTTHC": f"Thủ tục {code}",
        "COQUANCONGBO": "Bộ Mẫu",
        "LINHVUCTHUCHIEN": [{"MALINHVUC": "", "TENLINHVUC": "Mẫu"}],
        "COQUANTHUCHIEN": [{"MADONVI": "", "TENDONVI": "Sở Mẫu"}],
        "CACHTHUCTHUCHIEN": [
            {
                "KENH": "1",
                "THOIGIAN": [{"THOIGIANGIAIQUYET": "3", "DONVITINH": "", "MOTA": "", "PHILEPHI": []}],
            }
        ],
        "SOQUYETDINH": "1/QĐ-BM",
        **changes,
    }


def written(path, *records, end="\n"):
    lines = [r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in records]
    path.write_text("\n".join(lines) + end, encoding="utf-8")
    return path


@pytest.fixture
def said(monkeypatch, capsys):
    """What the command prints, on a screen wide enough."""
    monkeypatch.setattr(national.console, "width", WIDE, raising=False)
    return lambda: capsys.readouterr().out


def taken() -> tuple[int, int, int]:
    return Procedure.objects.count(), Version.objects.count(), Announcement.objects.count()


CODES = ("9.100001", "9.100002", "9.100003")


def test_new_then_the_same_then_changed_gone_and_broken(tmp_path, said):
    first = written(tmp_path / "one.jsonl", *(record(code) for code in CODES))
    before = taken()
    assert national.catalogue(first) == 0
    after = taken()
    assert [b - a for a, b in zip(before, after, strict=True)] == [3, 3, 3]
    assert "Thời hạn có số nhưng không có đơn vị" in said()
    types = [x.type for x in history(Version.objects.get(procedure_id=CODES[0]).id)]
    assert types == ["procedure_version_published", "procedure_imported"]

    assert national.catalogue(first) == 0
    assert taken() == after
    assert "không đổi" in said()

    second = written(
        tmp_path / "two.jsonl",
        record(CODES[0], TENTTHC="Tên mới"),
        '{"MATTHC": "9.100002", "TENTTHC": ',
        end="",
    )
    assert national.catalogue(second) == 1
    printed = said()
    assert f"{CODES[0]} title.vi: “Thủ tục {CODES[0]}” -> “Tên mới”" in printed
    assert "Dòng 2:" in printed
    assert f"{CODES[2]}: không còn trong danh mục, đóng" in printed
    assert CODES[1] not in [c.code for c in Procedure.objects.exclude(closed_on=None)], (
        "its line is only broken"
    )
    assert [v.number for v in Version.objects.filter(procedure_id=CODES[0]).order_by("number")] == [1, 2]
    today = local(now()).date()
    with pytest.raises(NotFound):
        offer(CODES[2], agency=COMMUNE, province=None, on=today)
    assert Version.objects.filter(procedure_id=CODES[2]).exists(), "closed, not deleted"
    closed = [x.type for x in history(Version.objects.get(procedure_id=CODES[2]).id)]
    assert closed[-1] == "procedure_closed"

    assert national.catalogue(first) == 0
    assert Procedure.objects.get(code=CODES[2]).closed_on is None, "named again"
    told = [x.type for x in history(Version.objects.get(procedure_id=CODES[2]).id)]
    assert told[-2:] == ["procedure_closed", "procedure_reopened"]


@pytest.mark.parametrize("stated", ["1e99999999", "9" * 5000, "99999999", "-3"])
def test_a_number_no_clock_can_count_is_a_finding_and_harmless(tmp_path, stated):
    row = {"THOIGIANGIAIQUYET": stated, "DONVITINH": "Ngày làm việc", "MOTA": "",
           "PHILEPHI": [{"MAPHILEPHI": "", "SOTIEN": stated, "DONVI": "VNĐ", "MOTA": ""}]}  # fmt: skip
    ways = [{"KENH": "1", "THOIGIAN": [row]}]
    assert national.catalogue(written(tmp_path / "one.jsonl", record(CODES[0], CACHTHUCTHUCHIEN=ways))) == 0
    assert "limit_uncountable" in Finding.objects.filter(procedure_id=CODES[0]).values_list("what", flat=True)
    (variant,) = offer(CODES[0], agency=COMMUNE, province=None, on=local(now()).date()).version.variants
    assert [each.limit.unit.value for each in variant.channels] == ["unknown"]


def test_a_key_and_a_file_name_of_broken_letters_break_nothing_else(tmp_path, said):
    path = tmp_path / os.fsdecode(b"\xff.jsonl")
    keys = ("\ud800", "\x00", "plain")
    path.write_text(
        "\n".join(json.dumps({**record(code), key: "x"}) for code, key in zip(CODES, keys, strict=True))
    )
    assert national.catalogue(path) == 1
    assert "Dòng 1:" in said()
    assert set(Procedure.objects.filter(code__in=CODES).values_list("code", flat=True)) == set(CODES[1:])


def test_a_list_forgets_what_closed_while_another_was_opened_again(tmp_path):
    first, second, third = (record(code) for code in CODES)

    def listed():
        return {one.code for one in listing(on=local(now()).date()).all} & set(CODES)

    national.catalogue(written(tmp_path / "all.jsonl", first, second, third))
    national.catalogue(written(tmp_path / "one.jsonl", first, third))
    assert listed() == {CODES[0], CODES[2]}
    national.catalogue(written(tmp_path / "two.jsonl", second, third))
    assert listed() == {CODES[1], CODES[2]}


def test_a_preview_writes_nothing(tmp_path, said):
    before = taken()
    path = written(tmp_path / "one.jsonl", record(CODES[0]), record("1.004873"))
    assert national.catalogue(path, dry_run=True) == 0
    assert taken() == before
    printed = said()
    assert "chưa ghi gì" in printed
    assert "1 mới" in printed
    assert "1 giữ phiên bản soạn ở đây" in printed, "what was drafted here is not said to change"


def test_findings_are_those_of_the_last_record(tmp_path):
    national.catalogue(written(tmp_path / "one.jsonl", record(CODES[0])))
    whole = {
        "KENH": "1",
        "THOIGIAN": [{"THOIGIANGIAIQUYET": "3", "DONVITINH": "Ngày", "MOTA": "", "PHILEPHI": []}],
    }
    assert "unit_blank" in Finding.objects.filter(procedure_id=CODES[0]).values_list("what", flat=True)
    national.catalogue(written(tmp_path / "two.jsonl", record(CODES[0], CACHTHUCTHUCHIEN=[whole])))
    assert "unit_blank" not in Finding.objects.filter(procedure_id=CODES[0]).values_list("what", flat=True)


def test_what_was_drafted_here_stays_and_the_difference_is_found(tmp_path):
    version = offer("1.004873", agency=COMMUNE, province=None, on=date(2026, 8, 24)).version_id
    national.catalogue(written(tmp_path / "one.jsonl", record("1.004873")))
    assert offer("1.004873", agency=COMMUNE, province=None, on=date(2026, 12, 1)).version_id == version
    assert "drafted_here" in Finding.objects.filter(procedure_id="1.004873").values_list("what", flat=True)


def test_many_gone_at_once_are_rather_a_file_that_is_not_whole(tmp_path, said):
    many = [record(f"9.2000{n:02}") for n in range(40)]
    national.catalogue(written(tmp_path / "one.jsonl", *many))
    few = written(tmp_path / "two.jsonl", *many[:30])
    said()
    assert national.catalogue(few) == 0
    assert "không đóng thủ tục nào" in said()
    assert not Procedure.objects.exclude(closed_on=None).exists()
    national.catalogue(few, close_all=True)
    assert Procedure.objects.exclude(closed_on=None).count() == 10


def test_a_cut_file_loads_what_is_there_and_closes_nothing(tmp_path, said):
    whole = tmp_path / "one.jsonl.gz"
    lines = "".join(json.dumps(record(f"9.3{n:05}"), ensure_ascii=False) + "\n" for n in range(300))
    whole.write_bytes(gzip.compress(lines.encode()))
    cut = tmp_path / "cut.jsonl.gz"
    cut.write_bytes(whole.read_bytes()[:-200])
    before = taken()
    assert national.catalogue(cut) == 1
    got = taken()[0] - before[0]
    assert 0 < got < 300
    assert "Tệp bị cắt sau dòng" in said()
    assert national.catalogue(whole) == 0
    assert taken()[0] - before[0] == 300
    national.catalogue(cut)
    assert not Procedure.objects.exclude(closed_on=None).exists()


@pytest.mark.parametrize(
    "content",
    [
        b"\x00\xff\xfe binary",
        "Mã;Tên\n1.000001;Tên\n".encode("utf-16"),
        b'[{"MATTHC": "1.000001"}]',
        b"%PDF-1.7\n%\xe2\xe3\n",
        b"<html><body>1.000001</body></html>",
    ],
)
def test_what_is_no_such_file_is_reported_and_harmless(tmp_path, said, content):
    path = tmp_path / "odd"
    path.write_bytes(content)
    before = taken()
    assert national.catalogue(path) == 1
    assert taken() == before
    assert "Dòng 1:" in said()


def test_a_doubled_code_is_taken_once(tmp_path, said):
    path = written(tmp_path / "one.jsonl", record(CODES[0]), record(CODES[0], TENTTHC="Khác"))
    assert national.catalogue(path) == 1
    assert "đã có ở dòng 1" in said()
    assert Procedure.objects.get(code=CODES[0]).title == f"Thủ tục {CODES[0]}"


def test_a_file_that_cannot_be_read_is_said(tmp_path):
    with pytest.raises(CliError):
        national.catalogue(tmp_path / "none.jsonl")


def test_a_record_refused_half_way_leaves_nothing(tmp_path, monkeypatch):
    """The version and the record beside it are one unit."""
    before = taken()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_event")
        events = cursor.fetchone()

    def refuses(*given, **told):
        raise NotFound("hỏng", "broken")

    monkeypatch.setattr("motcua.catalogue.operations.importing._keep", refuses)
    with pytest.raises(NotFound):
        national.catalogue(written(tmp_path / "one.jsonl", record(CODES[0])))
    assert taken() == before
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_event")
        assert cursor.fetchone() == events
