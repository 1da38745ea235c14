"""The page of a pivot, and the list of the lines of the books behind one."""

from django.http import HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from analysis.asking import Reading
from analysis.blocks.pivot import PivotPage
from analysis.files import EXPORTS, columns_of, name_of, rows_of
from analysis.models import Analysis
from analysis.narrowing import EntryFilter
from analysis.pivot import answer
from analysis.policies import access_analysis
from analysis.shaping import Grid
from analysis.tables import EntryTable
from analysis.topics.parts import Frame
from core.errors import DomainError
from core.http import Request
from equipment.models import LedgerEntry
from ui.choices import know_chosen
from ui.links import Empty, Link
from ui.lists import render_list

BAD = 400
PIVOT = Link("Phân tích", "/phan-tich/")


@require_safe
def pivot(request: Request) -> HttpResponseBase:
    """A topic by dimensions and measures by choice; `?saved=` opens what was saved, as it was saved."""
    saved = opened(request)
    asked = QueryDict(saved.query) if saved and set(request.GET) <= {"saved", "export"} else request.GET
    frame = Frame(request.user, timezone.localdate())
    reading = Reading(asked, frame, request)
    try:
        question = reading.question()
        found = answer(question, frame)
        if make := EXPORTS.get(request.GET.get("export", "")):
            whole = Grid(question, found, whole=True)
            return make(rows_of(question, whole), columns_of(question, whole), name_of(question))
        page = PivotPage(reading, saved, Grid(question, found))
    except DomainError as refusal:
        page = PivotPage(reading, saved, None, problems=reading.problems or [refusal.message])
    know_chosen(reading.filters.form)
    return render(request, "analysis/pivot.html", page.context(), status=BAD if page.problems else 200)


def opened(request: Request) -> Analysis | None:
    """The saved analysis that the address names; 404 for those of others."""
    key = request.GET.get("saved", "")
    return access_analysis(request.user, key, own=False) if key else None


@require_safe
def entry_list(request: Request) -> HttpResponseBase:
    """Lines of the books of all units that the person sees."""
    return render_list(
        request,
        queryset=LedgerEntry.objects.visible_to(request.user),
        table=EntryTable,
        filterset=EntryFilter,
        title="Bút toán biến động",
        noun="bút toán",
        export_name="but-toan",
        search=lambda rows, text: rows.filter(dossier__icontains=text),
        search_label="Tìm theo số hồ sơ",
        breadcrumb=[Link("Phân tích biến động", f"{reverse('analysis:pivot')}?topic=ledger")],
        empty=Empty("Chưa có bút toán nào", "Bút toán có ở đây khi hồ sơ làm thay đổi sổ của đơn vị."),
    )
