"""Pages of the circulars on wear: everybody reads, IT Center keeps them; and the wear of one device."""

from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from core.http import Request
from equipment.actions import depreciation as actions
from equipment.blocks import catalogue_timeline
from equipment.filters import wear_year
from equipment.filters_catalogue import RateFilterSet
from equipment.forms.wear import RateForm, RegimeForm
from equipment.models import DepreciationRate, DepreciationRegime, Equipment
from equipment.policies import may_keep_catalogue, require_catalogue
from equipment.queries.depreciation import schedule_of, wear_rules
from equipment.rules.depreciation import Basis, YearOfWear, closed_year
from equipment.tables.wear import RateTable, RegimeTable, percent
from ui.actions import Action
from ui.blocks import Fact, FactList, Section, Stack
from ui.formats import money
from ui.forms import handle_form
from ui.links import Link
from ui.lists import render_list
from ui.records import Tab, render_record

EDIT = ["GET", "HEAD", "POST"]
RATES = Link("Tỷ lệ hao mòn", "/quan-tri/danh-muc/hao-mon/")
REGIMES = Link("Chế độ hao mòn", "/quan-tri/danh-muc/hao-mon/che-do/")
SHARED = "Danh mục dùng chung toàn ngành, do Trung tâm CNTT quản lý (Điều 14.3)."
CHANGES = "Số liệu hao mòn của các năm mà chế độ có hiệu lực thay đổi theo."
AHEAD = 30
"""Years that are looked ahead for the end of a device's life."""


def _regime(request: Request, pk: int, action: str) -> DepreciationRegime:
    if action != "view":
        require_catalogue(request.user)
    return get_object_or_404(DepreciationRegime, pk=pk)


def _rate(request: Request, pk: int, action: str) -> DepreciationRate:
    if action != "view":
        require_catalogue(request.user)
    return get_object_or_404(DepreciationRate.objects.select_related("regime", "category"), pk=pk)


@require_safe
def rate_list(request: Request) -> HttpResponseBase:
    keeps = may_keep_catalogue(request.user)
    return render_list(
        request,
        queryset=DepreciationRate.objects.all(),
        table=RateTable,
        filterset=RateFilterSet,
        title=RATES.label,
        noun="dòng",
        export_name="ty-le-hao-mon",
        create=Link("Thêm dòng", reverse("catalogue:rate_create")) if keeps else None,
        actions=[Link("Các chế độ", REGIMES.url)],
        subtitle=SHARED,
    )


@require_safe
def regime_list(request: Request) -> HttpResponseBase:
    keeps = may_keep_catalogue(request.user)
    return render_list(
        request,
        queryset=DepreciationRegime.objects.all(),
        table=RegimeTable,
        title=REGIMES.label,
        noun="chế độ",
        export_name="che-do-hao-mon",
        create=Link("Thêm chế độ", reverse("catalogue:regime_create")) if keeps else None,
        subtitle=SHARED,
        breadcrumb=[RATES],
    )


@require_safe
def rate_detail(request: Request, key: int) -> HttpResponse:
    rate = _rate(request, key, "view")
    edit = Action("Sửa", reverse("catalogue:rate_edit", args=[key]), icon="pencil", method="get")
    return render_record(
        request,
        title=str(rate.category),
        subtitle=f"Tỷ lệ hao mòn theo {rate.regime}",
        facts=_rate_facts(rate),
        actions=[edit] if may_keep_catalogue(request.user) else [],
        tabs=[
            Tab("chi-tiet", "Căn cứ", partial(_sources, rate)),
            Tab("dien-bien", "Diễn biến", partial(catalogue_timeline, rate)),
        ],
        breadcrumb=[RATES],
    )


def _rate_facts(rate: DepreciationRate) -> list[Fact]:
    unset = "Chưa quy định"
    return [
        Fact("Chế độ", rate.regime.code, url=reverse("catalogue:regime", args=[rate.regime_id]), kind="code"),
        Fact("Số năm sử dụng", f"{rate.life_years} năm" if rate.life_years else unset),
        Fact("Tỷ lệ hằng năm", percent(rate.rate) or unset),
        Fact("Tài sản cố định từ", money(rate.threshold), kind="num"),
    ]


def _sources(rate: DepreciationRate) -> FactList:
    return FactList([Fact("Căn cứ", rate.source), Fact("Độ tin cậy", rate.confidence or "—")], wide=True)


@require_safe
def regime_detail(request: Request, key: int) -> HttpResponse:
    regime = _regime(request, key, "view")
    edit = Action("Sửa", reverse("catalogue:regime_edit", args=[key]), icon="pencil", method="get")
    rates = f"{RATES.url}?regime={regime.code}"
    return render_record(
        request,
        title=regime.code,
        subtitle="Chế độ hao mòn tài sản cố định",
        facts=[
            Fact("Áp dụng từ", f"{regime.valid_from:%d/%m/%Y}"),
            Fact("Đến hết ngày", f"{regime.valid_to:%d/%m/%Y}" if regime.valid_to else "Đang áp dụng"),
            Fact("Tài sản đang dùng", "Tính lại mức hao mòn" if regime.restates else "Giữ mức hao mòn cũ"),
            Fact("Các dòng", "Xem tỷ lệ", url=rates),
        ],
        actions=[edit] if may_keep_catalogue(request.user) else [],
        tabs=[
            Tab("chi-tiet", "Căn cứ", lambda: FactList([Fact("Căn cứ", regime.source)], wide=True)),
            Tab("dien-bien", "Diễn biến", partial(catalogue_timeline, regime)),
        ],
        breadcrumb=[RATES, REGIMES],
    )


