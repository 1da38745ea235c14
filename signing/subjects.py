"""What papers are about is made by apps above: each says where its things are shown and what a signed paper means."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

Done = Callable[[Any, Any], None]


@dataclass(frozen=True)
class Subject:
    """`address` gives the page of a thing; `completed` and `reopened` are called with the thing and the account.

    Both run in the transaction of the last signature, or of the withdrawal that a person asks for on the page of the
    paper: what they refuse (DomainError) isn't signed, or withdrawn. Without `reopened` nobody is offered to withdraw
    a paper here: the thing's own steps do it.
    """

    address: Callable[[Any], str]
    completed: Done
    reopened: Done | None = None


_subjects: dict[str, Subject] = {}


def offer(model: type[Model], *, address: Callable[[Any], str], completed: Done, reopened: Done | None = None) -> None:
    """Called from AppConfig.ready of the app whose things are signed."""
    _subjects[model._meta.label_lower] = Subject(address, completed, reopened)


def subject_of(label: str) -> Subject:
    """What was offered for the model with this label (app.model); raises KeyError for a model that nobody offered."""
    return _subjects[label]
