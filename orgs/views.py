from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.http import Request
from orgs.models import OrgUnit
from orgs.policies import access_unit, visible_units
from orgs.queries import ancestors_seen, branches, by_name
from orgs.tables import UnitTable
from ui.blocks import Fact, FactList, Rows
from ui.choices import found
from ui.links import Empty, Link
from ui.records import Tab, render_record


@require_safe
def unit_tree(request: Request) -> HttpResponse:
    """The units whose data the person sees, as a tree."""
    drawn = branches(request.user)
    return render(request, "orgs/tree.html", {"title": "Cây đơn vị", "branches": drawn, "count": len(drawn)})


@require_safe
def unit_detail(request: Request, code: str) -> HttpResponse:
    unit = access_unit(request.user, code)
    below = OrgUnit.objects.filter(path__startswith=unit.path, depth=unit.depth + 1)
    return render_record(
        request,
        title=unit.name,
        code=unit.code,
        facts=[Fact("Loại", unit.get_kind_display())],
        tabs=[
            Tab(
                "truc-thuoc", "Trực thuộc", lambda: Rows.of(UnitTable, below, empty=Empty("Không có đơn vị trực thuộc"))
            ),
            Tab("chi-tiet", "Chi tiết", lambda: _facts(unit)),
        ],
        breadcrumb=[
            Link("Cây đơn vị", reverse("orgs:tree")),
            *(
                Link(above.name, reverse("orgs:detail", args=[above.code]))
                for above in ancestors_seen(request.user, unit)
            ),
        ],
    )


def _facts(unit: OrgUnit) -> FactList:
    return FactList(
        [
            Fact("Mã đơn vị", unit.code, kind="code"),
            Fact("Mã ngành", unit.sector_code or "—"),
            Fact("Loại", unit.get_kind_display()),
            Fact("Giữ sổ riêng", "Có" if unit.is_agency else "Không, thuộc sổ của đơn vị cấp trên"),
            Fact("Đơn vị quản lý hộ", unit.custodian.name if unit.custodian else "—"),
            Fact("Hiệu lực từ", f"{unit.valid_from:%d/%m/%Y}" if unit.valid_from else "—"),
            Fact("Hiệu lực đến", f"{unit.valid_to:%d/%m/%Y}" if unit.valid_to else "—"),
            Fact("Nguồn", unit.source or "—"),
        ]
    )


@require_safe
def unit_search(request: Request) -> HttpResponseBase:
    """Choices of a unit field: agencies whose data the person sees."""
    return found(
        request,
        visible_units(request.user).agencies(),
        search=by_name,
        text=lambda unit: unit.name,
        note=lambda unit: unit.code,
        key=lambda unit: unit.code,  # type: ignore[attr-defined]  # a unit
    )
