"""The pages that need no sign-in, by name. Everything else is closed."""

PUBLIC = frozenset(
    {
        "home",
        "sign_in",
        "sign_out",
        "language",
        "procedures",
        "track",
        "track_token",
        "tracking",
    }
)
