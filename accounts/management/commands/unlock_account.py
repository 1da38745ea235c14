import logging
import os
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache import cache
from django.core.management.base import BaseCommand, CommandError
from django.test import RequestFactory

from accounts.models import User

logger = logging.getLogger("qltb.accounts")
ACTION = "login_failed"


class Command(BaseCommand):
    """Let somebody try again before the lock-out ends."""

    help = "Forget the failed logins of an account, which lock it for LOGIN_LOCK_MINUTES."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument(
            "--host", action="append", default=[], help="further address (host:port) at which people log in"
        )

    def handle(self, *, username: str, host: list[str], **_: Any) -> None:
        """Clear the limit of this account; that of network addresses, which others share, stays."""
        if not User.objects.filter(username=username).exists():
            raise CommandError(f"There is no account {username}.")
        keys = {key for address in (*_addresses(), *host) for key in _cache_keys(username, address)}
        locked = len(cache.get_many(keys)) > 0
        cache.delete_many(keys)
        logger.warning("account unlocked by command", extra={"username": username, "had_failures": locked})
        self.stdout.write(f"{username} may try again." if locked else f"{username} had no failed logins.")


def _cache_keys(username: str, address: str) -> Iterator[str]:
    """Where allauth counts the failures of one account. It counts by address too, if several serve the site.

    allauth clears a limit only for the request in hand; the names of its keys are its own, hence the private parts.
    """
    request = RequestFactory().get("/", headers={"Host": address})
    key = get_adapter()._get_login_attempts_cache_key(request, username=username)  # noqa: SLF001
    for rate in ratelimit.get_rates(app="allauth.account", action=ACTION):
        if rate.per == "key":
            yield ratelimit.get_cache_key(request, app="allauth.account", action=ACTION, rate=rate, key=key)


def _addresses() -> Iterator[str]:
    """Every address that people may have typed, as far as the settings tell."""
    trusted = [urlsplit(origin).netloc for origin in settings.CSRF_TRUSTED_ORIGINS]
    for host in (*settings.ALLOWED_HOSTS, *trusted):
        if "*" not in host and not host.startswith("."):
            yield host
            if ":" not in host.rpartition("]")[2]:
                yield f"{host}:{os.environ.get('PORT', '8000')}"
