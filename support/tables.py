"""Columns of the lists of requests and of ready answers."""

from typing import ClassVar

from django.urls import reverse
from django.utils import timezone

from support.rules import PRIORITY_TONES, TONES, Priority, State, Topic, is_late
from ui.cells import Row
from ui.formats import vndatetime
from ui.tables import Column, Table

IN_TIME = {True: "Đúng hạn", False: "Trễ hạn", None: ""}


def _request(row: Row) -> str:
    return reverse("support:detail", args=[row["number"]])


def _until(row: Row) -> str:
    """Only what is still waited for has a time by which."""
    if row["state"] != State.OPEN:
        return ""
    late = is_late(state=row["state"], by=row["answer_by"], now=timezone.now())
    return vndatetime(row["answer_by"]) + (" (quá hạn)" if late else "")


def _canned(row: Row) -> str:
    return reverse("canned:edit", args=[row["public_id"]])


class RequestTable(Table):
    caption = "Yêu cầu hỗ trợ"
    card_title = "subject"
    row_id = "number"
    order = ("-pk",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("number", "Số yêu cầu", kind="code", sort="number", link=_request),
        Column("subject", "Tiêu đề", link=_request, also=("number",)),
        Column("state", "Trạng thái", kind="status", choices=State, tones=TONES, sort="state"),
        Column("answer_by", "Hạn trả lời", kind="datetime", sort="answer_by", render=_until, also=("state",)),
        Column("unit", "Đơn vị hỏi", key="unit__name", sort="unit__path"),
        Column("handler", "Đơn vị trả lời", key="partner__name", sort="partner__path"),
        Column("topic", "Chủ đề", kind="choice", choices=Topic, sort="topic"),
        Column(
            "priority", "Ưu tiên", kind="status", choices=Priority, tones=PRIORITY_TONES, sort="priority", shown=False
        ),
        Column("created_at", "Gửi lúc", kind="datetime", sort="created_at", shown=False),
        Column("first_answered_at", "Trả lời lần đầu", kind="datetime", sort="first_answered_at", shown=False),
        Column("first_in_time", "Trong 48 giờ", kind="choice", choices=IN_TIME, sort="first_in_time", shown=False),
        Column("first_handler", "Đơn vị trả lời lần đầu", key="first_handler__name", shown=False),
        Column("escalated_at", "Chuyển lên lúc", kind="datetime", sort="escalated_at", shown=False),
        Column("asked_by", "Người hỏi", key="asked_by__full_name", shown=False),
        Column("page_title", "Hỏi từ trang", shown=False),
    )


class CannedTable(Table):
    caption = "Câu trả lời mẫu"
    card_title = "title"
    row_id = "public_id"
    order = ("title",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("title", "Tên câu mẫu", sort="title", link=_canned, also=("public_id",)),
        Column("text", "Nội dung"),
    )
