"""Reading accounts."""

from uuid import UUID

from motcua.accounts.models import Account


def has_accounts() -> bool:
    """Whether anybody can sign in at all."""
    return Account.objects.exists()


def account_of(login: str) -> UUID | None:
    """The account with this login; None when there is none. For commands, which know logins only."""
    return Account.objects.filter(login=login).values_list("id", flat=True).first()
