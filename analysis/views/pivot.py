"""The page of a pivot."""

from django.http import HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from analysis.asking import Reading
from analysis.blocks.pivot import PivotPage
from analysis.files import EXPORTS, columns_of, name_of, rows_of
from analysis.models import Analysis
from analysis.pivot import answer
from analysis.policies import access_analysis
from analysis.shaping import Grid
from analysis.topics.parts import Frame
from core.errors import DomainError
from core.http import Request
from ui.choices import know_chosen
from ui.links import Link

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
