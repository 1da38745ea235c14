"""What is watched of accounts. They lie below this app, so that it asks on their behalf."""

from datetime import date
from typing import Any

from django.conf import settings

from accounts.queries import managed_by, unused
from deadlines.watches import Part, Watch, offer
from orgs.rules import Grant


def _unused(today: date, user: Any) -> list[Part]:
    rows = unused(today, days=settings.UNUSED_ACCOUNT_DAYS)
    return [Part(rows if user is None else managed_by(user, rows))]


def register() -> None:
    """Called once, when the apps are ready."""
    offer(
        Watch(
            key="account",
            label=f"Tài khoản không dùng từ {settings.UNUSED_ACCOUNT_DAYS} ngày",
            advice="Hỏi người được cấp, khóa tài khoản không còn cần.",
            address="/quan-tri/tai-khoan/khong-dung/?sort=unit",
            parts=_unused,
            law="Điều 5",
            grant=Grant.MANAGE_ACCOUNTS,
        )
    )
