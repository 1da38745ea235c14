"""Pages of transfers: list, record, what is left of a device that has gone, papers."""

import uuid
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import documents
from core.http import Request
from core.models import Document
from dossiers import views as dossiers
from dossiers.blocks import form_steps, papers_tab
from transfers import blocks
from transfers.filters import TransferFilter
from transfers.kinds import LIST, TRANSFER
from transfers.models import Transfer, TransferLine
from transfers.policies import access_line
from transfers.queries import transfers_for_list
from transfers.rules import FLOW, TONES, State
from transfers.tables import TransferTable
from ui.actions import Action
from ui.blocks import Fact, Stack, Status
from ui.formats import money
from ui.links import Empty, Link
from ui.lists import render_list
from ui.records import Tab, render_record

EDIT = ["GET", "HEAD", "POST"]


def search_transfers(rows: Any, text: str) -> Any:
    """The search of the list of transfers."""
    return rows.search(text)


@require_safe
def transfer_list(request: Request) -> HttpResponseBase:
    create = Link("Lập hồ sơ điều chuyển", reverse("transfers:create")) if request.user.scope.write_units else None
    return render_list(
        request,
        queryset=transfers_for_list(request.user),
        table=TransferTable,
        filterset=TransferFilter,
        title="Điều chuyển",
        noun="hồ sơ",
        export_name="dieu-chuyen",
        search=search_transfers,
        search_label="Tìm theo số hồ sơ, số quyết định, đơn vị",
        create=create,
        empty=Empty(
            "Chưa có hồ sơ điều chuyển nào",
            "Khi có quyết định điều chuyển thiết bị sang đơn vị khác thì lập một hồ sơ. "
            "Hồ sơ đơn vị khác chuyển đến cũng hiện ở đây.",
            create,
        ),
    )


@require_safe
def transfer_detail(request: Request, number: str) -> HttpResponse:
    transfer = TRANSFER.access(request.user, number, "view")
    may = TRANSFER.may(request.user, transfer)
    papers = list(documents.documents_of(transfer).select_related("created_by"))
    return render_record(
        request,
        title=f"Hồ sơ điều chuyển {transfer.number}",
        status=Status(transfer.get_state_display(), TONES[State(transfer.state)]),  # type: ignore[arg-type]  # tones of the kit
        facts=[
            Fact("Bên giao", transfer.unit.name),
            Fact("Bên nhận", transfer.receiver.name),
            Fact("Số thiết bị", str(transfer.devices)),
            Fact("Nguyên giá", money(transfer.value)),
        ],
        head=[blocks.stepper(transfer), *blocks.both_clocks(request.user, transfer, timezone.localdate())],
        actions=_steps(transfer, may, papers),
        tabs=[
            Tab("ho-so", "Hồ sơ", partial(_dossier_tab, request, transfer, papers, may)),
            Tab("thiet-bi", "Thiết bị", partial(blocks.devices_tab, request.user, transfer), count=transfer.devices),
            Tab("dien-bien", "Diễn biến", partial(blocks.transfer_timeline, request.user, transfer)),
        ],
        breadcrumb=[LIST],
    )


def _dossier_tab(request: Request, transfer: Transfer, papers: Sequence[Document], may: set[str]) -> Stack:
    return Stack([papers_tab(request, TRANSFER, transfer, papers, may), blocks.details(transfer)])


def _steps(transfer: Transfer, may: set[str], papers: Sequence[Document]) -> list[Action | Link]:
    """What may be done now, the next step first."""

    def step(name: str, label: str, icon: str, **more: Any) -> Action:
        return Action(label, TRANSFER.url(name, transfer), icon=icon, **{"method": "get", **more})

    now = {
        State.DRAFT: ("decide", "Ghi quyết định", "file-certificate"),
        State.DECIDED: ("hand_over", "Bàn giao", "truck-delivery"),
        State.HANDED_OVER: ("receive", "Kiểm nhận", "package-import"),
        State.DIFFERENCE: ("settle", "Xử lý chênh lệch", "checklist"),
    }
    steps: list[Action | Link] = []
    name, label, icon = now.get(State(transfer.state), ("", "", ""))
    if name in may:
        steps.append(step(name, label, icon, style="primary"))
    if transfer.state == State.DIFFERENCE and "receive" in may:
        steps.append(step("receive", "Nhận thêm", "package-import"))
    if "prepare" in may:
        steps.append(step("prepare", "Xóa dữ liệu, phần mềm", "shield-check"))
    if "edit" in may:
        steps.append(step("edit", "Sửa bản nháp", "pencil"))
    if "cancel" in may and FLOW.allows(transfer.state, State.CANCELLED):
        steps.append(step("cancel", "Hủy hồ sơ", "ban", style="danger"))
    if "restore" in may and transfer.state == State.CANCELLED and transfer.partner_id is None:
        steps.append(step("restore", "Khôi phục", "arrow-back-up", method="post"))
    return [*steps, *form_steps(TRANSFER, transfer, papers, may)]


@require_safe
def transfer_line(request: Request, number: str, code: str) -> HttpResponse:
    """A device that has gone, as far as its record is the sender's: up to the receipt."""
    line = access_line(request.user, number, code)
    return render_record(
        request,
        title=line.name,
        subtitle="Hồ sơ của thiết bị tại đơn vị đến khi điều chuyển",
        code=line.code,
        status=Status("Đã điều chuyển", "muted"),
        facts=[
            Fact("Số máy", line.serial or "—", kind="code", copy=bool(line.serial)),
            Fact("Bên nhận", line.transfer.receiver.name),
            Fact("Ngày bàn giao", f"{line.transfer.handed_over_on:%d/%m/%Y}"),
            Fact("Hồ sơ", number, url=reverse("transfers:detail", args=[number]), kind="code"),
        ],
        tabs=_line_tabs(request, line),
        breadcrumb=TRANSFER.trail(line.transfer),
    )


def _line_tabs(request: Request, line: TransferLine) -> list[Tab]:
    return [
        Tab("chi-tiet", "Chi tiết", partial(blocks.line_details, line)),
        Tab("dien-bien", "Diễn biến", partial(blocks.line_timeline, request.user, line)),
        Tab("but-toan", "Sổ biến động", partial(blocks.line_ledger, request.user, line)),
    ]


@require_http_methods(EDIT)
def transfer_attach(request: Request, number: str) -> HttpResponse:
    return dossiers.attach(request, TRANSFER, number)


@require_http_methods(EDIT)
def transfer_detach(request: Request, number: str, public_id: uuid.UUID) -> HttpResponse:
    return dossiers.detach(request, TRANSFER, number, public_id)


@require_POST
def transfer_issue(request: Request, number: str, paper: str) -> HttpResponse:
    return dossiers.issue(request, TRANSFER, number, paper)
