"""How a job stands, as a block that any page can hold. While the job isn't over it asks for itself again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse

from jobs.models import Job, JobFile
from jobs.rules import TONES, Standing, State
from jobs.running import standing_of
from ui import formats
from ui.blocks import Block, Fact, FactList


@dataclass(frozen=True)
class JobPanel(Block):
    """State, progress, message, files. The page is loaded anew when the job ends."""

    job: Job
    standing: Standing
    tone: str
    files: Sequence[JobFile]
    url: str
    csrf_token: str

    template: ClassVar[str] = "jobs/_panel.html"


def job_panel(job: Job, csrf_token: str = "") -> JobPanel:
    """The panel of a job that came through its door. `csrf_token` arms the button that cancels."""
    over = not job.active
    shown = list(job.files.exclude(label="").order_by("id")) if over else []
    return JobPanel(
        job=job,
        standing=standing_of(job) if job.state == State.RUNNING else Standing(),
        tone=TONES[State(job.state)],
        files=shown,
        url=reverse("jobs:detail", args=[job.public_id]),
        csrf_token=csrf_token,
    )


def job_facts(job: Job) -> FactList:
    """When it was asked for, begun and ended."""
    moments = {
        "Yêu cầu lúc": job.created_at,
        "Bắt đầu lúc": job.started_at,
        "Kết thúc lúc": job.finished_at,
    }
    return FactList([Fact(label, formats.vndatetime(when)) for label, when in moments.items() if when])
