"""The papers of a dossier as its page lists them."""

from dataclasses import replace

import pytest
from tests.support.lives import brought_to
from tests.support.world import viewer

from motcua.dossiers.selectors import dossier
from motcua.web.desk.facts import Facts
from motcua.web.desk.given import given

pytestmark = pytest.mark.django_db


def test_a_note_that_was_once_written_down_with_the_papers_is_not_listed_as_one():
    code, _at = brought_to("received")
    facts = Facts.of(dossier(code, viewer=viewer("tiepnhan1")))
    note = {"component": "note_scans", "kind": "note", "originals": 0, "copies": 0, "file_digests": []}
    with_note = replace(facts, row={**facts.row, "components": [*facts.row["components"], note]})
    assert given(with_note) == given(facts) != []
