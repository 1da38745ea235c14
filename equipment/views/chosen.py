"""The form of a dossier, opened with the devices that were chosen before."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from core.errors import DomainError
from core.http import Request
from core.text import clean_text
from equipment.filters import EquipmentFilter
from equipment.forms.devices import MOST
from equipment.models import Equipment
from equipment.tables import EquipmentTable
from equipment.views.equipment import search_equipment
from ui.forms import handle_form, render_form
from ui.listing import selected

BROUGHT = "thiet-bi"  # the parameter by which a device's page names itself


def brought_along(request: Request, among: Any = None) -> str | None:
    """The codes with which a form opens: of the device whose page led here, or of the rows ticked in the list.

    The list is that of all devices, or of those `among` (a scoped queryset) with the same filters.

    None when the request sends the form itself. Raises DomainError when nothing, or too much, is ticked.
    """
    if request.method != "POST":
        return clean_text(request.GET.get(BROUGHT, ""))[:40]
    if "id" not in request.POST and "all" not in request.POST:
        return None
    chosen = selected(
        request,
        queryset=Equipment.objects.visible_to(request.user) if among is None else among,
        table=EquipmentTable,
        filterset=EquipmentFilter,
        search=search_equipment,
    )
    if chosen.count > MOST:
        raise DomainError(f"Một hồ sơ nhận nhiều nhất {MOST} thiết bị, bạn đã chọn {chosen.count}.", code="too_many")
    return "\n".join(chosen.queryset.values_list("code", flat=True))


def device_form(
    request: Request,
    *,
    form: Callable[..., Any],
    act: Callable[[dict[str, Any]], Any],
    cancel: str,
    among: Any = None,
    **page: Any,
) -> HttpResponse:
    """`handle_form` for a form with a field `devices`: it opens with what was chosen before.

    `form` is called with nothing, with `initial`, or with data and files.
    """
    try:
        codes = brought_along(request, among)
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return redirect("equipment:list")
    if codes is None:
        return handle_form(request, form=form, act=act, cancel=cancel, **page)
    shown = {name: value for name, value in page.items() if name not in {"back", "done"}}
    return render_form(request, form=form(initial={"devices": codes}), back=cancel, **shown)
