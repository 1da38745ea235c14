"""Closing the books of a year: what to set right before, the lock itself, and what changed between two locks."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from core.http import Request
from ui.formats import vndate
from ui.forms import confirm_action
from yearend.actions import locking
from yearend.forms.locking import CompareForm, LockForm
from yearend.kinds import REPORT
from yearend.models import AnnualReport
from yearend.policies import access_report
from yearend.queries.comparing import compare, numbers_of, side_by_side
from yearend.queries.warnings import frozen, warnings_of, year_before
from yearend.rules import State
from yearend.rules.terms import closing_day
from yearend.views.stops import stopped

EDIT = ["GET", "HEAD", "POST"]


@require_safe
def report_review(request: Request, number: str) -> HttpResponse:
    """What stands against closing the books, and the figures beside last year's."""
    report = access_report(request.user, number, "lock")
    before = year_before(report)
    found, former = warnings_of(report, request.user, before), frozen(before)
    context = {
        "title": f"Rà soát, khóa số liệu năm {report.year}",
        "report": report,
        "blocking": [one for one in found if one.blocks],
        "informing": [one for one in found if not one.blocks],
        "former": former,
        "rows": side_by_side(report, former),
        "last": closing_day(report.year),
        "over": timezone.localdate() > closing_day(report.year),
        "open": report.state == State.DRAFT,
        "breadcrumb": REPORT.trail(report),
    }
    return render(request, "yearend/review.html", context)


@require_http_methods(EDIT)
def report_lock(request: Request, number: str) -> HttpResponse:
    """Close the books."""
    report = access_report(request.user, number, "lock")
    if answer := stopped(request, report, "lock", told=locking.too_early(report)):
        return answer
    blocked = any(one.blocks for one in warnings_of(report, request.user, year_before(report)))
    last = vndate(closing_day(report.year))
    return confirm_action(
        request,
        form=partial(LockForm, dossier=report, blocked=blocked),
        act=lambda data: locking.lock(report, by=request.user, version=data["version"], reason=data.get("reason", "")),
        title=f"Khóa số liệu năm {report.year}",
        text=f"Khóa sổ của {report.unit.name} đến hết ngày {last}?",
        consequence="Số liệu được tính lại lần cuối và giữ nguyên. Từ đó không ai ghi, sửa được biến động có ngày hiệu "
        f"lực đến hết {last}, bằng bất cứ cách nào; muốn sửa phải đề nghị quản trị cấp 1 mở khóa, kèm biên bản giải "
        "trình.",
        submit="Khóa số liệu",
        done=_locked,
        back=REPORT.url("detail", report),
        breadcrumb=REPORT.trail(report),
    )


def _locked(report: AnnualReport) -> str:
    edition = report.edition.edition if report.edition else ""
    return f"Đã khóa số liệu năm {report.year}, lần {edition}. Bước tiếp theo: ban hành và ký số báo cáo."


@require_safe
def editions_compare(request: Request, number: str) -> HttpResponse:
    """What is different between two editions (`?a=`, `?b=`; by default the last two)."""
    report = access_report(request.user, number)
    numbers = numbers_of(report)
    last = {"a": numbers[-2] if len(numbers) > 1 else numbers[-1], "b": numbers[-1]} if numbers else {}
    form = CompareForm({**last, **request.GET.dict()}, report=report, numbers=numbers)
    found = compare(report, form.cleaned_data["a"], form.cleaned_data["b"]) if form.is_valid() else None
    context = {
        "title": f"So sánh các lần khóa số liệu năm {report.year}",
        "report": report,
        "form": form,
        "found": found,
        "several": len(numbers) > 1,
        "breadcrumb": REPORT.trail(report),
    }
    return render(request, "yearend/compare.html", context)
