"""Wear of fixed assets at the end of a day."""

from reports import links
from reports.building import Figures, Place, figure
from reports.definition import Asked, Report, Sheet, register
from reports.forms.parameters import DayForm
from reports.queries.held import Held
from reports.sets.basis import WEAR
from reports.sets.states import sheet_of_day

NOTE = (
    "Hao mòn tính mỗi năm một lần vào tháng 12; thiết bị dưới mức tài sản cố định và loại chưa có tỷ lệ chỉ theo dõi, "
    "không tính hao mòn. “Trong năm” là phần tăng của năm khóa gần nhất, của thiết bị còn trên sổ."
)


def _wear(asked: Asked) -> Sheet:
    day = asked.parameters["day"]

    def lead(place: Place, _figures: Figures) -> dict[str, str]:
        return dict.fromkeys(("count", "value", "wear", "residual"), links.held(place, day))

    columns = [
        figure("count", "Số lượng", 1),
        figure("value", "Nguyên giá", 2, kind="money"),
        figure("worn", "Trong năm", 3, group="Hao mòn", kind="money"),
        figure("wear", "Lũy kế", 4, group="Hao mòn", kind="money"),
        figure("residual", "Giá trị còn lại", 5, kind="money"),
    ]
    return sheet_of_day(asked, WORN, columns, _figures_of_wear, lead, note=NOTE)


def _figures_of_wear(one: Held) -> Figures:
    return {
        "count": one.count,
        "value": one.value,
        "worn": one.worn,
        "wear": one.wear,
        "residual": one.value - one.wear,
    }


WORN = register(
    Report(
        "hao-mon",
        "Hao mòn thiết bị",
        "Nguyên giá, hao mòn trong năm, hao mòn lũy kế, giá trị còn lại tại một ngày.",
        DayForm,
        _wear,
        legal_basis=WEAR,
    )
)
