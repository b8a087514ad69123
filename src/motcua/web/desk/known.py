"""What lists say beside their lines, kept in the process: names of staff and titles of procedures.

Like an agency's name, a name or title that is corrected shows after a restart.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID

from motcua.agencies.selectors import account_names
from motcua.catalogue.selectors import find

MOST_PROCEDURES = 20_000

_names: dict[UUID, str] = {}
_titles: dict[str, str] = {}


def staff_names(accounts: Iterable[UUID | None]) -> Mapping[UUID | None, str]:
    """Names by account. One statement for all that are new to this process, else none."""
    wanted = {account for account in accounts if account is not None}
    if new := wanted - _names.keys():
        _names.update(account_names(new))
    return {account: _names.get(account, "") for account in wanted}


def titles(codes: Iterable[str]) -> Mapping[str, str]:
    """Titles of procedures by code. One statement when a code is new to this process, else none."""
    wanted = set(codes)
    if wanted - _titles.keys():
        _titles.update({found.code: found.title for found in find("", limit=MOST_PROCEDURES)})
    return {code: _titles.get(code, code) for code in wanted}
