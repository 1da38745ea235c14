from django.urls import reverse

from jobs.rules import TONES, State
from ui.cells import Row
from ui.tables import Column, Table


def _job(row: Row) -> str:
    return reverse("jobs:detail", args=[row["public_id"]])


class JobTable(Table):
    caption = "Công việc"
    card_title = "title"
    row_id = "public_id"
    order = ("-pk",)
    columns = (
        Column("title", "Việc", link=_job, also=("public_id",)),
        Column("state", "Trạng thái", kind="status", choices=State, tones=TONES, sort="state"),
        Column("message", "Kết quả"),
        Column("created_at", "Yêu cầu lúc", kind="datetime", sort="created_at"),
        Column("finished_at", "Kết thúc lúc", kind="datetime", sort="finished_at"),
    )
