"""Words people search by, of whatever letters they are."""

import pytest

from motcua.dossiers import selectors
from motcua.flows.reception import receive
from tests.support.acts import act, moment
from tests.support.world import intake, viewer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "words", ["anh tuyet", "ÁNH  TUYẾT", "Ánh\x00 Tuyết", "\x00", "h99.01.01-260824", "%", "_"]
)
def test_any_words_are_answered(words):
    code = act("tiepnhan1", moment(24, 9), receive, intake=intake()).row["code"]
    page = selectors.dossiers(viewer=viewer("tiepnhan1"), at=moment(24, 10), words=words)
    assert [line.code for line in page.lines] == ([] if words in "%_" and words else [code])
