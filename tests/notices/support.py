"""Notices for tests."""

from dataclasses import replace

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
