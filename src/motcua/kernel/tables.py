"""Each table declares its kind; grants, guards, replay and erasure read it here."""

from enum import StrEnum

from django.apps import apps


class Kind(StrEnum):
    """What may happen to a table's rows (design, law 1)."""

    FACT = "fact"  # appended, never changed
    CONTENT = "content"  # personal or bulky; written once, erasable by law
    PROJECTION = "projection"  # rebuilt by replay
    REFERENCE = "reference"  # versioned data
    OPERATIONAL = "operational"  # sessions, counters, cursors


def tables_of_kind(kind: Kind | str) -> list[str]:
    """Database names of all our tables of `kind`, sorted."""
    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        if model.__module__.startswith("motcua.") and getattr(model, "kind", None) == kind
    )
