"""Columns of the lists of accounts."""

from typing import ClassVar

from accounts.rules import Kind
from ui.tables import Column, Table


class UnusedTable(Table):
    """Accounts that nobody has logged into for a long time."""

    caption = "Tài khoản không dùng"
    card_title = "full_name"
    row_id = "username"
    order = ("used_at",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("full_name", "Họ và tên", sort="full_name"),
        Column("username", "Tên đăng nhập", kind="code", sort="username"),
        Column("unit", "Đơn vị", key="unit__name", sort="unit__path"),
        Column("kind", "Loại tài khoản", kind="choice", choices=Kind, sort="kind"),
        Column("last_login", "Đăng nhập gần nhất", kind="datetime", sort="last_login"),
        Column("date_joined", "Ngày cấp", kind="datetime", sort="date_joined"),
        Column("email", "Thư điện tử", shown=False),
    )
