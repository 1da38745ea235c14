"""Pages of hand-overs: list, record, hand over, take back, papers, what I hold, what has to be got back."""

import uuid
from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from core import documents
from core.http import Request
from dossiers import blocks as dossier_blocks
from dossiers import views as dossiers
from dossiers.policies import require_recording
from equipment.actions.assignment import Transfer, assign
from equipment.filters import AssignmentFilter, RecoveryFilter
from equipment.forms.assignments import HandOverForm, ReturnForm
from equipment.forms.devices import codes_of
from equipment.kinds import ASSIGNMENT
from equipment.models import Assignment, Equipment, Recovery
from equipment.policies import access_recovery
from equipment.queries.assignments import (
    assignments_for_list,
    held_by_account,
    lines_of,
    recoveries_for_list,
    search_assignments,
    still_held,
    with_since,
)
from equipment.rules.assignment import ASSIGNMENT_TONES, AssignmentKind
from equipment.tables.assignment import (
    AssignmentLineTable,
    AssignmentTable,
    HeldTable,
    OwnAssignmentTable,
    RecoveryTable,
)
from equipment.views.chosen import device_form
from orgs.rules import UnitKind
from personnel.models import Employee
from ui.actions import Action
from ui.blocks import Fact, FactList, Rows, Stack, Status
from ui.links import Empty, Link
from ui.lists import render_list
from ui.records import Tab, render_record

LIST = Link("Bàn giao", "/ban-giao/")
RECOVERIES = Link("Thu hồi, bàn giao lại", "/ban-giao/thu-hoi/")
EDIT = ["GET", "HEAD", "POST"]
PERSON = "can-bo"  # the parameter by which a person's page names itself
RECOVERY = "viec"  # the same of a task


@require_safe
def assignment_list(request: Request) -> HttpResponseBase:
    records = bool(request.user.scope.write_units)
    create = Link("Bàn giao thiết bị", reverse("assignments:create")) if records else None
    return render_list(
        request,
        queryset=assignments_for_list(request.user),
        table=OwnAssignmentTable if request.user.unit.kind == UnitKind.DISTRICT else AssignmentTable,
        filterset=AssignmentFilter,
        title="Bàn giao",
        noun="hồ sơ",
        export_name="ban-giao",
        search=search_assignments,
        search_label="Tìm theo số hồ sơ, người nhận, phòng",
        create=create,
        actions=[
            *([Link("Thu hồi về kho", reverse("assignments:give_back"), icon="arrow-back-up")] if records else []),
            Link("Cần thu hồi", reverse("assignments:recoveries"), icon="user-check"),
            Link("Định mức", reverse("assignments:norms"), icon="list-check"),
            Link("Tôi đang giữ", reverse("assignments:mine"), icon="user-circle"),
        ],
        empty=Empty("Chưa có hồ sơ bàn giao nào", "Giao máy cho người hoặc phòng sử dụng thì lập một hồ sơ.", create),
    )


@require_safe
def assignment_detail(request: Request, number: str) -> HttpResponse:
    dossier = ASSIGNMENT.access(request.user, number, "view")
    may = ASSIGNMENT.may(request.user, dossier)
    papers = list(documents.documents_of(dossier).select_related("created_by"))
    lines = lines_of(request.user, dossier)
    kind = AssignmentKind(dossier.kind)
    return render_record(
        request,
        title=f"{kind.label} {dossier.number}",
        status=Status(kind.label, ASSIGNMENT_TONES[kind]),  # type: ignore[arg-type]  # tones of the kit
        facts=[
            Fact("Người nhận" if kind == AssignmentKind.HAND_OVER else "Người trả", dossier.person_name or "—"),
            Fact("Phòng, tổ", dossier.room_name or "—"),
            Fact("Ngày", f"{dossier.on:%d/%m/%Y}"),
            Fact("Đơn vị", dossier.unit.name),
        ],
        head=[_norm_notice(dossier)] if dossier.above_norm else [],
        actions=[*_undo(request.user, dossier, may), *dossier_blocks.form_steps(ASSIGNMENT, dossier, papers, may)],
        tabs=[
            Tab("thiet-bi", "Thiết bị", partial(Rows.of, AssignmentLineTable, lines, limit=500), count=lines.count()),
            Tab("ho-so", "Hồ sơ", partial(_dossier_tab, request, dossier, papers, may)),
            Tab("dien-bien", "Diễn biến", partial(dossier_blocks.timeline, request.user, dossier)),
        ],
        breadcrumb=[LIST],
    )


