"""Names of staff beside the lines of a list, kept in the process.

Like an agency's name, a name that is corrected shows after a restart.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID

from motcua.agencies.selectors import account_names

_names: dict[UUID, str] = {}


def staff_names(accounts: Iterable[UUID | None]) -> Mapping[UUID | None, str]:
    """Names by account. One statement for all that are new to this process, else none."""
    wanted = {account for account in accounts if account is not None}
    if new := wanted - _names.keys():
        _names.update(account_names(new))
    return {account: _names.get(account, "") for account in wanted}
