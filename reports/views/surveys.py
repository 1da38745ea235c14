"""What a unit enters for BC01 and BC02: its forms of a year, one form, its papers."""

import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import documents
from core.errors import DomainError
from core.http import Request
from dossiers import views as dossiers
from dossiers.blocks import papers_tab
from reports import blocks
from reports.actions import surveys as actions
from reports.bc_forms import bc02
from reports.forms.survey_network import NetworkForm
from reports.forms.survey_software import SoftwareForm
from reports.forms.surveys import ChooseForm, CopyForm, OpenForm
from reports.kinds import SURVEY
from reports.models import Survey
from reports.policies import closed, surveyed_unit, year_closed
from reports.queries.survey_books import counted, software_in_books
from reports.queries.surveys import former_of, items_of, software_of
from reports.rules.surveys import TONES, Form, SurveyState, reported_year
from ui.actions import Action
from ui.blocks import Fact, Status
from ui.formats import vndatetime
from ui.forms import confirm_action, handle_form
from ui.links import Link
from ui.records import Tab, render_record

EDIT = ["GET", "HEAD", "POST"]


@require_safe
def survey_list(request: Request) -> HttpResponse:
    """The three forms of a unit and year (`?unit=`, `?nam=`), by default one's own and the year that is reported."""
    today = timezone.localdate()
    form = ChooseForm(request.GET or {}, by=request.user, year=reported_year(today))
    valid = form.is_valid()
    year = (form.cleaned_data.get("nam") if valid else None) or reported_year(today)
    unit = (form.cleaned_data.get("unit") if valid else None) or surveyed_unit(request.user, "")
    context = {
        "title": "Khảo sát BC01, BC02",
        "form": form,
        "unit": unit,
        "year": year,
        "valid": valid,
        "cards": blocks.cards(unit, year) if valid else [],
        "closed": valid and year_closed(unit, year),
        "records": unit.pk in request.user.scope.write_units,
    }
    return render(request, "reports/survey_list.html", context, status=200 if valid else 400)


