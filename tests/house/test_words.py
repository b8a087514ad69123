"""One word for each thing (design section 2): the banned synonyms name nothing of ours."""

import ast
import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from tests.house.tree import ROOT, SOURCE, files, nothing

BANNED = {"case", "ticket", "workflow", "application"}

# What others named: the exact identifier, and whose it is.
FOREIGN = {
    "application": "WSGI's name for what config/wsgi.py offers",
    "get_wsgi_application": "Django",
    "WSGI_APPLICATION": "Django's setting",
    "BpmnWorkflow": "SpiffWorkflow",
    "Case": "Django's conditional expression",
    "SimpleTestCase": "Django",
    "TestCase": "Django",
    "TransactionTestCase": "Django",
}
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def banned_in(name: str) -> bool:
    """Whether one of the words `name` is made of is banned, in the singular or the plural."""
    words = {word.lower() for word in WORD.findall(name)}
    return bool(BANNED.intersection(words | {word.removesuffix("s") for word in words}))


def identifiers(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name, line
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield name, line
            case ast.keyword(arg=str(name)) | ast.alias(asname=str(name)):
                yield name, line
            case ast.alias(name=name):
                yield name.rpartition(".")[2], line
            case _:
                pass


def names_of_models() -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        if model.__module__.startswith("motcua."):
            yield from (model.__name__, meta.db_table)
            yield from (field.name for field in meta.get_fields())
            yield from (str(rule.name) for rule in [*meta.constraints, *meta.indexes])


def names_of_urls(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        yield str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from (str(pattern.namespace or ""), str(pattern.app_name or ""))
            yield from names_of_urls(pattern.url_patterns)
        else:
            yield str(pattern.name or "")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("case_number", True),
        ("UseCases", True),
        ("ticketId", True),
        ("WORKFLOWS", True),
        ("application_fee", True),
        ("casefold", False),
        ("applicant", False),
        ("IGNORECASE", False),
        ("showcase", False),
    ],
)
def test_the_words_of_a_name_are_told_apart(name, expected):
    assert banned_in(name) is expected


def test_identifiers():
    found = []
    for path in files(".py"):
        if path.is_relative_to(SOURCE):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            where = path.relative_to(ROOT)
            found += [
                f"{where}:{line}: {name}"
                for name, line in identifiers(tree)
                if banned_in(name) and name not in FOREIGN
            ]
    nothing(found)


def test_tables_fields_and_constraints():
    nothing(sorted({name for name in names_of_models() if banned_in(name)}))


def test_urls():
    nothing(sorted({name for name in names_of_urls(get_resolver().url_patterns) if banned_in(name)}))


def test_file_names():
    ours = [path.relative_to(ROOT) for path in files() if path.is_relative_to(SOURCE)]
    nothing([str(path) for path in ours if any(banned_in(part) for part in path.parts)])
