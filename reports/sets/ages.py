"""How old the devices on the books are, and which are past the time that they are meant for."""

from equipment.queries.norms import ISSUED
from reports import links
from reports.building import Figures, Place, figure
from reports.definition import Asked, Report, Sheet, register
from reports.forms.parameters import DayForm
from reports.queries.held import Held
from reports.sets.basis import YEARLY
from reports.sets.states import sheet_of_day

BANDS = ((0, 2, "Dưới 3 năm"), (3, 4, "3–4 năm"), (5, 6, "5–6 năm"), (7, 9, "7–9 năm"), (10, 200, "Từ 10 năm"))
"""Whole years since the year of receipt, both ends included."""


def _ages(asked: Asked) -> Sheet:
    day = asked.parameters["day"]

    def lead(place: Place, _figures: Figures) -> dict[str, str]:
        found = {"count": links.held(place, day)}
        for name, life in (
            ("past", "past"),
            ("past_used", "past_in_use"),
            ("ending", "ending"),
            ("unstated", "unstated"),
        ):
            found[name] = links.held(place, day, life=life)
        for least, most, _ in BANDS:
            found[f"age_{least}"] = links.received(place, day, least=least, most=most)
        return found

    def figures(one: Held) -> Figures:
        age = day.year - one.received
        found = {"count": one.count} | {f"age_{least}": one.count for least, most, _ in BANDS if least <= age <= most}
        if one.life is None:
            return found | {"unstated": one.count}
        if age >= one.life:
            return found | {"past": one.count, "past_used": one.count * (one.status in ISSUED)}
        return found | {"ending": one.count * (age == one.life - 1)}

    ages, life = "Tuổi (năm báo cáo − năm tiếp nhận)", "So với thời gian sử dụng của loại"
    columns = [
        figure("count", "Số lượng", 1),
        *(figure(f"age_{least}", label, 2 + at, group=ages) for at, (least, _, label) in enumerate(BANDS)),
        figure("ending", "Năm cuối", 7, group=life),
        figure("past", "Đã hết", 8, group=life),
        figure("past_used", "Đã hết, còn dùng", 9, group=life),
        figure("unstated", "Chưa quy định", 10, group=life),
    ]
    return sheet_of_day(asked, AGES, columns, figures, lead)


AGES = register(
    Report(
        "tuoi-doi",
        "Tuổi và thời gian sử dụng",
        "Thiết bị theo số năm đã dùng, sắp hết và đã hết thời gian sử dụng: căn cứ lập kế hoạch thay thế.",
        DayForm,
        _ages,
        legal_basis=YEARLY,
    )
)
