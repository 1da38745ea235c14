"""The log of the working calendar as a list: every day that was added, changed or taken back."""

import django_filters
from django.urls import reverse

from deadlines.models import CalendarDay
from ui.cells import Row
from ui.filters import DateRangeFilter, KitFilterSet
from ui.tables import Column, Table

KINDS = {"+": "Thêm", "~": "Sửa", "-": "Gỡ"}
WORKING = {True: "Ngày làm việc", False: "Ngày nghỉ"}


def _what(row: Row) -> str:
    return f"{KINDS[row['history_type']]} {WORKING[row['working']].lower()}"


def _day(row: Row) -> str:
    return reverse("calendar:day", args=[row["date"]])


class LogTable(Table):
    caption = "Nhật ký lịch làm việc"
    card_title = "date"
    row_id = "history_id"
    order = ("-history_date",)
    columns = (
        Column("date", "Ngày", kind="date", sort="date", link=_day),
        Column("what", "Việc", key="history_type", also=("working",), render=_what, export_value=_what),
        Column("reason", "Lý do"),
        Column("source", "Văn bản, nguồn"),
        Column("note", "Kết quả", key="history_change_reason"),
        Column("who", "Người thực hiện", key="history_user__full_name"),
        Column("when", "Lúc", key="history_date", kind="datetime", sort="history_date"),
    )


class LogFilter(KitFilterSet):
    date = DateRangeFilter(label="Ngày", field_name="date")
    kind = django_filters.MultipleChoiceFilter(
        label="Việc", field_name="history_type", choices=list(KINDS.items()), distinct=False
    )

    class Meta:
        model = CalendarDay.history.model
        fields: list[str] = []
