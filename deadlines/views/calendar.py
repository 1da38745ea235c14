"""The working calendar: everybody reads it, IT Center keeps it (art. 14)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import DomainError
from core.http import Request
from deadlines.actions.calendar import CalendarChangedError, Outcome, change_calendar
from deadlines.blocks.calendar import day_facts, day_timeline
from deadlines.calendar_log import WORKING, LogFilter, LogTable
from deadlines.forms.calendar import OFF, WORK, NewOverrideForm, OverrideForm, TakeBackForm
from deadlines.models import CalendarDay
from deadlines.queries.changes import first_moves, plan_of
from deadlines.queries.years import known_years, months
from deadlines.rules.overrides import WEEKDAYS, Wanted
from orgs.policies import require
from orgs.rules import Grant
from ui.actions import Action
from ui.blocks import Status
from ui.formats import number
from ui.forms import FormFactory, KitFormMixin, render_form
from ui.links import Link
from ui.lists import render_list
from ui.records import Tab, render_record

STEP_BACK, STEP_WRITE = "sua", "ghi"
EDIT = ["GET", "HEAD", "POST"]


@require_safe
def year(request: Request) -> HttpResponse:
    """Twelve months, what departs from the weekly rest, and by which paper."""
    years, text = known_years(), request.GET.get("nam", "")
    shown = int(text) if text.isascii() and text.isdigit() else timezone.localdate().year
    if shown not in years or (text and str(shown) != text):
        raise Http404
    drawn = months(shown)
    context = {
        "title": f"Lịch làm việc năm {shown}",
        "year": shown,
        "years": [one for one in (shown - 1, shown + 1) if one in years],
        "months": drawn,
        "worked": sum(month.worked for month in drawn),
        "expected": not any(day.written for month in drawn for day in month.days),
        "keeps": request.user.scope.may(Grant.MANAGE_CATALOGUE),
    }
    return render(request, "deadlines/calendar_year.html", context)


@require_safe
def log(request: Request) -> HttpResponseBase:
    """Every change of the calendar: who, when, why, and how many due days moved."""
    return render_list(
        request,
        queryset=CalendarDay.history.all(),
        table=LogTable,
        filterset=LogFilter,
        title="Nhật ký lịch làm việc",
        noun="thay đổi",
        export_name="lich-lam-viec",
        subtitle="Lịch dùng chung toàn ngành, do Trung tâm CNTT cập nhật (Điều 14).",
        breadcrumb=_crumbs(),
    )


@require_safe
def day_detail(request: Request, day: date) -> HttpResponse:
    """A day that has or had an override."""
    row = CalendarDay.objects.filter(date=day).first()
    if row is None and not CalendarDay.history.filter(date=day).exists():
        raise Http404
    return render_record(
        request,
        title=f"{WEEKDAYS[day.weekday()]} {day:%d/%m/%Y}",
        subtitle="Ngày trong lịch làm việc",
        status=Status(WORKING[row.working], "info" if row.working else "warn") if row else Status("Đã gỡ", "muted"),
        facts=day_facts(day, row),
        actions=_steps(request, day) if row else [],
        tabs=[Tab("dien-bien", "Diễn biến", partial(day_timeline, day))],
        breadcrumb=_crumbs(day),
    )


def _steps(request: Request, day: date) -> list[Action]:
    if not request.user.scope.may(Grant.MANAGE_CATALOGUE):
        return []
    edit, take_back = (reverse(f"calendar:{step}", args=[day]) for step in ("edit", "take_back"))
    return [
        Action("Sửa", edit, icon="pencil", method="get"),
        Action("Gỡ khỏi lịch", take_back, style="danger", icon="trash", method="get"),
    ]


def _crumbs(day: date | None = None, *, own: bool = False) -> Sequence[Link]:
    """The way here; `own` if the page of the day lies on it."""
    address = reverse("calendar:year")
    links = [Link("Lịch làm việc", f"{address}?nam={day.year}" if day and day.year in known_years() else address)]
    return [*links, Link(f"{day:%d/%m/%Y}", reverse("calendar:day", args=[day]))] if day and own else links


@dataclass(frozen=True)
class Asked:
    """A change of the calendar being asked for: its form, what the form wants, and where it leads."""

    title: str
    form: FormFactory
    wanted: Callable[..., Wanted]
    cancel: str
    breadcrumb: Sequence[Link]


@require_http_methods(EDIT)
def add(request: Request) -> HttpResponse:
    require(request.user, Grant.MANAGE_CATALOGUE)
    form = partial(NewOverrideForm, initial={"working": OFF})
    cancel = reverse("calendar:year")
    return _change(request, Asked("Thêm vào lịch", form, NewOverrideForm.new_wanted, cancel, _crumbs()))


@require_http_methods(EDIT)
def edit(request: Request, day: date) -> HttpResponse:
    row = _override(request, day)
    initial = {"working": WORK if row.working else OFF, "reason": row.reason, "source": row.source}
    return _change(
        request,
        Asked(
            f"Sửa ngày {day:%d/%m/%Y} trong lịch",
            partial(OverrideForm, initial=initial),
            lambda form: form.wanted(day),
            reverse("calendar:day", args=[day]),
            _crumbs(day, own=True),
        ),
    )


@require_http_methods(EDIT)
def take_back(request: Request, day: date) -> HttpResponse:
    _override(request, day)
    title, back = f"Gỡ ngày {day:%d/%m/%Y} khỏi lịch", reverse("calendar:day", args=[day])
    asked = Asked(title, TakeBackForm, lambda form: form.wanted(day), back, _crumbs(day, own=True))
    return _change(request, asked)


def _override(request: Request, day: date) -> CalendarDay:
    """The override of the day: 403 for who doesn't keep the calendar; where it is gone, the form will say so."""
    require(request.user, Grant.MANAGE_CATALOGUE)
    row = CalendarDay.objects.filter(date=day).first()
    if row is None and request.method != "POST":
        raise Http404
    return row or CalendarDay(date=day)


