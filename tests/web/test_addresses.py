"""Addresses that nobody's page has made: the first page of a list, and no broken one."""

from datetime import timedelta

import pytest

from motcua.kernel.time import now
from motcua.web.common.dong_field import DongField
from tests.support.pages import plain_static, visitor
from tests.support.situations import dossier_in

pytestmark = pytest.mark.django_db
ID = "00000000-0000-0000-0000-000000000001"
NO_KEYS = (
    f"2026-01-01T00:00:00+23:59_{ID}",  # Python knows this zone, the database does not
    f"2026-01-01T00:00:00+00:00:01.5_{ID}",
    f"0001-01-01T00:00:00+14:00_{ID}",
    f"9999-12-31T23:59:59-14:00_{ID}",
    "\x00",
)
LISTS = (
    ("tiepnhan1", ("/results", "/register", "/results/manifests", "/dossiers", "/inbox")),
    ("truongquay", ("/board",)),
    ("thuquy", ("/payments/books",)),
)


@pytest.mark.parametrize(("login", "pages"), LISTS)
def test_a_key_that_is_none_begins_at_the_first_page(login, pages):
    code = dossier_in("ready", since=now() - timedelta(days=3))["code"]
    with plain_static():
        client = visitor(login, at=now())
        found = {page: client.get(page).text for page in pages}
        assert code in found.get("/results", code)
        for page in pages:
            for key in NO_KEYS:
                answer = client.get(page, {"after": key})
                assert answer.status_code == 200, (page, key)
                assert (code in answer.text) == (code in found[page]), (page, key)


@pytest.mark.parametrize("typed", ["9" * 5000, "9" * 21, "10000000001", "-1", "1e3", "١٠"])
def test_an_amount_that_is_none_is_refused_and_breaks_nothing(typed):
    with pytest.raises(Exception, match="chữ số"):
        DongField().clean(typed)
