"""Every module has its place in the house; import-linter sees to what it may look at."""

import re
import tomllib

from tests.house.tree import ROOT, SOURCE, nothing

CONFIGURATION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = {rule["id"]: rule for rule in CONFIGURATION["tool"]["importlinter"]["contracts"]}


def modules() -> set[str]:
    return {path.name for path in SOURCE.iterdir() if (path / "__init__.py").exists()}


def test_every_module_has_a_storey_and_every_storey_a_module():
    places = " | ".join(CONTRACTS["house"]["layers"])
    unborn = set(re.findall(r"\((\w+)\)", places))
    born = set(re.findall(r"\w+", places)) - unborn
    assert modules() - born - unborn == set()
    assert born - modules() == set()


def test_every_surface_is_kept_from_the_others():
    surfaces = {f"motcua.web.{path.parent.name}" for path in (SOURCE / "web").glob("*/__init__.py")}
    assert surfaces - {"motcua.web.common"} == set(CONTRACTS["surfaces"]["modules"])


def test_pure_rule_files_that_exist_are_under_contract():
    named = set(CONTRACTS["pure"]["source_modules"])
    missing = [name for name in named if not (ROOT / "src" / (name.replace(".", "/") + ".py")).exists()]
    nothing(missing)


def test_no_module_lies_outside_a_package():
    loose = {path.parent for path in SOURCE.rglob("*.py") if not (path.parent / "__init__.py").exists()}
    nothing(sorted(str(folder.relative_to(ROOT)) for folder in loose))
