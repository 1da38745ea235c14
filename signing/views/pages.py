"""The list of papers, one of them, its files, and a file compared with it."""

import io
import uuid
from functools import partial

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core.document_checks import check_pdf
from core.downloads import attachment
from core.errors import DomainError
from core.http import Request
from signing import blocks
from signing.filters import PaperFilter
from signing.forms import LookForm
from signing.models import Paper
from signing.policies import access_paper, keeps_trust
from signing.queries import file_of, findings_of, revisions_of
from signing.rules import TONES, PaperState
from signing.tables import PaperTable
from ui.blocks import Status
from ui.forms import render_form
from ui.links import Empty, Link
from ui.lists import render_list
from ui.records import Tab, render_record

EDIT = ["GET", "HEAD", "POST"]
LIST = Link("Ký số", "/ky-so/")
INSIDE = frozenset({"embedded"})  # archived reports carry their figures


@require_safe
def paper_list(request: Request) -> HttpResponseBase:
    links = [
        Link("Người ký", reverse("signers:list"), icon="user-check"),
        Link("Hình chữ ký", reverse("signatures:list"), icon="edit"),
    ]
    if keeps_trust(request.user):
        links.append(Link("Gốc tin cậy", reverse("trust:list"), icon="shield-check"))
    return render_list(
        request,
        queryset=Paper.objects.visible_to(request.user),
        table=PaperTable,
        filterset=PaperFilter,
        title="Ký số",
        noun="văn bản",
        export_name="ky-so",
        actions=links,
        empty=Empty("Chưa có văn bản nào trình ký", "Văn bản có ở đây khi hồ sơ được phát hành để ký số."),
    )


@require_safe
def paper_detail(request: Request, public_id: uuid.UUID) -> HttpResponse:
    paper = access_paper(request.user, public_id, "view")
    revisions = list(revisions_of(paper))
    return render_record(
        request,
        title=paper.title,
        status=Status(paper.get_state_display(), TONES[PaperState(paper.state)]),  # type: ignore[arg-type]  # tones of the kit
        facts=blocks.facts(paper, revisions),
        head=[blocks.stepper(paper, revisions)],
        actions=blocks.actions(request.user, paper),
        tabs=[
            Tab("chu-ky", "Chữ ký", partial(blocks.verdicts, paper), count=len(revisions) - 1),
            Tab("tep", "Các bản đã lưu", partial(blocks.files, paper, revisions), count=len(revisions)),
            Tab("dien-bien", "Diễn biến", partial(blocks.happenings, request.user, paper)),
        ],
        breadcrumb=[LIST],
    )


@require_safe
def paper_file(request: Request, public_id: uuid.UUID, number: int) -> HttpResponseBase:
    """The file as it was after signature `number`, for saving only."""
    paper = access_paper(request.user, public_id, "view")
    if not paper.revisions.filter(number=number).exists():
        raise Http404
    content = io.BytesIO(file_of(paper, number))
    return attachment(content, name=blocks.file_name(paper, number), content_type="application/pdf")


@require_http_methods(EDIT)
def paper_look(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Whether a file that somebody has is this paper, and what its signatures are worth."""
    paper = access_paper(request.user, public_id, "view")
    page = reverse("signing:detail", args=[public_id])
    form = LookForm(request.POST, request.FILES) if request.method == "POST" else LookForm()
    result = None
    if form.is_bound and form.is_valid():
        try:
            result = blocks.verdicts_of(findings_of(paper, _read(form.cleaned_data["file"])), paper)
        except DomainError as refusal:
            form.refuse(refusal)
    return render_form(
        request,
        form=form,
        title="Kiểm tra một tệp",
        subtitle=f"So với “{paper.title}” của {paper.unit.name} đang lưu trên hệ thống.",
        submit="Kiểm tra",
        back=page,
        breadcrumb=[LIST, Link(paper.title, page)],
        template="signing/look.html",
        extra_context={"result": result},
    )


def _read(file: UploadedFile) -> bytes:
    """The file, once nothing in it is harmful to look into."""
    check_pdf(file, max_bytes=settings.DOCUMENT_MAX_BYTES, field="file", allowed=INSIDE)
    file.seek(0)
    return file.read()
