"""How far the units below are with their reports."""

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.http import Request
from deadlines.policies import supervised
from ui import exports
from yearend.blocks.progress import ProgressPage
from yearend.filters import years
from yearend.kinds import LIST
from yearend.queries.progress import progress
from yearend.rules.terms import last_year
from yearend.tables import ProgressTable

EXPORTS = {"csv": exports.export_csv, "xlsx": exports.export_xlsx}


@require_safe
def board(request: Request) -> HttpResponseBase:
    """Who has drafted, locked, issued, signed, sent; what was accepted or returned; who is late."""
    day = timezone.localdate()
    asked = request.GET.get("year", str(last_year(day)))
    known = {str(year): year for year, _ in years()}
    if asked not in known:
        raise Http404
    urged = frozenset(supervised(request.user).values_list("pk", flat=True))
    page = ProgressPage(progress(request.user, request.GET.get("unit", ""), known[asked], day), day, urged)
    if make := EXPORTS.get(request.GET.get("export", "")):
        return make(page.rows(), ProgressTable.columns, f"tien-do-bao-cao-nam-{asked}")
    address = page.address(page.progress.here.code)
    context = {
        "title": f"Tiến độ báo cáo năm {asked}: {page.progress.here.name}",
        "page": page,
        "breadcrumb": [LIST, *page.breadcrumb],
        "exports": {kind: f"{address}&export={kind}" for kind in EXPORTS},
    }
    return render(request, "yearend/progress.html", context)
