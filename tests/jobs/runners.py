"""Jobs of the tests. Real workers load them too: `celery worker --include tests.jobs.runners`."""

import io
import time

from core.errors import DomainError
from equipment.models import Brand, Equipment
from jobs.models import Job
from jobs.running import Outcome, Progress, runner


@runner("test.brands")
def brands(job: Job, progress: Progress) -> Outcome:
    """Write `count` brands, slowly if asked, and a file of their names."""
    count = job.params["count"]
    for number in range(count):
        progress.step(number, count, "Ghi hãng")
        Brand.objects.create(name=f"{job.params['name']} {number}")
        time.sleep(job.params.get("pause", 0))
    progress.keep(name="hang.csv", content=io.BytesIO(b"ten\n" * count), label="Danh sách hãng")
    return Outcome(f"Đã ghi {count} hãng.", url="/quan-tri/danh-muc/hang/", data={"count": count})


@runner("test.refused")
def refused(job: Job, progress: Progress) -> Outcome:
    Brand.objects.create(name="Không được giữ")
    progress.keep(name="x.csv", content=io.BytesIO(b"x"), label="x")
    raise DomainError("Tệp thiếu cột “Số máy”. Hãy thêm cột rồi gửi lại.")


@runner("test.broken")
def broken(job: Job, progress: Progress) -> Outcome:
    Brand.objects.create(name="Không được giữ")
    raise ZeroDivisionError("bí mật")


@runner("test.told")
def told(job: Job, progress: Progress) -> Outcome:
    Brand.objects.create(name="Hãng được giữ")
    return Outcome("Tệp không phải bảng tính.", failed=True)


@runner("test.look")
def look(job: Job, progress: Progress) -> Outcome:
    """What a job sees when wall 1 is forgotten: `scoped` says that it isn't."""
    return Outcome("", data={"codes": sorted(Equipment.objects.all().scoped().values_list("unit__code", flat=True))})
