"""The left navigation, in the order of work (only what exists and what the account may open)."""

from typing import Any

from deadlines.queries.boards import overdue_of
from dispatch.queries.sendings import failed_for
from notices.queries import unread_of
from support.queries import waiting_for as support_waiting_for
from transfers.queries import waiting_for
from ui.navigation import NavItem, NavSection
from yearend.queries.reports import waiting_for as reports_waiting_for


def reads(user: Any) -> bool:
    """Whoever sees any unit's data."""
    return user.scope.nationwide or bool(user.scope.read_paths)


SECTIONS = (
    NavItem("Tổng quan", "overview", "home"),
    NavItem("Thiết bị", "equipment:list", "device-desktop", allowed=reads),
    NavItem("Tiếp nhận", "intakes:list", "package-import", allowed=reads),
    NavItem("Bàn giao", "assignments:list", "arrows-exchange", allowed=reads),
    NavItem("Sửa chữa", "repairs:list", "tool", allowed=reads),
    NavItem("Điều chuyển", "transfers:list", "truck-delivery", allowed=reads, badge=waiting_for),
    NavItem("Thanh lý", "disposals:list", "recycle", allowed=reads),
    NavItem("Phần mềm", "software:list", "key", allowed=reads),
    NavItem("Cán bộ", "personnel:list", "users", allowed=reads),
    NavItem("Hạn xử lý", "deadlines:mine", "clock", allowed=reads, badge=overdue_of),
    NavItem("Báo cáo", "reports:list", "file-spreadsheet", allowed=reads),
    NavItem("Báo cáo năm", "yearend:list", "report-analytics", allowed=reads, badge=reports_waiting_for),
    NavItem("Ký số", "signing:list", "file-certificate", allowed=reads),
    NavItem("Gửi nhận", "dispatch:list", "send", allowed=reads, badge=failed_for),
    NavItem("Phân tích", "analysis:pivot", "chart-bar", allowed=reads),
    NavItem("Hỗ trợ", "support:list", "lifebuoy", badge=support_waiting_for),
    NavItem("Thông báo", "notices:list", "bell", badge=unread_of, place="top", live="notices:count"),
    NavSection(
        "Danh mục, đơn vị",
        (
            NavItem("Loại thiết bị", "catalogue:categories", "category"),
            NavItem("Hãng sản xuất", "catalogue:brands", "building"),
            NavItem("Mẫu thiết bị", "catalogue:models", "tags"),
            NavItem("Định mức", "norms:list", "list-check"),
            NavItem("Tỷ lệ hao mòn", "catalogue:rates", "coin"),
            NavItem("Thủ tục thanh lý, hủy", "procedures:list", "checklist"),
            NavItem("Lịch làm việc", "calendar:year", "calendar-event"),
            NavItem("Cây đơn vị", "orgs:tree", "sitemap", allowed=reads),
        ),
    ),
)
