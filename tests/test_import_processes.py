"""`motcua import processes`: what is new or changed becomes a version, a broken one breaks no other."""

import json
from pathlib import Path

import pytest

from motcua.cli import export, processes as command
from motcua.cli.errors import CliError
from motcua.kernel.time import now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import history
from motcua.processes.models import Version
from motcua.processes.operations import publish
from motcua.processes.selectors import latest_versions, version
from tests.support.issued import process, row, time
from tests.support.tables import approve, row as row_, seal, table
from tests.support.world import SYSTEM

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).parents[1].parent / "shared" / "data" / "internal_processes.json"


def written(path, *processes):
    path.write_text(json.dumps(list(processes), ensure_ascii=False), encoding="utf-8")
    return path


def versions(code):
    return list(Version.objects.filter(code=code).order_by("number"))


def test_new_then_the_same_then_changed_and_broken(tmp_path, capsys):
    first = written(tmp_path / "one.json", process("MAU-01"), process("MAU-02", process_code="QT MAU-01"))
    assert command.take_processes(first) == 0
    assert "code_not_unique" in capsys.readouterr().out
    (one,) = versions("MAU-01")
    told = history(one.id)
    assert [event.type for event in told] == ["process_version_published", "process_imported"]
    assert (told[1].data["file"], told[1].data["place"]) == ("one.json", "[0]")
    assert bytes(one.imported_digest).hex() == told[1].data["record_digest"]

    assert command.take_processes(first) == 0
    assert "không đổi" in capsys.readouterr().out
    assert [len(versions(code)) for code in ("MAU-01", "MAU-02")] == [1, 1]

    changed = process("MAU-01", title="Tên mới")
    changed["steps"][1]["times"] = [time("2")]
    second = written(
        tmp_path / "two.json",
        changed,
        process("MAU-03", steps=[row(1, "receive", "Vua", time("1"))]),
        process("MAU-04"),
        {"id": "MAU-05"},
        7,
        process("MAU-04"),
    )
    assert command.take_processes(second) == 1
    out = capsys.readouterr().out
    assert "title.vi: “Quy trình mẫu MAU-01” -> “Tên mới”" in out
    assert "steps[examine].times[0].value: “1” -> “2”" in out
    assert "[1] MAU-03: steps[0].role: chưa có vị trí nào ứng với “Vua”" in out
    assert "[3] MAU-05: title" in out
    assert "[5] MAU-04: id: MAU-04 đã có ở [2]" in out
    assert "Traceback" not in out
    assert [v.number for v in versions("MAU-01")] == [1, 2]
    assert (len(versions("MAU-03")), len(versions("MAU-04"))) == (0, 1)


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"{", b"[" * 100_000, b'[{"id": "\\ud800"}]'])
def test_a_broken_file_is_one_line_and_changes_nothing(tmp_path, capsys, content):
    path = tmp_path / "broken.json"
    path.write_bytes(content)
    before = Version.objects.count()
    assert command.take_processes(path) == 1
    assert "Traceback" not in capsys.readouterr().out
    assert Version.objects.count() == before


def test_a_file_that_is_not_there_is_told():
    with pytest.raises(CliError, match="Không đọc được"):
        command.take_processes(Path("/nowhere/at/all.json"))


def test_a_preview_writes_nothing(tmp_path, capsys):
    before = Version.objects.count()
    assert command.take_processes(written(tmp_path / "one.json", process()), dry_run=True) == 0
    assert "chưa ghi gì" in capsys.readouterr().out
    assert Version.objects.count() == before


def test_a_process_drafted_here_since_keeps_its_version(tmp_path, capsys):
    path = written(tmp_path / "one.json", process("MAU-01"))
    command.take_processes(path)
    (one,) = versions("MAU-01")
    drafted = {**one.body, "title": {"vi": "Sửa ở đây"}}
    at = now()
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh()):
        publish(document=drafted, actor=SYSTEM, at=at)
    capsys.readouterr()
    assert command.take_processes(path) == 0
    out = capsys.readouterr().out
    assert "giữ phiên bản soạn ở đây" in out
    assert "title.vi: “Sửa ở đây” -> “Quy trình mẫu MAU-01”" in out
    assert [v.number for v in versions("MAU-01")] == [1, 2]


