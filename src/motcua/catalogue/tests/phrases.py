"""What people type, with the procedures they mean, and how far an index finds them."""

from importlib.resources import files

from motcua.catalogue.search import Index

HERE = files("motcua.catalogue") / "tests"
Told = list[tuple[str, list[str]]]


def phrases(name: str) -> Told:
    """The phrases of a file with the codes of the procedures that each may mean."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    told = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(phrase, codes.split("|")) for phrase, codes in told]


def missed(index: Index, told: Told) -> list[str]:
    """The phrases of which no right procedure is among the first three."""
    return [phrase for phrase, codes in told if not set(codes) & set(index.find(phrase)[:3])]
