"""Reading accounts."""

from motcua.accounts.models import Account


def has_accounts() -> bool:
    """Whether anybody can sign in at all."""
    return Account.objects.exists()
