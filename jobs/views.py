from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from core.errors import DomainError
from core.http import Request
from jobs import actions, files
from jobs.blocks import job_facts, job_panel
from jobs.exports import start_export
from jobs.filters import JobFilter
from jobs.models import Job
from jobs.policies import access_file, access_job
from jobs.tables import JobTable
from ui.actions import run_action
from ui.links import Empty, Link
from ui.lists import render_list, wants_fragment

LIST = Link("Công việc", "/cong-viec/")


@require_safe
def job_list(request: Request) -> HttpResponseBase:
    """The person's own jobs."""
    return render_list(
        request,
        queryset=Job.objects.owned_by(request.user),
        table=JobTable,
        filterset=JobFilter,
        title="Công việc của tôi",
        noun="việc",
        export_name="cong-viec",
        empty=Empty(
            "Chưa có việc nào",
            "Nhập tệp, xuất danh sách dài và các việc lâu khác chạy ở đây, kể cả khi bạn đóng trang.",
        ),
    )


@require_safe
def job_detail(request: Request, public_id: UUID) -> HttpResponse:
    """How the job stands. The panel asks for itself while the job runs, then has its page loaded anew."""
    job = access_job(request.user, public_id)
    panel = job_panel(job, get_token(request))
    if wants_fragment(request, "job-panel"):
        response = HttpResponse(str(panel))
        if not job.active:
            response["HX-Refresh"] = "true"
    else:
        context = {"title": job.title, "panel": panel, "facts": job_facts(job), "breadcrumb": [LIST]}
        response = render(request, "jobs/detail.html", context)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


@require_POST
def job_cancel(request: Request, public_id: UUID) -> HttpResponse:
    job = access_job(request.user, public_id)
    return run_action(
        request,
        lambda: actions.cancel(job),
        done=f"Đã yêu cầu hủy “{job.title}”. Những gì đang làm dở được bỏ, không có gì được ghi.",
        back=reverse("jobs:detail", args=[public_id]),
    )


@require_safe
def job_file(request: Request, public_id: UUID) -> HttpResponseBase:
    """A file of one of the person's jobs. What is for the job alone is not handed out."""
    stored = access_file(request.user, public_id)
    try:
        return files.serve(stored)
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return redirect("jobs:detail", public_id=stored.job.public_id)


@require_POST
def export_start(request: Request) -> HttpResponse:
    """A long list as a job: what was asked stands in a sealed form that the list's page made."""
    try:
        job = start_export(request)
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return redirect("jobs:list")
    return redirect("jobs:detail", public_id=job.public_id)
