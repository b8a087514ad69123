"""`motcua clock` as a person runs it: a file, a pipe, a bad line, a reader that leaves."""

import json
import subprocess
import sys

LINE = json.dumps(
    {"id": "a", "received_at": "2026-08-24T09:10:00+07:00", "limit": {"value": 3, "unit": "working_day"}}
)


def motcua(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "motcua.config.main", "clock", *words]
    return subprocess.run(command, input=given, capture_output=True, text=True, check=False, timeout=60)


def test_lines_from_standard_input():
    done = motcua(given=LINE + "\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["due_at"] == "2026-08-27T17:00:00+07:00"


def test_a_bad_line_is_answered_and_told_by_the_exit_status(tmp_path):
    file = tmp_path / "lines.jsonl"
    file.write_text(f"what?\n{LINE}\n", encoding="utf-8")
    done = motcua(str(file))
    assert (done.returncode, done.stderr) == (1, "")
    first, second = map(json.loads, done.stdout.splitlines())
    assert list(first) == ["id", "error"]
    assert second["id"] == "a"


def test_a_missing_file_is_said_in_a_sentence(tmp_path):
    done = motcua(str(tmp_path / "none.jsonl"))
    assert done.returncode == 2
    assert "Không đọc được tệp" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_leaves_is_no_error(tmp_path):
    file = tmp_path / "lines.jsonl"
    file.write_text((LINE + "\n") * 20_000, encoding="utf-8")
    command = [sys.executable, "-m", "motcua.config.main", "clock", str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline().startswith(b'{"id":"a"')
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0
