from typing import Any

import django_filters

from notices.models import Notice
from notices.rules import Tone, Topic
from ui.filters import DateRangeFilter, KitFilterSet

UNREAD, READ = "chua-doc", "da-doc"


class NoticeFilter(KitFilterSet):
    state = django_filters.ChoiceFilter(
        label="Trạng thái",
        choices=((UNREAD, "Chưa đọc"), (READ, "Đã đọc")),
        method="by_state",
        empty_label="Tất cả",
    )
    topic = django_filters.MultipleChoiceFilter(label="Về việc", choices=Topic, distinct=False)
    tone = django_filters.MultipleChoiceFilter(label="Mức độ", choices=Tone, distinct=False)
    created = DateRangeFilter(label="Ngày nhận", field_name="created_at__date")

    class Meta:
        model = Notice
        fields: list[str] = []

    def by_state(self, rows: Any, _name: str, value: str) -> Any:
        """Read or unread."""
        return rows.unread() if value == UNREAD else rows.exclude(read_at=None)
