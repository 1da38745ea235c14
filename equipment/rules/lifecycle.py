"""States of a device and of an intake; kinds of ledger entry."""

from django.db import models

from core.workflow import Workflow


class Status(models.TextChoices):
    """Where a device is in its life (art. 7 to 10)."""

    IN_STOCK = "in_stock", "Trong kho"
    IN_USE = "in_use", "Đang sử dụng"
    IN_REPAIR = "in_repair", "Đang sửa chữa"
    IN_TRANSFER = "in_transfer", "Đang điều chuyển"
    PENDING_DISPOSAL = "pending_disposal", "Chờ thanh lý"
    DISPOSED = "disposed", "Đã thanh lý, hủy"
    LOST = "lost", "Mất"


LIFECYCLE = Workflow(
    Status,
    {
        Status.IN_STOCK: frozenset(
            {Status.IN_USE, Status.IN_REPAIR, Status.IN_TRANSFER, Status.PENDING_DISPOSAL, Status.LOST}
        ),
        Status.IN_USE: frozenset(
            {Status.IN_STOCK, Status.IN_REPAIR, Status.IN_TRANSFER, Status.PENDING_DISPOSAL, Status.LOST}
        ),
        Status.IN_REPAIR: frozenset({Status.IN_STOCK, Status.IN_USE, Status.PENDING_DISPOSAL}),
        Status.IN_TRANSFER: frozenset({Status.IN_STOCK, Status.IN_USE, Status.LOST}),
        Status.PENDING_DISPOSAL: frozenset({Status.IN_STOCK, Status.IN_USE, Status.DISPOSED}),
        Status.LOST: frozenset({Status.IN_STOCK}),
    },
)

STATUS_TONES = {
    Status.IN_STOCK: "info",
    Status.IN_USE: "ok",
    Status.IN_REPAIR: "warn",
    Status.IN_TRANSFER: "warn",
    Status.PENDING_DISPOSAL: "warn",
    Status.DISPOSED: "muted",
    Status.LOST: "bad",
}


class Condition(models.TextChoices):
    """Quality as form BC02 counts it (CV 1331/BHXH-CNTT 2008)."""

    GOOD = "good", "Tốt"
    FAIR = "fair", "Trung bình"
    POOR = "poor", "Kém"


CONDITION_TONES = {Condition.GOOD: "ok", Condition.FAIR: "warn", Condition.POOR: "bad"}


class EntryKind(models.TextChoices):
    """What changed the books of a unit."""

    INTAKE = "intake", "Tiếp nhận"
    FOUND = "found", "Tìm thấy, phát hiện thừa"
    TRANSFER_IN = "transfer_in", "Điều chuyển đến"
    TRANSFER_OUT = "transfer_out", "Điều chuyển đi"
    DISPOSAL = "disposal", "Thanh lý, hủy"
    LOST = "lost", "Mất"
    VALUE_CHANGE = "value_change", "Thay đổi nguyên giá"
    CORRECTION = "correction", "Điều chỉnh"


class IntakeState(models.TextChoices):
    DRAFT = "draft", "Bản nháp"
    CONFIRMED = "confirmed", "Đã tiếp nhận"
    CANCELLED = "cancelled", "Đã hủy"


INTAKE_FLOW = Workflow(
    IntakeState,
    {
        IntakeState.DRAFT: frozenset({IntakeState.CONFIRMED, IntakeState.CANCELLED}),
        IntakeState.CANCELLED: frozenset({IntakeState.DRAFT}),
    },
)

INTAKE_TONES = {IntakeState.DRAFT: "warn", IntakeState.CONFIRMED: "ok", IntakeState.CANCELLED: "muted"}


class FundSource(models.TextChoices):
    """Where the money came from."""

    OPERATING = "operating", "Chi phí quản lý BHXH"
    INVESTMENT = "investment", "Đầu tư phát triển"
    BUDGET = "budget", "Ngân sách nhà nước"
    PROJECT = "project", "Dự án, viện trợ, tài trợ"
    ALLOCATED = "allocated", "BHXH cấp trên cấp phát"
    OTHER = "other", "Nguồn khác"