def _change(request: Request, asked: Asked) -> HttpResponse:
    """The form, then what the change moves, then the change: nothing is written before its consequence was seen."""
    step = request.POST.get("step", "")
    if request.method != "POST" or step == STEP_BACK:
        typed = {"initial": request.POST.dict()} if step else {}
        return _ask(request, asked, asked.form(**typed))
    form = asked.form(request.POST)
    if not form.is_valid():
        return _ask(request, asked, form)
    try:
        return (_write if step == STEP_WRITE else _look)(request, asked, form)
    except DomainError as refusal:
        form.refuse(refusal)
        return _ask(request, asked, form)


def _write(request: Request, asked: Asked, form: KitFormMixin) -> HttpResponse:
    wanted = asked.wanted(form)
    try:
        outcome = change_calendar(wanted, seen=request.POST.get("seen", ""), by=request.user)
    except CalendarChangedError as refusal:
        return _look(request, asked, form, str(refusal))
    messages.success(request, _done(wanted, outcome))
    if wanted.first == wanted.last:
        return redirect("calendar:day", wanted.first)
    return redirect(f"{reverse('calendar:year')}?nam={wanted.first.year}")


def _done(wanted: Wanted, outcome: Outcome) -> str:
    moved = f"{number(outcome.moved)} hạn xử lý đã chuyển ngày" if outcome.moved else "không có hạn nào chuyển ngày"
    done = "Đã gỡ khỏi lịch" if wanted.working is None else f"Đã ghi {outcome.days} ngày vào lịch"
    return f"{done}; {moved}."


def _ask(request: Request, asked: Asked, form: KitFormMixin) -> HttpResponse:
    return render_form(
        request,
        form=form,
        title=asked.title,
        submit="Xem trước",
        back=asked.cancel,
        breadcrumb=asked.breadcrumb,
    )


def _look(request: Request, asked: Asked, form: KitFormMixin, refusal: str = "") -> HttpResponse:
    """What would be written, and which due days would move."""
    plan = plan_of(asked.wanted(form), by=request.user)
    context = {
        "title": f"Xác nhận: {asked.title[:1].lower()}{asked.title[1:]}",
        "form": form,
        "plan": plan,
        "rows": first_moves(plan, by=request.user),
        "back": asked.cancel,
        "breadcrumb": asked.breadcrumb,
        "refusal": refusal,
    }
    return render(request, "deadlines/calendar_preview.html", context, status=422 if refusal else 200)
