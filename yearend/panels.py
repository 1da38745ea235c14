"""The panel of the dashboard about the yearly reports of the year that ended."""

from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from ui import formats
from ui.bars import parts_of
from ui.links import Link
from ui.panels import Number, Panel, Segment, Where, offer
from yearend.models import AnnualReport
from yearend.querysets import GONE
from yearend.rules import State
from yearend.rules.terms import last_year

# The further on, the calmer the colour; each has one of its own, so that the bar can be read by its legend.
GROUPS = (
    (State.ACCEPTED.label, "ok", (State.ACCEPTED,)),
    (State.SENT.label, "info", (State.SENT,)),
    ("Đã khóa, chờ ký số hoặc gửi", "muted", (State.LOCKED, State.ISSUED, State.SIGNED)),
    (State.DRAFT.label, "warn", (State.DRAFT,)),
    (State.RETURNED.label, "bad", (State.RETURNED,)),
)


def reports(where: Where) -> Panel | None:
    """How far the reports of last year are: one query."""
    year = last_year(where.today)
    rows = where.narrowed(AnnualReport.objects.visible_to(where.user)).filter(year=year)
    found = dict(rows.order_by().values_list("state").annotate(many=Count("pk")))
    total = sum(found.values())
    if not total:
        return None
    gone = sum(found.get(state, 0) for state in GONE)
    lengths = {tone: sum(found.get(state, 0) for state in states) for _, tone, states in GROUPS}
    base, asked = reverse("yearend:list"), {"year": year, **where.asked}
    lists = {
        tone: f"{base}?{urlencode({**asked, 'state': [one.value for one in states]}, doseq=True)}"
        for _, tone, states in GROUPS
    }
    sent = urlencode({**asked, "state": [state.value for state in GONE]}, doseq=True)
    return Panel(
        "bao-cao-nam",
        f"Báo cáo năm {year}",
        numbers=[
            Number(formats.number(gone), f"đã gửi, trong số {formats.number(total)} báo cáo", f"{base}?{sent}"),
            Number(formats.number(total - gone), "chưa gửi", tone="warn" if gone < total else ""),
        ],
        parts=list(parts_of(lengths, total)),
        segments=[
            Segment(label, formats.number(lengths[tone]), lists[tone], tone)
            for label, tone, _ in GROUPS
            if lengths[tone]
        ],
        link=Link("Xem tiến độ từng đơn vị", reverse("yearend:progress")) if where.alone is None else None,
    )


def register() -> None:
    """Called once, when the apps are ready."""
    offer(reports, position=15)
