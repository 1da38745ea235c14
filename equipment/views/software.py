"""Pages of software: list, record, licence, installing and removing."""

from datetime import date
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import DomainError
from core.http import Request
from core.text import clean_text
from dossiers.policies import require_recording
from equipment import blocks
from equipment.actions import licences as actions
from equipment.filters_software import SoftwareFilter
from equipment.forms.devices import codes_of
from equipment.forms.software import InstallForm, LicenceForm, RemoveForm
from equipment.models import Equipment, SoftwareLicence
from equipment.policies import access_software, may_describe
from equipment.queries.software import installations_of, software_of
from equipment.rules.licences import TERM_TONES, overused, term_of, term_text
from equipment.tables.software import InstallationTable, OwnSoftwareTable, RemovedTable, SoftwareTable
from equipment.views.chosen import BROUGHT, device_form
from equipment.views.equipment import search_equipment
from orgs.rules import UnitKind
from ui.actions import Action
from ui.blocks import Fact, FactList, Rows, Status
from ui.choices import found
from ui.formats import number
from ui.forms import handle_form
from ui.links import Empty, Link
from ui.lists import render_list
from ui.records import Tab, render_record

LIST = Link("Phần mềm", "/phan-mem/")
EDIT = ["GET", "HEAD", "POST"]
CODE_LENGTH = 40


@require_safe
def software_list(request: Request) -> HttpResponseBase:
    install = Link("Ghi cài đặt", reverse("software:install"), icon="download")
    return render_list(
        request,
        queryset=software_of(request.user),
        table=OwnSoftwareTable if request.user.unit.kind == UnitKind.DISTRICT else SoftwareTable,
        filterset=SoftwareFilter,
        title="Phần mềm",
        noun="phần mềm",
        export_name="phan-mem",
        search=search_equipment,
        search_label="Tìm theo mã, tên phần mềm",
        actions=[install] if request.user.scope.write_units else [],
        empty=Empty("Chưa có phần mềm nào", "Phần mềm có ở đây sau khi được tiếp nhận như thiết bị khác."),
    )


@require_safe
def software_search(request: Request) -> JsonResponse:
    """Software that may be installed: of units for which the account records."""
    rows = software_of(request.user).filter(unit__in=request.user.scope.write_units).order_by("name", "pk")
    return found(
        request,
        rows,
        search=search_equipment,
        text=lambda item: f"{item.code} – {item.name}",
        note=lambda item: f"đã cài {item.used}",
        key=lambda item: item.code,  # type: ignore[attr-defined]  # a device
    )


@require_safe
def software_detail(request: Request, code: str) -> HttpResponse:
    item = access_software(request.user, code, "view")
    licence, today = actions.licence_of(item), timezone.localdate()
    every = installations_of(request.user, item)
    running, removed = every.filter(removed_on=None), every.exclude(removed_on=None)
    used = running.count()
    return render_record(
        request,
        title=item.name,
        code=item.code,
        status=_status(licence, today),
        facts=_facts(item, licence, used),
        actions=_steps(request, item, used),
        tabs=[
            Tab("dang-cai", "Đang cài", partial(_rows, InstallationTable, running), count=used),
            Tab("ban-quyen", "Bản quyền, BC01", partial(_details, licence)),
            Tab("da-go", "Đã gỡ", partial(_rows, RemovedTable, removed)),
            Tab("dien-bien", "Diễn biến", partial(blocks.equipment_timeline, request.user, item)),
        ],
        breadcrumb=[LIST],
    )


def _status(licence: SoftwareLicence, today: date) -> Status:
    if licence.pk is None:
        return Status("Chưa khai báo bản quyền", "warn")
    term = term_of(licence.expires_on, today)
    return Status(term_text(licence.expires_on, today), TERM_TONES[term])  # type: ignore[arg-type]  # tones of the kit


def _facts(item: Equipment, licence: SoftwareLicence, used: int) -> list[Fact]:
    over = overused(licence.seats, used)
    seats = "Không giới hạn" if licence.seats is None else number(licence.seats)
    return [
        Fact("Số máy được cài", seats),
        Fact("Đã cài", Status(f"{number(used)}, vượt {number(over)}", "bad") if over else number(used)),
        Fact("Phiên bản đang dùng", licence.current_version or "—"),
        Fact("Đơn vị", item.unit.name),
        Fact("Thiết bị trên sổ", item.code, url=reverse("equipment:detail", args=[item.code]), kind="code"),
    ]


