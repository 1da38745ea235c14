"""Acts that end a device's life, their ways, and the states of their dossiers (art. 10)."""

from django.db import models

from core.workflow import Workflow
from equipment.rules.lifecycle import Status


class Act(models.TextChoices):
    LIQUIDATION = "liquidation", "Thanh lý"
    DESTRUCTION = "destruction", "Tiêu hủy"


PREFIX = {Act.LIQUIDATION: "TL", Act.DESTRUCTION: "TH"}
"""How the numbers of their dossiers begin."""


class Method(models.TextChoices):
    SALE = "sale", "Bán"
    DISMANTLE = "dismantle", "Phá dỡ, hủy bỏ, bán vật tư thu hồi"
    BURN = "burn", "Đốt"
    BURY = "bury", "Chôn"
    SMASH = "smash", "Phá hủy"
    OTHER = "other", "Hình thức tiêu hủy khác"


METHODS = {
    Act.LIQUIDATION: (Method.SALE, Method.DISMANTLE),
    Act.DESTRUCTION: (Method.BURN, Method.BURY, Method.SMASH, Method.OTHER),
}
"""Law on public assets 15/2017/QH14: art. 45 (liquidation), art. 46 (destruction)."""


class Reason(models.TextChoices):
    END_OF_LIFE = "end_of_life", "Hết thời gian sử dụng"
    BEYOND_REPAIR = "beyond_repair", "Hỏng, không sửa chữa được"
    NOT_EFFECTIVE = "not_effective", "Sửa chữa không hiệu quả"
    OTHER = "other", "Lý do khác"


class DisposalState(models.TextChoices):
    DRAFT = "draft", "Bản nháp"
    SUBMITTED = "submitted", "Chờ quyết định"
    DECIDED = "decided", "Đã có quyết định"
    CLOSED = "closed", "Đã kết thúc"
    CANCELLED = "cancelled", "Đã hủy"


DISPOSAL_FLOW = Workflow(
    DisposalState,
    {
        DisposalState.DRAFT: frozenset({DisposalState.SUBMITTED, DisposalState.CANCELLED}),
        DisposalState.SUBMITTED: frozenset({DisposalState.DECIDED, DisposalState.CANCELLED}),
        DisposalState.DECIDED: frozenset({DisposalState.CLOSED, DisposalState.CANCELLED}),
        DisposalState.CANCELLED: frozenset({DisposalState.DRAFT}),
    },
)
DISPOSAL_TONES = {
    DisposalState.DRAFT: "warn",
    DisposalState.SUBMITTED: "info",
    DisposalState.DECIDED: "info",
    DisposalState.CLOSED: "ok",
    DisposalState.CANCELLED: "muted",
}
DISPOSABLE = frozenset({Status.IN_STOCK, Status.IN_USE, Status.PENDING_DISPOSAL})
"""States from which a device may be taken into a disposal."""


class Happening(models.TextChoices):
    """What a loss report tells: that devices are gone, or are there again."""

    LOST = "lost", "Mất, hủy hoại"
    FOUND = "found", "Tìm thấy"


LOSS_PREFIX = {Happening.LOST: "MAT", Happening.FOUND: "TT"}
CONCERNED = {
    Happening.LOST: frozenset({Status.IN_STOCK, Status.IN_USE}),
    Happening.FOUND: frozenset({Status.LOST}),
}
"""States from which a device may be lost, or found again."""
AFTERWARDS = {Happening.LOST: Status.LOST, Happening.FOUND: Status.IN_STOCK}


class LossState(models.TextChoices):
    DRAFT = "draft", "Bản nháp"
    CONFIRMED = "confirmed", "Đã ghi sổ"
    CANCELLED = "cancelled", "Đã hủy"


LOSS_FLOW = Workflow(
    LossState,
    {
        LossState.DRAFT: frozenset({LossState.CONFIRMED, LossState.CANCELLED}),
        LossState.CANCELLED: frozenset({LossState.DRAFT}),
    },
)
LOSS_TONES = {LossState.DRAFT: "warn", LossState.CONFIRMED: "ok", LossState.CANCELLED: "muted"}
REPORT_DAYS = 30
"""Days after a loss is found in which the dossier goes to the upper body (NĐ 186/2025/NĐ-CP, art. 34)."""
