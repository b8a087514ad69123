"""An inter-agency dossier as each reads it: the applicant, the lead's desk, another agency; for axe and a telephone."""

import pytest

from motcua.accounts.operations import session_digest
from motcua.dossiers.tracked import token_of
from motcua.parties.selectors import citizen
from tests.browser.test_every_page import NARROW
from tests.support.axe import faults
from tests.support.bundle import residence
from tests.support.citizens import citizen_session
from tests.support.combined import FromHome
from tests.support.lives import plain
from tests.support.scenes import AT
from tests.support.site import pages_at
from tests.support.visits import Site, Visit

pytestmark = pytest.mark.browser


def test_each_reads_what_is_theirs(site: Site, one_tab: Visit) -> None:
    tuyet = citizen(session_digest=session_digest(citizen_session("tuyet", at=AT)), at=AT)
    assert tuyet is not None
    bundle = residence(
        FromHome(questions={"residence": "yes"}, party=tuyet.id).registered(), outcome="refused"
    )
    one_tab.complaints.clear()
    with pages_at(AT):
        for login, path, shown in (
            (None, f"/t/{token_of(plain(bundle.code))}", "Bảo hiểm xã hội cơ sở Mẫu"),
            ("tiepnhan1", f"/dossiers/{bundle.code}", "Các cơ quan cùng giải quyết"),
            ("citizen:tuyet", f"/my/dossiers/{bundle.code}", "Bảo hiểm xã hội cơ sở Mẫu"),
            ("citizen:tuyet", f"/my/dossiers/{bundle.code}/sent", "Trẻ thường trú cùng ai?"),
            ("the.bhxh", f"/dossiers/{bundle.code}.2", "Phần việc của hồ sơ liên thông"),
        ):
            site.begin(one_tab, login)
            assert one_tab.go(path) == 200
            assert shown in one_tab.tab.content()
            assert faults(one_tab.tab) == []
            one_tab.tab.set_viewport_size({"width": NARROW, "height": 800})
            assert one_tab.tab.evaluate("document.documentElement.scrollWidth") <= NARROW
    assert one_tab.complaints == []
