"""Pages of yearly reports: the list, a report, frozen figures."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.http import Request
from deadlines.policies import oversees
from ui.lists import Empty, Link, render_list
from ui.records import render_record
from yearend.blocks import edition as frozen
from yearend.blocks import issuing, page, record
from yearend.blocks.shown import Shown
from yearend.filters import ReportFilter
from yearend.kinds import LIST, REPORT
from yearend.policies import access_edition, access_report
from yearend.queries.inbox import has_inbox
from yearend.queries.reports import reports_for_list, unreported
from yearend.rules.terms import last_year
from yearend.tables import ReportTable


def search_reports(rows: Any, text: str) -> Any:
    """The search of the list of reports."""
    return rows.search(text)


def _links(request: Request) -> list[Link]:
    links = [Link("Hộp báo cáo", reverse("yearend:inbox"), icon="inbox")] if has_inbox(request.user) else []
    if oversees(request.user):
        links.append(Link("Tiến độ", reverse("yearend:progress"), icon="chart-bar"))
    return [*links, Link("Đề nghị mở khóa", reverse("yearend:unlocks:list"), icon="lock-open")]


@require_safe
def report_list(request: Request) -> HttpResponseBase:
    """The reports that the person sees."""
    year = last_year(timezone.localdate())
    return render_list(
        request,
        queryset=reports_for_list(request.user),
        table=ReportTable,
        filterset=ReportFilter,
        title="Báo cáo năm",
        noun="báo cáo",
        export_name="bao-cao-nam",
        create=Link(f"Lập báo cáo năm {year}", reverse("yearend:start")) if unreported(request.user, year) else None,
        actions=_links(request),
        search=search_reports,
        search_label="Tìm theo số hồ sơ, đơn vị, số văn bản",
        empty=Empty(
            "Chưa có báo cáo năm nào",
            "Ngày 01/01 hệ thống tự lập báo cáo của năm vừa hết cho từng đơn vị; gửi trước ngày 15/01 (Điều 13.8).",
        ),
    )


@require_safe
def report_detail(request: Request, number: str) -> HttpResponse:
    """A report."""
    report = access_report(request.user, number)
    shown = Shown(request, report)
    return render_record(
        request,
        title=f"Báo cáo năm {report.year}",
        subtitle=report.unit.name,
        code=report.number,
        status=record.status(report),
        facts=record.facts(shown),
        head=page.heads(shown),
        actions=page.steps(shown),
        tabs=page.tabs(shown),
        breadcrumb=[LIST],
    )


@require_safe
def edition_detail(request: Request, public_id: UUID) -> HttpResponse:
    """Figures as they were frozen once."""
    edition = access_edition(request.user, public_id)
    return render_record(
        request,
        title=f"Số liệu năm {edition.year}, lần khóa {edition.edition}",
        subtitle=edition.unit.name,
        code=edition.report.number,
        status=frozen.status(edition),
        facts=frozen.facts(edition),
        actions=[*issuing.files(edition), Link("Kiểm tra bản in", issuing.check_url(edition), icon="qrcode")],
        tabs=frozen.tabs(request.user, edition),
        breadcrumb=[LIST, Link(edition.report.number, REPORT.url("detail", edition.report))],
    )
