"""Writes that every kind of dossier has: its number, its papers, its printed forms."""

import re
from typing import Any, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.utils import timezone

from accounts.models import User
from core import counters, documents, events
from core.errors import DomainError
from core.models import Document, DocumentKind
from core.transitions import lock
from dossiers.kinds import DossierKind, PrintedForm, kind_of
from orgs.models import OrgUnit

D = TypeVar("D", bound=models.Model)
_VERSION = re.compile(r" v(\d+)\.pdf\Z")


def take_number(unit: OrgUnit, prefix: str) -> str:
    """The next number of this year's dossiers of a unit: SC-01.001-2026-0007. Its counter waits for others' commits."""
    year = timezone.localdate().year
    (number,) = counters.take(unit, f"{prefix}-{year}")
    return f"{prefix}-{unit.code}-{year}-{number:04d}"


def sides(dossier: Any, by: User) -> tuple[Any, Any]:
    """The unit for which `by` writes on the dossier, and the one on its other side, if it is shared."""
    partner = getattr(dossier, "partner", None)
    if partner is not None and dossier.unit_id not in by.scope.write_units:
        return partner, dossier.unit
    return dossier.unit, partner


@transaction.atomic
def attach(dossier: D, *, paper: str, file: UploadedFile, by: User) -> Document:
    """Add a PDF. Raises DomainError when the dossier takes none any more, or the file is none that is kept."""
    kind = kind_of(dossier)
    dossier = _as_it_is(dossier, by)
    if not kind.checks["attach"](by, dossier):
        state = dossier.get_state_display()  # type: ignore[attr-defined]  # every dossier has states
        raise DomainError(f"Hồ sơ đang ở trạng thái “{state}”, không tải thêm tài liệu được.", field="file")
    if paper not in kind.attachable:
        raise DomainError("Hãy chọn loại tài liệu trong danh sách.", field="kind", code="kind")
    unit, partner = sides(dossier, by)
    document = documents.attach(dossier, unit=unit, partner=partner, kind=paper, file=file, by=by)
    facts = {"document": paper, "title": document.title}
    events.record(f"{kind.event}.document_added", dossier, unit=unit, partner=partner, by=by, **facts)
    return document


@transaction.atomic
def detach(dossier: D, document: Document, *, by: User) -> None:
    """Take a wrong file away. Raises DomainError when the dossier keeps its papers by now."""
    kind = kind_of(dossier)
    dossier = _as_it_is(dossier, by)
    unit, partner = sides(dossier, by)
    if not kind.checks["detach"](by, dossier) or document.unit_id != unit.pk:
        raise DomainError(f"“{document.title}” đã thuộc hồ sơ, không gỡ được nữa.", code="workflow")
    facts = {"document": document.kind, "title": document.title}
    events.record(f"{kind.event}.document_removed", dossier, unit=unit, partner=partner, by=by, **facts)
    documents.remove(document, by=by)


def _as_it_is(dossier: D, by: User) -> D:
    """The dossier now; locked, where `by` may write its row (the other side of a shared one may not)."""
    if dossier.unit_id in by.scope.write_units:  # type: ignore[attr-defined]  # every dossier has a unit
        return lock(dossier)
    return type(dossier)._base_manager.get(pk=dossier.pk)


@transaction.atomic
def issue(dossier: D, *, paper: str, by: User) -> Document:
    """Freeze a printed form as the dossier stands; a dossier that changed since gets a further one."""
    kind = kind_of(dossier)
    form = kind.forms[paper]
    dossier = lock(dossier)
    former = documents.issued(dossier, paper)
    if former is not None and issued_version(former) >= dossier.version:  # type: ignore[attr-defined]  # every dossier has one
        return former
    document = documents.issue(
        dossier,
        unit=dossier.unit,  # type: ignore[attr-defined]  # every dossier has one
        partner=getattr(dossier, "partner", None),
        kind=paper,
        title=_named(form, dossier),
        content=form.make(dossier),
        by=by,
        reissue=True,
    )
    unit, partner = sides(dossier, by)
    facts = {"document": paper, "title": document.title}
    events.record(f"{kind.event}.form_issued", dossier, unit=unit, partner=partner, by=by, **facts)
    return document


def _named(form: PrintedForm, dossier: Any) -> str:
    return f"{form.title(dossier)} v{dossier.version}.pdf"


def issued_version(document: Document) -> int:
    """The version of the dossier that an issued paper shows."""
    found = _VERSION.search(document.title)
    return int(found[1]) if found else 0


def kinds_of(dossier: Any, *, by: OrgUnit | None = None) -> frozenset[str]:
    """The kinds of paper that a unit has put into the dossier; by default the unit whose dossier it is.

    What one side has to show isn't shown by the other.
    """
    papers = documents.documents_of(dossier).filter(unit=by or dossier.unit)
    return frozenset(papers.values_list("kind", flat=True))


def require_papers(dossier: Any) -> list[DomainError]:
    """A refusal for each paper that the dossier's unit lacks for the next step; empty when none is missing."""
    there = kinds_of(dossier)
    return [
        DomainError(
            f"Còn thiếu tài liệu bắt buộc: {DocumentKind(kind).label} (PDF). Hãy tải lên rồi làm tiếp.", code="document"
        )
        for kind, required in kind_of(dossier).wanted(dossier).items()
        if required and kind not in there
    ]


def wanted_kinds(kind: DossierKind, dossier: Any, there: frozenset[str]) -> dict[str, bool]:
    """Which of the wanted kinds of paper are missing, and whether the next step needs them."""
    return {paper: required for paper, required in kind.wanted(dossier).items() if paper not in there}
