"""Provinces and communes of today, two levels since 2025-07-01, read once per process."""

import csv
import difflib
import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files

from motcua.kernel.text import fold, sort_key

_KINDS = ("thanh pho ", "tinh ", "xa ", "phuong ", "dac khu ")


@dataclass(frozen=True, slots=True)
class Province:
    """A province or city, and its communes by code in alphabetical order."""

    code: str
    name: str
    communes: Mapping[str, str] = field(hash=False)


@functools.cache
def provinces() -> Mapping[str, Province]:
    """The provinces in force, by code in alphabetical order."""
    text = (files("motcua.agencies") / "data" / "administrative_units.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(text.splitlines()) if not row["valid_to"]]
    rows.sort(key=lambda row: sort_key(bare(row["name"])))
    return {
        row["code"]: Province(
            row["code"],
            row["name"],
            {one["code"]: one["name"] for one in rows if one["parent"] == row["code"]},
        )
        for row in rows
        if not row["parent"]
    }


def bare(name: str) -> str:
    """A name without the word for its kind ("Phường Ba Đình": "Ba Đình")."""
    kind = next((each for each in _KINDS if fold(name).startswith(each.strip() + " ")), "")
    return name.split(" ", len(kind.split()))[-1] if kind else name


@functools.lru_cache(maxsize=64)
def _by_words(province: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code, name in provinces()[province].communes.items():
        for said in {fold(name), fold(bare(name))}:
            found[said] = (*found.get(said, ()), code)
    return found


def commune_of(province: str, typed: str) -> str | None:
    """The code of the commune that `typed` names, by code or name, with or without accents and its kind; None where
    no one commune is meant. A name with its accents decides between two that are alike without."""
    communes = provinces()[province].communes
    if typed in communes:
        return typed
    found = _by_words(province).get(fold(typed), ())
    if len(found) > 1:
        found = tuple(
            c for c in found if typed.casefold() in (communes[c].casefold(), bare(communes[c]).casefold())
        )
    return found[0] if len(found) == 1 else None


def address_in(text: str) -> dict[str, str]:
    """The address that a line of text ends with, "Số 3 Đường Mẫu, Xã Mẫu, Tỉnh Mẫu": province, commune and what stands
    before them; nothing where it does not end with one commune of today and its province."""
    *before, commune, province = ["", "", *(part.strip() for part in text.split(","))]
    named = {fold(said): code for code, one in provinces().items() for said in (one.name, bare(one.name))}
    code = named.get(fold(province).removeprefix("tp. ").removeprefix("tp "))
    found = commune_of(code, commune) if code and not commune.isdigit() else None
    if code is None or found is None:
        return {}
    detail = ", ".join(part for part in before if part)
    return {"province": code, "commune": found} | ({"detail": detail} if detail else {})


def near(province: str, typed: str) -> tuple[str, ...]:
    """Up to three names that look like what was typed."""
    communes, known = provinces()[province].communes, _by_words(province)
    if fold(typed) in known:
        return tuple(communes[code] for code in known[fold(typed)][:3])
    alike = difflib.get_close_matches(fold(typed)[:60], known, n=3, cutoff=0.75)
    return tuple(dict.fromkeys(communes[known[each][0]] for each in alike))
