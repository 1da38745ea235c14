"""Steps that every kind of dossier has; an app's own view is a line that names its kind."""

import uuid
from functools import partial

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from core import documents
from core.errors import DomainError
from core.http import Request
from dossiers import actions
from dossiers.forms import AttachForm
from dossiers.kinds import DossierKind, access_document, kind_of
from ui.actions import run_action
from ui.forms import confirm_action, handle_form


def attach(request: Request, kind: DossierKind, number: str) -> HttpResponse:
    """Add a PDF to a dossier."""
    dossier = kind.access(request.user, number, "attach")
    return handle_form(
        request,
        form=partial(AttachForm, kinds=kind.attachable),
        act=lambda data: actions.attach(dossier, paper=data["kind"], file=data["file"], by=request.user),
        done=lambda document: f"Đã tải lên {document.title} ({document.get_kind_display()}).",
        back=kind.url("detail", dossier),
        title=f"Tải tài liệu cho hồ sơ {number}",
        submit="Tải lên",
        breadcrumb=kind.trail(dossier),
    )


def detach(request: Request, kind: DossierKind, number: str, public_id: uuid.UUID) -> HttpResponse:
    """Take a wrong file away."""
    dossier = kind.access(request.user, number, "detach")
    document, _ = access_document(request.user, public_id, of=dossier)
    return confirm_action(
        request,
        act=lambda _: actions.detach(dossier, document, by=request.user),
        title="Gỡ tài liệu",
        text=f"Gỡ {document.title} ({document.get_kind_display()}) khỏi hồ sơ {number}?",
        consequence="Tệp bị xóa khỏi hệ thống; việc gỡ được ghi vào diễn biến của hồ sơ.",
        submit="Gỡ tài liệu",
        done=f"Đã gỡ {document.title}.",
        back=kind.url("detail", dossier),
        breadcrumb=kind.trail(dossier),
    )


def issue(request: Request, kind: DossierKind, number: str, paper: str) -> HttpResponse:
    """Freeze a printed form. A paper that the kind doesn't print is none: 404."""
    dossier = kind.access(request.user, number, "issue")
    label = kind.form(paper).label
    return run_action(
        request,
        lambda: actions.issue(dossier, paper=paper, by=request.user),
        done=f"Đã phát hành {label}. Mở ở nút “{label}”.",
        back=kind.url("detail", dossier),
    )


@require_safe
def download(request: Request, public_id: uuid.UUID) -> HttpResponseBase:
    """A document, as attachment, through the door of its dossier."""
    document, dossier = access_document(request.user, public_id)
    try:
        return documents.serve(document)
    except DomainError as refusal:  # the file is damaged or gone: say so where the person came from
        messages.error(request, str(refusal))
        return redirect(kind_of(dossier).url("detail", dossier))