def _steps(request: Request, item: Equipment, used: int) -> list[Action | Link]:
    if not may_describe(request.user, item):
        return []
    install = f"{reverse('software:install')}?phan-mem={item.code}"
    remove = reverse("software:remove", args=[item.code])
    return [
        Action("Ghi cài đặt", install, style="primary", icon="download", method="get"),
        *([Action("Ghi gỡ bỏ", remove, icon="x", method="get")] if used else []),
        Action("Sửa bản quyền", reverse("software:edit", args=[item.code]), icon="pencil", method="get"),
    ]


def _rows(table: Any, rows: QuerySet) -> Rows:
    return Rows.of(table, rows, limit=500, empty=Empty("Không có máy nào"))


def _details(licence: SoftwareLicence) -> FactList:
    fields = [licence._meta.get_field(name) for name in actions.FACTS]
    facts = []
    for field in fields:
        label = str(field.verbose_name)  # type: ignore[union-attr]  # each has a name
        value = licence.get_origin_display() if field.name == "origin" else blocks.shown(licence, field)  # type: ignore[arg-type]  # a column
        facts.append(Fact(label[:1].upper() + label[1:], value or "—"))
    return FactList(facts)


@require_http_methods(EDIT)
def software_edit(request: Request, code: str) -> HttpResponse:
    item = access_software(request.user, code, "describe")
    here = reverse("software:detail", args=[code])
    return handle_form(
        request,
        form=lambda *given: LicenceForm(*given, licence=actions.licence_of(item)),
        act=lambda data: actions.state(
            item, values={name: data[name] for name in actions.FACTS}, version=data["version"], by=request.user
        ),
        done=f"Đã lưu bản quyền của {item.name}.",
        back=here,
        title=f"Bản quyền {item.name}",
        breadcrumb=[LIST, Link(item.code, here)],
    )


@require_http_methods(EDIT)
def software_install(request: Request) -> HttpResponse:
    """On one or many computers; with `phan-mem` or `thiet-bi` in the address, or rows ticked in the list of devices."""
    require_recording(request.user)
    asked = request.GET.get("phan-mem", "")[:CODE_LENGTH]
    return device_form(
        request,
        form=partial(InstallForm, by=request.user, software=asked if asked.isprintable() else ""),
        act=lambda data: (
            data["software"],
            actions.install(data["software"], data["devices"], on=data["on"], reason=data["reason"], by=request.user),
        ),
        done=_said,
        back=lambda done: reverse("software:detail", args=[done[0].code]) if done else LIST.url,
        cancel=reverse("software:detail", args=[asked]) if asked else LIST.url,
        title="Ghi cài đặt phần mềm",
        submit="Ghi cài đặt",
        breadcrumb=[LIST],
    )


def _said(done: tuple[Equipment, actions.Installed]) -> str:
    item, installed = done
    parts = [f"Đã ghi cài {item.name} cho {installed.count} máy."]
    if installed.over:
        parts.append(f"Có {installed.over} máy vượt số bản quyền.")
    if installed.expired:
        parts.append("Lưu ý: bản quyền đã hết hạn vào ngày cài.")
    return " ".join(parts)


@require_http_methods(EDIT)
def software_remove(request: Request, code: str) -> HttpResponse:
    item = access_software(request.user, code, "describe")
    here = reverse("software:detail", args=[code])
    return handle_form(
        request,
        form=partial(
            RemoveForm, by=request.user, initial={"devices": clean_text(request.GET.get(BROUGHT, ""))[:CODE_LENGTH]}
        ),
        act=lambda data: _remove(request, item, data),
        done=lambda count: f"Đã ghi gỡ {item.name} khỏi {count} máy.",
        back=here,
        title=f"Ghi gỡ {item.name}",
        submit="Ghi gỡ bỏ",
        breadcrumb=[LIST, Link(item.code, here)],
    )


def _remove(request: Request, item: Equipment, data: dict[str, Any]) -> int:
    running = installations_of(request.user, item).filter(removed_on=None, computer__in=data["devices"])
    keys = dict(running.values_list("computer", "pk"))
    if missing := [device for device in data["devices"] if device.pk not in keys]:
        raise DomainError(f"Không cài phần mềm này: {codes_of(missing)}.".replace("\n", ", "), field="devices")
    return actions.uninstall(item, keys.values(), on=data["on"], reason=data["reason"], by=request.user)
