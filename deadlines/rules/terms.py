"""What is due and by which article, the steps of reminding, and the states. Pure: no database, no clock."""

from dataclasses import dataclass
from datetime import date

from django.db import models

from core.workflow import Workflow


class Kind(models.TextChoices):
    """What has to be done in time."""

    INTAKE = "intake", "Cập nhật thiết bị tiếp nhận"
    TRANSFER_OUT = "transfer_out", "Cập nhật điều chuyển đi"
    TRANSFER_IN = "transfer_in", "Cập nhật điều chuyển đến"
    DISPOSAL_DOSSIER = "disposal_dossier", "Lập hồ sơ thanh lý, hủy"
    DISPOSAL_CLOSE = "disposal_close", "Kết thúc vòng đời thiết bị thanh lý, hủy"
    RECOVERY = "recovery", "Thu hồi, bàn giao lại thiết bị"
    SUPPORT = "support", "Trả lời yêu cầu hỗ trợ"
    ANNUAL_REPORT = "annual_report", "Gửi báo cáo năm"


REGULATION = "Quy chế ban hành kèm theo QĐ 375/QĐ-BHXH"


@dataclass(frozen=True)
class Term:
    """How long there is for it, and which articles say so."""

    working_days: int
    articles: tuple[str, ...]

    @property
    def legal_basis(self) -> str:
        """As it is shown."""
        return f"{', '.join(f'Điều {article}' for article in self.articles)} {REGULATION}"


TERMS = {
    Kind.INTAKE: Term(3, ("7",)),
    Kind.TRANSFER_OUT: Term(3, ("9",)),
    Kind.TRANSFER_IN: Term(3, ("9",)),
    # "Right after" the council's minutes: the next working day.
    Kind.DISPOSAL_DOSSIER: Term(1, ("10",)),
    Kind.DISPOSAL_CLOSE: Term(3, ("10",)),
    # "In time" without a figure in art. 7 and 13.2: as long as for a new device.
    Kind.RECOVERY: Term(3, ("7", "13.2")),
    # 48 hours: the caller gives the day on which they end; a day off moves it to the working day that follows.
    Kind.SUPPORT: Term(0, ("12", "13.4", "14")),
    # "Before 15 January": the caller gives the last working day before it.
    Kind.ANNUAL_REPORT: Term(0, ("13.8",)),
}


class Step(models.IntegerChoices):
    """What people are told of an open obligation, one after the other, each once."""

    BEFORE = 1, "Nhắc trước hạn"
    ON_DAY = 2, "Nhắc trong ngày đến hạn"
    OVERDUE = 3, "Nhắc quá hạn"
    SUPERIOR = 4, "Báo đơn vị cấp trên"
    CENTRE = 5, "Báo Trung tâm CNTT"


class State(models.TextChoices):
    """Overdue isn't one of them: it is an open obligation whose date has passed, so it needs no one to set it."""

    OPEN = "open", "Chưa thực hiện"
    FULFILLED = "fulfilled", "Đúng hạn"
    FULFILLED_LATE = "fulfilled_late", "Trễ hạn"
    WAIVED = "waived", "Được miễn"


FLOW = Workflow(
    State,
    {
        State.OPEN: frozenset({State.FULFILLED, State.FULFILLED_LATE, State.WAIVED}),
        State.WAIVED: frozenset({State.OPEN}),
    },
)


def state_of(*, due: date, fulfilled_on: date | None, waived: bool = False) -> State:
    """The state that the dates of an obligation amount to; the due day itself is in time."""
    if waived:
        return State.WAIVED
    if fulfilled_on is None:
        return State.OPEN
    return State.FULFILLED if fulfilled_on <= due else State.FULFILLED_LATE


def is_overdue(*, state: str, due: date, today: date) -> bool:
    """Whether it should have been done by now."""
    return state == State.OPEN and due < today
