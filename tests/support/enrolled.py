"""A person with second factors, for the pages that show them."""

from datetime import datetime

from motcua.accounts.operations import add_passkey, enrol_totp, offer_totp, set_pin
from motcua.accounts.selectors import factors
from motcua.accounts.totp import code_of, step_at
from motcua.accounts.webauthn import Site, creation_options
from motcua.agencies.people import person
from tests.support.authenticator import Authenticator
from tests.support.world import logins, viewer

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
    }
