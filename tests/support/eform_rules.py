"""Rules and answers made by chance, the same at each run: what the two evaluators are compared on."""

import random
import unicodedata
from typing import Any

WORDS = (
    "",
    "yes",
    "no",
    "Đặng",
    unicodedata.normalize("NFD", "Đặng"),
    "2026-11-22",
    "2026-02-30",
    "1",
    "0",
    "ệ",
    "😀",
    "__proto__",
)
NUMBERS = (0, -0.0, 1, -1, 2, 0.1, 0.2, 1.5, 2**53 - 1, 2**53, -(2**53), 2**63, 10**25, 1e308, 5e-324)
SCALARS = (None, True, False, *WORDS, *NUMBERS)
KEYS = ("a", "b", "c", "constructor", "toString", "mục", "length")
PATHS = (*KEYS, "a.b", "b.c.a", "item.a", "item", "c.0", "a.length", "missing.path", "", "item.b.c")


def value(chance: random.Random, depth: int = 0) -> Any:
    """An answer: mostly a scalar, at times a list or an object."""
    kind = chance.random()
    if depth > 2 or kind < 0.7:
        return chance.choice(SCALARS)
    if kind < 0.85:
        return [value(chance, depth + 1) for _ in range(chance.randrange(4))]
    return answers(chance, depth + 1)


def answers(chance: random.Random, depth: int = 0) -> dict[str, Any]:
    """An object of answers."""
    return {key: value(chance, depth) for key in chance.sample(KEYS, chance.randrange(len(KEYS)))}


def rule(chance: random.Random, depth: int = 0) -> Any:
    """A rule that a definition may hold."""
    kind = chance.random()
    if depth > 4 or kind < 0.2:
        return chance.choice(SCALARS)
    if kind < 0.5:
        return {"var": chance.choice(PATHS)}
    if kind < 0.56:
        return [rule(chance, depth + 1) for _ in range(chance.randrange(4))]
    operator = chance.choice(("==", "!=", "<", "<=", ">", ">=", "and", "or", "!", "in", "if", "+", "-", "*"))
    count = {
        "!": 1,
        "and": chance.randint(1, 4),
        "or": chance.randint(1, 4),
        "if": chance.randint(3, 6),
        "-": chance.randint(1, 2),
    }.get(operator, chance.randint(1, 4) if operator in "+*" else 2)
    told = [rule(chance, depth + 1) for _ in range(count)]
    return {operator: told[0] if operator == "!" and not isinstance(told[0], list) else told}


def trials(count: int) -> list[tuple[Any, dict[str, Any], Any]]:
    """`count` rules with answers and the item they are asked in."""
    chance = random.Random(20_000)  # noqa: S311 - chance that must repeat
    return [(rule(chance), answers(chance), value(chance)) for _ in range(count)]
