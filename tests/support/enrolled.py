"""A person with second factors, for the pages that show them."""

from datetime import datetime
from uuid import UUID

from motcua.accounts.operations import add_passkey, enrol_totp, offer_totp, set_pin
from motcua.accounts.selectors import factors
from motcua.accounts.totp import code_of, step_at
from motcua.accounts.webauthn import Site, creation_options
from motcua.agencies.people import person
from motcua.calendars.editions import written
from motcua.flows.calendar import publish_calendar
from motcua.kernel.unit_of_work import Request, unit_of_work
from tests.support.authenticator import Authenticator
from tests.support.world import COMMUNE, actor, logins, viewer

# Of the province. "half:" before a login of a scene: the second factor is still to come.
ENROLLED = "danhmuctinh"
HOUSE = Site("http://localhost:8000", "localhost")


def enrolled(since: datetime) -> dict[str, str]:
    """Enrol an app and a passkey; what the paths of the scenes are filled with."""
    account = logins()[ENROLLED]
    offer = offer_totp(account=account, at=since)
    first = code_of(offer.seed, step_at(since))
    enrol_totp(account=account, offer=offer.sealed, code=first, at=since)
    key = Authenticator()
    asked = creation_options(site=HOUSE, account=account, login=ENROLLED, name="x", known=(), at=since)
    add_passkey(account=account, name="Khóa USB ở quầy 1", answer=key.create(asked), site=HOUSE, at=since)
    set_pin(account=account, pin="271828", at=since)
    officer = person(logins()["tuphap2"], viewer=viewer("kythuat"), at=since)
    return {
        "passkey": str(factors(account).passkeys[0].id),
        "person": str(officer.account),
        "appointment": str(officer.seats[0].appointment),
        "calendar": str(_closed(since)),
    }


def _closed(since: datetime) -> UUID:
    """A day of next year off, by an edition of the commune's own."""
    days = {"days_off": [{"date": "2027-05-04"}]}
    document = written(
        code="xa-mau", changes=days, name=("Ngày hội của xã", "Day of the commune"), basis="9/QĐ-UBND"
    )
    who = actor("kythuat", at=since)
    with unit_of_work(actor=who, at=since, request=Request.fresh(), origin="simulated"):
        return publish_calendar(document=document, agency=COMMUNE, basis="9/QĐ-UBND", actor=who, at=since)
