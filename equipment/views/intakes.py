"""Pages of intakes: list, record, steps, documents, printed form. Writing a draft has its own module."""

import uuid
from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import documents
from core.http import Request
from core.models import Document, DocumentKind
from dossiers import views as dossiers
from dossiers.blocks import form_steps, papers_tab
from dossiers.forms import ReasonForm
from equipment import blocks
from equipment.actions import confirm as confirming
from equipment.actions import intake as actions
from equipment.filters import IntakeFilter
from equipment.forms.steps import ConfirmForm, CorrectForm
from equipment.kinds import INTAKE
from equipment.models import Equipment, Intake, IntakeLine
from equipment.policies import INTAKE_CHECKS, access_intake
from equipment.queries import intakes_for_list
from equipment.queries.deliveries import gone_of
from equipment.queries.norms import Delivered, of_delivery
from equipment.rules.intake import total_value
from equipment.rules.lifecycle import INTAKE_TONES, IntakeState
from equipment.tables import IntakeEquipmentTable, IntakeTable, OwnIntakeTable
from orgs.rules import UnitKind
from ui.actions import Action, run_action
from ui.blocks import Fact, Rows, Section, Stack, Status
from ui.formats import money
from ui.forms import confirm_action, handle_form
from ui.links import Empty, Link
from ui.lists import render_list
from ui.records import Tab, render_record

LIST = Link("Tiếp nhận", "/tiep-nhan/")
EDIT = ["GET", "HEAD", "POST"]


def search_intakes(rows: Any, text: str) -> Any:
    """The search of the list of intakes."""
    return rows.search(text)


@require_safe
def intake_list(request: Request) -> HttpResponseBase:
    create = Link("Lập hồ sơ tiếp nhận", reverse("intakes:create")) if request.user.scope.write_units else None
    return render_list(
        request,
        queryset=intakes_for_list(request.user),
        table=OwnIntakeTable if request.user.unit.kind == UnitKind.DISTRICT else IntakeTable,
        filterset=IntakeFilter,
        title="Tiếp nhận",
        noun="hồ sơ",
        export_name="tiep-nhan",
        search=search_intakes,
        search_label="Tìm theo số hồ sơ, bên giao, số hợp đồng",
        create=create,
        empty=Empty(
            "Chưa có hồ sơ tiếp nhận nào", "Mỗi lần nhận thiết bị có biên bản bàn giao thì lập một hồ sơ.", create
        ),
    )


@require_safe
def intake_detail(request: Request, number: str) -> HttpResponse:
    intake = access_intake(request.user, number, "view")
    may = {action for action, check in INTAKE_CHECKS.items() if check(request.user, intake)}
    papers = list(documents.documents_of(intake).select_related("created_by"))
    lines = list(intake.lines.for_form())
    draft = intake.state == IntakeState.DRAFT
    owed = blocks.obligation_of(request.user, intake)
    problems = []
    if draft and "edit" in may:
        kinds = [paper.kind for paper in papers]
        problems = confirming.problems(intake, lines, kinds=kinds, due=owed.due_date if owed else None)
    return render_record(
        request,
        title=f"Hồ sơ tiếp nhận {intake.number}",
        status=Status(intake.get_state_display(), INTAKE_TONES[IntakeState(intake.state)]),  # type: ignore[arg-type]  # tones of the kit
        facts=[
            Fact("Đơn vị", intake.unit.name),
            Fact("Bên giao", intake.supplier or "—"),
            Fact("Số thiết bị", str(sum(line.quantity for line in lines))),
            Fact("Giá trị", money(total_value(lines))),
        ],
        head=[
            blocks.intake_stepper(intake),
            blocks.intake_clock(intake, owed, timezone.localdate()),
            *([Section("equipment/intake_missing.html", {"problems": problems})] if problems else []),
            *(_norm_notice(intake, lines) if draft else []),
        ],
        actions=_steps(intake, may, papers, ready=not problems),
        tabs=[
            Tab("ho-so", "Hồ sơ", partial(_dossier_tab, request, intake, papers, may)),
            Tab("thiet-bi", "Thiết bị", partial(_devices_tab, request, intake, lines), count=_devices(lines)),
            Tab("dien-bien", "Diễn biến", partial(blocks.intake_timeline, request.user, intake)),
        ],
        breadcrumb=[LIST],
    )


def _norm_notice(intake: Intake, lines: list[IntakeLine]) -> list[Section]:
    """What the norms say of the delivery: it may be taken in, but people should know before."""
    given = [
        Delivered(line.name or str(line.model or line.category), line.category, line.unit_price, line.quantity)
        for line in lines
        if line.unit_price is not None
    ]
    said = of_delivery(given, intake.unit, intake.handover_date or timezone.localdate()) if given else []
    return [Section("equipment/norm_notice.html", {"said": said})] if said else []


def _devices(lines: list[IntakeLine]) -> int:
    return sum(line.quantity for line in lines)


def _dossier_tab(request: Request, intake: Intake, papers: list[Document], may: set[str]) -> Stack:
    return Stack([papers_tab(request, INTAKE, intake, papers, may), blocks.intake_details(intake)])


