"""Pages of people: list, record, by hand; and the runs of the feed."""

from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core.http import Request
from dossiers.blocks import history_of, newest_first
from orgs.policies import recordable_units
from orgs.rules import UnitKind
from personnel import extensions
from personnel.actions import people as actions
from personnel.filters import EmployeeFilter, RunFilter
from personnel.forms import AddForm, EmployeeForm
from personnel.models import Employee, FeedRun
from personnel.policies import (
    EMPLOYEE_CHECKS,
    access_employee,
    access_run,
    may_watch_feed,
    require_feed,
    require_recording,
)
from personnel.rules import EmployeeState, RunState
from personnel.tables import EMPLOYEE_TONES, RUN_TONES, EmployeeTable, FaultTable, OwnEmployeeTable, RunTable
from ui.actions import Action
from ui.blocks import Fact, FactList, Rows, Status, Timeline
from ui.formats import number
from ui.forms import handle_form
from ui.links import Empty, Link
from ui.lists import render_list
from ui.records import Tab, render_record

LIST = Link("Cán bộ", "/can-bo/")
RUNS = Link("Đồng bộ cán bộ", "/can-bo/dong-bo/")
EDIT = ["GET", "HEAD", "POST"]


def search_people(rows: Any, text: str) -> Any:
    """The search of the list of people."""
    return rows.search(text)


@require_safe
def employee_list(request: Request) -> HttpResponseBase:
    create = Link("Thêm cán bộ", reverse("personnel:create")) if request.user.scope.write_units else None
    links = [Link("Nhập từ tệp", reverse("personnel:roster"), icon="file-import")] if create else []
    if may_watch_feed(request.user):
        links.append(Link("Các lần đồng bộ", reverse("personnel:runs"), icon="refresh"))
    return render_list(
        request,
        queryset=Employee.objects.visible_to(request.user),
        table=OwnEmployeeTable if request.user.unit.kind == UnitKind.DISTRICT else EmployeeTable,
        filterset=EmployeeFilter,
        title="Cán bộ",
        noun="cán bộ",
        export_name="can-bo",
        search=search_people,
        search_label="Tìm theo họ tên, mã, thư điện tử",
        create=create,
        actions=links,
        empty=Empty(
            "Chưa có cán bộ nào", "Danh sách do phần mềm nhân sự gửi sang, hoặc đơn vị thêm, nhập từ tệp.", create
        ),
    )


@require_safe
def employee_detail(request: Request, code: str) -> HttpResponse:
    employee = access_employee(request.user, code, "view")
    state = Status(employee.get_state_display(), EMPLOYEE_TONES[EmployeeState(employee.state)])  # type: ignore[arg-type]  # tones of the kit
    edit = Action("Sửa thông tin", reverse("personnel:edit", args=[code]), icon="pencil", method="get")
    return render_record(
        request,
        title=employee.full_name,
        code=employee.code,
        status=state,
        facts=[
            Fact("Chức danh", employee.title.name if employee.title else "—"),
            Fact("Phòng, tổ", employee.room.name if employee.room else "—"),
            Fact("Đơn vị", employee.unit.name),
        ],
        actions=[
            *extensions.steps_for(request.user, employee),
            *([edit] if EMPLOYEE_CHECKS["edit"](request.user, employee) else []),
        ],
        tabs=[
            *extensions.tabs_for(request, employee),
            Tab("chi-tiet", "Chi tiết", partial(_details, employee)),
            Tab("dien-bien", "Diễn biến", partial(_timeline, employee)),
        ],
        breadcrumb=[LIST],
    )


def _details(employee: Employee) -> FactList:
    since = f"{employee.state_since:%d/%m/%Y}" if employee.state_since else "—"
    return FactList(
        [
            Fact("Mã cán bộ", employee.code, kind="code"),
            Fact("Trạng thái", employee.get_state_display()),
            Fact("Từ ngày", since),
            Fact("Thư điện tử", employee.email or "—"),
            Fact("Tài khoản", employee.account.username if employee.account else "—"),
            Fact("Nguồn dữ liệu", employee.get_source_display()),
        ]
    )


