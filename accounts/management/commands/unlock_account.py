import logging
from argparse import ArgumentParser
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache import cache
from django.core.management.base import BaseCommand, CommandError
from django.test import RequestFactory

from accounts.models import SecurityEvent, User

logger = logging.getLogger("qltb.accounts")
ACTION = "login_failed"


class Command(BaseCommand):
    """Let somebody try again before the lock-out ends."""

    help = "Forget the failed logins of an account, which lock it for LOGIN_LOCK_MINUTES."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *, username: str, **_: Any) -> None:
        """Clear the limit of this account; that of network addresses, which others share, stays."""
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account {username}.")
        keys = _cache_keys(username)
        locked = len(cache.get_many(keys)) > 0
        cache.delete_many(keys)
        SecurityEvent.objects.create(kind=SecurityEvent.Kind.UNLOCKED, username=username, user=user)
        logger.warning("account unlocked by command", extra={"username": username, "had_failures": locked})
        self.stdout.write(f"{username} may try again." if locked else f"{username} had no failed logins.")


def _cache_keys(username: str) -> list[str]:
    """Where allauth counts the failures of one account.

    allauth clears a limit only for the request in hand; the names of its keys are its own, hence the private parts.
    """
    request = RequestFactory().get("/", headers={"Host": settings.ALLOWED_HOSTS[0].lstrip("*.") or "localhost"})
    key = get_adapter()._get_login_attempts_cache_key(request, username=username)  # noqa: SLF001
    rates = ratelimit.get_rates(app="allauth.account", action=ACTION)
    return [
        ratelimit.get_cache_key(request, app="allauth.account", action=ACTION, rate=rate, key=key)
        for rate in rates
        if rate.per == "key"
    ]
