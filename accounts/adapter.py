"""Every override of allauth."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """The house's way of signing up, and letters instead of direct mail."""
