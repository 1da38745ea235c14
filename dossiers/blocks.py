"""Pieces of the page of any dossier."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.middleware.csrf import get_token
from django.urls import reverse

from accounts.models import User
from core.history import Revision, revisions
from core.http import Request
from core.models import Document as StoredDocument
from core.models import DocumentKind, Event
from deadlines.models import Obligation
from deadlines.queries import calendar
from deadlines.rules import State, clock_text
from dossiers.actions import issued_version, sides, wanted_kinds
from dossiers.forms import AttachForm
from dossiers.kinds import DossierKind
from dossiers.titles import silent, title_of
from ui.actions import Action
from ui.blocks import Clock, Document, DocumentList, Entry, Section, Stack, Timeline
from ui.links import Link

A_MOMENT = timedelta(seconds=2)  # between the parts of one transaction


def events_of(user: User, subject: models.Model) -> list[Entry]:
    """What happened to the subject, as far as the account sees it."""
    return [_entry(event) for event in _rows(user, subject)]


def _rows(user: User, subject: models.Model) -> models.QuerySet[Event]:
    return (
        Event.objects.visible_to(user)
        .filter(subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk)
        .exclude(kind__in=silent())
        .select_related("actor")
    )


def _entry(event: Event) -> Entry:
    title = title_of(event.kind)
    who = str(event.actor or "Hệ thống")
    return Entry(when=event.created_at, who=who, title=title.text, text=_told(event.payload), tone=title.tone)


def _told(payload: dict[str, Any]) -> str:
    """What an event says beyond its name: a file's title, or the dossier and the words that belong to it."""
    return " – ".join(str(payload[key]) for key in ("dossier", "title", "detail") if payload.get(key))


def history_of(obj: models.Model, *, created: str) -> list[Entry]:
    """What the history of `obj` says, with what stood there before."""
    return [_revision(r, created=created) for r in revisions(obj) if r.changes or r.kind == "+"]


def _revision(revision: Revision, *, created: str) -> Entry:
    return Entry(
        when=revision.when,
        who=revision.who or "Hệ thống",
        title=created if revision.kind == "+" else "Thay đổi thông tin",
        text=revision.reason,
        changes=revision.changes,
    )


def whole_timeline(user: User, obj: models.Model, *, created: str, more: Sequence[Entry] = ()) -> Timeline:
    """Events and history as one: where both tell the same step, the event's words stand over the history's changes.

    `more` is what else there is to tell.
    """
    history = history_of(obj, created=created)
    told = []
    for event in _rows(user, obj):
        entry, reason = _entry(event), str(event.payload.get("reason", ""))
        same = next((row for row in history if reason and _one_step(row, entry, reason)), None)
        if same is not None:
            history.remove(same)
            # A reason that names the dossier only repeats what the event says.
            named = str(event.payload.get("dossier") or "")
            words = (entry.text, "" if named and named in same.text else same.text)
            entry = replace(entry, text=" – ".join(filter(None, words)), changes=same.changes)
        told.append(entry)
    return newest_first([*history, *told, *more])


def _one_step(row: Entry, event: Entry, reason: str) -> bool:
    """Whether a row of history and an event were written by one step: same reason, same moment."""
    return row.text == reason[:100] and abs(row.when - event.when) < A_MOMENT


def newest_first(entries: Sequence[Entry]) -> Timeline:
    """The entries as a timeline."""
    return Timeline(sorted(entries, key=lambda entry: entry.when, reverse=True))


def timeline(user: User, dossier: models.Model, *, steps: Collection[str] = ()) -> Timeline:
    """What happened to a dossier: its events, and what was changed in it between them.

    A step whose event tells it in words isn't told a second time by its row of history: `steps` are their reasons.
    """
    history = [entry for entry in history_of(dossier, created="") if entry.changes and entry.text not in steps]
    return newest_first([*history, *events_of(user, dossier)])


def clocks(user: User, dossier: models.Model, today: date) -> list[Clock]:
    """How the terms stand that units have on the dossier, as far as the account sees them."""
    owed = Obligation.objects.visible_to(user).about(dossier).exclude(state=State.WAIVED).select_related("unit")
    return [clock(one, today) for one in owed.order_by("due_date", "id")]


def clock(owed: Obligation, today: date) -> Clock:
    """How one term stands, in words."""
    label, due = owed.get_kind_display(), f"hạn {owed.due_date:%d/%m/%Y}"
    if owed.state == State.OPEN:
        late = today > owed.due_date
        return Clock(f"{label}: {clock_text(owed.due_date, today, calendar())} ({due})", "late" if late else "soon")
    if owed.state == State.FULFILLED_LATE:
        return Clock(f"{label}: muộn, ngày {owed.fulfilled_on:%d/%m/%Y} ({due})", "late")
    return Clock(f"{label}: đúng hạn, ngày {owed.fulfilled_on:%d/%m/%Y} ({due})", "done")


def papers_tab(
    request: Request, kind: DossierKind, dossier: Any, papers: Sequence[StoredDocument], may: Collection[str]
) -> Stack:
    """The papers of a dossier: what is there, what is missing, and where to add it."""
    checklist = checklist_of(request.user, kind, dossier, papers, removable="detach" in may)
    return Stack([checklist, *([upload(request, kind, dossier)] if "attach" in may else [])])


def upload(request: Request, kind: DossierKind, dossier: Any) -> Section:
    """The form that adds a paper."""
    context = {
        "form": AttachForm(kinds=kind.attachable),
        "action": kind.url("attach", dossier),
        "csrf_token": get_token(request),
    }
    return Section("dossiers/upload.html", context)


def checklist_of(
    user: User, kind: DossierKind, dossier: Any, papers: Sequence[StoredDocument], *, removable: bool
) -> DocumentList:
    """What is there, what its unit still has to add. One takes away only what one's own unit has added."""
    there = frozenset(paper.kind for paper in papers if paper.unit_id == dossier.unit_id)
    unit, _ = sides(dossier, user)
    shown = [
        Document(
            label=paper.get_kind_display(),
            url=reverse("documents:download", args=[paper.public_id]),
            name=paper.title,
            size=paper.size,
            uploaded=paper.created_at,
            who=str(paper.created_by or "Hệ thống"),
            remove_url=kind.url("detach", dossier, paper.public_id)
            if removable and not paper.issued and paper.unit_id == unit.pk
            else "",
        )
        for paper in papers
    ]
    missing = wanted_kinds(kind, dossier, there).items() if unit.pk == dossier.unit_id else ()
    return DocumentList([*(Document(label=DocumentKind(k).label, required=need) for k, need in missing), *shown])


def form_steps(
    kind: DossierKind, dossier: Any, papers: Sequence[StoredDocument], may: Collection[str]
) -> list[Action | Link]:
    """The printed forms: to open, to issue, to issue anew when the dossier has changed since."""
    steps: list[Action | Link] = []
    for paper, form in kind.forms.items():
        issued = [one for one in papers if one.issued and one.kind == paper]
        if issued:
            url = reverse("documents:download", args=[issued[-1].public_id])
            steps.append(Link(form.label, url, icon="file-type-pdf"))
        if "issue" in may and (not issued or dossier.version > issued_version(issued[-1])):
            label = f"Phát hành lại {form.label}" if issued else f"Phát hành {form.label}"
            steps.append(Action(label, kind.url("issue", dossier, paper), icon="printer"))
    return steps
