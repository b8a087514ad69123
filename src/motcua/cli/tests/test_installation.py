import pytest

from motcua.cli import installation
from motcua.cli.errors import CliError


@pytest.fixture
def var(tmp_path, monkeypatch):
    monkeypatch.delenv("MOTCUA_INSTALLATION", raising=False)
    monkeypatch.setenv("MOTCUA_VAR", str(tmp_path))
    (tmp_path / "keys").mkdir()
    return tmp_path


def test_an_empty_folder_says_how_to_begin(var):
    with pytest.raises(CliError, match=r"chạy `motcua up` hoặc `motcua init --live` trước") as refused:
        installation.settle(var)
    assert "run `motcua up` or `motcua init --live` first" in refused.value.en


@pytest.mark.parametrize("kind", ["trial", "live"])
def test_an_installation_stays_what_it_was_made(var, kind):
    assert installation.settle(var, create=kind) == kind
    installation.mark(var, kind)
    installation.mark(var, "live" if kind == "trial" else "trial")  # the first word stands
    assert installation.settle(var) == kind
    assert (var / "installation").read_text() == kind + "\n"


@pytest.mark.parametrize(("is_there", "told", "create"), [
    ("trial", None, "live"), ("live", None, "trial"), ("trial", "live", None), (None, "live", "trial"),
])  # fmt: skip
def test_one_never_becomes_the_other(var, monkeypatch, is_there, told, create):
    if is_there:
        installation.mark(var, is_there)
    if told:
        monkeypatch.setenv("MOTCUA_INSTALLATION", told)
    with pytest.raises(CliError, match="a trial never becomes live|không bao giờ"):
        installation.settle(var, create=create)


def test_an_unknown_kind_is_refused(var, monkeypatch):
    monkeypatch.setenv("MOTCUA_INSTALLATION", "production")
    with pytest.raises(CliError, match="production"):
        installation.settle(var, create="live")


def test_the_environment_alone_makes_no_installation(var, monkeypatch):
    monkeypatch.setenv("MOTCUA_INSTALLATION", "live")
    with pytest.raises(CliError, match="Chưa có hệ thống"):
        installation.settle(var)


def test_keys_are_made_once_for_their_owner_only(var):
    installation.make_keys(var)
    first = {path.name: path.read_text() for path in (var / "keys").iterdir()}
    installation.make_keys(var)
    assert {path.name: path.read_text() for path in (var / "keys").iterdir()} == first
    assert sorted(first) == ["installation_key", "secret_key"]
    assert {len(bytes.fromhex(key.strip())) for key in first.values()} == {32}
    assert {path.stat().st_mode & 0o777 for path in (var / "keys").iterdir()} == {0o600}


def test_var_is_told_or_lies_beside_the_project(tmp_path, monkeypatch):
    monkeypatch.setenv("MOTCUA_VAR", str(tmp_path / "elsewhere"))
    assert installation.var_folder() == tmp_path / "elsewhere"
    monkeypatch.delenv("MOTCUA_VAR")
    deep = tmp_path / "src" / "deep"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    (tmp_path / "pyproject.toml").touch()
    assert installation.var_folder() == tmp_path / "var"
