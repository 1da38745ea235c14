"""Lists: the dossiers, what they cost, what upkeep is due."""

from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.http import Request
from equipment.views.equipment import search_equipment
from orgs.rules import UnitKind
from repairs.filters import CostFilter, RepairFilter, UpkeepFilter
from repairs.kinds import REPAIR
from repairs.queries import costs, repairs_for_list, upkeep
from repairs.tables import (
    CostTable,
    OwnCostTable,
    OwnRepairTable,
    OwnUpkeepTable,
    RepairTable,
    UpkeepTable,
)
from ui.links import Empty, Link
from ui.lists import BulkAction, render_list


def search_rows(rows: Any, text: str) -> Any:
    """The search of the lists of dossiers and costs."""
    return rows.search(text)


def _own(request: Request) -> bool:
    return request.user.unit.kind == UnitKind.DISTRICT


@require_safe
def repair_list(request: Request) -> HttpResponseBase:
    create = Link("Lập hồ sơ sửa chữa", reverse("repairs:create")) if request.user.scope.write_units else None
    return render_list(
        request,
        queryset=repairs_for_list(request.user),
        table=OwnRepairTable if _own(request) else RepairTable,
        filterset=RepairFilter,
        title="Sửa chữa",
        noun="hồ sơ",
        export_name="sua-chua",
        search=search_rows,
        search_label="Tìm theo số hồ sơ, nơi sửa, mã, số máy, tên thiết bị",
        create=create,
        actions=[
            Link("Đến kỳ bảo trì", reverse("repairs:upkeep"), icon="calendar-due"),
            Link("Chi phí sửa chữa", reverse("repairs:costs"), icon="coin"),
        ],
        empty=Empty(
            "Chưa có hồ sơ sửa chữa nào",
            "Lập hồ sơ khi thiết bị được đánh giá là cần sửa chữa, bảo hành, bảo trì hoặc nâng cấp (Điều 8).",
            create,
            icon="tool",
        ),
    )


@require_safe
def cost_list(request: Request) -> HttpResponseBase:
    return render_list(
        request,
        queryset=costs(request.user),
        table=OwnCostTable if _own(request) else CostTable,
        filterset=CostFilter,
        title="Chi phí sửa chữa",
        noun="lần sửa chữa",
        export_name="chi-phi-sua-chua",
        search=search_rows,
        search_label="Tìm theo mã, số máy, tên thiết bị, số hồ sơ",
        empty=Empty("Chưa có lần sửa chữa nào hoàn thành", "Chi phí có ở đây khi hồ sơ hoàn thành.", icon="coin"),
        breadcrumb=[REPAIR.pages],
    )


@require_safe
def upkeep_list(request: Request) -> HttpResponseBase:
    bulk = BulkAction("Lập hồ sơ bảo trì", reverse("repairs:upkeep_create"), icon="calendar-event")
    return render_list(
        request,
        queryset=upkeep(request.user),
        table=OwnUpkeepTable if _own(request) else UpkeepTable,
        filterset=UpkeepFilter,
        title="Thiết bị đến kỳ bảo trì",
        noun="thiết bị",
        export_name="den-ky-bao-tri",
        search=search_equipment,
        count=UpkeepFilter.many,
        search_label="Tìm theo mã, số máy, tên thiết bị",
        subtitle="Tính từ lần bảo trì gần nhất, hoặc từ ngày tiếp nhận, theo chu kỳ của loại thiết bị.",
        actions=[bulk] if request.user.scope.write_units else [],
        empty=Empty(
            "Không có thiết bị nào đến kỳ bảo trì",
            "Chu kỳ bảo trì do Trung tâm CNTT ghi ở danh mục loại thiết bị.",
            icon="calendar-due",
        ),
        breadcrumb=[REPAIR.pages],
    )
