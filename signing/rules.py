"""Who signs a paper, in which order and how (art. 13.8; NĐ 30/2020/NĐ-CP, annex I, II.7 and II.8)."""

from collections.abc import Iterable, Sequence

from django.db import models

from core.workflow import Workflow


class Step(models.TextChoices):
    """The signatures of a paper; their order is the order of signing: the agency's seal confirms its head's hand."""

    PREPARER = "preparer", "Người lập"
    HEAD = "head", "Thủ trưởng đơn vị"
    SEAL = "seal", "Cơ quan (đóng dấu)"


class PaperState(models.TextChoices):
    OPEN = "open", "Chờ ký"
    COMPLETE = "complete", "Đã ký đủ"
    WITHDRAWN = "withdrawn", "Đã thu hồi"


class Way(models.TextChoices):
    """How a signature came to be."""

    FILE = "file", "Tệp chứng thư số"
    DEVICE = "device", "Thiết bị ký số trên máy chủ"
    OUTSIDE = "outside", "Công cụ ký số bên ngoài"


FLOW = Workflow(
    PaperState,
    {
        PaperState.OPEN: frozenset({PaperState.COMPLETE, PaperState.WITHDRAWN}),
        PaperState.COMPLETE: frozenset({PaperState.WITHDRAWN}),
        PaperState.WITHDRAWN: frozenset(),
    },
)
TONES = {PaperState.OPEN: "info", PaperState.COMPLETE: "ok", PaperState.WITHDRAWN: "muted"}
FIELDS = {Step.PREPARER: "NguoiLap", Step.HEAD: "ThuTruong", Step.SEAL: "CoQuan"}
"""The name of the signature field of each step within the PDF."""


def steps_of(boxes: Iterable[str]) -> list[Step]:
    """The steps of a paper that has these boxes, in the order of signing."""
    wanted = set(boxes)
    return [step for step in Step if step in wanted]


def next_step(boxes: Iterable[str], signed: Sequence[str]) -> Step | None:
    """Whose turn it is; None when everybody has signed."""
    return next((step for step in steps_of(boxes) if step not in signed), None)
