"""What a page with a passkey's button needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings

from motcua.accounts.webauthn import Site, refused, site_of


@dataclass(frozen=True, slots=True)
class Ask:
    """One button: which way ("get", "create"), where the answer is posted, with what beside it."""

    way: str
    action: str
    label: str
    options: str
    fields: Mapping[str, str] = field(default_factory=dict)


def site() -> Site | None:
    """For whom this installation makes passkeys; None where browsers make none for its address."""
    return site_of(settings.PUBLIC_URL)


def needed_site() -> Site:
    """The same, where an answer has come. Raises Denied when there is none."""
    found = site()
    if found is None:
        raise refused()
    return found
