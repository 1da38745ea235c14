"""Notices for tests."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import time_machine
from django.utils import timezone

from notices import actions
from notices.rules import Message, Tone, Topic

DUE = Message(
    key="obligation:1:before",
    topic=Topic.DEADLINE,
    tone=Tone.WARNING,
    title="Ngày mai hết hạn tiếp nhận hồ sơ TN-000001",
    text="Hãy xác nhận hồ sơ hoặc ghi lý do chậm.",
    law="Điều 7, khoản 2",
    address="/tiep-nhan/",
)


def mailed(user):
    """`user`, with an address."""
    user.email = f"{user.username}@example.vn"
    user.save()
    return user


def tell(user, key="k", **changes):
    actions.tell([(user, replace(DUE, key=key, **changes))])


def at(hour, minute=0, day=24):
    """A moment of November 2026 in Hà Nội; the 24th is a Tuesday."""
    return timezone.datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def deliver(moment):
    """What the two tasks of the minute do. Returns how many mails went."""
    with time_machine.travel(moment, tick=False):
        actions.gather()
        return actions.send()
