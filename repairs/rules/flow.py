"""States and kinds of a repair, how a device comes out of it, and which kind may end how (art. 8)."""

from collections.abc import Mapping
from datetime import date

from django.db import models

from core.workflow import Workflow
from equipment.rules.lifecycle import Status

PREFIX = "SC"
MAX_DEVICES = 200
"""Results are recorded on one page: more wouldn't fit a person's patience."""
REPAIRABLE = frozenset({Status.IN_STOCK, Status.IN_USE})


class RepairKind(models.TextChoices):
    """Art. 8 names these four."""

    REPAIR = "repair", "Sửa chữa"
    WARRANTY = "warranty", "Bảo hành"
    MAINTENANCE = "maintenance", "Bảo trì"
    UPGRADE = "upgrade", "Nâng cấp"


class RepairState(models.TextChoices):
    DRAFT = "draft", "Bản nháp"
    SENT = "sent", "Đang sửa chữa"
    DONE = "done", "Đã hoàn thành"
    CANCELLED = "cancelled", "Đã hủy"


class Place(models.TextChoices):
    """Who does the work."""

    IN_HOUSE = "in_house", "Tại đơn vị"
    SUPPLIER = "supplier", "Nhà cung cấp, nơi sửa chữa"


class Result(models.TextChoices):
    """How a device comes out."""

    REPAIRED = "repaired", "Đã xong, dùng lại được"
    REPLACED = "replaced", "Đổi máy mới theo bảo hành"
    UPGRADED = "upgraded", "Đã nâng cấp"
    BEYOND_REPAIR = "beyond_repair", "Không sửa được"
    NOT_DONE = "not_done", "Không thực hiện"


REPAIR_FLOW = Workflow(
    RepairState,
    {
        RepairState.DRAFT: frozenset({RepairState.SENT, RepairState.CANCELLED}),
        RepairState.SENT: frozenset({RepairState.DONE, RepairState.CANCELLED}),
        RepairState.CANCELLED: frozenset({RepairState.DRAFT}),
    },
)
STATE_TONES = {
    RepairState.DRAFT: "warn",
    RepairState.SENT: "info",
    RepairState.DONE: "ok",
    RepairState.CANCELLED: "muted",
}
RESULT_TONES = {
    Result.REPAIRED: "ok",
    Result.REPLACED: "ok",
    Result.UPGRADED: "ok",
    Result.BEYOND_REPAIR: "bad",
    Result.NOT_DONE: "muted",
}
RESULTS: Mapping[str, tuple[Result, ...]] = {
    RepairKind.REPAIR: (Result.REPAIRED, Result.REPLACED, Result.BEYOND_REPAIR, Result.NOT_DONE),
    RepairKind.WARRANTY: (Result.REPAIRED, Result.REPLACED, Result.BEYOND_REPAIR, Result.NOT_DONE),
    RepairKind.MAINTENANCE: (Result.REPAIRED, Result.BEYOND_REPAIR, Result.NOT_DONE),
    RepairKind.UPGRADE: (Result.UPGRADED, Result.BEYOND_REPAIR, Result.NOT_DONE),
}
"""How a dossier of each kind may end."""
BACK = frozenset({Result.REPAIRED, Result.REPLACED, Result.UPGRADED, Result.NOT_DONE})
"""After these the device goes back to where it was."""


def months_before(day: date, months: int) -> date:
    """The day so many months earlier; the last of the month where that month has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return _within(year, month + 1, day.day)


def months_after(day: date, months: int) -> date:
    """The day so many months later; the last of the month where that month has no such day."""
    return months_before(day, -months)


def _within(year: int, month: int, day: int) -> date:
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1
