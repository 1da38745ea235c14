"""Before → after, as the timeline and the stale-form panel show it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Change:
    """One field that changed: who did it and when is known where the history knows it."""

    label: str
    before: str
    after: str
    who: str = ""
    when: datetime | None = None
