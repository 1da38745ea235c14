"""The audit line of every login, failed login, logout and change of password."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.signals import password_changed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import SecurityEvent, User


def _note(kind: str, username: str, *, user: User | None, request: HttpRequest | None) -> None:
    # Code that logs an account in without a network has no address.
    known = request is not None and bool(request.META.get("REMOTE_ADDR"))
    address = get_adapter().get_client_ip(request) if known else None
    SecurityEvent.objects.create(kind=kind, username=username[:150], user=user, address=address)


# Django's own receiver would leave an empty row in the account's history at each login.
user_logged_in.disconnect(dispatch_uid="update_last_login")


@receiver(user_logged_in)
def logged_in(*, request: HttpRequest, user: User, **_: Any) -> None:
    user.last_login = timezone.now()
    vars(user)["skip_history_when_saving"] = True
    user.save(update_fields=["last_login"])
    del vars(user)["skip_history_when_saving"]
    _note(SecurityEvent.Kind.LOGIN, user.username, user=user, request=request)


@receiver(user_logged_out)
def logged_out(*, request: HttpRequest, user: User | None, **_: Any) -> None:
    if user is not None:
        _note(SecurityEvent.Kind.LOGOUT, user.username, user=user, request=request)


@receiver(user_login_failed)
def login_failed(*, credentials: dict[str, str], request: HttpRequest | None = None, **_: Any) -> None:
    _note(SecurityEvent.Kind.LOGIN_FAILED, str(credentials.get("username", "")), user=None, request=request)


@receiver(password_changed)
def changed_password(*, request: HttpRequest, user: User, **_: Any) -> None:
    _note(SecurityEvent.Kind.PASSWORD_CHANGED, user.username, user=user, request=request)
