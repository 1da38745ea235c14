"""The page on which a draft is written: its head and its lines in one form, saved at any time."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import DomainError
from core.http import Request
from dossiers.policies import require_recording
from equipment.actions import intake as actions
from equipment.forms.intake import IntakeForm
from equipment.forms.lines import BaseLineFormSet, LineForm, LineFormSet
from equipment.models import Intake
from equipment.policies import access_intake
from orgs.models import OrgUnit
from orgs.policies import recordable_units
from ui.links import Link

LIST = Link("Tiếp nhận", "/tiep-nhan/")
EDIT = ["GET", "HEAD", "POST"]


@require_http_methods(EDIT)
def intake_create(request: Request) -> HttpResponse:
    require_recording(request.user)
    units = list(recordable_units(request.user))
    typed = _typed(request)
    head = IntakeForm(typed, units=units, initial=_usual(units))
    lines = LineFormSet(typed)

    def save() -> Intake:
        unit: OrgUnit = head.cleaned_data.get("unit") or units[0]
        return actions.start_draft(
            unit=unit,
            header=head.cleaned_data,
            lines=lines.data_of_lines(),
            by=request.user,
            submission=head.cleaned_data.get("submission"),
        )

    return _draft_page(request, head, lines, save, title="Hồ sơ tiếp nhận mới", back=LIST.url)


@require_http_methods(EDIT)
def intake_edit(request: Request, number: str) -> HttpResponse:
    intake = access_intake(request.user, number, "edit")
    typed = _typed(request)
    head = IntakeForm(typed, intake=intake)
    lines = LineFormSet(typed, lines=list(intake.lines.for_form()))

    def save() -> Intake:
        return actions.save_draft(
            intake,
            header=head.cleaned_data,
            lines=lines.data_of_lines(),
            by=request.user,
            version=head.cleaned_data["version"],
        )

    back = reverse("intakes:detail", args=[number])
    return _draft_page(request, head, lines, save, title=f"Sửa hồ sơ {number}", back=back)


@require_POST
def intake_line(request: Request) -> HttpResponse:
    """One line of the form again, with the attributes of the category that was just chosen."""
    require_recording(request.user)
    prefix = request.POST.get("prefix", "")
    typed = {
        name.removeprefix(f"{prefix}-"): value
        for name, value in request.POST.items()
        if prefix and name.startswith(f"{prefix}-")
    }
    lines = LineFormSet()
    form = LineForm(prefix=prefix[:40], initial=typed, catalogue=lines.catalogue)
    lines.add_fields(form, None)  # the box that takes the line out again
    return render(request, "equipment/_line.html", {"line": form, "removable": True})


def _typed(request: Request) -> QueryDict | None:
    """What was sent, were it nothing at all; None when the form is only opened."""
    return request.POST if request.method == "POST" else None


def _usual(units: list[OrgUnit]) -> dict[str, Any]:
    return {"place": units[0].name} if len(units) == 1 else {}


def _draft_page(
    request: Request, head: IntakeForm, lines: BaseLineFormSet, save: Any, *, title: str, back: str
) -> HttpResponse:
    """GET shows, POST saves; "add a line" saves too and comes back with one more line."""
    more = "add_line" in request.POST
    status = 200
    if request.method == "POST":
        head.lines = lines
        if head.is_valid() & lines.is_valid():
            try:
                intake = save()
            except DomainError as refusal:
                head.refuse(refusal)
            else:
                messages.success(request, f"Đã lưu nháp hồ sơ {intake.number}.")
                page = "intakes:edit" if more else "intakes:detail"
                return redirect(reverse(page, args=[intake.number]) + ("?them=1#them-dong" if more else ""))
        head.note_lines()
        status = 422
    elif "them" in request.GET or not lines.lines:
        lines.extra = 1
    context = {
        "form": head,
        "lines": lines,
        "title": title,
        "back": back,
        "breadcrumb": [LIST],
    }
    return render(request, "equipment/intake_form.html", context, status=status)
