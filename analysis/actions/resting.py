"""Pause what the clock does, and go on; stop it where its owner may no longer have it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from analysis.models import Alert, Schedule
from analysis.rules.schedules import Every, next_slot
from core.errors import DomainError
from deadlines.queries import calendar
from notices.actions import tell
from notices.rules import Message, Tone, Topic

Clocked = Schedule | Alert
MOST = 50  # of one account, of each
RESTING = ["next_at", "paused_at", "stopped_at", "stopped_why"]


def coming(every: str, now: datetime) -> datetime:
    """When it is to be done next: in a working day's morning."""
    return next_slot(Every(every), timezone.localtime(now), calendar().is_working)


@transaction.atomic
def pause(row: Clocked) -> Clocked:
    """Not until its owner says so. A second press changes nothing."""
    if row.stopped_at is None and row.paused_at is None:
        row.paused_at, row.next_at = timezone.now(), None
        row.save(update_fields=RESTING)
    return row


@transaction.atomic
def go_on(row: Clocked) -> Clocked:
    """From the next moment on; what was left out meanwhile isn't made up."""
    if row.next_at is None:
        row.paused_at, row.stopped_at, row.stopped_why = None, None, ""
        row.next_at = coming(row.every, timezone.now())
        row.save(update_fields=RESTING)
    return row


def check_room(rows_of_owner: int) -> None:
    """Raises DomainError when one account has as many as it may have."""
    if rows_of_owner >= MOST:
        raise DomainError(f"Mỗi tài khoản đặt được nhiều nhất {MOST} mục. Hãy xóa bớt mục không dùng nữa.", code="full")


def gone(row: Clocked) -> str:
    """Why nothing may be done for the owner any more; empty while it may. Scopes aside."""
    if not row.owner.is_active:
        return "Tài khoản nhận đã bị khóa."
    if row.owner.unit_id != row.unit_id:
        return "Tài khoản nhận đã chuyển sang đơn vị khác."
    return ""


def stop(row: Clocked, *, why: str, what: str, address: str) -> None:
    """Stop it and tell its owner, while there is one here to be told. Runs elevated, the row is locked."""
    now = timezone.now()
    row.next_at, row.stopped_at, row.stopped_why = None, now, why
    row.save(update_fields=RESTING)
    if not gone(row):
        text = f"{why} Hãy sửa lại phân tích, hoặc đề nghị quản trị viên cấp quyền, rồi cho chạy tiếp."
        key = f"{what} {row.public_id} stopped {now:%Y%m%d%H%M%S}"
        told(row.owner, key, f"{what} “{row.name}” đã dừng", text, address, Tone.WARNING)


def told(owner: User, key: str, title: str, text: str, address: str, tone: Tone = Tone.INFO) -> None:
    """Tell the owner; runs elevated."""
    tell([(owner, Message(key=key, topic=Topic.ANALYSIS, title=title, text=text, address=address, tone=tone))])
