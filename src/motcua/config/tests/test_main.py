import socket

import pytest

from motcua.cli import commands
from motcua.cli.commands import COMMANDS, Command
from motcua.cli.errors import CliError
from motcua.cli.up import refuse_taken_port
from motcua.config.main import main


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(list(words))
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def test_without_words_it_lists_the_commands(capsys):
    status, out, _ = run(capsys)
    assert status == 0
    assert all(f"motcua {command.name}" in out for command in COMMANDS if commands.exists(command))


def test_an_unknown_command_is_refused_in_two_sentences(capsys):
    status, out, err = run(capsys, "uup")
    assert (status, out) == (2, "")
    assert err.splitlines() == [
        "Không có lệnh `motcua uup`. Xem danh sách: `motcua --help`.",
        "There is no command `motcua uup`. See `motcua --help`.",
    ]


def test_the_first_word_of_a_family_lists_the_family(capsys):
    status, out, err = run(capsys, "ledger")
    assert (status, err) == (0, "")
    assert "motcua ledger check" in out
    assert "motcua up" not in out
    assert run(capsys, "bench", "--help")[1].count("motcua bench") == 4


def test_the_help_of_the_clock_shows_a_line(capsys):
    assert '"received_at": "2026-08-24T09:10:00+07:00"' in run(capsys, "clock", "--help")[1].replace("\n", "")


def test_a_command_on_an_empty_folder_says_how_to_begin(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("MOTCUA_VAR", str(tmp_path))
    status, out, err = run(capsys, "work")
    assert (status, out) == (2, "")
    assert err.startswith("Chưa có hệ thống nào trong")
    assert list(tmp_path.iterdir()) == []


def test_init_asks_which(capsys):
    status, _, err = run(capsys, "init")
    assert status == 2
    assert "motcua init --live" in err


def test_help_of_a_command_names_its_options(capsys):
    status, out, _ = run(capsys, "up", "--help")
    assert status == 0
    assert "--port" in out


def test_a_wrong_option_is_no_traceback(capsys):
    status, _, err = run(capsys, "up", "--port", "eighty")
    assert status == 2
    assert "--port" in err


def test_a_taken_port_is_named():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CliError, match=f"cổng {port}"):
            refuse_taken_port("127.0.0.1", port)
    refuse_taken_port("127.0.0.1", port)


def test_longer_names_win_and_the_rest_are_the_arguments(monkeypatch):
    said = COMMANDS[0].help
    both = (Command("ledger", "a:b", said), Command("ledger check", "c:d", said))
    monkeypatch.setattr(commands, "COMMANDS", both)
    found = commands.find(["ledger", "check", "--all"])
    assert found is not None
    assert (found[0].module, found[0].function, found[1]) == ("c", "d", ["--all"])
    assert commands.find(["check"]) is None
