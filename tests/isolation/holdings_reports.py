"""A set report that a worker has made for each unit of the country, with the marker in its text."""

import io
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from jobs import actions as jobs
from jobs.files import keep
from jobs.models import Job
from jobs.rules import State
from reports.actions.making import SHEET
from reports.definition import Col, Line, Part, Sheet
from reports.keeping import sheet_as_json
from tests.isolation.holdings_yearend import CLERKS


def furnish(country: Any) -> None:
    """In each unit the report that its clerk has asked for."""
    for code, holding in country.holdings.items():
        holding.more["made_report"] = make(holding.marker, by=country.world.users[CLERKS[code]])


def make(marker: str, *, by: User) -> Job:
    job = jobs.start(kind=SHEET, title=f"Báo cáo {marker}", by=by, params={"key": "tang-giam", "unit": by.unit.code})
    columns = [Col("name", "Loại"), Col("count", "Số lượng", kind="number")]
    part = Part("", columns, [Line({"name": f"Máy {marker}", "count": 1})])
    sheet = Sheet("Báo cáo tăng, giảm thiết bị CNTT", f"Đơn vị {marker}", [part])
    keep(job, name="bao-cao.json", content=io.BytesIO(sheet_as_json(sheet)), purpose=SHEET, shown=False)
    job.state, job.message = State.DONE, f"Đã lập báo cáo {marker}."
    job.started_at = job.finished_at = timezone.now()
    job.result = {"url": reverse("reports:result", args=[job.public_id]), "link": "Xem báo cáo"}
    job.save()
    return job
