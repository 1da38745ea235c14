"""A unit's people from a file: choose it, look at what it would do, bring it in."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import DomainError
from core.http import Request
from orgs.policies import recordable_units
from personnel.actions import roster as actions
from personnel.forms import ApplyForm, RosterForm
from personnel.importing.roster import read_rows
from personnel.policies import require_recording
from personnel.views.people import EDIT, LIST
from ui.forms import render_form
from ui.links import Link

SHOWN = 200


@require_http_methods(EDIT)
def roster(request: Request) -> HttpResponse:
    """GET asks for the file; POST shows what it would do and asks once more."""
    require_recording(request.user)
    make = partial(RosterForm, units=list(recordable_units(request.user)))
    form = make(request.POST, request.FILES) if request.method == "POST" else make()
    if form.is_bound and form.is_valid():
        try:
            return _preview(request, form)
        except DomainError as refusal:
            form.refuse(refusal)
    return render_form(
        request, form=form, title="Nhập cán bộ từ tệp", submit="Xem trước", back=LIST.url, breadcrumb=[LIST]
    )


def _preview(request: Request, form: RosterForm) -> HttpResponse:
    file, unit = form.cleaned_data["file"], form.chosen_unit()
    rows = read_rows(file, file.name)
    found = actions.preview(rows, unit)
    context: dict[str, Any] = {
        "title": "Xem trước danh sách cán bộ",
        "unit": unit,
        "roster": found,
        "faulty": found.faulty[:SHOWN],
        "changing": found.changing[:SHOWN],
        "cut": len(found.changing) > SHOWN or len(found.faulty) > SHOWN,
        "form": ApplyForm(initial={"roster": actions.seal(rows, found, unit, request.user)}),
        "again": reverse("personnel:roster"),
        "breadcrumb": [LIST, Link("Nhập từ tệp", reverse("personnel:roster"))],
    }
    return render(request, "personnel/roster.html", context)


@require_POST
def roster_apply(request: Request) -> HttpResponse:
    """Bring in what was shown."""
    require_recording(request.user)
    form = ApplyForm(request.POST)
    sealed = form.cleaned_data["roster"] if form.is_valid() else ""
    try:
        counts = actions.apply(sealed, units=list(recordable_units(request.user)), by=request.user)
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return redirect("personnel:roster")
    left = f" {counts['faulty']} dòng lỗi không nhập." if counts["faulty"] else ""
    messages.success(request, f"Đã thêm {counts['added']}, cập nhật {counts['changed']} cán bộ.{left}")
    return redirect("personnel:list")