def _timeline(employee: Employee) -> Timeline:
    return newest_first(history_of(employee, created="Thêm vào danh sách cán bộ"))


@require_http_methods(EDIT)
def employee_create(request: Request) -> HttpResponse:
    require_recording(request.user)
    units = list(recordable_units(request.user))
    by_code = {unit.code: unit for unit in units}
    return handle_form(
        request,
        form=partial(AddForm, units=units),
        act=lambda data: actions.add(
            unit=by_code[data.pop("unit", units[0].code)], code=data.pop("code"), values=data, by=request.user
        ),
        done=lambda employee: f"Đã thêm {employee}. Ghi phòng, tổ và tài khoản ở “Sửa thông tin”.",
        back=lambda employee: reverse("personnel:detail", args=[employee.code]) if employee else LIST.url,
        cancel=LIST.url,
        title="Thêm cán bộ",
        breadcrumb=[LIST],
    )


@require_http_methods(EDIT)
def employee_edit(request: Request, code: str) -> HttpResponse:
    employee = access_employee(request.user, code, "edit")
    here = reverse("personnel:detail", args=[code])
    return handle_form(
        request,
        form=partial(EmployeeForm, employee=employee),
        act=lambda data: actions.edit(employee, values=data, version=data.pop("version"), by=request.user),
        done=f"Đã lưu {employee.full_name}.",
        back=here,
        title=f"Sửa {employee.full_name}",
        breadcrumb=[LIST, Link(employee.full_name, here)],
    )


@require_safe
def runs(request: Request) -> HttpResponseBase:
    """The runs of the feed, for IT Center."""
    require_feed(request.user)
    return render_list(
        request,
        queryset=FeedRun.objects.visible_to(request.user),
        table=RunTable,
        filterset=RunFilter,
        title="Đồng bộ cán bộ",
        noun="lần đồng bộ",
        export_name="dong-bo-can-bo",
        subtitle="Danh sách từ phần mềm quản lý nhân sự, lấy định kỳ (Điều 13.2).",
        breadcrumb=[LIST],
        empty=Empty("Chưa đồng bộ lần nào", "Nguồn được khai báo trong cấu hình của hệ thống (HR_FEED_URL)."),
    )


@require_safe
def run(request: Request, pk: int) -> HttpResponse:
    """One run with the records that could not go in."""
    shown = access_run(request.user, pk)
    faults = shown.faults.all()
    return render_record(
        request,
        title=f"Đồng bộ cán bộ {shown}",
        status=Status(shown.get_state_display(), RUN_TONES[RunState(shown.state)]),  # type: ignore[arg-type]  # tones of the kit
        facts=[
            Fact("Số bản ghi", number(shown.total)),
            Fact("Thêm mới", str(shown.created)),
            Fact("Thay đổi", str(shown.changed)),
            Fact("Giữ nguyên", number(shown.unchanged)),
            Fact("Bản ghi lỗi", str(shown.faulty)),
        ],
        head=[FactList([Fact("Vướng mắc", shown.problem)], wide=True)] if shown.problem else [],
        tabs=[
            Tab("loi", "Bản ghi lỗi", partial(Rows.of, FaultTable, faults, empty=_NO_FAULTS), count=shown.faulty),
            Tab("nguon", "Nguồn", partial(_source, shown)),
        ],
        breadcrumb=[LIST, RUNS],
    )


_NO_FAULTS = Empty("Không có bản ghi lỗi")


def _source(shown: FeedRun) -> FactList:
    return FactList(
        [
            Fact("Nguồn", shown.source or "—"),
            Fact("Danh sách đầy đủ", "Có" if shown.complete else "Không"),
            Fact("Dấu phiên bản", shown.etag or "—", kind="code"),
            Fact("Ngày sửa của nguồn", shown.modified or "—"),
        ],
        wide=True,
    )
