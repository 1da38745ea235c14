"""What the kinds of dossier have in common is told once for each: who may, which papers, which printed forms.

An app describes its dossier as a DossierKind and registers it from its AppConfig.ready.
"""

import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.models import User
from core.models import Document
from core.scope import ScopedQuerySet
from deadlines import subjects
from dossiers.policies import Check, door
from ui.links import Link


@dataclass(frozen=True)
class PrintedForm:
    """A form that the system prints and freezes. `make` gives the PDF, `title` the name of its file."""

    label: str
    make: Callable[[Any], bytes]
    title: Callable[[Any], str]


@dataclass(frozen=True)
class DossierKind:
    """One kind of dossier.

    `namespace`: of its addresses; it has detail, attach and detach, and issue where there are `forms`.
    `event`: how its events begin ("repair" makes "repair.document_added").
    `rows`: a fresh queryset for the door, with what pages read joined.
    `checks`: who may do what; "view", "attach" and "detach" are among them, and "issue" where there are forms.
    `attachable`: kinds of paper that people add. `wanted`: which kinds this dossier should have now, and whether the
    next step is refused without (True) or only reminds of it (False).
    """

    model: type[Model]
    label: str
    namespace: str
    event: str
    pages: Link
    rows: Callable[[], ScopedQuerySet]
    checks: Mapping[str, Check]
    attachable: tuple[str, ...]
    wanted: Callable[[Any], Mapping[str, bool]]
    forms: Mapping[str, PrintedForm] = field(default_factory=dict)

    def access(self, user: User, number: str, action: str) -> Any:
        """The dossier with that number, through its door."""
        return door(self.rows(), user, self.checks, action, number=number)

    def may(self, user: User, dossier: Any) -> set[str]:
        """What the account may do with the dossier now."""
        return {action for action, check in self.checks.items() if check(user, dossier)}

    def url(self, name: str, dossier: Any, *args: Any) -> str:
        """An address of the dossier."""
        return reverse(f"{self.namespace}:{name}", args=[dossier.number, *args])

    def form(self, paper: str) -> PrintedForm:
        """A printed form by its kind of paper; raises Http404 for another."""
        if paper not in self.forms:
            raise Http404
        return self.forms[paper]

    def trail(self, dossier: Any) -> list[Link]:
        """The breadcrumb of a step of the dossier."""
        return [self.pages, Link(dossier.number, self.url("detail", dossier))]


_NUMBER = re.compile(r"[A-Z]{2,3}-[0-9A-Z.]+-[0-9]{4}-[0-9]+\Z")
_kinds: dict[type[Model], DossierKind] = {}
_finders: list[Callable[[User, str], str]] = []


def register(kind: DossierKind) -> None:
    """Make the papers of this kind of dossier readable through it, and its deadlines lead to it."""
    _kinds[kind.model] = kind
    subjects.offer(kind.model, lambda number, _: reverse(f"{kind.namespace}:detail", args=[number]))


def offer_finder(finder: Callable[[User, str], str]) -> None:
    """Called from AppConfig.ready: where the thing with a number like a dossier's is; empty for what isn't seen."""
    _finders.append(finder)


def kind_of(dossier: Model) -> DossierKind:
    """How the dossier's kind is described."""
    return _kinds[type(dossier)]


def address_of(event: str, number: str) -> str:
    """Where the dossier with that number is, of the kind whose events begin so; empty for none of ours."""
    found = next((kind for kind in _kinds.values() if kind.event == event), None)
    return reverse(f"{found.namespace}:detail", args=[number]) if found else ""


def find_dossier(user: User, number: str) -> str:
    """Where the dossier with that number is, of whatever kind; empty for what is no number, or none that is seen."""
    if not _NUMBER.match(number):
        return ""
    for kind in _kinds.values():
        if dossier := kind.rows().visible_to(user).filter(number=number).first():
            return kind.url("detail", dossier)
    return next((found for finder in _finders if (found := finder(user, number))), "")


def access_document(user: User, public_id: uuid.UUID, *, of: Model | None = None) -> tuple[Document, Any]:
    """A paper and its dossier, through the door of the dossier; with `of`, only a paper of that one."""
    rows: QuerySet = Document.objects.visible_to(user).select_related("subject_type")
    document = get_object_or_404(rows, public_id=public_id)
    kind = _kinds.get(document.subject_type.model_class() or Model)
    if kind is None or (of is not None and (kind.model is not type(of) or document.subject_id != of.pk)):
        raise Http404
    return document, get_object_or_404(kind.rows().visible_to(user), pk=document.subject_id)
