"""Analyses: the pivot as a table and drawn, what is saved, sent and watched; empty, full and refused."""

from decimal import Decimal

from analysis.actions import scheduling, watching
from analysis.models import Analysis
from analysis.rules.alerts import Compare
from analysis.rules.schedules import Every, FileKind
from tests.world import World

HANOI, OFFICER = "nghiepvu_hanoi", "nghiepvu_badinh"
QUERY = "topic=devices&rows=unit&cols=condition&measure=n&books=on"
PIVOT = "/phan-tich/"


def furnish_analyses(world: World) -> dict[str, str]:
    """An analysis with a schedule and an alert that has been read; what is named in addresses."""
    by = world.users[HANOI]
    given = {"owner": by, "unit": by.unit, "topic": "devices", "query": QUERY, "shared": True}
    kept = Analysis.objects.create(name="Tình trạng theo đơn vị", description="Xem đầu tháng", **given)
    schedule = scheduling.schedule(name="Đầu tháng", every=Every.MONTH, file_kind=FileKind.XLSX, by=by, source=kept)
    wanted = {"measure": "n", "compare": Compare.AT_LEAST, "threshold": Decimal(10), "every": Every.DAY}
    alert = watching.watch(kept, by=by, name="Nhiều máy", **wanted)
    return {"an": str(kept.public_id), "an_schedule": str(schedule.public_id), "an_alert": str(alert.public_id)}


# name, who, address
PAGES = (
    ("pivot", HANOI, PIVOT),
    ("pivot-two", HANOI, f"{PIVOT}?rows=unit&rows2=category&cols=condition&measure=n&measure2=value"),
    ("pivot-bars", HANOI, f"{PIVOT}?rows=unit&cols=condition&show=stacked"),
    ("pivot-lines", HANOI, f"{PIVOT}?topic=ledger&rows=month&cols=kind&show=line"),
    ("pivot-duties", HANOI, f"{PIVOT}?topic=duties&rows=unit&cols=state&share=row"),
    ("pivot-nothing", OFFICER, f"{PIVOT}?topic=repairs"),
    ("pivot-refused", HANOI, f"{PIVOT}?rows=unit&cols=unit&loc=1", (), 400),
    ("analysis-save", HANOI, f"{PIVOT}luu/?{QUERY}"),
    ("analysis-saved", HANOI, f"{PIVOT}da-luu/"),
    ("analysis-saved-empty", OFFICER, f"{PIVOT}da-luu/"),
    ("analysis", HANOI, "/phan-tich/da-luu/{an}/"),
    ("analysis-schedules", HANOI, "/phan-tich/da-luu/{an}/?tab=lich-gui"),
    ("analysis-edit", HANOI, "/phan-tich/da-luu/{an}/sua/"),
    ("analysis-delete", HANOI, "/phan-tich/da-luu/{an}/xoa/"),
    ("pivot-saved", HANOI, "/phan-tich/?saved={an}"),
    ("schedules", HANOI, "/phan-tich/lich/"),
    ("schedules-empty", OFFICER, "/phan-tich/lich/"),
    ("schedule", HANOI, "/phan-tich/lich/{an_schedule}/"),
    ("schedule-new", HANOI, "/phan-tich/lich/moi/?analysis={an}"),
    ("schedule-edit", HANOI, "/phan-tich/lich/{an_schedule}/sua/"),
    ("schedule-delete", HANOI, "/phan-tich/lich/{an_schedule}/xoa/"),
    ("alerts", HANOI, "/phan-tich/canh-bao/"),
    ("alerts-empty", OFFICER, "/phan-tich/canh-bao/"),
    ("alert", HANOI, "/phan-tich/canh-bao/{an_alert}/"),
    ("alert-new", HANOI, "/phan-tich/canh-bao/moi/?analysis={an}"),
    ("alert-edit", HANOI, "/phan-tich/canh-bao/{an_alert}/sua/"),
    ("alert-delete", HANOI, "/phan-tich/canh-bao/{an_alert}/xoa/"),
)
NO_PAGE = {
    *(
        "analysis:update",
        "analysis:copy",
        "analysis:schedule_pause",
        "analysis:schedule_go_on",
        "analysis:schedule_run",
    ),
    *("analysis:alert_pause", "analysis:alert_go_on"),
}
"""Steps."""
