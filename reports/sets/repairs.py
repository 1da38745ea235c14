"""What repairs have cost (art. 8): by category, unit, kind of work, who did it, and month."""

from datetime import date, timedelta
from typing import Any

from repairs.rules.flow import Place, RepairKind
from reports.building import Figures, figure
from reports.definition import Asked, Report, Sheet, register
from reports.forms.works import RepairsForm
from reports.queries.works import repaired
from reports.sets.basis import scope_of
from reports.sets.works import Grouping, Works, listed, sheet_of_works
from ui.formats import vndate

LAW = "Điều 8 Quy định ban hành kèm theo Quyết định 375/QĐ-BHXH"
GROUP = "Công việc"
IN_HOUSE = (Place.IN_HOUSE.value, "")


def _place(facts: Any) -> tuple[str, str]:
    return IN_HOUSE if facts["place"] == Place.IN_HOUSE else (facts["place"], facts["supplier"])


def _name_of_place(key: tuple[str, str]) -> str:
    return str(key[1] or Place(key[0]).label)


def _rows_of_place(key: tuple[str, str]) -> dict[str, str]:
    return {"sent_to": key[0]} | ({"supplier": key[1]} if key[1] else {})


def _rows_of_month(month: date, asked: Asked) -> dict[str, str]:
    """As much of the month as the report is about."""
    after = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    first, last = max(month, asked.parameters["first"]), min(after - timedelta(days=1), asked.parameters["last"])
    return {"returned_tu": vndate(first), "returned_den": vndate(last)}


def _groupings(asked: Asked) -> dict[str, Grouping]:
    return {
        "kind": Grouping(
            "Loại việc", lambda facts: facts["kind"], lambda key: str(RepairKind(key).label), lambda key: {"kind": key}
        ),
        "place": Grouping("Nơi sửa chữa", _place, _name_of_place, _rows_of_place),
        "month": Grouping(
            "Tháng",
            lambda facts: facts["month"],
            lambda month: f"Tháng {month:%m/%Y}",
            lambda month: _rows_of_month(month, asked),
        ),
    }


def _repairs(asked: Asked) -> Sheet:
    units, _ = scope_of(asked)
    found = repaired(asked.user, units, asked.parameters["first"], asked.parameters["last"])

    def lead(narrowed: Any, _figures: Figures) -> dict[str, str]:
        url = listed("repairs:costs", narrowed, asked, "returned")
        return {"times": url, "cost": url}

    def derive(figures: Figures) -> dict[str, Any]:
        times = figures.get("times", 0)
        return {"average": round(figures.get("cost", 0) / times) if times else None}

    columns = [
        figure("times", "Số lần hoàn thành", 1),
        figure("cost", "Chi phí (đồng)", 2, kind="money"),
        figure("average", "Bình quân một lần (đồng)", 3, kind="money"),
    ]
    note = "Lần sửa chữa, bảo hành, bảo trì, nâng cấp đã hoàn thành, theo ngày nhận lại thiết bị."
    return sheet_of_works(asked, COSTS, Works(columns, lead, _groupings(asked), derive, note), found)


COSTS = register(
    Report(
        "chi-phi-sua-chua",
        "Chi phí sửa chữa, bảo trì, nâng cấp",
        "Số lần và chi phí theo loại thiết bị, đơn vị, loại việc, nơi sửa chữa, tháng.",
        RepairsForm,
        _repairs,
        group=GROUP,
        legal_basis=LAW,
        landscape=False,
    )
)
