"""Two people at one letter of apology: it is signed once, as it was seen."""

import pytest

from motcua.dossiers.states import Act
from motcua.flows import delays, progress
from motcua.kernel.errors import NotAllowedNow
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import check
from tests.support.acts import act
from tests.support.lives import brought_to, doings, plain, row_of
from tests.support.together import all_at_once, while_at_work
from tests.support.world import actor

pytestmark = pytest.mark.django_db(transaction=True)


def waiting():
    """A letter that waits: the dossier's code, the moment after, the event in which it was prepared."""
    code, at = brought_to("apologising")
    return code, at, plain(code)["delay"]["seq"]


def test_two_leaders_sign_at_once():
    code, at, seq = waiting()
    told = all_at_once(
        lambda login: act(login, at, delays.notify_delay, code=code, signs=seq), ("chutich", "phochutich")
    )
    assert sum(isinstance(answer, NotAllowedNow) for answer in told) == 1, told
    row = plain(code)
    assert (row["head_seq"], row["delay"]["signed"]) == (seq + 1, True)
    assert check().faults == ()


@pytest.mark.parametrize("first", ["prepared anew", "sent back", "withdrawn"])
def test_what_was_answered_or_replaced_meanwhile_is_not_signed(first):
    code, at, seq = waiting()
    anew = doings(at)[Act.PREPARE_DELAY]
    login, flow, told = {
        "prepared anew": ("tuphap2", anew.flow, anew.arguments),
        "sent back": ("phochutich", delays.send_back, {"signs": seq, "reason": "Hẹn gần hơn."}),
        "withdrawn": ("tiepnhan1", progress.withdraw, {"shown_by": "signed_paper"}),
    }[first]

    def slowly(wait):
        who = actor(login, at=at)
        with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
            flow(code=code, actor=who, at=at, **told)
            wait()

    answer = while_at_work(slowly, lambda: act("chutich", at, delays.notify_delay, code=code, signs=seq))
    assert isinstance(answer, NotAllowedNow), answer
    assert row_of(code)["apology_date"] is None
    assert check().faults == ()
