"""Norms: excess and shortage of a unit; the figures, which IT Center keeps (art. 7, 14.3)."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from core.http import Request
from dossiers.blocks import history_of, newest_first
from equipment.actions import norms as actions
from equipment.forms.norms import CopyForm, GroupsForm, NormForm, SetForm, StandingForm
from equipment.models import Category, Norm, NormSet
from equipment.policies import may_keep_catalogue, require_catalogue
from equipment.queries.standings import Line, lines
from equipment.rules.norms import Scope
from equipment.tables.assignment import StandingTable
from equipment.tables.norms import NormSetTable, NormTable, TitleGroupTable
from equipment.views.assignments import LIST
from personnel.models import Title
from ui import exports
from ui.actions import Action
from ui.blocks import Fact, FactList, Rows, Status
from ui.formats import money
from ui.forms import handle_form
from ui.links import Link, querystring
from ui.lists import render_list
from ui.records import Tab, render_record

SETS = Link("Định mức", "/quan-tri/danh-muc/dinh-muc/")
EDIT = ["GET", "HEAD", "POST"]
EXPORTS = {"csv": exports.export_csv, "xlsx": exports.export_xlsx}
SCOPES = {Scope.PERSON: "Cán bộ", Scope.ROOM: "Phòng, tổ", Scope.UNIT: "Đơn vị"}
EVERYTHING = "tat-ca"


@require_safe
def standings(request: Request) -> HttpResponseBase:
    """What is too much and too little in a unit as of a day (`?unit=`, `?ngay=`); with `?tat-ca=1` what fits, too."""
    form = StandingForm(request.GET or {}, by=request.user)
    valid = form.is_valid()
    day = (form.cleaned_data.get("ngay") if valid else None) or timezone.localdate()
    if day > timezone.localdate():
        form.add_error("ngay", "Ngày này chưa đến. Hãy chọn từ hôm nay trở về trước.")
        valid = False
    unit = (form.cleaned_data.get("unit") if valid else None) or request.user.unit
    found = lines(unit, day) if valid else []
    everything = bool(request.GET.get(EVERYTHING))
    shown = [
        line for line in found if everything or line.standing.excess or line.standing.kept or line.standing.shortage
    ]
    if valid and (make := EXPORTS.get(request.GET.get("export", ""))):
        return make(map(_row, shown), StandingTable.columns, "dinh-muc")
    context = {
        "title": "Thừa, thiếu so với định mức",
        "form": form,
        "unit": unit,
        "day": day,
        "valid": valid,
        "lines": [(SCOPES[line.scope], line) for line in shown],
        "count": len(found),
        "excess": sum(line.standing.excess for line in found),
        "shortage": sum(line.standing.shortage for line in found),
        "everything": everything,
        "all_url": querystring(request, {EVERYTHING: None if everything else "1"}),
        "exports": {kind: querystring(request, {"export": kind}) for kind in EXPORTS},
        "breadcrumb": [LIST],
    }
    return render(request, "equipment/norms.html", context, status=200 if valid else 400)


def _row(line: Line) -> dict[str, Any]:
    now = line.standing
    return {
        "scope": SCOPES[line.scope],
        "whose": line.whose,
        "group": line.group,
        "items": line.items,
        "allowed": now.allowed,
        "has": now.has,
        "excess": now.excess,
        "kept": now.kept,
        "shortage": now.shortage,
        "rule": line.rule,
    }


@require_safe
def set_list(request: Request) -> HttpResponseBase:
    return render_list(
        request,
        queryset=NormSet.objects.all(),
        table=NormSetTable,
        title="Định mức",
        noun="bộ định mức",
        export_name="bo-dinh-muc",
        subtitle="Tiêu chuẩn, định mức máy móc, thiết bị; Trung tâm CNTT cập nhật (Điều 7, 14.3).",
    )


@require_safe
def set_detail(request: Request, code: str) -> HttpResponse:
    norm_set = get_object_or_404(NormSet, code=code)
    today = timezone.localdate()
    in_force = norm_set.valid_from <= today and (norm_set.valid_to is None or norm_set.valid_to >= today)
    keeps = may_keep_catalogue(request.user)
    return render_record(
        request,
        title=norm_set.name,
        code=norm_set.code,
        status=Status("Đang hiệu lực", "ok") if in_force else Status("Không hiệu lực hôm nay", "muted"),
        facts=[
            Fact("Hiệu lực từ", _day(norm_set.valid_from)),
            Fact("Hiệu lực đến", _day(norm_set.valid_to)),
            Fact("Nguồn", norm_set.source or "—"),
        ],
        actions=_set_steps(norm_set) if keeps else [],
        tabs=[
            Tab("dinh-muc", "Định mức", partial(Rows.of, NormTable, norm_set.norms.all(), limit=500)),
            Tab("chuc-danh", "Nhóm chức danh", partial(Rows.of, TitleGroupTable, norm_set.titles.all())),
            Tab("dien-bien", "Diễn biến", lambda: newest_first(history_of(norm_set, created="Thêm bộ định mức"))),
        ],
        breadcrumb=[SETS],
    )


def _set_steps(norm_set: NormSet) -> Sequence[Action]:
    def step(label: str, name: str, icon: str) -> Action:
        return Action(label, reverse(f"norms:{name}", args=[norm_set.code]), icon=icon, method="get")

    return [
        step("Thêm định mức", "add", "plus"),
        step("Xếp nhóm chức danh", "groups", "users"),
        step("Sửa văn bản, hiệu lực", "edit", "pencil"),
        step("Lập bộ mới từ bộ này", "copy", "copy"),
    ]


@require_http_methods(EDIT)
def set_edit(request: Request, code: str) -> HttpResponse:
    norm_set, here = _kept(request, code)
    return handle_form(
        request,
        form=partial(SetForm, norm_set=norm_set),
        act=lambda data: actions.edit_set(norm_set, version=data.pop("version"), values=data, by=request.user),
        done=f"Đã lưu {norm_set.name}.",
        back=here,
        title=f"Sửa {norm_set.name}",
        breadcrumb=[SETS, Link(norm_set.name, here)],
    )


@require_http_methods(EDIT)
def set_copy(request: Request, code: str) -> HttpResponse:
    norm_set, here = _kept(request, code)
    return handle_form(
        request,
        form=CopyForm,
        act=lambda data: actions.new_version(norm_set, by=request.user, **data),
        done=lambda made: f"Đã lập {made.name} với số liệu của {norm_set.name}. Hãy sửa từng định mức.",
        back=lambda made: reverse("norms:detail", args=[made.code]) if made else here,
        cancel=here,
        title=f"Lập bộ định mức mới từ {norm_set.name}",
        breadcrumb=[SETS, Link(norm_set.name, here)],
    )


@require_http_methods(EDIT)
def set_groups(request: Request, code: str) -> HttpResponse:
    norm_set, here = _kept(request, code)
    make = partial(
        GroupsForm, norm_set=norm_set, titles=list(Title.objects.all()), standing=list(norm_set.titles.all())
    )
    return handle_form(
        request,
        form=make,
        act=lambda data: actions.set_groups(
            norm_set, chosen=GroupsForm.chosen_of(data), version=data["version"], by=request.user
        ),
        done="Đã xếp nhóm chức danh.",
        back=f"{here}?tab=chuc-danh",
        title=f"Nhóm chức danh theo {norm_set.name}",
        subtitle="Nhóm quyết định định mức của từng người; chức danh chưa xác định nhóm thì không xét.",
        breadcrumb=[SETS, Link(norm_set.name, here)],
    )


@require_http_methods(EDIT)
def norm_add(request: Request, code: str) -> HttpResponse:
    norm_set, here = _kept(request, code)
    return handle_form(
        request,
        form=NormForm,
        act=lambda data: actions.add_norm(norm_set, values=_values(data), by=request.user),
        done="Đã thêm định mức.",
        back=here,
        title=f"Thêm định mức vào {norm_set.name}",
        breadcrumb=[SETS, Link(norm_set.name, here)],
    )


@require_safe
def norm_detail(request: Request, code: str, pk: int) -> HttpResponse:
    norm = get_object_or_404(Norm.objects.select_related("norm_set", "category"), norm_set__code=code, pk=pk)
    here = reverse("norms:detail", args=[code])
    edit = Action("Sửa định mức", reverse("norms:norm_edit", args=[code, pk]), icon="pencil", method="get")
    return render_record(
        request,
        title=f"{norm.category.name}, {norm.get_scope_display()}",
        facts=[Fact("Văn bản", norm.norm_set.name), Fact("Nhóm", norm.group or "—")],
        actions=[edit] if may_keep_catalogue(request.user) else [],
        tabs=[
            Tab("chi-tiet", "Chi tiết", partial(_norm_facts, norm)),
            Tab("dien-bien", "Diễn biến", lambda: newest_first(history_of(norm, created="Thêm định mức"))),
        ],
        breadcrumb=[SETS, Link(norm.norm_set.name, here)],
    )


def _norm_facts(norm: Norm) -> FactList:
    others = Category.objects.filter(code__in=norm.alternatives).values_list("name", flat=True)
    quantity = "theo quyết định riêng" if norm.quantity is None else str(norm.quantity)
    return FactList(
        [
            Fact("Áp dụng cho", norm.description or "—"),
            Fact("Số lượng tối đa", quantity + (f" cho mỗi {norm.per} người, làm tròn lên" if norm.per else "")),
            Fact("Chỉ tính các nhóm", ", ".join(norm.counted) or "mọi chức danh"),
            Fact("Hoặc các loại", ", ".join(others) or "—"),
            Fact("Mức giá tối đa", money(norm.ceiling) if norm.ceiling is not None else "—"),
            Fact("Nguồn", norm.source or "—"),
            Fact("Độ tin cậy", norm.confidence or "—"),
            Fact("Ghi chú", norm.note or "—"),
        ]
    )


@require_http_methods(EDIT)
def norm_edit(request: Request, code: str, pk: int) -> HttpResponse:
    require_catalogue(request.user)
    norm = get_object_or_404(Norm.objects.select_related("norm_set", "category"), norm_set__code=code, pk=pk)
    here = reverse("norms:norm", args=[code, pk])
    return handle_form(
        request,
        form=partial(NormForm, norm=norm),
        act=lambda data: actions.edit_norm(norm, version=data["version"], values=_values(data), by=request.user),
        done="Đã lưu định mức.",
        back=here,
        title="Sửa định mức",
        breadcrumb=[SETS, Link(norm.norm_set.name, reverse("norms:detail", args=[code]))],
    )


def _kept(request: Request, code: str) -> tuple[NormSet, str]:
    """A set, for whoever keeps the catalogue, and its address."""
    require_catalogue(request.user)
    return get_object_or_404(NormSet, code=code), reverse("norms:detail", args=[code])


def _values(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "version"}


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "—"
