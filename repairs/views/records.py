"""The page of one dossier, its papers and its printed form."""

import uuid
from collections.abc import Sequence
from functools import partial

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import documents
from core.errors import DomainError
from core.http import Request
from core.models import Document
from dossiers import views as dossiers
from dossiers.blocks import form_steps, papers_tab
from repairs import blocks
from repairs.actions import results, sending
from repairs.kinds import REPAIR
from repairs.models import Repair, RepairLine
from repairs.policies import OPEN
from repairs.rules.flow import STATE_TONES, RepairState
from ui.actions import Action, Style
from ui.blocks import Fact, Stack, Status
from ui.formats import money
from ui.links import Link
from ui.records import Tab, render_record

EDIT = ["GET", "HEAD", "POST"]


@require_safe
def repair_detail(request: Request, number: str) -> HttpResponse:
    repair = REPAIR.access(request.user, number, "view")
    may = REPAIR.may(request.user, repair)
    papers = list(documents.documents_of(repair).select_related("created_by"))
    lines = _lines(repair)
    problems = _problems(repair, lines) if may & {"edit", "results"} else []
    clock = blocks.clock(repair, timezone.localdate())
    against = "Chưa gửi sửa chữa được" if repair.state == RepairState.DRAFT else "Chưa hoàn thành được"
    return render_record(
        request,
        title=f"Hồ sơ {repair.get_kind_display().lower()} {repair.number}",
        status=Status(repair.get_state_display(), STATE_TONES[RepairState(repair.state)]),  # type: ignore[arg-type]  # tones of the kit
        facts=[
            Fact("Đơn vị", repair.unit.name),
            Fact("Nơi sửa chữa", blocks.place(repair)),
            Fact("Số thiết bị", str(len(lines))),
            Fact("Chi phí", money(blocks.total(lines))),
        ],
        head=[
            blocks.stepper(repair),
            *([clock] if clock else []),
            *blocks.missing(against, problems),
            *blocks.warranty_notice(repair, lines),
        ],
        actions=_steps(repair, lines, papers, may, ready=not problems),
        tabs=[
            Tab("ho-so", "Hồ sơ", partial(_dossier_tab, request, repair, papers, may)),
            Tab("thiet-bi", "Thiết bị", partial(blocks.devices, request.user, repair, lines), count=len(lines)),
            Tab("dien-bien", "Diễn biến", partial(blocks.repair_timeline, request.user, repair)),
        ],
        breadcrumb=[REPAIR.pages],
    )


def _lines(repair: Repair) -> list[RepairLine]:
    """While a dossier is open its devices are the unit's own; later they may be elsewhere and aren't asked for.

    They stay with the dossier, so that what else is asked of its lines on the same page is known.
    """
    rows = RepairLine.objects.of_unit(repair.unit)
    sent = repair.state == RepairState.SENT
    prefetch_related_objects([repair], Prefetch("lines", rows.select_related("equipment__category") if sent else rows))
    return list(repair.lines.all())


def _problems(repair: Repair, lines: list[RepairLine]) -> list[DomainError]:
    if repair.state == RepairState.DRAFT:
        return sending.problems(repair, lines)
    return results.problems(repair, lines)


def _dossier_tab(request: Request, repair: Repair, papers: list[Document], may: set[str]) -> Stack:
    return Stack([papers_tab(request, REPAIR, repair, papers, may), blocks.details(repair)])


def _steps(
    repair: Repair, lines: Sequence[RepairLine], papers: list[Document], may: set[str], *, ready: bool
) -> list[Action | Link]:
    """What may be done now, the next step first."""
    url = partial(REPAIR.url, dossier=repair)
    steps: list[Action | Link] = []
    if "edit" in may and ready:
        steps.append(Action("Gửi sửa chữa", url("send"), style="primary", icon="truck-delivery", method="get"))
    if "results" in may and ready:
        steps.append(Action("Hoàn thành", url("finish"), style="primary", icon="check", method="get"))
    if "results" in may:
        style: Style = "secondary" if ready else "primary"
        steps.append(Action("Ghi kết quả", url("results"), style=style, icon="clipboard-check", method="get"))
    if "edit" in may:
        steps.append(Action("Sửa bản nháp", url("edit"), icon="pencil", method="get"))
    if "cancel" in may and repair.state in OPEN:
        steps.append(Action("Hủy hồ sơ", url("cancel"), style="danger", icon="ban", method="get"))
    if "restore" in may and repair.state == RepairState.CANCELLED:
        steps.append(Action("Khôi phục", url("restore"), icon="arrow-back-up"))
    known = all(line.result for line in lines)
    return [*steps, *form_steps(REPAIR, repair, papers, may if known else may - {"issue"})]


@require_http_methods(EDIT)
def repair_attach(request: Request, number: str) -> HttpResponse:
    return dossiers.attach(request, REPAIR, number)


@require_http_methods(EDIT)
def repair_detach(request: Request, number: str, public_id: uuid.UUID) -> HttpResponse:
    return dossiers.detach(request, REPAIR, number, public_id)


@require_POST
def repair_issue(request: Request, number: str, paper: str) -> HttpResponse:
    return dossiers.issue(request, REPAIR, number, paper)
