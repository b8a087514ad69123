"""Who hands in from home asks to pay less; the desk confirms it on the paper, or it is not less."""

from dataclasses import replace

import pytest

from motcua.catalogue.fees import Claim
from motcua.dossiers import projector
from motcua.dossiers.selectors import find_row
from motcua.flows import submissions
from motcua.flows.reception import submit
from motcua.kernel.time import now
from motcua.ledger.selectors import history
from tests.support.acts import act, moment
from tests.support.lives import MINUTE, plain
from tests.support.pages import plain_static, visitor
from tests.support.world import intake, viewer

pytestmark = pytest.mark.django_db
AT = moment(24, 9)
PAPER = "Sổ hộ nghèo số 12."


def handed_in(*claims):
    asked = replace(intake(channel="online"), claims=claims)
    return act("tiepnhan1", AT, submit, intake=asked).row["code"]


def accepted(code, **confirmed):
    row = find_row(code, viewer=viewer("tiepnhan1", at=AT))[0]
    told = {"good": ["online_form", "identity"], "found": ["residence"], "confirmed": confirmed}
    at = AT + MINUTE
    return act("tiepnhan1", at, submissions.accept, code=code, row=row, variant=row["variant"], **told).row


def fees(row):
    return [(fee["amount"], fee["exemption"]) for fee in row["fees"]]


def test_what_is_asked_for_is_kept_and_holds_once_the_desk_has_seen_the_paper():
    code = handed_in(Claim("poor", PAPER))
    row = plain(code)
    assert [claim["exemption"] for claim in row["claims"]] == ["poor"]
    assert PAPER not in str(history(row["id"])[0].data), "the words are content"
    with plain_static():
        page = visitor("tiepnhan1", at=now()).get(f"/dossiers/{code}/receive").content.decode()
    assert PAPER in page
    assert "Đúng diện được miễn, giảm" in page
    assert fees(accepted(code, poor=PAPER)) == [(0, "poor")]
    row = plain(code)
    (again,) = projector.replay(history(row["id"]))["dossiers_dossier"]
    assert again == row


def test_what_the_desk_does_not_confirm_is_paid():
    code = handed_in(Claim("poor", PAPER))
    ((amount, exemption),) = fees(accepted(code))
    assert amount > 0
    assert exemption is None


def test_nobody_confirms_what_was_not_asked_for():
    ((amount, exemption),) = fees(accepted(handed_in(), poor=PAPER))
    assert amount > 0
    assert exemption is None
