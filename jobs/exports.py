"""A list too long to wait for: the list's own view writes the file again, in a worker, within its owner's scope."""

import tempfile
from typing import Any, cast
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import resolve

from core.errors import DomainError
from core.http import Request
from jobs import actions
from jobs.models import Job
from jobs.running import Outcome, Progress, runner
from ui import formats
from ui.exports import KINDS, Export, Sink, Written, file_name
from ui.links import Link

SALT = "jobs.exports"
SEAL_SECONDS = 3600


def ask_export(request: Request, export: Export, *, count: int, noun: str) -> HttpResponse:
    """The page that says how long the list is and offers to write it in the background.

    What will be written is sealed: the form can only ask for the list that this account was looking at.
    """
    query = request.GET.copy()
    query.pop("page", None)
    title = f"Xuất {formats.number(count)} {noun} ({KINDS[export.kind]})"
    sealed = {
        "path": request.path,
        "query": query.urlencode(),
        "name": export.name,
        "kind": export.kind,
        "title": title,
        "count": count,
        "account": request.user.pk,
        "submission": str(uuid4()),
    }
    query.pop("export")
    back = f"{request.path}?{query.urlencode()}"
    context = {
        "title": title,
        "token": signing.dumps(sealed, salt=SALT),
        "count": count,
        "limit": settings.EXPORT_ROWS,
        "noun": noun,
        "back": back,
        "days": settings.JOB_DAYS,
        "breadcrumb": [Link("Danh sách", back)],
    }
    return render(request, "jobs/export.html", context)


def start_export(request: Request) -> Job:
    """The job that the sealed form asks for; pressed twice it is one. Raises DomainError if the seal isn't ours."""
    try:
        sealed = signing.loads(request.POST.get("token", ""), salt=SALT, max_age=SEAL_SECONDS)
    except signing.BadSignature:
        sealed = {}
    if sealed.get("account") != request.user.pk:
        raise DomainError("Trang xuất dữ liệu đã quá hạn. Hãy mở lại danh sách rồi bấm xuất lần nữa.", code="seal")
    return actions.start(
        kind="export",
        title=sealed["title"],
        by=request.user,
        params={key: sealed[key] for key in ("path", "query", "name", "kind", "count")},
        submission=UUID(sealed["submission"]),
    )


@runner("export")
def export(job: Job, progress: Progress) -> Outcome:
    """Ask the list's view for its file and keep it."""
    params = job.params
    expected = int(params["count"])
    written = 0

    def count_row() -> None:
        nonlocal written
        written += 1
        progress.step(written, max(expected, written), "Đang ghi tệp")

    with tempfile.TemporaryFile() as file:
        if not isinstance(_ask_view(job, Sink(file, count_row)), Written):
            raise DomainError("Danh sách này không còn xuất được. Hãy mở lại danh sách rồi thử lại.", code="no_export")
        file.seek(0)
        name = file_name(params["name"], params["kind"])
        progress.keep(name=name, content=file, label=name)
    return Outcome(f"Đã xuất {formats.number(written)} dòng.", data={"rows": written})


def _ask_view(job: Job, sink: Sink) -> HttpResponseBase:
    """What the view answers to the owner of `job`, who asks as a browser would."""
    request = cast("Any", HttpRequest())
    request.method, request.path = "GET", urlsplit(job.params["path"]).path
    request.path_info = request.path
    request.GET = QueryDict(job.params["query"])
    request.user, request.session, request.htmx, request.export_sink = job.owner, {}, False, sink
    request.resolver_match = resolve(request.path)
    view, args, kwargs = request.resolver_match
    return view(request, *args, **kwargs)
