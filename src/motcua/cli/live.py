"""What a live installation holds on its first day: what the house ships, and one technical administrator.

No agency and no dossier: those are made by people. Each stage is one unit of work and asks first whether it is
done, so `motcua init --live` may be started again after it was broken off.
"""

import secrets
from collections.abc import Callable
from pathlib import Path

from motcua.accounts.operations import add_account
from motcua.accounts.selectors import has_accounts
from motcua.flows.installation import make_installation
from motcua.flows.setup import load_shipped_units, publish_linked, publish_shipped
from motcua.kernel.actor import SYSTEM
from motcua.kernel.time import local, now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.processes.selectors import latest_versions

LOGIN, NAME = "quantri", "Quản trị kỹ thuật"


def prepare_live(var: Path, say: Callable[[str], None]) -> None:
    """Make the installation's stream, publish what is shipped, and add the first technical administrator.

    Called by `motcua init --live` after the migrations, with Django set up as the application. `say` prints
    the login and the one-time password, which stand nowhere else.
    """
    at = now()
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh()):
        make_installation(actor=SYSTEM, at=at)
        load_shipped_units()
    at = now()
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh()):
        if not latest_versions():
            publish_shipped(effective_from=local(at).date(), actor=SYSTEM, at=at, trial_fees=False)
            publish_linked(effective_from=local(at).date(), actor=SYSTEM, at=at)
    if has_accounts():
        return
    # Said before it is kept: who is cut off in between gets another one, and nobody is locked out.
    password = secrets.token_urlsafe(12)
    say(f"Tài khoản quản trị · administrator: {LOGIN}")
    say(f"Mật khẩu, chỉ hiện một lần · password, shown only once: {password}")
    at = now()
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh()):
        add_account(login=LOGIN, name=NAME, password=password, must_change_password=True, at=at)
