"""The steps of a transfer: the sender's and the receiver's."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from core.http import Request
from core.models import DocumentKind
from dossiers.actions import kinds_of
from dossiers.forms import ReasonForm
from transfers.actions import draft, receipt, steps
from transfers.actions.lines import lines_of
from transfers.forms import DecideForm, HandOverForm, ReceiveForm, SettleForm
from transfers.kinds import TRANSFER
from transfers.models import Transfer
from transfers.rules import State
from ui.actions import run_action
from ui.forms import confirm_action, handle_form

EDIT = ["GET", "HEAD", "POST"]


@require_http_methods(EDIT)
def transfer_decide(request: Request, number: str) -> HttpResponse:
    transfer = TRANSFER.access(request.user, number, "decide")
    there = DocumentKind.DECISION in kinds_of(transfer)
    return handle_form(
        request,
        form=partial(DecideForm, dossier=transfer, there=there),
        act=lambda data: _decide(transfer, data, request),
        done=f"Đã ghi quyết định. Hồ sơ {number} nay hiện với {transfer.receiver.name}.",
        back=TRANSFER.url("detail", transfer),
        title=f"Quyết định điều chuyển {number}",
        subtitle=f"Sau bước này {transfer.receiver.name} xem được hồ sơ, danh sách thiết bị và mọi tài liệu của hồ sơ.",
        submit="Ghi quyết định",
        breadcrumb=TRANSFER.trail(transfer),
    )


def _decide(transfer: Transfer, data: dict[str, Any], request: Request) -> Transfer:
    return steps.decide(
        transfer,
        number=data["number"],
        day=data["day"],
        signer=data["signer"],
        issuer=data["issuer"],
        file=data.get("file"),
        by=request.user,
        version=data["version"],
    )


@require_http_methods(EDIT)
def transfer_hand_over(request: Request, number: str) -> HttpResponse:
    transfer = TRANSFER.access(request.user, number, "hand_over")
    late = transfer.state == State.DECIDED and steps.sender_due(transfer) < timezone.localdate()
    return confirm_action(
        request,
        form=partial(HandOverForm, dossier=transfer, late=late),
        act=lambda data: _hand_over(transfer, data, request),
        title=f"Bàn giao hồ sơ {number}",
        text=f"Bàn giao {transfer.lines.count()} thiết bị cho {transfer.receiver.name}?",
        consequence="Thiết bị chuyển sang “Đang điều chuyển”, không còn người giữ, nơi đặt; sổ của hai bên chuyển khi "
        "bên nhận xác nhận. Sau bước này không hủy được hồ sơ.",
        submit="Bàn giao",
        done=f"Đã bàn giao hồ sơ {number}. Chờ {transfer.receiver.name} kiểm nhận.",
        back=TRANSFER.url("detail", transfer),
        danger=False,
        breadcrumb=TRANSFER.trail(transfer),
    )


def _hand_over(transfer: Transfer, data: dict[str, Any], request: Request) -> Transfer:
    return steps.hand_over(
        transfer,
        on=data["on"],
        minutes={name: data[name] for name in steps.MINUTES},
        late_reason=data.get("late_reason", ""),
        by=request.user,
        version=data["version"],
    )


@require_http_methods(EDIT)
def transfer_receive(request: Request, number: str) -> HttpResponse:
    transfer = TRANSFER.access(request.user, number, "receive")
    # Once nothing is to be received (cancelled meanwhile, say) no answers are asked for: the action says what happened.
    lines = lines_of(transfer) if transfer.state in {State.HANDED_OVER, State.DIFFERENCE} else []
    late = transfer.state == State.HANDED_OVER and receipt.receiver_due(transfer) < timezone.localdate()
    return handle_form(
        request,
        form=partial(ReceiveForm, dossier=transfer, lines=lines, late=late),
        act=lambda data: _receive(transfer, data, request),
        done=_received,
        back=TRANSFER.url("detail", transfer),
        title=f"Kiểm nhận hồ sơ {number}",
        subtitle=f"Thiết bị do {transfer.unit.name} giao. Thiết bị đã nhận vào sổ của đơn vị từ ngày bàn giao.",
        submit="Xác nhận",
        breadcrumb=TRANSFER.trail(transfer),
    )


def _receive(transfer: Transfer, data: dict[str, Any], request: Request) -> Transfer:
    return receipt.receive(
        transfer,
        arrivals=data["arrivals"],
        on=data["on"],
        receiver_name=data["receiver_name"],
        receiver_title=data["receiver_title"],
        late_reason=data.get("late_reason", ""),
        by=request.user,
        version=data["version"],
    )


def _received(transfer: Transfer) -> str:
    if transfer.state == State.DIFFERENCE:
        return f"Đã ghi kết quả kiểm nhận hồ sơ {transfer.number}. Bên giao sẽ xử lý thiết bị chênh lệch."
    if transfer.state == State.PARTLY_RECEIVED:
        return f"Đã ghi nhận thêm thiết bị của hồ sơ {transfer.number}; hồ sơ kết thúc, đơn vị nhận một phần thiết bị."
    return f"Đã nhận đủ thiết bị của hồ sơ {transfer.number}; thiết bị đã vào sổ của đơn vị."


@require_http_methods(EDIT)
def transfer_settle(request: Request, number: str) -> HttpResponse:
    transfer = TRANSFER.access(request.user, number, "settle")
    return handle_form(
        request,
        form=partial(SettleForm, dossier=transfer, lines=lines_of(transfer)),
        act=lambda data: receipt.settle(
            transfer, outcomes=data["outcomes"], on=data["on"], by=request.user, version=data["version"]
        ),
        done=f"Đã ghi xử lý chênh lệch của hồ sơ {number}.",
        back=TRANSFER.url("detail", transfer),
        title=f"Xử lý chênh lệch hồ sơ {number}",
        subtitle="Thiết bị nhận lại thì về kho của đơn vị. Thiết bị mất thì ra khỏi sổ, cần biên bản xác định mất "
        "(PDF) trong tài liệu của hồ sơ.",
        submit="Ghi xử lý",
        breadcrumb=TRANSFER.trail(transfer),
    )


@require_http_methods(EDIT)
def transfer_cancel(request: Request, number: str) -> HttpResponse:
    transfer = TRANSFER.access(request.user, number, "cancel")
    return confirm_action(
        request,
        form=ReasonForm,
        act=lambda data: draft.cancel(transfer, reason=data["reason"], by=request.user),
        title=f"Hủy hồ sơ {number}",
        text=f"Hủy hồ sơ điều chuyển {number} sang {transfer.receiver.name}?",
        consequence="Thiết bị được đưa ra khỏi hồ sơ; hồ sơ và tài liệu vẫn được lưu."
        + (" Bên nhận thấy hồ sơ đã hủy và lý do." if transfer.partner_id else ""),
        submit="Hủy hồ sơ",
        done=f"Đã hủy hồ sơ {number}.",
        back=TRANSFER.url("detail", transfer),
        breadcrumb=TRANSFER.trail(transfer),
    )


@require_POST
def transfer_restore(request: Request, number: str) -> HttpResponse:
    transfer = TRANSFER.access(request.user, number, "restore")
    return run_action(
        request,
        lambda: draft.restore(transfer, by=request.user),
        done=f"Đã khôi phục hồ sơ {number} thành bản nháp.",
        back=TRANSFER.url("detail", transfer),
    )
