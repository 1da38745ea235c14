"""The panel of the dashboard about repairs."""

from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Q, Sum
from django.urls import reverse

from equipment.charts.parts import MILLION, short_money
from repairs.models import Repair, RepairLine
from repairs.rules.flow import RepairState
from ui import formats
from ui.links import Link
from ui.panels import Number, Panel, Where, offer


def repairs(where: Where) -> Panel:
    """What is under repair, and what this year's finished repairs have cost: two queries."""
    first = date(where.today.year, 1, 1)
    done = where.narrowed(RepairLine.objects.visible_to(where.user)).filter(
        repair__state=RepairState.DONE, repair__returned_on__range=(first, where.today)
    )
    spent = done.aggregate(cost=Sum("cost"))["cost"] or 0
    rows = where.narrowed(Repair.objects.visible_to(where.user)).order_by()
    found = rows.aggregate(
        sent=Count("pk", filter=Q(state=RepairState.SENT)),
        late=Count("pk", filter=Q(state=RepairState.SENT, expected_on__lt=where.today)),
    )
    base = reverse("repairs:list")
    asked = {"returned_tu": formats.vndate(first), "returned_den": formats.vndate(where.today), **where.asked}
    sent, late = (urlencode({**where.asked, **more}) for more in ({"state": RepairState.SENT}, {"overdue": "late"}))
    return Panel(
        "sua-chua",
        "Sửa chữa, bảo hành",
        numbers=[
            Number(formats.number(found["sent"]), "hồ sơ đang sửa chữa", f"{base}?{sent}"),
            Number(
                formats.number(found["late"]), "quá hẹn chưa trả", f"{base}?{late}", "warn" if found["late"] else ""
            ),
            Number(
                short_money(spent),
                f"chi phí sửa chữa năm {first.year}",
                f"{reverse('repairs:costs')}?{urlencode(asked)}",
                note=formats.money(spent) if spent >= MILLION else "",
            ),
        ],
        link=Link("Xem chi phí sửa chữa", reverse("repairs:costs")),
    )


def register() -> None:
    """Called once, when the apps are ready."""
    offer(repairs, position=30)
