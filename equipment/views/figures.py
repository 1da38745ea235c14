"""The overview: what waits for a person, and the figures of what they see, down to a single unit."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.http import Request
from equipment.charts.figures import Charts
from equipment.charts.parts import COUNT, MEASURES, Chart, short_money
from equipment.charts.tile_map import tile_map
from equipment.queries import waiting
from equipment.queries.figures import Figures, figures, shown_units
from equipment.rules.figures import Books
from equipment.tables import FigureTable
from orgs.rules import UnitKind
from ui import exports
from ui.links import Link, querystring
from ui.panels import Where, panels

EXPORTS = {"csv": exports.export_csv, "xlsx": exports.export_xlsx}


@require_safe
def overview(request: Request) -> HttpResponseBase:
    """What is in the person's scope (`?unit=`: in one unit of it); every number leads to exactly that many rows."""
    measure = MEASURES.get(request.GET.get("measure", COUNT.key))
    if measure is None:
        raise Http404
    found = figures(request.user, request.GET.get("unit", ""))
    today = timezone.localdate()
    charts = Charts(found, measure, today)
    places, kinds = charts.places(), charts.of_kind()
    if make := EXPORTS.get(request.GET.get("export", "")):
        return make(_rows([*places, *kinds]), FigureTable.columns, "so-lieu-thiet-bi")
    mapped = tile_map(found, measure, charts.detail)
    context = {
        "title": found.here.name if found.here and not found.whole else "Tổng quan",
        "figures": found,
        "total": found.total,
        "total_value": short_money(found.total.value),
        "total_url": charts.listed(books=Books.ON),
        "map": mapped,
        "provinces": next((chart for chart in places if chart.key == UnitKind.PROVINCE), None),
        "places": [chart for chart in places if chart.key != UnitKind.PROVINCE],
        "charts": kinds if mapped else [*places, *kinds],
        "measures": [(one, querystring(request, {"measure": one.key}), one is measure) for one in MEASURES.values()],
        "exports": {kind: querystring(request, {"export": kind}) for kind in EXPORTS},
        "breadcrumb": _breadcrumb(found, charts),
        "waiting": waiting(request.user, today) if found.whole else None,
        "records": bool(request.user.scope.write_units),
        "management_url": f"{reverse('management')}?{urlencode({'unit': found.here.code if found.here else ''})}",
    }
    return render(request, "equipment/overview.html", context)


@require_safe
def management(request: Request) -> HttpResponseBase:
    """How the work is done in the units that the overview shows: terms, norms, repairs, yearly reports. The overview
    asks for it as a part of itself; without scripts it is a page of its own."""
    here, units = shown_units(request.user, request.GET.get("unit", ""))
    where = Where(
        user=request.user,
        today=timezone.localdate(),
        code=here.code if here else "",
        name=here.name if here else "",
        units=None if here is None or here.depth == 1 else [unit.pk for unit in units],
        alone=units[0].pk if len(units) == 1 else None,
    )
    if request.htmx:
        return render(request, "ui/panels.html", {"panels": panels(where)})
    title = f"Công tác quản lý: {where.name}" if where.name else "Công tác quản lý"
    crumbs = [Link("Tổng quan", reverse("overview"))]
    return render(request, "equipment/panels.html", {"title": title, "panels": panels(where), "breadcrumb": crumbs})


def _breadcrumb(found: Figures, charts: Charts) -> list[Link]:
    """The units above the one that is shown, as far as the person sees them."""
    here = found.here
    above = [unit for unit in found.seen if here and here != unit and here.path.startswith(unit.path)]
    if here and not above and not found.whole:
        return [Link("Tổng quan", reverse("overview"))]
    return [Link(unit.name, charts.detail(unit)) for unit in above]


def _rows(charts: Sequence[Chart]) -> list[dict[str, Any]]:
    return [
        {"chart": chart.title, "label": bar.label, "quantity": bar.sum.quantity, "value": bar.sum.value}
        for chart in charts
        for bar in chart.bars
    ]
