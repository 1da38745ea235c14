"""Notes of superiors to units about what they owe: sending, reading, answering."""

from copy import copy
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import DomainError
from core.http import Request
from deadlines.actions import urging as actions
from deadlines.blocks import record
from deadlines.filters import RECEIVED, SENT, ObligationFilter, UrgingFilter
from deadlines.forms.oversight import AnswerForm, UrgeForm
from deadlines.models import Obligation, Urging
from deadlines.policies import URGING_CHECKS, access_urging, require_supervising, supervised
from deadlines.queries.boards import owing, urgings_for_list
from deadlines.querysets import ObligationQuerySet
from deadlines.tables import ObligationTable, UrgingTable
from deadlines.views.boards import HOME, search_obligations
from orgs.models import OrgUnit
from ui.actions import Action
from ui.blocks import Entry, Fact, Section, Timeline
from ui.forms import handle_form
from ui.lists import Empty, Link, render_list, selected
from ui.records import Tab, render_record

EDIT = ["GET", "HEAD", "POST"]
LIST = Link("Đôn đốc", "/han-xu-ly/don-doc/")
CHOOSING = frozenset({"id", "all", "unit", "own"})
"""What of the address says that something was chosen."""


@require_safe
def urging_list(request: Request) -> HttpResponseBase:
    """Notes that the person's unit and those below it sent or got."""
    sides = [
        Link("Đã đôn đốc", f"{LIST.url}?side={SENT}", icon="send"),
        Link("Được đôn đốc", f"{LIST.url}?side={RECEIVED}", icon="inbox"),
    ]
    return render_list(
        request,
        queryset=urgings_for_list(request.user),
        table=UrgingTable,
        filterset=UrgingFilter,
        title="Đôn đốc",
        noun="bản đôn đốc",
        export_name="don-doc",
        actions=sides,
        create=Link("Đôn đốc đơn vị", reverse("deadlines:urge")) if supervised(request.user).exists() else None,
        breadcrumb=[HOME],
        empty=Empty("Chưa có đôn đốc nào", "Đơn vị cấp trên đôn đốc từ danh sách việc quá hạn hoặc từ bảng cấp dưới."),
    )


@require_http_methods(EDIT)
def urge(request: Request) -> HttpResponse:
    """A note to the units of what was chosen, or to some of all; the choice stands in the address."""
    try:
        chosen = _chosen(request, require_supervising(request.user))
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return redirect("deadlines:list")
    owed = owing(chosen)
    return handle_form(
        request,
        form=partial(UrgeForm, owing=owed, ticked=request.GET.keys() & CHOOSING),
        act=lambda data: actions.urge(chosen.filter(unit__code__in=data["units"]), text=data["text"], by=request.user),
        done=_sent,
        back=f"{LIST.url}?side={SENT}",
        cancel=reverse("deadlines:list"),
        title="Đôn đốc việc quá hạn",
        subtitle=f"{len(owed)} đơn vị, {sum(many for _, many in owed.values())} việc quá hạn tính đến hôm nay.",
        submit="Gửi đôn đốc",
        breadcrumb=[HOME, LIST],
    )


def _chosen(request: Request, units: list[OrgUnit]) -> ObligationQuerySet:
    """What is overdue of what was ticked, in the list or by units of the board; DomainError when that is nothing."""
    rows = Obligation.objects.visible_to(request.user).filter(unit__in=[unit.pk for unit in units])
    rows = rows.overdue(timezone.localdate())
    asked, alone = set(request.GET.getlist("unit")), set(request.GET.getlist("own"))
    if asked or alone:
        tops = tuple(unit.path for unit in units if unit.code in asked)
        picked = [unit.pk for unit in units if unit.code in alone or unit.path.startswith(tops)]
        chosen = rows.filter(unit__in=picked)
    elif not request.GET.keys() & CHOOSING:
        chosen = rows
    else:
        asking = copy(request)  # what was ticked stands in the address, also while the form is sent
        asking.method = "GET"
        ticked = selected(
            asking, queryset=rows, table=ObligationTable, filterset=ObligationFilter, search=search_obligations
        )
        chosen = rows.filter(pk__in=ticked.queryset.order_by().values("pk"))
    if not chosen.exists():
        raise DomainError("Không có việc quá hạn nào của đơn vị cấp dưới trong phần đã chọn.", code="nothing_overdue")
    return chosen


def _sent(made: list[Urging]) -> str:
    many = sum(len(one.items) for one in made)
    to = str(made[0].target) if len(made) == 1 else f"{len(made)} đơn vị"
    return f"Đã gửi đôn đốc tới {to}, {many} việc quá hạn."


@require_safe
def urging(request: Request, public_id: UUID) -> HttpResponse:
    """What was asked, about what, how that stands now, and what the unit said."""
    note = access_urging(request.user, public_id)
    items = record.items_of(request.user, note)
    replies = list(note.replies.select_related("created_by", "unit"))
    steps = []
    if URGING_CHECKS["answer"](request.user, note):
        steps.append(Action("Phản hồi", reverse("deadlines:answer", args=[public_id]), style="primary", method="get"))
    return render_record(
        request,
        title=f"Đôn đốc {note.target}",
        facts=_facts(note, record.done(items)),
        actions=steps,
        tabs=[
            Tab("viec", "Việc quá hạn", lambda: Section("deadlines/items.html", {"items": items}), count=len(items)),
            Tab("phan-hoi", "Phản hồi", lambda: _replies(replies), count=len(replies)),
        ],
        breadcrumb=[HOME, LIST],
    )


def _facts(note: Urging, done: int) -> list[Fact]:
    return [
        Fact("Đơn vị đôn đốc", note.unit),
        Fact("Đơn vị được đôn đốc", note.target),
        Fact("Người đôn đốc", note.created_by),
        Fact("Lúc", f"{timezone.localtime(note.created_at):%H:%M %d/%m/%Y}"),
        Fact("Đến nay đã xong", f"{done}/{len(note.items)} việc"),
        Fact("Nội dung", note.text),
    ]


def _replies(replies: list[Any]) -> Timeline:
    entries = [Entry(one.created_at, f"{one.created_by}, {one.unit}", "Phản hồi", one.text) for one in replies]
    return Timeline(entries[::-1], empty="Đơn vị chưa phản hồi.")


@require_http_methods(EDIT)
def answer(request: Request, public_id: UUID) -> HttpResponse:
    note = access_urging(request.user, public_id, "answer")
    page = reverse("deadlines:urging", args=[public_id])
    return handle_form(
        request,
        form=AnswerForm,
        act=lambda data: actions.answer(note, text=data["text"], by=request.user),
        done=f"Đã gửi phản hồi tới {note.unit}.",
        back=f"{page}?tab=phan-hoi",
        cancel=page,
        title="Phản hồi đôn đốc",
        subtitle=f"{note.unit} đôn đốc {len(note.items)} việc quá hạn.",
        submit="Gửi phản hồi",
        breadcrumb=[HOME, LIST, Link(f"Đôn đốc {note.target}", page)],
    )
