"""Where a page for all leads who wants to sign in: it does not know which citizen is in, and says nothing untrue."""

import pytest
from tests.support.citizens import citizen_client
from tests.support.pages import visitor

pytestmark = pytest.mark.django_db


def top(client, path):
    return client.get(path).text.partition('<div class="who tools">')[2].partition("</header>")[0]


@pytest.mark.parametrize("path", ["/", "/procedures", "/track", "/sign-in"])
def test_a_page_for_all_offers_each_their_own_door_also_to_a_citizen_who_is_in(at, path):
    for client in (visitor(at=at), citizen_client(at=at)):
        assert '<a class="plain" href="/sign-in">Cán bộ đăng nhập</a>' in top(client, path)
        menu = client.get(path).text.partition('<nav class="menu"')[2].partition("</nav>")[0]
        assert 'href="/my/dossiers">Hồ sơ của tôi</a>' in menu
        assert ">Đăng nhập</a>" not in client.get(path).text, "whose door it is stands on each"


def test_the_two_doors_lead_to_each_other(at):
    client = visitor(at=at)
    assert 'href="/my/dossiers">Người dân, doanh nghiệp đăng nhập ở đây' in client.get("/sign-in").text
    assert 'href="/sign-in">Cán bộ đăng nhập ở đây' in client.get("/my/sign-in").text


def test_where_no_citizen_can_sign_in_the_staff_s_door_stands_alone(at, settings):
    settings.IDENTITY = {**settings.IDENTITY, "issuer": ""}
    client = visitor(at=at)
    assert "/my/dossiers" not in client.get("/").text
    assert "/my/dossiers" not in client.get("/sign-in").text
    assert "Cán bộ đăng nhập" in top(client, "/")
