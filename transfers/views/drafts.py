"""Writing the draft of a transfer, and preparing its devices."""

from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core.http import Request
from dossiers.policies import require_recording
from equipment.models import Installation
from equipment.views.chosen import device_form
from orgs.queries import by_name
from transfers.actions import draft as actions
from transfers.actions.lines import lines_of
from transfers.forms import DraftForm, PrepareForm
from transfers.kinds import LIST, TRANSFER
from transfers.models import Transfer
from transfers.queries import possible_receivers
from ui.choices import found
from ui.forms import handle_form

EDIT = ["GET", "HEAD", "POST"]


@require_http_methods(EDIT)
def transfer_create(request: Request) -> HttpResponse:
    require_recording(request.user)
    return device_form(
        request,
        form=partial(DraftForm, by=request.user),
        act=lambda data: actions.start_draft(
            header=data, devices=data["devices"], by=request.user, submission=data["submission"]
        ),
        done=lambda made: f"Đã lập hồ sơ {made.number}. Bước tiếp theo: ghi quyết định điều chuyển.",
        back=lambda made: reverse("transfers:detail", args=[made.number]) if made else LIST.url,
        cancel=LIST.url,
        title="Hồ sơ điều chuyển mới",
        submit="Lập hồ sơ",
        breadcrumb=[LIST],
    )


@require_http_methods(EDIT)
def transfer_edit(request: Request, number: str) -> HttpResponse:
    transfer = TRANSFER.access(request.user, number, "edit")
    return handle_form(
        request,
        form=partial(DraftForm, by=request.user, transfer=transfer, devices=lines_of(transfer)),
        act=lambda data: actions.save_draft(
            transfer, header=data, devices=data["devices"], by=request.user, version=data["version"]
        ),
        done=f"Đã lưu nháp hồ sơ {number}.",
        back=TRANSFER.url("detail", transfer),
        title=f"Sửa hồ sơ {number}",
        breadcrumb=TRANSFER.trail(transfer),
    )


@require_http_methods(EDIT)
def transfer_prepare(request: Request, number: str) -> HttpResponse:
    transfer = TRANSFER.access(request.user, number, "prepare")
    return handle_form(
        request,
        form=partial(PrepareForm, dossier=transfer, lines=lines_of(transfer), software=_with_software(transfer)),
        act=lambda data: _prepare(transfer, data, request),
        done=f"Đã ghi việc xóa dữ liệu, phần mềm của hồ sơ {number}.",
        back=TRANSFER.url("detail", transfer),
        title="Xóa dữ liệu, phần mềm",
        subtitle="Thiết bị có bộ nhớ phải xóa dữ liệu trước khi giao, có biên bản. Phần mềm chỉ cài trên một máy "
        "thì đi cùng máy, hoặc gỡ ra để đơn vị dùng cho máy khác.",
        breadcrumb=TRANSFER.trail(transfer),
    )


def _prepare(transfer: Transfer, data: dict[str, Any], request: Request) -> Transfer:
    return actions.prepare(
        transfer,
        wiped=data["wiped"],
        licences=data["chosen"],
        on=data.get("wiped_on"),
        person=data.get("wiped_by", ""),
        method=data.get("wipe_method", ""),
        by=request.user,
        version=data["version"],
    )


def _with_software(transfer: Transfer) -> set[int]:
    """Computers of the transfer on which software is recorded."""
    rows = Installation.objects.of_unit(transfer.unit).filter(
        removed_on=None, computer__in=transfer.lines.values("equipment")
    )
    return set(rows.values_list("computer_id", flat=True))


@require_safe
def units(request: Request) -> HttpResponseBase:
    """Choices of the receiver: every agency that keeps books today."""
    require_recording(request.user)
    return found(
        request,
        possible_receivers(),
        search=by_name,
        text=lambda unit: unit.name,
        note=lambda unit: unit.code,
        key=lambda unit: unit.code,  # type: ignore[attr-defined]  # a unit
    )