@pytest.mark.skipif(not SOURCE.is_file(), reason="the sources are not beside the repository")
def test_the_forty_three_come_in_once(capsys):
    before = Version.objects.count()
    assert command.take_processes(SOURCE) == 0
    assert Version.objects.count() == before + 43
    assert "     43 mới · new" in capsys.readouterr().out
    assert command.take_processes(SOURCE) == 0
    assert "     43 không đổi · unchanged" in capsys.readouterr().out
    assert Version.objects.count() == before + 43
    last = [version(version_id).code for _, version_id in latest_versions()]
    assert len(last) == len(set(last))
    assert {"CT-02", "CT-06", "QT-2.000815"} <= set(last), "two levels and the shipped one of one procedure"


def exported(path, code="QT-1.004873", **options):
    assert export.process(code, path, **options) == 0
    return path


def test_what_is_exported_comes_in_again_unchanged(tmp_path, capsys):
    for name in ("one.bpmn", "one.json"):
        assert command.take_processes(exported(tmp_path / name)) == 0
        assert "không đổi" in capsys.readouterr().out
    picture = exported(tmp_path / "one.svg", english=True).read_text(encoding="utf-8")
    assert "Approve: sign if valid" in picture


def test_a_bpmn_file_makes_a_process_and_a_changed_one_its_next_version(tmp_path, capsys):
    told = exported(tmp_path / "one.bpmn").read_text(encoding="utf-8")
    path = tmp_path / "mine.bpmn"
    path.write_text(told.replace('code="QT-1.004873"', 'code="VE-01"'), encoding="utf-8")
    assert command.take_processes(path) == 0
    path.write_text(path.read_text(encoding="utf-8").replace("Đóng dấu", "Đóng dấu đỏ"), encoding="utf-8")
    assert command.take_processes(path) == 0
    assert "steps[seal].work.vi" in capsys.readouterr().out
    assert [v.number for v in versions("VE-01")] == [1, 2]
    assert version(versions("VE-01")[0].id).steps == version(versions("QT-1.004873")[0].id).steps


def test_a_bpmn_file_that_is_none_is_one_line(tmp_path, capsys):
    path = tmp_path / "bad.bpmn"
    path.write_text('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', encoding="utf-8")
    before = Version.objects.count()
    assert command.take_processes(path) == 1
    assert capsys.readouterr().out.startswith("Dòng 1: tệp có khai báo DOCTYPE")
    assert Version.objects.count() == before


def test_a_process_past_every_approval_is_refused_and_holds_up_no_other(tmp_path, capsys):
    bad = table(row_("examine", ways={"past": "seal"}), approve(), seal())
    bad["code"] = "MAU-09"
    good = {**table(row_("examine"), approve(), seal()), "code": "MAU-10"}
    assert command.take_processes(written(tmp_path / "two.json", bad, good)) == 1
    assert "[0] MAU-09: steps[1].outcomes[0].to" in capsys.readouterr().out
    assert (len(versions("MAU-09")), len(versions("MAU-10"))) == (0, 1)


def test_an_export_is_never_written_over_another_file(tmp_path):
    path = exported(tmp_path / "one.json")
    with pytest.raises(CliError, match="Không ghi được"):
        export.process("QT-1.004873", path)
    with pytest.raises(CliError, match="phải kết thúc bằng"):
        export.process("QT-1.004873", tmp_path / "one.pdf")
    with pytest.raises(CliError, match="Không có quy trình"):
        export.process("nothing", tmp_path / "two.json")
    with pytest.raises(CliError, match="Không có quy trình"):
        export.process("QT-1.004873", tmp_path / "two.json", number=99)
