"""One change to many devices: choose what, look at every consequence, agree; take it back while that is possible."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import DomainError
from core.http import Request
from dossiers.policies import require_recording
from equipment.actions import bulk as actions
from equipment.actions import bulk_undo
from equipment.actions.bulk import CHANGES, FULL, GONE, SAME, ChangedMeanwhileError, Frozen, Plan
from equipment.filters import EquipmentFilter
from equipment.forms.bulk import BulkForm
from equipment.models import Equipment
from equipment.rules.bulk import AT_ONCE, KIND, Wanted
from equipment.tables import EquipmentTable
from equipment.views import bulk_rows
from equipment.views.equipment import search_equipment
from jobs import actions as jobs
from jobs.models import Job
from ui.formats import number
from ui.forms import KitForm, handle_form
from ui.links import Link
from ui.listing import Selection, selected

STEP_LOOK, STEP_WRITE, STEP_BACK = "xem", "ghi", "sua"
WHY_NOT = {
    SAME: "đã có giá trị này nên không cần sửa",
    GONE: "đã thanh lý hoặc đang điều chuyển nên không sửa được",
    FULL: "có ghi chú sẽ dài quá 2.000 ký tự nên không ghi thêm được",
}
TAKEN_BACK = (
    "Lần sửa và lần hoàn tác đều còn trong diễn biến của từng thiết bị. "
    "Nếu có thiết bị đã được sửa tiếp sau đó thì không hoàn tác được."
)
LIST = Link("Thiết bị", "/thiet-bi/")
NOT_MINE = "thuộc đơn vị mà bạn không cập nhật dữ liệu nên không sửa được"


@dataclass(frozen=True)
class Sheet:
    """What was sent: the devices as they are now, and what was typed."""

    request: Request
    chosen: Selection
    frozen: Frozen
    form: BulkForm

    @property
    def wanted(self) -> Wanted:
        return Wanted.of(self.form.cleaned_data)

    @property
    def reason(self) -> str:
        return str(self.form.cleaned_data["reason"])

    def context(self, **more: Any) -> dict[str, Any]:
        """What both pages hold, so that the devices and what was typed are sent along."""
        everything = self.request.POST.get("all") == "1"
        return {
            "form": self.form,
            "count": self.chosen.count,
            "recorded": len(self.frozen.pks),
            "others": self.frozen.others,
            "moved": self.chosen.expected if self.chosen.changed else None,
            "everything": everything,
            "filter": self.request.POST.get("filter", "") if everything else "",
            "ids": [] if everything else list(self.chosen.queryset.values_list("code", flat=True)),
            "seen": self.frozen.fingerprint,
            "breadcrumb": [LIST],
            **more,
        }


@require_POST
def equipment_bulk(request: Request) -> HttpResponse:
    """What shall change, then what would, then the change. The devices are those that the list sends along."""
    require_recording(request.user)
    step = request.POST.get("step", "")
    try:
        sheet = _sheet(request, step)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("equipment:list")
    if not sheet.form.is_bound or not sheet.form.is_valid():
        return _ask(sheet)
    return _write(sheet) if step == STEP_WRITE else _look(sheet)


def _sheet(request: Request, step: str) -> Sheet:
    chosen = selected(
        request,
        queryset=Equipment.objects.visible_to(request.user),
        table=EquipmentTable,
        filterset=EquipmentFilter,
        search=search_equipment,
    )
    frozen = actions.freeze(chosen.queryset, count=chosen.count, by=request.user)
    unit = actions.the_unit(frozen)
    if step == STEP_BACK:
        return Sheet(request, chosen, frozen, BulkForm(unit=unit, initial=request.POST.dict()))
    return Sheet(request, chosen, frozen, BulkForm(request.POST if step else None, unit=unit))


def _ask(sheet: Sheet) -> HttpResponse:
    if sheet.form.errors:
        sheet.form.focus_first_error()
    context = sheet.context(title="Sửa hàng loạt", one_unit="room" in sheet.form.fields)
    return render(sheet.request, "equipment/bulk.html", context, status=422 if sheet.form.errors else 200)


def _look(sheet: Sheet, refusal: str = "") -> HttpResponse:
    plan = actions.plan(sheet.frozen, sheet.wanted)
    context = sheet.context(
        title="Xác nhận sửa hàng loạt",
        changing=plan.counts[CHANGES],
        table=bulk_rows.planned(plan, sheet.wanted),
        left_out=_left_out(plan, sheet.frozen),
        refusal=refusal,
        as_job=len(sheet.frozen.pks) > AT_ONCE,
        reason=sheet.reason,
    )
    return render(sheet.request, "equipment/bulk_confirm.html", context, status=422 if refusal else 200)


def _left_out(plan: Plan, frozen: Frozen) -> list[tuple[int, str]]:
    """How many devices stay as they are, and why."""
    found = [(plan.counts[outcome], why) for outcome, why in WHY_NOT.items()]
    return [(count, why) for count, why in (*found, (frozen.others, NOT_MINE)) if count]


def _write(sheet: Sheet) -> HttpResponse:
    try:
        if sheet.request.POST.get("seen") != sheet.frozen.fingerprint:
            return _look_again(sheet)
        if len(sheet.frozen.pks) > AT_ONCE:
            return redirect("jobs:detail", _start(sheet).public_id)
        return redirect("equipment:bulk_done", stamp=_do(sheet))
    except ChangedMeanwhileError:
        return _look_again(_sheet(sheet.request, STEP_WRITE))
    except DomainError as refusal:
        sheet.form.refuse(refusal)
        return _ask(sheet)


def _look_again(sheet: Sheet) -> HttpResponse:
    """Not the devices to which the person agreed. If nothing is left to do, the button was pressed twice."""
    if not sheet.form.is_valid():
        return _ask(sheet)
    by, frozen = sheet.request.user, sheet.frozen
    if not actions.plan(frozen, sheet.wanted).counts[CHANGES]:
        stamp = bulk_undo.just_done(frozen.pks[:AT_ONCE], sheet.reason, by=by)
        if stamp is not None:
            return redirect("equipment:bulk_done", stamp=stamp)
    return _look(sheet, refusal=str(ChangedMeanwhileError()))


def _do(sheet: Sheet) -> int:
    pks, seen = sheet.frozen.pks, sheet.frozen.fingerprint
    by = sheet.request.user
    when, count = actions.change_many(pks, seen=seen, wanted=sheet.wanted, reason=sheet.reason, by=by)
    messages.success(sheet.request, f"Đã sửa {number(count)} thiết bị.")
    return bulk_undo.stamp_of(when)


def _start(sheet: Sheet) -> Job:
    return jobs.start(
        kind=KIND,
        title=f"Sửa hàng loạt {number(len(sheet.frozen.pks))} thiết bị",
        by=sheet.request.user,
        params={
            "pks": list(sheet.frozen.pks),
            "seen": sheet.frozen.fingerprint,
            "wanted": sheet.wanted.as_params(),
            "reason": sheet.reason,
        },
        submission=sheet.form.cleaned_data["submission"],
    )


def _act(request: Request, stamp: int) -> bulk_undo.Act:
    act = bulk_undo.act_of(stamp, request.user)
    if act is None:
        raise Http404
    return act


@require_safe
def bulk_done(request: Request, stamp: int) -> HttpResponse:
    """What was changed at one moment, for who did it."""
    act = _act(request, stamp)
    context = {
        "title": f"Đã sửa {number(act.count)} thiết bị",
        "act": act,
        "table": bulk_rows.done(act),
        "breadcrumb": [LIST],
    }
    return render(request, "equipment/bulk_done.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def bulk_takeback(request: Request, stamp: int) -> HttpResponse:
    act = _act(request, stamp)
    here = reverse("equipment:bulk_done", args=[stamp])
    return handle_form(
        request,
        form=KitForm,
        act=lambda _: _undo(request, act),
        done="Đã hoàn tác." if act.count <= AT_ONCE else "Việc hoàn tác đang chạy trong nền.",
        back=lambda address: address or here,
        cancel=here,
        title="Hoàn tác lần sửa hàng loạt",
        submit=f"Hoàn tác {number(act.count)} thiết bị",
        breadcrumb=[LIST, Link("Lần sửa hàng loạt", here)],
        template="ui/confirm.html",
        extra_context={
            "text": f"Trả {number(act.count)} thiết bị về giá trị trước lần sửa “{act.reason}”?",
            "consequence": TAKEN_BACK,
        },
    )


def _undo(request: Request, act: bulk_undo.Act) -> str:
    """Take it back; where the result is to be seen."""
    if act.count <= AT_ONCE:
        when, _ = bulk_undo.undo(act, by=request.user)
        return reverse("equipment:bulk_done", args=[bulk_undo.stamp_of(when)])
    title = f"Hoàn tác sửa hàng loạt {number(act.count)} thiết bị"
    job = jobs.start(kind=KIND, title=title, by=request.user, params={"undo": act.stamp})
    return reverse("jobs:detail", args=[job.public_id])
