"""What an adapter takes and how it fails."""

from dataclasses import dataclass
from typing import Protocol


class DeliveryError(Exception):
    """A package was not taken, in a Vietnamese sentence. `for_good`: trying again won't help."""

    def __init__(self, message: str, *, for_good: bool = False) -> None:
        super().__init__(message)
        self.for_good = for_good


@dataclass(frozen=True)
class Parcel:
    """A package ready to leave. `name` is its file name, `key` the same at every attempt."""

    document_id: str
    key: str
    name: str
    title: str
    sha256: str
    content: bytes


class Adapter(Protocol):
    """A way to the document system."""

    def target(self) -> str:
        """Where it leads, as it may be shown: without passwords and tokens."""
        ...

    def deliver(self, parcel: Parcel) -> None:
        """Hand the package over. Returns once the other side has it; raises DeliveryError, or OSError."""
        ...

    def check(self) -> None:
        """Try the way without sending anything. Raises DeliveryError, or OSError."""
        ...
