"""The pages of the set reports: what there is, one of them with its files, and what a worker has made."""

import io
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from core.downloads import attachment
from core.errors import DomainError
from core.http import Request
from jobs.files import open_file
from jobs.policies import access_job
from orgs.policies import access_unit
from reports.actions.making import SHEET, start
from reports.definition import Asked, Report, Sheet, report_of, reports
from reports.forms.parameters import Asking
from reports.keeping import sheet_from_json
from reports.pages import page_of
from reports.printing.sheets import sheet_pdf
from reports.queries.units import devices_of, top_of, units_of
from reports.workbook import workbook_of
from ui.choices import know_chosen
from ui.exports import XLSX_TYPE, file_name
from ui.links import Link, querystring

HOME = Link("Báo cáo", "/bao-cao/")
FILES: dict[str, tuple[str, Callable[[Sheet, User], bytes]]] = {
    "xlsx": (XLSX_TYPE, lambda sheet, _by: workbook_of(sheet)),
    "pdf": ("application/pdf", lambda sheet, by: sheet_pdf(sheet, by=by)),
}


def _report(key: str) -> Report:
    found = report_of(key)
    if found is None:
        raise Http404
    return found


def _asking(request: Request, report: Report, given: Any) -> Asking:
    """The forms with what was asked. A unit that isn't seen is a page that isn't there."""
    if code := given.get("unit"):
        access_unit(request.user, code)
    asking = Asking(report, given, by=request.user, unit=top_of(request.user).code)
    asking.valid  # noqa: B018 - the forms are checked before anything asks them
    know_chosen(asking.unit)
    return asking


@require_safe
def report_list(request: Request) -> HttpResponse:
    """Every set report, by group."""
    groups: dict[str, list[Report]] = {}
    for report in reports():
        groups.setdefault(report.group, []).append(report)
    context = {"title": "Báo cáo", "groups": list(groups.items())}
    return render(request, "reports/list.html", context)


@require_safe
def report_page(request: Request, key: str) -> HttpResponseBase:
    """A report with what is usual, or with what was asked; `?in=xlsx|pdf` is its file."""
    report = _report(key)
    asking = _asking(request, report, request.GET)
    context = _context(request, report, asking)
    if not asking.valid:
        return render(request, "reports/report.html", context, status=422)
    asked = _asked(request.user, asking)
    if _large(request.user, report, asked):
        return render(request, "reports/report.html", {**context, "large": True, "submission": uuid4()})
    try:
        sheet = report.build(asked)
    except DomainError as refusal:
        asking.own.add_error(None, str(refusal))
        return render(request, "reports/report.html", context, status=422)
    if request.GET.get("in") in FILES:
        return _file(sheet, report, request.GET["in"], request.user)
    return render(request, "reports/report.html", {**context, "page": page_of(sheet)})


def _context(request: Request, report: Report, asking: Asking) -> dict[str, Any]:
    return {
        "title": report.title,
        "report": report,
        "unit_form": asking.unit,
        "form": asking.own,
        "asked": asking.fields,
        "files": {kind: querystring(request, {"in": kind}) for kind in FILES},
        "breadcrumb": [HOME],
        "days": settings.JOB_DAYS,
    }


def _asked(user: User, asking: Asking) -> Asked:
    given = asking.unit.cleaned_data
    return Asked(user, given["unit"], given["below"] == "1", asking.own.cleaned_data)


def _large(user: User, report: Report, asked: Asked) -> bool:
    """Whether it takes longer than a page may: norms cost by the unit, everything else by the device."""
    units = units_of(user, asked.unit, below=asked.below)
    if report.by_unit and len(units) > settings.REPORT_UNITS:
        return True
    return devices_of(user, units) > settings.REPORT_DEVICES


def _file(sheet: Sheet, report: Report, kind: str, by: User) -> HttpResponseBase:
    content_type, make = FILES[kind]
    return attachment(io.BytesIO(make(sheet, by)), name=file_name(report.key, kind), content_type=content_type)


@require_POST
def report_start(request: Request, key: str) -> HttpResponse:
    """A large report is made by a worker."""
    report = _report(key)
    asking = _asking(request, report, request.POST)
    if not asking.valid:
        return render(request, "reports/report.html", _context(request, report, asking), status=422)
    try:
        job = start(report, asking.data, unit=asking.unit.cleaned_data["unit"], by=request.user,
                    submission=request.POST.get("submission", ""))  # fmt: skip
    except DomainError as refusal:
        asking.own.add_error(None, str(refusal))
        return render(request, "reports/report.html", _context(request, report, asking), status=422)
    return redirect("jobs:detail", public_id=job.public_id)


@require_safe
def report_result(request: Request, public_id: UUID) -> HttpResponse:
    """What a worker has made, for whoever asked for it."""
    job = access_job(request.user, public_id)
    report = report_of(job.params.get("key", ""))
    if job.kind != SHEET or report is None:
        raise Http404
    context: dict[str, Any] = {
        "title": report.title,
        "report": report,
        "breadcrumb": [HOME, Link(report.title, reverse("reports:report", args=[report.key]))],
        "job": job,
        "kept": list(job.files.exclude(label="").order_by("id")),
    }
    try:
        with open_file(job, SHEET) as stored:
            context["page"] = page_of(sheet_from_json(stored.read(), access_unit(request.user, job.params["unit"])))
    except DomainError as refusal:
        return render(request, "reports/result.html", {**context, "gone": str(refusal)}, status=410)
    return render(request, "reports/result.html", context)
