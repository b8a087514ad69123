"""Accounts: making one, signing in and out, second factors, what an ended session had typed."""

from motcua.accounts.operations.citizens import (
    account_known_as,
    end_idle,
    sign_in_citizen,
    spend_answer,
)
from motcua.accounts.operations.factors import (
    Offer,
    change_password,
    confirm_person,
    enrol_totp,
    new_recovery_codes,
    offer_totp,
    remove_totp,
    same_offer,
)
from motcua.accounts.operations.held_forms import hold_form, take_form
from motcua.accounts.operations.keeping import (
    close_account,
    initial_password,
    open_account,
    reset_factors,
    set_password,
)
from motcua.accounts.operations.passkeys import (
    add_passkey,
    confirm_with_passkey,
    remove_passkey,
    sign_in_with_passkey,
)
from motcua.accounts.operations.sessions import SignedIn, end_sessions, session_digest, sign_out, sweep
from motcua.accounts.operations.signing_in import add_account, confirm_second_factor, sign_in
from motcua.accounts.operations.switching import lock_session, set_pin, unlock
from motcua.accounts.operations.unread import count_unread
from motcua.accounts.terms import (
    ATTEMPT_WINDOW,
    COOKIE_LIFE,
    FORM_LIFE,
    FRESH,
    MOST_WRONG,
    MOST_WRONG_PER_ADDRESS,
    SESSION_LIFE,
)

__all__ = [
    "ATTEMPT_WINDOW",
    "COOKIE_LIFE",
    "FORM_LIFE",
    "FRESH",
    "MOST_WRONG",
    "MOST_WRONG_PER_ADDRESS",
    "SESSION_LIFE",
    "Offer",
    "SignedIn",
    "account_known_as",
    "add_account",
    "add_passkey",
    "change_password",
    "close_account",
    "confirm_person",
    "confirm_second_factor",
    "confirm_with_passkey",
    "count_unread",
    "end_idle",
    "end_sessions",
    "enrol_totp",
    "hold_form",
    "initial_password",
    "lock_session",
    "new_recovery_codes",
    "offer_totp",
    "open_account",
    "remove_passkey",
    "remove_totp",
    "reset_factors",
    "same_offer",
    "session_digest",
    "set_password",
    "set_pin",
    "sign_in",
    "sign_in_citizen",
    "sign_in_with_passkey",
    "sign_out",
    "spend_answer",
    "sweep",
    "take_form",
    "unlock",
]
