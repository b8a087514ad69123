"""What the settings make of the environment."""

import pytest

from motcua.config import settings

PLANS = "-c plan_cache_mode=force_custom_plan"
PATIENCE = f"{PLANS} -c lock_timeout=3s -c statement_timeout=20s"


@pytest.mark.parametrize(("pool", "limits"), [(0, PLANS), (2, PATIENCE)])
def test_only_the_web_server_gives_up_waiting(monkeypatch, pool, limits):
    monkeypatch.setattr(settings, "_POOL", pool)
    found = settings._database("host=/run/x dbname=motcua_live user=motcua_app")
    assert found["OPTIONS"]["options"] == limits
    assert ("pool" in found["OPTIONS"]) is bool(pool)


def test_options_of_the_address_are_kept(monkeypatch):
    monkeypatch.setattr(settings, "_POOL", 2)
    found = settings._database("dbname=x options='-c search_path=a'")
    assert found["OPTIONS"]["options"] == f"-c search_path=a {PATIENCE}"
