"""Pause what the clock does, and go on; stop it where its owner may no longer have it, put it off where it fails."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
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

logger = logging.getLogger("qltb.analysis")
Clocked = Schedule | Alert
MOST = 50  # of one account, of each
RESTING = ["next_at", "paused_at", "stopped_at", "stopped_why"]


def coming(every: str, now: datetime) -> datetime:
    """When it is to be done next: in a working day's morning."""
    return next_slot(Every(every), timezone.localtime(now), calendar().is_working)


@contextmanager
def by_itself(row: Clocked, now: datetime) -> Iterator[None]:
    """Run the block for one row that is due. Runs elevated, the row is locked.

    Where the block fails, whatever the reason, nothing of it is kept; it is logged and the row waits for its next
    regular moment. A connection that is lost ends the run, with the row as it was.
    """
    try:
        with transaction.atomic():
            yield
    except Exception:  # one row's trouble is no reason to leave the others undone
        logger.exception("not done by the clock", extra={"kind": row._meta.label, "row": row.pk})
        row.next_at = coming(row.every, now)
        row.save(update_fields=["next_at"])


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
