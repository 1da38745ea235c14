from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are issued on request (art. 5.2), nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: str) -> str:  # noqa: ARG002 - allauth's signature
        """Tries count for the account, whatever host name the request came under: aliases don't give fresh ones."""
        return f"login:{credentials.get('username', '').strip().lower()}"