def _norm_notice(dossier: Assignment) -> FactList:
    return FactList([Fact("Vượt định mức, lý do", dossier.norm_reason)], wide=True)


def _undo(user: User, dossier: Assignment, may: set[str]) -> list[Action]:
    """A hand-over is undone by a return of those of its devices that are still where it brought them."""
    if "issue" not in may or dossier.kind != AssignmentKind.HAND_OVER or not still_held(user, dossier.number).exists():
        return []
    url = f"{reverse('assignments:give_back')}?ho-so={dossier.number}"
    return [Action("Thu hồi các thiết bị này", url, icon="arrow-back-up", method="get")]


def _dossier_tab(request: Request, dossier: Assignment, papers: list[Any], may: set[str]) -> Stack:
    facts = [
        Fact("Số hồ sơ", dossier.number, kind="code"),
        Fact("Đại diện đơn vị", dossier.keeper_name or "—"),
        Fact("Chức danh người nhận", dossier.person_title or "—"),
        Fact("Người lập", str(dossier.created_by or "—")),
        Fact("Ghi chú", dossier.note or "—"),
    ]
    return Stack([dossier_blocks.papers_tab(request, ASSIGNMENT, dossier, papers, may), FactList(facts)])


@require_http_methods(EDIT)
def assignment_create(request: Request) -> HttpResponse:
    """Hand over: opened empty, from a device, from the ticked rows of the list, or from a person."""
    require_recording(request.user)
    person = request.GET.get(PERSON, "")
    return device_form(
        request,
        form=_opened(HandOverForm, request, {"employee": person} if person else {}, _codes(request)),
        act=lambda data: _assign(request, AssignmentKind.HAND_OVER, data),
        done=lambda dossier: f"Đã bàn giao, hồ sơ {dossier.number}. In biên bản ở nút “Phát hành”.",
        back=lambda dossier: reverse("assignments:detail", args=[dossier.number]) if dossier else LIST.url,
        cancel=LIST.url,
        title="Bàn giao thiết bị",
        submit="Bàn giao",
        breadcrumb=[LIST],
    )


@require_http_methods(EDIT)
def assignment_return(request: Request) -> HttpResponse:
    """Take back into the store."""
    require_recording(request.user)
    return device_form(
        request,
        form=_opened(ReturnForm, request, {}, _codes(request)),
        act=lambda data: _assign(request, AssignmentKind.RETURN, data),
        done=lambda dossier: f"Đã thu hồi về kho, hồ sơ {dossier.number}.",
        back=lambda dossier: reverse("assignments:detail", args=[dossier.number]) if dossier else LIST.url,
        cancel=LIST.url,
        title="Thu hồi thiết bị về kho",
        submit="Thu hồi",
        breadcrumb=[LIST],
    )


def _opened(form: type, request: Request, initial: dict[str, Any], codes: str) -> Any:
    """The form, opened with what the address names."""

    def make(data: Any = None, files: Any = None, *, initial: dict[str, Any] = initial) -> Any:
        given = {**start, **initial}
        if codes and not given.get("devices"):
            given["devices"] = codes
        return form(data, files, by=request.user, initial=given)

    start = dict(initial)
    return make


def _codes(request: Request) -> str:
    """The devices of the dossier, the task or the person that the address names, as far as the account sees them."""
    mine = Equipment.objects.writable_by(request.user).select_related("unit")
    if number := request.GET.get("ho-so", "")[:40]:
        return codes_of(list(still_held(request.user, number).order_by("code")))
    if (task := request.GET.get(RECOVERY, "")).isdecimal():
        recovery = Recovery.objects.visible_to(request.user).filter(pk=int(task[:15])).first()
        held = mine.filter(unit=recovery.unit_id, holder=recovery.employee_id) if recovery else mine.none()
        return codes_of(list(held.order_by("code")))
    if code := request.GET.get("tra-tu", "")[:40]:
        people = Employee.objects.visible_to(request.user).filter(code=code)
        return codes_of(list(mine.filter(holder__in=people.values("pk")).order_by("code")))
    return ""


