"""Pages of imports: the list, the template, the upload, the steps of one batch."""

import re
import tempfile
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.downloads import attachment
from core.errors import DomainError
from core.http import Request
from core.sheets import SheetInfo
from dossiers.policies import require_recording
from equipment.actions import imports as actions
from equipment.filters import ImportFilter
from equipment.forms.imports import MatchForm, SheetForm, UploadForm
from equipment.importing.template import write_template
from equipment.models import ImportBatch
from equipment.policies import access_import
from equipment.tables import ImportTable, OwnImportTable
from equipment.views.import_parts import Parts
from orgs.models import OrgUnit
from orgs.policies import recordable_units
from orgs.rules import UnitKind
from ui.actions import run_action
from ui.blocks import Fact
from ui.exports import XLSX_TYPE
from ui.formats import vndatetime
from ui.forms import KitForm, confirm_action, handle_form, render_form
from ui.links import Empty, Link
from ui.lists import render_list
from ui.records import render_record

DEVICES = Link("Thiết bị", "/thiet-bi/")
LIST = Link("Nhập từ tệp", "/thiet-bi/nhap/")
EDIT = ["GET", "HEAD", "POST"]


@require_safe
def import_list(request: Request) -> HttpResponseBase:
    records = bool(request.user.scope.write_units)
    create = Link("Nhập từ tệp", reverse("imports:create"), icon="upload") if records else None
    return render_list(
        request,
        queryset=ImportBatch.objects.visible_to(request.user),
        table=OwnImportTable if request.user.unit.kind == UnitKind.DISTRICT else ImportTable,
        filterset=ImportFilter,
        title="Nhập thiết bị từ tệp",
        noun="đợt nhập",
        export_name="dot-nhap",
        create=create,
        actions=[Link("Tải tệp mẫu", reverse("imports:template"), icon="download")] if records else [],
        empty=Empty("Chưa có đợt nhập nào", "Đưa danh sách thiết bị đang có bằng Excel vào hệ thống.", create),
        breadcrumb=[DEVICES],
    )


@require_safe
def import_template(request: Request) -> HttpResponseBase:
    """The file to fill in, with what may be chosen in the unit."""
    require_recording(request.user)
    units = list(recordable_units(request.user).order_by("path"))
    chosen = [unit for unit in units if unit.code == request.GET.get("don_vi")] or units
    if len(chosen) > 1:
        context = {"title": "Tệp mẫu của đơn vị nào?", "units": units, "breadcrumb": [DEVICES, LIST]}
        return render(request, "equipment/import_units.html", context)
    return _template_of(chosen[0])


def _template_of(unit: OrgUnit) -> FileResponse:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_template(file, unit)
    file.seek(0)
    name = f"mau-nhap-thiet-bi-{unit.code}-{timezone.localdate():%Y-%m-%d}.xlsx"
    return attachment(file, name=name, content_type=XLSX_TYPE)


@require_http_methods(EDIT)
def import_create(request: Request) -> HttpResponse:
    require_recording(request.user)
    units = list(recordable_units(request.user).order_by("path"))
    return handle_form(
        request,
        form=partial(UploadForm, units=units),
        act=lambda data: actions.start(**{"unit": units[0], **data}, by=request.user),
        done=lambda batch: f"Đã nhận tệp {batch.file_name}. Đang đọc tệp.",
        back=lambda batch: reverse("imports:detail", args=[batch.number]) if batch else LIST.url,
        cancel=LIST.url,
        title="Nhập thiết bị từ tệp",
        submit="Tải lên và đọc tệp",
        breadcrumb=[DEVICES, LIST],
        template="equipment/import_upload.html",
    )


@require_safe
def import_detail(request: Request, number: str) -> HttpResponse:
    batch = access_import(request.user, number, "view")
    parts = Parts(request, batch)
    return render_record(
        request,
        title=f"Đợt nhập {number}",
        status=parts.status(),
        facts=[
            Fact("Tệp", batch.file_name),
            Fact("Đơn vị", batch.unit.name),
            Fact("Thiết bị đã có", batch.get_existing_display()),
            Fact("Người nhập", str(batch.created_by or "—")),
            Fact("Tải lên lúc", vndatetime(batch.created_at)),
        ],
        head=parts.head(),
        actions=parts.actions(),
        tabs=parts.tabs(),
        breadcrumb=[DEVICES, LIST],
    )


