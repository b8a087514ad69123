"""Names of staff beside the lines of a list, kept in the process.

Like an agency's name, a name that is corrected shows after a restart.
"""

from collections.abc import Iterable
from uuid import UUID

from motcua.agencies.selectors import account_names
from motcua.kernel.kept import Kept

_names: Kept[UUID, str] = Kept(account_names)


def staff_names(accounts: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """Names by account. One statement for all that are new to this process, else none."""
    wanted = {account for account in accounts if account is not None}
    names = _names.of(wanted)
    return {account: names.get(account, "") for account in wanted}
