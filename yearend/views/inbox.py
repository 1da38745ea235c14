"""What subordinates have sent: waiting, taken in, returned; several taken in at once, each with its result."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from core.errors import DomainError
from core.http import Request
from ui.links import Empty, Link
from ui.lists import BulkAction, render_list, selected
from yearend.actions.receiving import accept
from yearend.filters import InboxFilter
from yearend.kinds import LIST, REPORT
from yearend.models import AnnualReport
from yearend.policies import receives, require_receiving
from yearend.queries.inbox import INBOX, counts_of, inbox_of
from yearend.queries.verification import verify
from yearend.querysets import ReportQuerySet
from yearend.rules import State
from yearend.rules.terms import last_year
from yearend.tables import InboxTable

INBOX_LINK = Link("Hộp báo cáo", "/bao-cao-nam/hop-thu/")
AT_ONCE = 20  # reports whose signatures are checked in one request


def search_reports(rows: Any, text: str) -> Any:
    """By number, unit, document number."""
    return rows.search(text)


def _tiles(request: Request) -> dict[str, Any]:
    """How many reports of last year wait, were taken in, returned, or haven't come; each leads to its rows."""
    year = last_year(timezone.localdate())
    counts = counts_of(request.user, year)
    kinds = [(state.label, [state]) for state in INBOX]
    kinds.append(("Chưa gửi", [state for state in State if state not in INBOX]))
    tiles = [
        (
            f"{INBOX_LINK.url}?{urlencode({'year': year, 'state': states}, doseq=True)}",
            sum(counts.get(state, 0) for state in states),
            label,
        )
        for label, states in kinds
    ]
    return {"tiles": tiles, "year": year, "all": sum(counts.values())}


@require_safe
def inbox(request: Request) -> HttpResponseBase:
    require_receiving(request.user)
    return render_list(
        request,
        queryset=inbox_of(request.user),
        table=InboxTable,
        filterset=InboxFilter,
        title="Hộp báo cáo",
        noun="báo cáo",
        export_name="hop-bao-cao",
        search=search_reports,
        search_label="Tìm theo đơn vị, số hồ sơ, số văn bản",
        subtitle=f"Báo cáo năm của các đơn vị báo cáo trực tiếp về {request.user.unit.name}.",
        actions=[BulkAction("Tiếp nhận", reverse("yearend:inbox_accept"), icon="file-check")],
        empty=Empty("Chưa có báo cáo nào", "Báo cáo của đơn vị cấp dưới hiện ở đây từ khi được lập.", icon="inbox"),
        breadcrumb=[LIST],
        template="yearend/inbox.html",
        extra_context=_tiles(request),
    )


@dataclass(frozen=True)
class Result:
    """What became of one report."""

    report: AnnualReport
    url: str
    taken: bool
    text: str


@require_POST
def inbox_accept(request: Request) -> HttpResponse:
    """First what the check of each found; with `go`, taking in those that passed, each for itself."""
    require_receiving(request.user)
    try:
        reports = _chosen(request)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect(INBOX_LINK.url)
    going = "go" in request.POST
    results = [_take(report, request) if going else _look(report, request) for report in reports]
    context = {
        "title": "Tiếp nhận báo cáo" if not going else "Kết quả tiếp nhận",
        "breadcrumb": [LIST, INBOX_LINK],
        "results": results,
        "good": sum(result.taken for result in results),
        "going": going,
        "back": INBOX_LINK.url,
    }
    return render(request, "yearend/inbox_accept.html", context)


def _chosen(request: Request) -> list[AnnualReport]:
    rows: Any = selected(
        request, queryset=inbox_of(request.user), table=InboxTable, filterset=InboxFilter, search=search_reports
    )
    if rows.count > AT_ONCE:
        raise DomainError(f"Mỗi lần tiếp nhận nhiều nhất {AT_ONCE} báo cáo, bạn đã chọn {rows.count}.")
    found: ReportQuerySet = rows.queryset
    return list(found.for_pages())


OWN_HAND = "Tài khoản này ghi cho chính đơn vị gửi nên không tiếp nhận báo cáo của đơn vị đó."


def _look(report: AnnualReport, request: Request) -> Result:
    if not receives(request.user, report):
        return Result(report, REPORT.url("detail", report), taken=False, text=OWN_HAND)
    if report.state != State.SENT:
        text = f"Đang ở trạng thái “{report.get_state_display()}”, không chờ tiếp nhận."
        return Result(report, REPORT.url("detail", report), taken=False, text=text)
    found = verify(report).problems
    return Result(report, REPORT.url("detail", report), taken=not found, text=" ".join(found) or "Kiểm tra đạt.")


def _take(report: AnnualReport, request: Request) -> Result:
    url = REPORT.url("detail", report)
    if not receives(request.user, report):
        return Result(report, url, taken=False, text=OWN_HAND)
    seen = request.POST.get(f"version-{report.number}", "")
    try:
        with transaction.atomic():
            accept(report, by=request.user, version=int(seen) if seen.isdecimal() else 0)  # only what was looked at
    except DomainError as refusal:
        return Result(report, url, taken=False, text=str(refusal))
    return Result(report, url, taken=True, text="Đã tiếp nhận.")
