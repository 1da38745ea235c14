"""Labels: what is asked before they are printed, the paper, and what a phone opens when it reads one."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import DomainError
from core.http import Request
from equipment.filters import EquipmentFilter
from equipment.forms.labels import DEFAULTS, LabelForm
from equipment.models import Equipment
from equipment.policies import access_equipment
from equipment.printing.label_formats import FORMATS
from equipment.printing.label_job import KIND
from equipment.printing.label_rows import first_of, labels_of
from equipment.printing.labels import label_frames_pdf, label_sheet_pdf
from equipment.rules.numbers import typed_code
from equipment.tables import EquipmentTable
from equipment.views.equipment import search_equipment
from jobs import actions as jobs
from ui.files import pdf_response
from ui.formats import number
from ui.links import Link
from ui.listing import Selection, selected

METHODS = ["GET", "HEAD", "POST"]
AT_ONCE = 600  # about six seconds of printing; more is a job
MOST = 10_000
NAMED = 5
SESSION_KEY = "labels"
CHANGED = "Danh sách đã thay đổi: lúc bạn chọn có {} thiết bị, nay có {}. Hãy kiểm tra rồi bấm in lại."


@require_http_methods(METHODS)
def equipment_labels(request: Request) -> HttpResponse:
    """Ask how to print labels of the chosen devices, then (`in=pdf`) print them.

    `in=nhanh` prints straight away where nothing has to be asked: on a roll that was used before.
    """
    try:
        chosen = _chosen(request)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("equipment:list")
    form = _form(request)
    asked_well = form.is_bound and form.is_valid() and not chosen.changed
    if asked_well and (request.method == "POST" or chosen.count <= AT_ONCE):  # following a link starts no job
        return _print(request, chosen, form)
    return _ask(request, chosen, form, refused=form.is_bound and not asked_well)


def _chosen(request: Request) -> Selection:
    chosen = selected(
        request,
        queryset=Equipment.objects.visible_to(request.user),
        table=EquipmentTable,
        filterset=EquipmentFilter,
        search=search_equipment,
    )
    if chosen.count > MOST:
        raise DomainError(f"Một lần in nhiều nhất {number(MOST)} nhãn. Hãy lọc hẹp hơn.", code="too_many")
    return chosen


def _form(request: Request) -> LabelForm:
    """Filled with what was chosen last; bound when something is to be printed."""
    given = request.POST if request.method == "POST" else request.GET
    last = DEFAULTS | request.session.get(SESSION_KEY, {})
    wanted = given.get("in", "")
    if wanted == "nhanh" and SESSION_KEY in request.session and not FORMATS[last["format"]].is_sheet:
        return LabelForm(_as_data(last))
    if wanted != "pdf":
        return LabelForm(initial=last)
    return LabelForm(given if "format" in given else _as_data(last))


def _as_data(values: dict[str, Any]) -> MultiValueDict:
    """As a browser would send it."""
    return MultiValueDict({k: v if isinstance(v, list) else [v] for k, v in values.items() if v is not None})


def _print(request: Request, chosen: Selection, form: LabelForm) -> HttpResponse:
    request.session[SESSION_KEY] = form.remembered()
    setup, parts = form.setup(_base_url(request)), form.cleaned_data["parts"]
    if chosen.count <= AT_ONCE:
        return pdf_response(label_sheet_pdf(labels_of(chosen.queryset, parts), setup), "nhan-thiet-bi.pdf")
    codes = list(chosen.queryset.order_by("code").values_list("code", flat=True))
    job = jobs.start(
        kind=KIND,
        title=f"In {number(len(codes))} nhãn QR, mẫu {setup.format.name}",
        by=request.user,
        params={"codes": codes, "parts": parts, "setup": setup.as_params()},
        submission=form.cleaned_data["submission"],
    )
    return redirect("jobs:detail", job.public_id)


def _ask(request: Request, chosen: Selection, form: LabelForm, *, refused: bool) -> HttpResponse:
    data = request.POST if request.method == "POST" else request.GET
    everything = data.get("all") == "1"
    if refused and form.errors:
        form.focus_first_error()
    context = {
        "title": "In nhãn QR",
        "form": form,
        "formats": [(option, FORMATS[option.data["value"]]) for option in form["format"]],
        "count": chosen.count,
        "first": first_of(chosen.queryset, NAMED),
        "more": max(0, chosen.count - NAMED),
        "changed": CHANGED.format(number(chosen.expected), number(chosen.count)) if refused and chosen.changed else "",
        "filter": data.get("filter", "") if everything else "",
        "everything": everything,
        "ids": [] if everything else list(chosen.queryset.values_list("code", flat=True)),
        "as_job": chosen.count > AT_ONCE,
        "breadcrumb": [Link("Thiết bị", reverse("equipment:list"))],
    }
    return render(request, "equipment/labels.html", context, status=422 if refused else 200)


@require_POST
def label_frames(request: Request) -> HttpResponse:
    """A trial sheet for plain paper, of the format and shift that the form of labels holds."""
    form = LabelForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Chưa in thử được: hãy xem lại các ô chưa đúng ở trang in nhãn.")
        return redirect("equipment:list")
    return pdf_response(label_frames_pdf(form.setup("")), "khung-thu-nhan.pdf")


@require_safe
def scanned(request: Request, code: str) -> HttpResponse:
    """What the QR code on a label opens; the code may also be typed, in letters of either case."""
    return redirect("equipment:detail", code=access_equipment(request.user, typed_code(code), "view").code)


def _base_url(request: Request) -> str:
    return settings.PUBLIC_URL or request.build_absolute_uri("/").rstrip("/")
