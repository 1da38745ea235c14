"""Panels of the dashboard about deadlines and norms."""

from urllib.parse import urlencode

from django.db.models import Count, Max, Sum
from django.urls import reverse

from deadlines.models import Obligation
from deadlines.querysets import standing_so
from deadlines.rules.periods import Length, Period
from deadlines.rules.standings import TONES, Stand, Standing
from equipment.models import NormStanding
from ui import formats
from ui.bars import parts_of
from ui.links import Link
from ui.panels import Number, Panel, Segment, Where, offer

ORDER = (Stand.IN_TIME, Stand.LATE, Stand.OVERDUE, Stand.RUNNING, Stand.WAIVED)


def deadlines(where: Where) -> Panel | None:
    """How the terms that end in this quarter are kept: one query."""
    period = Period.of(where.today, Length.QUARTER)
    rows = where.narrowed(Obligation.objects.visible_to(where.user))
    counts = {stand.name.lower(): Count("state", filter=standing_so(stand, where.today)) for stand in Stand}
    due = rows.filter(due_date__range=(period.first, period.last)).order_by()
    standing = Standing(**due.aggregate(**counts))
    asked = {"due_tu": formats.vndate(period.first), "due_den": formats.vndate(period.last), **where.asked}
    lists = {stand: f"{reverse('deadlines:list')}?{urlencode({**asked, 'state': stand.value})}" for stand in ORDER}
    rate = "–" if standing.rate is None else f"{formats.number(round(float(100 * standing.rate), 1))} %"
    late = "bad" if standing.overdue else ""
    return Panel(
        "han",
        f"Hạn xử lý, {period.label[:1].lower()}{period.label[1:]}",
        numbers=[
            Number(rate, "đúng hạn", note="trong số việc đã đến hạn"),
            Number(formats.number(standing.overdue), "quá hạn, chưa làm", lists[Stand.OVERDUE], late),
        ],
        parts=list(parts_of({TONES[stand]: standing.of(stand) for stand in ORDER}, standing.total or 1)),
        segments=[
            Segment(stand.label, formats.number(standing.of(stand)), lists[stand], TONES[stand]) for stand in ORDER
        ],
        link=Link("Xem theo đơn vị", reverse("deadlines:below")) if where.alone is None else None,
    )


def norms(where: Where) -> Panel | None:
    """What there is beyond the norms and what lacks, as of the last night: one query."""
    rows = where.narrowed(NormStanding.objects.visible_to(where.user)).order_by()
    found = rows.aggregate(day=Max("counted_on"), many=Count("pk"), excess=Sum("excess"), shortage=Sum("shortage"))
    if not found["many"]:
        return None
    page = reverse("assignments:norms")
    url = f"{page}?{urlencode({'unit': where.code})}" if where.alone is not None else ""
    return Panel(
        "dinh-muc",
        "Định mức",
        numbers=[
            Number(formats.number(found["excess"]), "thừa so với định mức", url, "warn" if found["excess"] else ""),
            Number(formats.number(found["shortage"]), "thiếu so với định mức", url),
        ],
        note=f"Tính đến ngày {formats.vndate(found['day'])}, {formats.number(found['many'])} đơn vị.",
        link=Link("Xem thừa, thiếu của từng đơn vị", page),
    )


def register() -> None:
    """Called once, when the apps are ready."""
    offer(deadlines, position=10)
    offer(norms, position=20)
