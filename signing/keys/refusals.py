"""Why a key doesn't sign."""

from core.errors import DomainError


class KeyRefusedError(DomainError):
    """The key can't be used; the message says what to do."""


class WrongSecretError(KeyRefusedError):
    """The password or PIN was wrong: such tries are counted."""