def _devices_tab(request: Request, intake: Intake, lines: list[IntakeLine]) -> object:
    if intake.state != IntakeState.CONFIRMED:
        return Section("equipment/intake_lines.html", {"lines": lines})
    rows = Equipment.objects.visible_to(request.user).filter(intake=intake)
    everything = f"{reverse('equipment:list')}?intake={intake.number}"
    return Stack(
        [
            Rows.of(IntakeEquipmentTable, rows),
            Section("equipment/intake_all.html", {"url": everything, "gone": len(gone_of(intake))}),
        ],
    )


def _steps(intake: Intake, may: set[str], papers: list[Document], *, ready: bool) -> list[Action | Link]:
    """What may be done now, the next step first."""

    def url(name: str) -> str:
        return reverse(f"intakes:{name}", args=[intake.number])

    steps: list[Action | Link] = []
    if intake.state == IntakeState.DRAFT and "confirm" in may and ready:
        steps.append(Action("Tiếp nhận", url("confirm"), style="primary", icon="check", method="get"))
    if "edit" in may:
        steps.append(Action("Sửa bản nháp", url("edit"), icon="pencil", method="get"))
    if "cancel" in may:
        steps.append(Action("Hủy hồ sơ", url("cancel"), style="danger", icon="ban", method="get"))
    if "restore" in may:
        steps.append(Action("Khôi phục", url("restore"), icon="arrow-back-up"))
    steps += form_steps(INTAKE, intake, papers, may)
    if intake.state == IntakeState.CONFIRMED:
        labels = f"{reverse('equipment:labels')}?all=1&filter=intake%3D{intake.number}"
        steps.append(Link("In nhãn QR", labels, icon="qrcode"))
    if "correct" in may:
        steps.append(Action("Đính chính", url("correct"), icon="pencil", method="get"))
    return steps


@require_http_methods(EDIT)
def intake_confirm(request: Request, number: str) -> HttpResponse:
    intake = access_intake(request.user, number, "confirm")
    lines = list(intake.lines.all())
    count = _devices(lines)
    value = money(total_value(lines))
    return confirm_action(
        request,
        form=partial(ConfirmForm, intake=intake),
        act=lambda data: confirming.confirm(intake, by=request.user, version=data["version"]),
        title=f"Tiếp nhận hồ sơ {number}",
        text=f"Ghi {count} thiết bị, giá trị {value}, vào sổ của {intake.unit.name}?",
        consequence="Mỗi thiết bị được cấp mã và ghi bút toán. Sau đó không xóa được, chỉ đính chính có lịch sử.",
        submit=f"Tiếp nhận {count} thiết bị",
        done=partial(_confirmed, count),
        back=reverse("intakes:detail", args=[number]),
        danger=False,
        breadcrumb=[LIST, Link(number, reverse("intakes:detail", args=[number]))],
    )


def _confirmed(count: int, intake: Intake) -> str:
    missing = actions.missing(intake)
    names = ", ".join(DocumentKind(kind).label.lower() for kind in missing)
    return f"Đã tiếp nhận {count} thiết bị, hồ sơ {intake.number}." + (f" Còn thiếu: {names}." if missing else "")


@require_http_methods(EDIT)
def intake_cancel(request: Request, number: str) -> HttpResponse:
    intake = access_intake(request.user, number, "cancel")
    back = reverse("intakes:detail", args=[number])
    return confirm_action(
        request,
        form=ReasonForm,
        act=lambda data: actions.cancel(intake, reason=data["reason"], by=request.user),
        title=f"Hủy hồ sơ {number}",
        text=f"Hủy bản nháp {number} của {intake.unit.name}?",
        consequence="Hồ sơ và tài liệu vẫn được lưu và có thể khôi phục; thiết bị chưa được ghi vào sổ.",
        submit="Hủy hồ sơ",
        done=f"Đã hủy hồ sơ {number}. Có thể khôi phục khi cần.",
        back=back,
        breadcrumb=[LIST, Link(number, back)],
    )


@require_POST
def intake_restore(request: Request, number: str) -> HttpResponse:
    intake = access_intake(request.user, number, "restore")
    return run_action(
        request,
        lambda: actions.restore(intake, by=request.user),
        done=f"Đã khôi phục hồ sơ {number} thành bản nháp.",
        back=reverse("intakes:detail", args=[number]),
    )


@require_http_methods(EDIT)
def intake_correct(request: Request, number: str) -> HttpResponse:
    intake = access_intake(request.user, number, "correct")
    back = reverse("intakes:detail", args=[number])
    return handle_form(
        request,
        form=partial(CorrectForm, intake=intake),
        act=lambda data: actions.correct(
            intake, values=data, reason=data["reason"], by=request.user, version=data["version"]
        ),
        done=f"Đã đính chính hồ sơ {number}.",
        back=back,
        title=f"Đính chính hồ sơ {number}",
        subtitle="Chỉ sửa lỗi nhập. Ngày bàn giao, đơn giá và số lượng đã vào sổ nên không sửa ở đây.",
        breadcrumb=[LIST, Link(number, back)],
    )


@require_http_methods(EDIT)
def intake_attach(request: Request, number: str) -> HttpResponse:
    return dossiers.attach(request, INTAKE, number)


@require_http_methods(EDIT)
def intake_detach(request: Request, number: str, public_id: uuid.UUID) -> HttpResponse:
    return dossiers.detach(request, INTAKE, number, public_id)


@require_POST
def intake_issue(request: Request, number: str, paper: str) -> HttpResponse:
    return dossiers.issue(request, INTAKE, number, paper)
