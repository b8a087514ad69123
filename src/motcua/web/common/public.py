"""The pages that need no sign-in, by name; everything else is closed. And those that open to a sign-in that is not
whole yet."""

from collections.abc import Mapping

from motcua.accounts.policy import Owed

PUBLIC = frozenset(
    {
        "home",
        "sign_in",
        "sign_in_passkey",
        "sign_in_second",  # opens to half a session only, and says so itself
        "sign_out",
        "unlock",  # opens to locked sessions only
        "language",
        "procedures",
        "screen",
        "screen_now",
        "phone",
        "phone_token",
        "track",
        "track_token",
        "tracking",
    }
)

# Where a session goes on that is not open.
DOORS: Mapping[str, str] = {"half": "sign_in_second", "locked": "unlock"}
# What is owed: the page where it is given, and all that open meanwhile.
PAYS_AT: Mapping[Owed, str] = {Owed.PASSWORD: "password", Owed.FACTOR: "account"}
PAYING: Mapping[Owed, frozenset[str]] = {
    Owed.PASSWORD: frozenset({"password"}),
    Owed.FACTOR: frozenset({"account", "totp", "passkey_add"}),
}
