"""What papers are about is made by apps above: each says where its things are shown and what a signed paper means."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model


@dataclass(frozen=True)
class Subject:
    """`address` gives the page of a thing; `completed` is called with the thing and the account that signed last.

    It runs in the transaction of the last signature: what it refuses (DomainError) isn't signed.
    """

    address: Callable[[Any], str]
    completed: Callable[[Any, Any], Any]


_subjects: dict[str, Subject] = {}


def offer(model: type[Model], *, address: Callable[[Any], str], completed: Callable[[Any, Any], Any]) -> None:
    """Called from AppConfig.ready of the app whose things are signed."""
    _subjects[model._meta.label_lower] = Subject(address, completed)


def subject_of(thing: Model) -> Subject:
    """What was offered for things of this kind; raises KeyError where nobody offered them."""
    return _subjects[thing._meta.label_lower]
