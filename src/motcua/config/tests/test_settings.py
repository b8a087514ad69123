"""What the settings make of the environment."""

import pytest

from motcua.config import settings


@pytest.mark.parametrize(("pool", "limits"), [(0, None), (2, "-c lock_timeout=10s -c statement_timeout=30s")])
def test_only_the_web_server_gives_up_waiting(monkeypatch, pool, limits):
    monkeypatch.setattr(settings, "_POOL", pool)
    found = settings._database("host=/run/x dbname=motcua_live user=motcua_app")
    assert found["OPTIONS"].get("options") == limits
    assert ("pool" in found["OPTIONS"]) is bool(pool)


def test_options_of_the_address_are_kept(monkeypatch):
    monkeypatch.setattr(settings, "_POOL", 2)
    found = settings._database("dbname=x options='-c search_path=a'")
    assert found["OPTIONS"]["options"] == "-c search_path=a -c lock_timeout=10s -c statement_timeout=30s"
