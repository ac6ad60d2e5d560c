"""Where allauth asks how accounts work here."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """The registry's accounts."""
