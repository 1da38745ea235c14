"""What events are called on the screen. Apps tell theirs from AppConfig.ready."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Title:
    """An event in words, with the colour of its dot."""

    text: str
    tone: Literal["", "ok", "warn", "bad"] = ""


_titles: dict[str, Title] = {}
_silent: set[str] = set()


def tell(titles: Mapping[str, Title | str], *, silent: Iterable[str] = ()) -> None:
    """Name events; `silent` ones aren't shown, because the row of history of the same step says more."""
    _titles.update({kind: Title(title) if isinstance(title, str) else title for kind, title in titles.items()})
    _silent.update(silent)


def title_of(kind: str) -> Title:
    """The words for an event."""
    return _titles.get(kind) or Title(kind)


def silent() -> frozenset[str]:
    """Events that timelines leave out."""
    return frozenset(_silent)