@require_http_methods(EDIT)
def import_match(request: Request, number: str) -> HttpResponse:
    """What each column means. "Xem lại" shows the samples as they are read by what is chosen, and saves nothing."""
    batch = access_import(request.user, number, "match")
    here = reverse("imports:detail", args=[number])
    try:
        sheets = actions.book_of(batch, request.user).sheets
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect(here)
    page = _match_page(batch, sheets)
    if "preview" in request.POST:
        return render_form(request, form=MatchForm(request.POST, batch=batch), back=here, **page)
    return handle_form(
        request,
        form=partial(MatchForm, batch=batch),
        act=lambda data: actions.match_columns(
            batch, columns=data["columns"], by=request.user, version=data["version"]
        ),
        done="Đã ghép cột. Đang kiểm tra từng dòng.",
        back=here,
        **page,
    )


def _match_page(batch: ImportBatch, sheets: Sequence[SheetInfo]) -> dict[str, Any]:
    """What the page shows beside the form itself."""
    return {
        "title": f"Ghép cột {batch.number}",
        "subtitle": f"Tệp {batch.file_name}",
        "submit": "Kiểm tra các dòng",
        "breadcrumb": [DEVICES, LIST, Link(batch.number, reverse("imports:detail", args=[batch.number]))],
        "template": "equipment/import_match.html",
        "extra_context": {
            "sheet_form": SheetForm(batch=batch, sheets=sheets),
            "batch": batch,
            "sheets": sheets,
            "error_title": "Chưa kiểm tra được",
        },
    }


@require_POST
def import_sheet(request: Request, number: str) -> HttpResponse:
    """Read another sheet, or from another line of headings on; the columns are then matched anew."""
    batch = access_import(request.user, number, "match")
    return run_action(
        request,
        lambda: _choose_sheet(request, batch),
        done="Đã đọc lại trang tính. Hãy xem cách ghép cột.",
        back=reverse("imports:match", args=[number]),
    )


def _choose_sheet(request: Request, batch: ImportBatch) -> ImportBatch:
    form = SheetForm(request.POST, batch=batch, sheets=actions.book_of(batch, request.user).sheets)
    if not form.is_valid():
        raise DomainError(next(problem.message for problem in form.problems()))
    data = form.cleaned_data
    # Another sheet has its headings elsewhere; on the same one the person says where they are.
    row = data["header_row"] - 1 if data["sheet"] == batch.sheet else None
    return actions.choose_sheet(batch, sheet=data["sheet"], header_row=row, by=request.user, version=data["version"])


@require_POST
def import_check(request: Request, number: str) -> HttpResponse:
    """Check again, against the books as they are now."""
    batch = access_import(request.user, number, "check")
    return run_action(
        request,
        lambda: actions.check_again(batch, by=request.user, version=None),
        done="Đang kiểm tra lại từng dòng.",
        back=reverse("imports:detail", args=[number]),
    )


@require_POST
def import_apply(request: Request, number: str) -> HttpResponse:
    batch = access_import(request.user, number, "apply")
    version = request.POST.get("version", "")
    return run_action(
        request,
        lambda: actions.apply(
            batch,
            mode=request.POST.get("mode", ""),
            by=request.user,
            version=int(version) if re.fullmatch("[0-9]{1,9}", version) else 0,
        ),
        done="Đang nhập vào sổ. Bạn có thể đóng trang này.",
        back=reverse("imports:detail", args=[number]),
    )


@require_http_methods(EDIT)
def import_cancel(request: Request, number: str) -> HttpResponse:
    batch = access_import(request.user, number, "cancel")
    here = reverse("imports:detail", args=[number])
    return confirm_action(
        request,
        form=KitForm,
        act=lambda _: actions.cancel(batch, by=request.user),
        title=f"Hủy đợt nhập {number}",
        text=f"Hủy đợt nhập {number} từ tệp {batch.file_name}?",
        consequence="Chưa có thiết bị nào được ghi. Muốn nhập lại thì tải tệp lên lần nữa.",
        submit="Hủy đợt nhập",
        done=f"Đã hủy đợt nhập {number}.",
        back=here,
        breadcrumb=[DEVICES, LIST, Link(number, here)],
    )
