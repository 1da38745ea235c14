"""Thousands of labels: a job writes them."""

import tempfile
from itertools import chain

from equipment.models import Equipment
from equipment.printing.label_rows import labels_of
from equipment.printing.labels import Setup, write_labels
from jobs.models import Job
from jobs.running import Outcome, Progress, runner
from ui.formats import number

KIND = "equipment.labels"
CODES_AT_ONCE = 1000


@runner(KIND)
def print_labels(job: Job, progress: Progress) -> Outcome:
    """Labels of the devices that were chosen, as many of them as the owner still sees."""
    codes, parts = job.params["codes"], job.params["parts"]
    devices = Equipment.objects.visible_to(job.owner)
    pieces = (codes[start : start + CODES_AT_ONCE] for start in range(0, len(codes), CODES_AT_ONCE))
    labels = chain.from_iterable(labels_of(devices.filter(code__in=piece), parts) for piece in pieces)
    printed = 0

    def report(done: int) -> None:
        nonlocal printed
        printed = done
        progress.step(done, len(codes), "Đang xếp nhãn lên tờ")

    with tempfile.TemporaryFile() as file:
        write_labels(file, labels, Setup.from_params(job.params["setup"]), report=report)
        file.seek(0)
        progress.keep(name="nhan-thiet-bi.pdf", content=file, label="Nhãn thiết bị (PDF)")
    gone = len(codes) - printed
    lost = f" {number(gone)} thiết bị đã chọn nay không còn thuộc dữ liệu bạn được xem nên không in." if gone else ""
    return Outcome(f"Đã in {number(printed)} nhãn.{lost}", data={"labels": printed})
