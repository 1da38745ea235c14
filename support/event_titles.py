"""What the events of this app are called on the screen."""

from dossiers.titles import Title

TITLES: dict[str, Title | str] = {
    "support.asked": "Gửi yêu cầu hỗ trợ",
    "support.replied": "Bổ sung thông tin",
    "support.asked_back": Title("Đề nghị bổ sung thông tin", "warn"),
    "support.answered": Title("Trả lời", "ok"),
    "support.escalated": Title("Chuyển lên Trung tâm CNTT", "warn"),
    "support.reopened": Title("Hỏi tiếp, mở lại yêu cầu", "warn"),
    "support.closed": "Đóng yêu cầu",
    "support.withdrawn": Title("Rút yêu cầu", "bad"),
    "support.prioritised": "Đổi mức ưu tiên",
}
SILENT = frozenset({"support.passed_on"})
"""Told to the former handler; on the page of the request the escalation says it."""