@require_POST
def survey_open(request: Request) -> HttpResponse:
    """Begin a form: what the books know is filled in, or what was entered the year before."""
    form = OpenForm(request.POST, by=request.user)
    if not form.is_valid():
        surveyed_unit(request.user, request.POST.get("unit", ""))  # 404 for a unit that isn't seen, as everywhere
        raise PermissionDenied if "unit" in form.errors else Http404
    data = form.cleaned_data
    try:
        with transaction.atomic():
            survey = actions.open_survey(**{**data, "form": Form(data["form"])}, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{reverse('surveys:list')}?unit={data['unit'].code}&nam={data['year']}")
    return redirect("surveys:edit", survey.number)


@require_safe
def survey_detail(request: Request, number: str) -> HttpResponse:
    survey: Survey = SURVEY.access(request.user, number, "view")
    shut = closed(survey)
    papers = list(documents.documents_of(survey).select_related("created_by"))
    may = {"view"} if shut else SURVEY.may(request.user, survey)
    return render_record(
        request,
        title=f"{survey.get_form_display()}, năm {survey.year}",
        code=survey.number,
        status=Status(survey.get_state_display(), TONES[SurveyState(survey.state)]),  # type: ignore[arg-type]  # tones of the kit
        facts=[Fact("Đơn vị", survey.unit.name), Fact("Lưu lúc", vndatetime(survey.changed_at))],
        head=[blocks.closed_notice(survey)] if shut else [],
        actions=_steps(survey, may),
        tabs=[
            Tab("noi-dung", "Nội dung", partial(blocks.content, survey, timezone.localdate())),
            Tab("tai-lieu", "Tài liệu", partial(papers_tab, request, SURVEY, survey, papers, may), count=len(papers)),
            Tab("dien-bien", "Diễn biến", partial(blocks.timeline, request.user, survey)),
        ],
        breadcrumb=[SURVEY.pages],
    )


def _steps(survey: Survey, may: set[str]) -> list[Action | Link]:
    steps: list[Action | Link] = []
    if "edit" in may:
        label = "Kê khai tiếp" if survey.state == SurveyState.DRAFT else "Sửa kê khai"
        steps.append(Action(label, SURVEY.url("edit", survey), style="primary", icon="pencil", method="get"))
    if "copy" in may and former_of(survey) is not None:
        steps.append(Action(f"Chép từ năm {survey.year - 1}", SURVEY.url("copy", survey), icon="copy", method="get"))
    return steps


@require_http_methods(EDIT)
def survey_edit(request: Request, number: str) -> HttpResponse:
    survey: Survey = SURVEY.access(request.user, number, "edit")
    return _edit_network(request, survey) if survey.form == Form.NETWORK else _edit_software(request, survey)


def _edit_network(request: Request, survey: Survey) -> HttpResponse:
    day = blocks.books_day(survey, timezone.localdate())
    form = partial(
        NetworkForm,
        rules=[rule for rule in bc02() if rule.asked_of(survey.unit.kind)],
        items=items_of(survey),
        books=counted(survey.unit, day),
        more="them" in request.GET,
        initial={"version": survey.version, "proposal": survey.proposal},
    )
    return _edit(
        request, survey, form, "reports/survey_network_form.html", {"day": day},
        lambda data: actions.save_network(survey, by=request.user, **_own(data, "items")),
    )  # fmt: skip


def _edit_software(request: Request, survey: Survey) -> HttpResponse:
    """`?tu-so=1` adds the software of the books that the form doesn't name yet."""
    books, rows = software_in_books(survey.unit, survey.form), software_of(survey)
    form = partial(
        SoftwareForm,
        part=survey.form,
        rows=[*rows, *blocks.not_named(rows, books)] if "tu-so" in request.GET else rows,
        books=books,
        more="them" in request.GET,
        initial={"version": survey.version, "proposal": survey.proposal, "none": survey.none},
    )
    return _edit(
        request, survey, form, "reports/survey_software_form.html", {},
        lambda data: actions.save_software(survey, by=request.user, **_own(data, "rows", "none")),
    )  # fmt: skip


def _own(data: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: data[name] for name in (*names, "proposal", "finish", "version")}


def _edit(
    request: Request, survey: Survey, form: Any, template: str, context: dict[str, Any], act: Any
) -> HttpResponse:
    more = "more" in request.POST
    return handle_form(
        request,
        form=form,
        act=act,
        done=lambda saved: f"Đã lưu phiếu {saved.number}: {saved.get_state_display().lower()}.",
        back=SURVEY.url("edit", survey) + "?them=1#them" if more else SURVEY.url("detail", survey),
        cancel=SURVEY.url("detail", survey),
        title=f"{survey.get_form_display()}, năm {survey.year}",
        subtitle=survey.unit.name,
        breadcrumb=SURVEY.trail(survey),
        template=template,
        extra_context={**context, "survey": survey},
    )


@require_http_methods(EDIT)
def survey_copy(request: Request, number: str) -> HttpResponse:
    """Take over what was entered the year before, after asking: what is there is replaced."""
    survey: Survey = SURVEY.access(request.user, number, "copy")
    return confirm_action(
        request,
        form=partial(CopyForm, initial={"version": survey.version}),
        act=lambda data: actions.copy_last_year(survey, version=data["version"], by=request.user),
        title=f"Chép từ năm {survey.year - 1}",
        text=f"Chép nội dung năm {survey.year - 1} vào phiếu {survey.number}?",
        consequence="Nội dung đang có trong phiếu được thay bằng nội dung năm trước; tài liệu giữ nguyên. "
        "Sau khi chép, hãy kiểm tra lại từng mục rồi hoàn thành.",
        submit="Chép",
        done=f"Đã chép nội dung năm {survey.year - 1}. Hãy kiểm tra lại từng mục.",
        back=SURVEY.url("detail", survey),
        breadcrumb=SURVEY.trail(survey),
    )


@require_http_methods(EDIT)
def survey_attach(request: Request, number: str) -> HttpResponse:
    return dossiers.attach(request, SURVEY, number)


@require_http_methods(EDIT)
def survey_detach(request: Request, number: str, public_id: uuid.UUID) -> HttpResponse:
    return dossiers.detach(request, SURVEY, number, public_id)
