"""Where the person at the desk takes the money, when they are its cashier too."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse

from motcua.kernel.actor import Viewer
from motcua.payments.policy import SEATS, Deed


def way_to_pay(viewer: Viewer, *, agency: str, codes: Iterable[str]) -> str:
    """The page that takes what the dossiers `codes` owe at `agency`; empty for whoever is not its cashier."""
    owing = list(codes)
    cashier = any(c.kind in SEATS[Deed.TAKE] and c.agency == agency for c in viewer.capacities)
    return (
        f"{reverse('take_payment')}?{urlencode([('code', code) for code in owing])}"
        if cashier and owing
        else ""
    )
