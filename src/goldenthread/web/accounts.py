"""Who may have an account: people whom the council has added, nobody else."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitedOnly(DefaultAccountAdapter):
    """Accounts are made by the council's administrator, so the public sign-up page is closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an account without a council would see nothing."""
        return False
