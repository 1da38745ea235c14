"""What is watched, as part of a page."""

from datetime import date
from typing import Any

from accounts.models import User
from deadlines.queries.watches import Standing, watched
from ui.blocks import Rows, Section
from ui.formats import vndate
from ui.links import Empty
from ui.tables import Column, Table

EMPTY = Empty("Không có việc nào sắp đến hạn", "Bảo hành, bản quyền, bảo trì đều còn thời gian.", icon="calendar-event")


class WatchTable(Table):
    """What is watched and has any, with the list behind each number."""

    caption = "Sắp đến hạn, cần theo dõi"
    columns = (
        Column("label", "Việc cần theo dõi", link=lambda row: row["all_url"]),
        Column("own", "Đơn vị tôi", kind="number", link=lambda row: row["own_url"]),
        Column("many", "Tất cả", kind="number", link=lambda row: row["all_url"]),
        Column("alone", "Số lượng", key="many", kind="number", link=lambda row: row["all_url"]),
        Column("day", "Ngày"),
        Column("advice", "Việc nên làm"),
    )


def watch_panel(user: User, today: date) -> Section:
    """What the account sees of all that is watched: the numbers of its own unit, and of all where it sees several."""
    standings = watched(user, today)
    several = user.scope.nationwide or any(standing.own != standing.many for standing in standings)
    columns = WatchTable.pick(["label", *(["own", "many"] if several else ["alone"]), "day", "advice"])
    rows = WatchTable.body([_row(standing, user) for standing in standings], columns)
    content = Rows(WatchTable, columns, rows, limit=len(rows), cut=False, empty=EMPTY)
    return Section("deadlines/watches.html", {"content": content})


def _row(standing: Standing, user: User) -> dict[str, Any]:
    watch = standing.watch
    return {
        "pk": watch.key,
        "label": watch.label,
        "own": standing.own,
        "own_url": f"{watch.address}&own={user.unit.code}" if standing.own else "",
        "many": standing.many,
        "all_url": watch.address,
        "day": f"{watch.first} {vndate(standing.first)}" if standing.first else "",
        "advice": watch.advice,
    }
