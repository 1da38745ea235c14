from django.urls import reverse
from django.utils.html import format_html

from notices.rules import TONES, Tone, Topic
from ui.cells import Row
from ui.tables import Column, Table


def _open(row: Row) -> str:
    return reverse("notices:open", args=[row["public_id"]])


def _title(row: Row) -> str:
    return row["title"] if row["read_at"] else format_html("<strong>{}</strong>", row["title"])


def _state(row: Row) -> str:
    return "Đã đọc" if row["read_at"] else "Chưa đọc"


class NoticeTable(Table):
    caption = "Thông báo"
    card_title = "title"
    row_id = "public_id"
    order = ("-pk",)
    columns = (
        Column("title", "Thông báo", link=_open, render=_title, also=("public_id", "read_at")),
        Column("text", "Nội dung"),
        Column("tone", "Mức độ", kind="status", choices=Tone, tones=TONES),
        Column("due_date", "Hạn", kind="date", sort="due_date"),
        Column("law", "Căn cứ"),
        Column("state", "Trạng thái", key="", render=_state, export_value=_state, also=("read_at",)),
        Column("created_at", "Lúc", kind="datetime", sort="created_at"),
        Column("topic", "Về việc", kind="choice", choices=Topic, shown=False),
        Column("read_at", "Đã đọc lúc", kind="datetime", shown=False),
    )
