"""In which seat a catalogue officer writes, and who the others are."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.http import HttpRequest

from motcua.agencies.selectors import account_names
from motcua.catalogue.policy import announcing_seat
from motcua.kernel.actor import Actor
from motcua.web.common.requests import staff


def officer(request: HttpRequest) -> Actor:
    """The viewer in their seat as catalogue officer. Raises Denied for who has none."""
    viewer = staff(request)
    return viewer.actor(announcing_seat(viewer))


def names_of(accounts: Iterable[str]) -> Mapping[str, str]:
    """Names by account id as events and rows hold it; the installation itself has none."""
    ids = {found for each in accounts if (found := _id(each)) is not None}
    return {str(account): name for account, name in account_names(ids).items()}


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
