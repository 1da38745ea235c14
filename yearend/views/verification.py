"""Checking a paper against what was frozen: where its QR code leads."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from core.http import Request
from ui.forms import render_form
from yearend.blocks.checking import shown_check
from yearend.forms.checking import CheckForm
from yearend.kinds import LIST, REPORT
from yearend.policies import access_edition
from yearend.queries.held_files import judged, kept_of


@require_http_methods(["GET", "HEAD", "POST"])
def edition_check(request: Request, public_id: UUID) -> HttpResponse:
    """What was frozen and printed; with a file, whether it is that. Nothing is kept of the file."""
    edition = access_edition(request.user, public_id)
    kept = kept_of(edition)
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    found = judged(kept, form.cleaned_data["file"].read()) if form.is_bound and form.is_valid() else None
    return render_form(
        request,
        form=form,
        title="Kiểm tra báo cáo",
        subtitle=f"Báo cáo năm {edition.year} của {edition.unit.name}, số liệu khóa lần {edition.edition}",
        submit="Kiểm tra tệp",
        back=REPORT.url("detail", edition.report),
        breadcrumb=[LIST],
        template="yearend/verification.html",
        extra_context=shown_check(kept, found),
    )
