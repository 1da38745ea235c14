"""Pages about accounts, for those who manage them."""

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.filters import AccountFilter
from accounts.queries import managed_by, unused
from accounts.tables import UnusedTable
from core.http import Request
from orgs.policies import require
from orgs.rules import Grant
from ui.links import Empty
from ui.lists import render_list


def search_accounts(rows: Any, text: str) -> Any:
    """Accounts whose name or login holds every word."""
    for word in text.split():
        rows = rows.filter(Q(full_name__icontains=word) | Q(username__icontains=word))
    return rows


@require_safe
def unused_list(request: Request) -> HttpResponseBase:
    """Open accounts of the units whose accounts the person manages, without a login for so many days (art. 5, 13.5)."""
    require(request.user, Grant.MANAGE_ACCOUNTS)
    days = settings.UNUSED_ACCOUNT_DAYS
    return render_list(
        request,
        queryset=managed_by(request.user, unused(timezone.localdate(), days=days)),
        table=UnusedTable,
        filterset=AccountFilter,
        title="Tài khoản không dùng",
        noun="tài khoản",
        export_name="tai-khoan-khong-dung",
        search=search_accounts,
        search_label="Tìm theo họ tên, tên đăng nhập",
        subtitle=f"Không đăng nhập từ {days} ngày trở lên, hoặc được cấp từ lúc đó mà chưa đăng nhập lần nào.",
        empty=Empty("Không có tài khoản nào bị bỏ không", "Tài khoản nào cũng được dùng gần đây.", icon="users"),
    )
