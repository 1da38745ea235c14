"""What a schedule's job does: make the file within the owner's scope, keep it, tell where it lies."""

import tempfile

from django.urls import reverse

from analysis.actions.resting import told
from analysis.actions.scheduling import JOB
from analysis.models import Schedule
from analysis.producing import produce
from core.errors import DomainError
from core.scope import elevated
from jobs.models import Job
from jobs.running import Outcome, Progress, runner
from notices.rules import Tone


@runner(JOB)
def scheduled(job: Job, progress: Progress) -> Outcome:
    """The owner is told in the same transaction that keeps the file: once, whatever is killed."""
    row = (
        Schedule.objects.owned_by(job.owner).select_related("analysis").filter(public_id=job.params["schedule"]).first()
    )
    if row is None:
        raise DomainError("Lịch gửi này đã bị xóa; không có tệp nào được lập.", code="gone")
    address = reverse("analysis:schedule", args=[row.public_id])
    progress.step(0, phase="Đang lập tệp")
    with tempfile.TemporaryFile() as file:
        try:
            name = produce(row, job.owner, file)
        except DomainError as refusal:
            _tell(job, f"Chưa lập được “{row.name}”", refusal.message, address, Tone.WARNING)
            return Outcome(refusal.message, url=address, link="Mở lịch gửi", failed=True)
        file.seek(0)
        progress.keep(name=name, content=file, label=name)
    text = f"Tệp {name} lập theo lịch bạn đặt đã có. Mở liên kết, đăng nhập rồi tải tệp về."
    _tell(job, f"Đã có “{row.name}”", text, reverse("jobs:detail", args=[job.public_id]), Tone.INFO)
    return Outcome(f"Đã lập tệp {name}.", url=address, link="Mở lịch gửi")


def _tell(job: Job, title: str, text: str, address: str, tone: Tone) -> None:
    with elevated("analysis.schedule: the owner is told of the file that was made"):
        told(job.owner, f"schedule {job.public_id}", title, text, address, tone)
