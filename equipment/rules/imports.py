"""How a list of devices comes in: the steps of a batch, its number, what is done with devices that are there."""

from django.db.models import TextChoices

from core.workflow import Workflow


class ImportState(TextChoices):
    """Where a batch stands. What is being worked on right now is told by its job."""

    UPLOADED = "uploaded", "Đã tải tệp"
    MATCHING = "matching", "Chờ ghép cột"
    CHECKED = "checked", "Chờ xác nhận"
    DONE = "done", "Đã nhập"
    FAILED = "failed", "Không đọc được tệp"
    CANCELLED = "cancelled", "Đã hủy"


IMPORT_FLOW = Workflow(
    ImportState,
    {
        ImportState.UPLOADED: frozenset({ImportState.MATCHING, ImportState.FAILED, ImportState.CANCELLED}),
        ImportState.MATCHING: frozenset({ImportState.MATCHING, ImportState.CHECKED, ImportState.CANCELLED}),
        ImportState.CHECKED: frozenset(
            {ImportState.MATCHING, ImportState.CHECKED, ImportState.DONE, ImportState.CANCELLED}
        ),
    },
)

IMPORT_TONES = {
    ImportState.UPLOADED: "info",
    ImportState.MATCHING: "warn",
    ImportState.CHECKED: "warn",
    ImportState.DONE: "ok",
    ImportState.FAILED: "bad",
    ImportState.CANCELLED: "muted",
}


class Existing(TextChoices):
    """What is done with a row whose code or serial the unit has already."""

    REFUSE = "refuse", "Báo lỗi những dòng đó"
    UPDATE = "update", "Cập nhật thông tin của thiết bị đã có"


def import_key(year: int) -> str:
    """The counter of a unit's imports of one year."""
    return f"import-{year}"


def import_number(unit_code: str, year: int, number: int) -> str:
    """The batch's number: NH-01.001-2026-0003."""
    return f"NH-{unit_code}-{year}-{number:04d}"
