"""What is to be done today, the list of obligations, and the board of the units below."""

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.http import Request
from deadlines.blocks.board import BoardPage, mine
from deadlines.blocks.today import TodayPage
from deadlines.blocks.watches import watch_panel
from deadlines.filters import ObligationFilter
from deadlines.models import Obligation
from deadlines.policies import supervised
from deadlines.queries.boards import board
from deadlines.rules.periods import Length, Period
from deadlines.tables import ObligationTable, RankingTable
from ui import exports
from ui.lists import BulkAction, Empty, Link, render_list

EXPORTS = {"csv": exports.export_csv, "xlsx": exports.export_xlsx}
HOME = Link("Hạn xử lý", "/han-xu-ly/")


def search_obligations(rows: QuerySet, text: str) -> QuerySet:
    """By a part of the dossier's number."""
    return rows.filter(subject_label__icontains=text)


@require_safe
def today(request: Request) -> HttpResponse:
    """What the person's units owe now."""
    day = timezone.localdate()
    page = TodayPage(request.user, day)
    links = [Link("Danh sách", mine(), icon="list-details"), Link("Đôn đốc", reverse("deadlines:urgings"), icon="bell")]
    if page.oversees:
        links.insert(1, Link("Cấp dưới", reverse("deadlines:below"), icon="chart-bar"))
    context = {"title": "Việc hôm nay", "page": page, "links": links, "watches": watch_panel(request.user, day)}
    return render(request, "deadlines/today.html", context)


@require_safe
def obligation_list(request: Request) -> HttpResponseBase:
    """All obligations that the person sees."""
    urge = BulkAction("Đôn đốc", reverse("deadlines:urge"), icon="bell", method="get")
    return render_list(
        request,
        queryset=Obligation.objects.visible_to(request.user),
        table=ObligationTable,
        filterset=ObligationFilter,
        title="Việc có hạn",
        noun="việc",
        export_name="han-xu-ly",
        search=search_obligations,
        search_label="Tìm theo số hồ sơ",
        actions=[urge] if supervised(request.user).exists() else [],
        breadcrumb=[HOME],
        empty=Empty("Chưa có việc nào có hạn", "Việc có hạn phát sinh từ hồ sơ: tiếp nhận, điều chuyển, thanh lý…"),
    )


@require_safe
def below(request: Request) -> HttpResponseBase:
    """How the units below keep their terms in a period, with their ranks and the trend."""
    day = timezone.localdate()
    try:
        period = Period.parse(request.GET["ky"]) if "ky" in request.GET else Period.of(day, Length.YEAR)
    except ValueError as error:
        raise Http404 from error
    urged = frozenset(supervised(request.user).values_list("pk", flat=True))
    page = BoardPage(board(request.user, request.GET.get("unit", ""), period, day), period, day, urged)
    if make := EXPORTS.get(request.GET.get("export", "")):
        return make(page.rows(), RankingTable.columns, f"xep-hang-{period.key}")
    context = {
        "title": f"Cấp dưới: {page.board.here.name}",
        "page": page,
        "breadcrumb": [HOME, *page.breadcrumb()],
        "exports": {kind: f"{page.address(page.board.here.code)}&export={kind}" for kind in EXPORTS},
    }
    return render(request, "deadlines/below.html", context)