def _assign(request: Request, kind: AssignmentKind, data: dict[str, Any]) -> Assignment:
    names = ("devices", "on", "employee", "room", "keeper_name", "note", "norm_reason")
    given = Transfer(kind=kind, **{name: data[name] for name in names if name in data})
    return assign(given, by=request.user, submission=data["submission"])


@require_http_methods(EDIT)
def assignment_attach(request: Request, number: str) -> HttpResponse:
    return dossiers.attach(request, ASSIGNMENT, number)


@require_http_methods(EDIT)
def assignment_detach(request: Request, number: str, public_id: uuid.UUID) -> HttpResponse:
    return dossiers.detach(request, ASSIGNMENT, number, public_id)


@require_POST
def assignment_issue(request: Request, number: str, paper: str) -> HttpResponse:
    return dossiers.issue(request, ASSIGNMENT, number, paper)


@require_safe
def mine(request: Request) -> HttpResponseBase:
    """What the person of this account holds."""
    linked = Employee.objects.visible_to(request.user).filter(account=request.user).exists()
    hint = "Khi được bàn giao thiết bị, bạn thấy ở đây." if linked else _how_to_link(request.user)
    return render_list(
        request,
        queryset=held_by_account(request.user),
        table=HeldTable,
        title="Tôi đang giữ",
        noun="thiết bị",
        export_name="toi-dang-giu",
        breadcrumb=[LIST],
        empty=Empty("Bạn chưa giữ thiết bị nào", hint),
    )


def _how_to_link(user: User) -> str:
    """Accounts are linked to people by those who record for the unit."""
    if user.unit_id in user.scope.write_units:
        how = "Hãy mở trang của chính bạn trong danh sách Cán bộ, chọn “Sửa thông tin” rồi chọn tài khoản này."
    else:
        how = "Hãy nhờ người giữ tài khoản nghiệp vụ của đơn vị gắn ở trang Cán bộ."
    return f"Tài khoản này chưa gắn với cán bộ nào. {how}"


@require_safe
def recoveries(request: Request) -> HttpResponseBase:
    """People who have gone and what they still hold."""
    return render_list(
        request,
        queryset=recoveries_for_list(request.user),
        table=RecoveryTable,
        filterset=RecoveryFilter,
        title="Thu hồi, bàn giao lại",
        noun="người",
        export_name="thu-hoi",
        breadcrumb=[LIST],
        subtitle="Cán bộ chuyển công tác, nghỉ hưu, thôi việc mà còn giữ thiết bị của đơn vị.",
        empty=Empty("Không có việc thu hồi nào", "Việc được mở khi cán bộ đang giữ thiết bị rời đơn vị."),
    )


@require_safe
def recovery(request: Request, pk: int) -> HttpResponse:
    """One person's devices that have to be got back."""
    task = access_recovery(request.user, pk)
    rows = Equipment.objects.visible_to(request.user).filter(unit=task.unit, holder=task.employee_id)
    open_ = task.closed_on is None
    steps = [
        Action("Thu hồi về kho", f"{reverse('assignments:give_back')}?{RECOVERY}={pk}", style="primary", method="get"),
        Action("Bàn giao cho người khác", f"{reverse('assignments:create')}?{RECOVERY}={pk}", method="get"),
    ]
    return render_record(
        request,
        title=f"Thu hồi thiết bị của {task.employee_name}",
        code=task.employee_code,
        status=Status("Chưa xong", "warn") if open_ else Status(f"Xong ngày {task.closed_on:%d/%m/%Y}", "ok"),
        facts=[
            Fact("Lý do", task.get_reason_display()),
            Fact("Từ ngày", f"{task.opened_on:%d/%m/%Y}"),
            Fact("Đơn vị", task.unit.name),
        ],
        head=dossier_blocks.clocks(request.user, task, timezone.localdate()),
        actions=steps if open_ and task.unit_id in request.user.scope.write_units else [],
        tabs=[
            Tab("thiet-bi", "Thiết bị còn giữ", partial(Rows.of, HeldTable, with_since(rows), limit=500, empty=_NONE)),
            Tab("dien-bien", "Diễn biến", partial(_timeline, task)),
        ],
        breadcrumb=[LIST, RECOVERIES],
    )


_NONE = Empty("Không còn thiết bị nào")


def _timeline(task: Recovery) -> object:
    return dossier_blocks.newest_first(dossier_blocks.history_of(task, created="Mở việc thu hồi"))
