"""A line signed for by two receivers at one moment: one signature stands; without the lock the ledger holds it."""

import threading

import pytest
from django.db import IntegrityError

from motcua.dossiers import operations
from motcua.flows import manifests
from motcua.kernel.errors import NotAllowedNow
from motcua.kernel.unit_of_work import Request, unit_of_work
from tests.support.acts import moment
from tests.support.lives import row_of
from tests.support.streams import count
from tests.support.together import all_at_once
from tests.support.travelling import papers_sent
from tests.support.world import actor

pytestmark = pytest.mark.django_db(transaction=True)
AT = moment(24, 9)


def both(sent):
    line = {("papers", sent["papers_open"]): ("received", "")}

    def signs(login):
        who = actor(login, at=moment(24, 10))
        with unit_of_work(actor=who, at=moment(24, 10), request=Request.fresh(), origin="simulated"):
            told = {"manifest": sent["paper_manifest"], "lines": line}
            return manifests.sign(actor=who, at=moment(24, 10), **told)

    before = count("ledger_event")
    answers = all_at_once(signs, ["tuphap1", "vanthu"])
    assert count("ledger_event") == before + 1
    assert row_of(sent["papers_open"])["head_seq"] == 3, "received, sent, signed for once"
    return answers


def test_of_two_receivers_at_once_one_signs():
    assert sum(isinstance(answer, NotAllowedNow) for answer in both(papers_sent(AT))) == 1


def test_the_control_without_the_dossiers_lock_the_ledger_holds_it(monkeypatch):
    together = threading.Barrier(2)

    def unlocked(codes):
        rows = {code: operations.look(code) for code in codes}
        together.wait(10)
        return rows

    given = papers_sent(AT)
    monkeypatch.setattr(manifests.dossiers, "lock_several", unlocked)
    answers = both(given)
    assert sum(isinstance(answer, IntegrityError) for answer in answers) == 1