@require_http_methods(EDIT)
def rate_create(request: Request) -> HttpResponse:
    require_catalogue(request.user)
    return handle_form(
        request,
        form=RateForm,
        act=lambda data: actions.add_rate(values=_values(data), by=request.user),
        done=lambda rate: f"Đã thêm {rate}.",
        back=lambda rate: reverse("catalogue:rate", args=[rate.pk]) if rate else RATES.url,
        cancel=RATES.url,
        title="Thêm tỷ lệ hao mòn",
        subtitle=CHANGES,
        breadcrumb=[RATES],
    )


@require_http_methods(EDIT)
def rate_edit(request: Request, key: int) -> HttpResponse:
    rate = _rate(request, key, "edit")
    here = reverse("catalogue:rate", args=[key])
    return handle_form(
        request,
        form=partial(RateForm, instance=rate),
        act=lambda data: actions.edit_rate(
            _rate(request, key, "edit"), values=_values(data), version=data["version"], by=request.user
        ),
        done=f"Đã lưu {rate}.",
        back=here,
        title=f"Sửa tỷ lệ hao mòn: {rate}",
        subtitle=CHANGES,
        breadcrumb=[RATES, Link(str(rate.category), here)],
    )


@require_http_methods(EDIT)
def regime_create(request: Request) -> HttpResponse:
    require_catalogue(request.user)
    return handle_form(
        request,
        form=RegimeForm,
        act=lambda data: actions.add_regime(values=_values(data), by=request.user),
        done=lambda regime: f"Đã thêm {regime} với các dòng của chế độ trước. Hãy đối chiếu từng dòng.",
        back=lambda regime: f"{RATES.url}?regime={regime.code}" if regime else REGIMES.url,
        cancel=REGIMES.url,
        title="Thêm chế độ hao mòn",
        subtitle=CHANGES,
        breadcrumb=[RATES, REGIMES],
    )


@require_http_methods(EDIT)
def regime_edit(request: Request, key: int) -> HttpResponse:
    regime = _regime(request, key, "edit")
    here = reverse("catalogue:regime", args=[key])
    return handle_form(
        request,
        form=partial(RegimeForm, instance=regime),
        act=lambda data: actions.edit_regime(
            _regime(request, key, "edit"), values=_values(data), version=data["version"], by=request.user
        ),
        done=f"Đã lưu {regime}.",
        back=here,
        title=f"Sửa chế độ {regime}",
        subtitle=CHANGES,
        breadcrumb=[RATES, REGIMES, Link(regime.code, here)],
    )


def _values(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "version"}


def wear_tab(request: Request, device: Equipment) -> Tab:
    """The wear of a device, year by year."""
    return Tab("hao-mon", "Hao mòn", partial(wear_of, device, wear_year(request.GET)))


def wear_of(device: Equipment, asked: int | None) -> Stack:
    """The figures of one year (by default the one closed last) and all years to the end of the device's life."""
    closed = closed_year(timezone.localdate())
    chosen = asked or closed
    rules = wear_rules()
    years = schedule_of(device, until=max(closed, chosen) + AHEAD, rules=rules)
    worn_out = next((year.year for year in years if year.basis == Basis.COUNTED and not year.residual), closed)
    counted = any(year.annual for year in years)
    last = max(closed, chosen, worn_out if counted else closed)
    shown = [year for year in years if year.year <= last]
    now = next((year for year in shown if year.year == chosen), None)
    line = rules.line(device.category_id, chosen)
    context = {
        "years": [{"of": year, "url": f"?tab=hao-mon&wear={year.year}", "ahead": year.year > closed} for year in shown],
        "chosen": chosen,
        "counted": counted,
    }
    return Stack(
        [
            FactList(_year_facts(chosen, now), title=f"Đến hết năm {chosen}{' (dự tính)' if chosen > closed else ''}"),
            FactList(_line_facts(line), title="Quy định áp dụng"),
            Section("equipment/wear.html", context),
        ]
    )


def _year_facts(year: int, figures: YearOfWear | None) -> list[Fact]:
    if figures is None or figures.basis == Basis.OFF_BOOKS:
        return [Fact("Hao mòn", f"Thiết bị không có trên sổ vào tháng 12 năm {year}.")]
    amounts = [Fact("Nguyên giá", money(figures.original), kind="num")]
    if figures.basis not in {Basis.BELOW, Basis.UNRATED}:
        amounts += [
            Fact("Hao mòn trong năm", money(figures.annual), kind="num"),
            Fact("Hao mòn lũy kế", money(figures.accumulated), kind="num"),
            Fact("Giá trị còn lại", money(figures.residual), kind="num"),
        ]
    return [*amounts, Fact("Cách tính", Basis(figures.basis).label)]


def _line_facts(line: DepreciationRate | None) -> list[Fact]:
    if line is None:
        return [Fact("Quy định", "Loại thiết bị này chưa có tỷ lệ hao mòn trong danh mục.")]
    url = reverse("catalogue:rate", args=[line.pk])
    return [*_rate_facts(line), Fact("Dòng áp dụng", line.category.name, url=url), Fact("Căn cứ", line.source)]
