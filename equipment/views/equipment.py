"""Pages of devices: list, record, edit, search."""

from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from core.http import Request
from dossiers.kinds import address_of, find_dossier
from equipment import blocks
from equipment.actions import equipment as actions
from equipment.extensions import bulk_for, steps_for, tabs_for
from equipment.filters import EquipmentFilter, tallied, wear_year
from equipment.forms.equipment import EquipmentForm, descriptive_values
from equipment.models import Equipment, SerialClash
from equipment.models.reservation import open_dossier
from equipment.policies import access_equipment, may_describe
from equipment.rules.lifecycle import STATUS_TONES, Status
from equipment.rules.numbers import typed_code
from equipment.rules.warranty import warranty
from equipment.tables import ClashTable, EquipmentTable, OwnEquipmentTable
from equipment.views.wear import wear_tab
from orgs.rules import UnitKind
from ui.actions import Action
from ui.blocks import Fact
from ui.blocks import Status as StatusBlock
from ui.forms import handle_form
from ui.links import Empty, Link
from ui.lists import BulkAction, render_list
from ui.records import Tab, render_record

LIST = Link("Thiết bị", "/thiet-bi/")
CODE_LENGTH = 40


def search_equipment(rows: Any, text: str) -> Any:
    """The search of every list of devices."""
    return rows.search(text)


@require_safe
def equipment_list(request: Request) -> HttpResponseBase:
    create = Link("Tiếp nhận thiết bị", reverse("intakes:create")) if request.user.scope.write_units else None
    table = OwnEquipmentTable if request.user.unit.kind == UnitKind.DISTRICT else EquipmentTable
    return render_list(
        request,
        queryset=Equipment.objects.visible_to(request.user),
        table=table.as_of(wear_year(request.GET)),
        filterset=EquipmentFilter,
        title="Thiết bị",
        noun="thiết bị",
        export_name="thiet-bi",
        search=search_equipment,
        count=tallied,
        search_label="Tìm theo mã, số máy, tên, mẫu, người dùng",
        create=create,
        home=reverse("equipment:list"),
        actions=[
            BulkAction("In nhãn QR", reverse("equipment:labels"), icon="qrcode"),
            *([BulkAction("Sửa hàng loạt", reverse("equipment:bulk"), icon="edit")] if create else []),
            *(bulk_for(request.user) if create else []),
            *([Link("Nhập từ tệp", reverse("imports:list"), icon="file-import")] if create else []),
        ],
        empty=Empty("Chưa có thiết bị nào", "Thiết bị có ở đây sau khi hồ sơ tiếp nhận được xác nhận.", create),
    )


@require_safe
def equipment_detail(request: Request, code: str) -> HttpResponse:
    item = access_equipment(request.user, code, "view")
    edit = Action("Sửa thông tin", reverse("equipment:edit", args=[code]), icon="pencil", method="get")
    return render_record(
        request,
        title=item.name,
        code=item.code,
        status=StatusBlock(item.get_status_display(), STATUS_TONES[Status(item.status)]),  # type: ignore[arg-type]  # tones of the kit
        facts=[
            Fact("Số máy", item.serial or "—", kind="code", copy=bool(item.serial)),
            Fact("Phòng, tổ", item.room.name if item.room else "—"),
            Fact("Người sử dụng", item.holder_name or "—"),
            Fact("Bảo hành", StatusBlock(*warranty(item.warranty_until, timezone.localdate()))),  # type: ignore[arg-type]  # tones of the kit
            Fact("Đơn vị", item.unit.name),
            *_open_dossier(item),
        ],
        actions=[
            *steps_for(request.user, item),
            *([edit] if may_describe(request.user, item) else []),
            Link("In nhãn QR", f"{reverse('equipment:labels')}?id={item.code}&in=nhanh", icon="qrcode"),
        ],
        tabs=[
            Tab("chi-tiet", "Chi tiết", partial(blocks.equipment_details, item)),
            *tabs_for(request, item),
            Tab("ho-so", "Hồ sơ", partial(blocks.equipment_dossiers, request.user, item)),
            Tab("tai-lieu", "Tài liệu", partial(blocks.equipment_documents, request.user, item)),
            Tab("dien-bien", "Diễn biến", partial(blocks.equipment_timeline, request.user, item)),
            Tab("but-toan", "Sổ biến động", partial(blocks.equipment_ledger, request.user, item)),
            wear_tab(request, item),
        ],
        breadcrumb=[LIST],
    )


def _open_dossier(item: Equipment) -> list[Fact]:
    """The dossier that has the device now: nothing else can be begun with it."""
    number = open_dossier(item)
    if not number:
        return []
    return [Fact("Đang ở hồ sơ", number, url=address_of(item.reservation.kind, number), kind="code")]


@require_http_methods(["GET", "HEAD", "POST"])
def equipment_edit(request: Request, code: str) -> HttpResponse:
    item = access_equipment(request.user, code, "describe")
    here = reverse("equipment:detail", args=[code])
    return handle_form(
        request,
        form=partial(EquipmentForm, item=item),
        act=lambda data: actions.describe(
            item,
            values=descriptive_values(data, item),
            reason=data["reason"],
            by=request.user,
            version=data["version"],
        ),
        done=f"Đã lưu thông tin thiết bị {code}.",
        back=here,
        title=f"Sửa thông tin {item.code}",
        subtitle=item.name,
        breadcrumb=[LIST, Link(item.code, here)],
    )


@require_safe
def search(request: Request) -> HttpResponseBase:
    """Global search: an exact code or dossier number goes straight there, the rest is the filtered list."""
    text = request.GET.get("q", "").strip()
    if text and len(text) <= CODE_LENGTH and text.isprintable() and any(sign.isdigit() for sign in text):
        if item := Equipment.objects.visible_to(request.user).filter(code=typed_code(text)).first():
            return redirect("equipment:detail", code=item.code)
        if address := find_dossier(request.user, text.upper()):
            return redirect(address)
    return equipment_list(request)


@require_safe
def clashes(request: Request) -> HttpResponseBase:
    """Serials that two units have: for IT Center, whose scope is the whole tree."""
    return render_list(
        request,
        queryset=SerialClash.objects.visible_to(request.user),
        table=ClashTable,
        title="Số máy trùng giữa các đơn vị",
        noun="cặp thiết bị",
        export_name="so-may-trung",
        empty=Empty("Không có số máy nào trùng", "Danh sách này chỉ dành cho tài khoản theo dõi toàn ngành."),
    )
