"""Wrong passwords and PINs are counted: whoever guesses waits, and a device isn't guessed into its own lock."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.cache import cache

from accounts.models import SecurityEvent, User
from core.errors import DomainError
from signing.keys import KeyRefusedError, WrongSecretError


@contextmanager
def counted(what: str, *, field: str) -> Iterator[None]:
    """One try to open `what` (an account's files, a device). Raises KeyRefusedError while it is locked.

    The try is counted before it is made, in the cache: a transaction that rolls back doesn't take it back, and many at
    once get no more tries than one after the other.
    """
    name = f"signing:tries:{hashlib.sha256(what.encode()).hexdigest()}"
    cache.add(name, 0, timeout=settings.SIGNING_LOCK_MINUTES * 60)
    done = cache.incr(name)
    if done > settings.SIGNING_TRIES:
        message = (
            f"Đã nhập sai {settings.SIGNING_TRIES} lần liên tiếp nên tạm khóa để bảo vệ khóa ký. "
            f"Hãy kiểm tra lại mật khẩu hoặc mã PIN và thử lại sau {settings.SIGNING_LOCK_MINUTES} phút."
        )
        raise KeyRefusedError(message, field=field, code="locked")
    try:
        yield
    except WrongSecretError as refusal:
        left = settings.SIGNING_TRIES - done
        more = f"Còn {left} lần thử." if left else f"Tạm khóa {settings.SIGNING_LOCK_MINUTES} phút."
        raise WrongSecretError(f"{refusal.message} {more}", field=refusal.field, code=refusal.code) from refusal
    except DomainError:
        cache.decr(name)  # nothing was learned of the secret, or it was right and something else refused
        raise
    else:
        cache.delete(name)


def note_failure(*, by: User) -> None:
    """Write into the audit that a password or PIN was wrong. Called where what was tried has been rolled back."""
    SecurityEvent.objects.create(kind=SecurityEvent.Kind.SIGN_FAILED, username=by.username, user=by)
