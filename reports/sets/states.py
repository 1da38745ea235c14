"""What is on the books at the end of a day: how it is used, and in which condition it is."""

from collections.abc import Callable, Sequence

from equipment.rules.figures import ON_THE_BOOKS
from equipment.rules.lifecycle import Condition, Status
from reports import links
from reports.building import Builder, Cells, Figures, LinkOf, Place, added, catalogue, figure, heads
from reports.definition import Asked, Col, Part, Report, Sheet, Value, register
from reports.forms.parameters import DayForm
from reports.queries.held import Held, held_on
from reports.sets.basis import (
    BC02,
    PUBLIC_ASSETS,
    YEARLY,
    note_of,
    scope_of,
    subtitle_of_day,
    without_measure,
)

USED = [status for status in Status if status in ON_THE_BOOKS]


def cells_of(held: Sequence[Held], figures: Callable[[Held], Figures]) -> Cells:
    """What the devices add up to, by unit and category."""
    several: dict[tuple[int, str], list[Figures]] = {}
    for one in held:
        several.setdefault((one.unit, one.category), []).append(figures(one))
    return {key: added(some) for key, some in several.items()}


def sheet_of_day(
    asked: Asked,
    report: Report,
    columns: Sequence[Col],
    figures: Callable[[Held], Figures],
    lead: LinkOf,
    *,
    derive: Callable[[Figures], dict[str, Value]] = lambda _: {},
    note: str = "",
) -> Sheet:
    """A report of what is held, of one table."""
    units, whose = scope_of(asked)
    level = asked.parameters["level"]
    cells = cells_of(held_on(units, asked.parameters["day"], step=asked.step), figures)
    builder = Builder(units, catalogue(), asked.unit, asked.below, lead, derive)
    part = Part(
        "",
        [*heads(unit=without_measure(level)), *columns],
        builder.lines(level, cells),
        note=note_of(level, note),
        sum=builder.total(cells),
    )
    return Sheet(
        report.title,
        subtitle_of_day(asked, whose),
        [part],
        unit=asked.unit,
        legal_basis=report.legal_basis,
        form_number=report.form_number,
        landscape=report.landscape,
    )


def _used(asked: Asked) -> Sheet:
    day = asked.parameters["day"]

    def lead(place: Place, _figures: Figures) -> dict[str, str]:
        whole = links.held(place, day)
        found = dict.fromkeys(("count", "value", "residual"), whole)
        return found | {status.value: links.held(place, day, status=status.value) for status in USED}

    columns = [
        figure("count", "Số lượng", 1),
        figure("value", "Nguyên giá", 2, kind="money"),
        figure("residual", "Giá trị còn lại", 3, kind="money"),
        *(figure(status.value, status.label, 4 + at, group="Hiện trạng sử dụng") for at, status in enumerate(USED)),
    ]
    return sheet_of_day(asked, USE, columns, _figures_of_use, lead)


def _figures_of_use(one: Held) -> Figures:
    return {"count": one.count, "value": one.value, "residual": one.value - one.wear, one.status: one.count}


def _conditions(asked: Asked) -> Sheet:
    day = asked.parameters["day"]

    def lead(place: Place, _figures: Figures) -> dict[str, str]:
        found = {one.value: links.held(place, day, condition=one.value) for one in Condition}
        return found | {"count": links.held(place, day)}

    def derive(figures: Figures) -> dict[str, Value]:
        count = figures.get("count", 0)
        return {f"{one}_rate": round(100 * figures.get(one, 0) / count, 1) if count else None for one in Condition}

    columns = [figure("count", "Số lượng (1 = 2 + 3 + 4)", 1)]
    columns += [figure(one.value, one.label, 2 + at, group="Số lượng theo tình trạng")
                for at, one in enumerate(Condition)]  # fmt: skip
    columns += [figure(f"{one}_rate", one.label, 5 + at, group="Tỷ lệ (%)", kind="percent")
                for at, one in enumerate(Condition)]  # fmt: skip
    return sheet_of_day(
        asked, CONDITION, columns, lambda one: {"count": one.count, one.condition: one.count}, lead, derive=derive
    )


USE = register(
    Report(
        "hien-trang-su-dung",
        "Tổng hợp hiện trạng sử dụng thiết bị",
        "Thiết bị trên sổ tại một ngày: số lượng, nguyên giá, giá trị còn lại, đang dùng, trong kho, đang sửa…",
        DayForm,
        _used,
        legal_basis=PUBLIC_ASSETS,
        form_number="08a-ĐK/TSC",
    )
)
CONDITION = register(
    Report(
        "tinh-trang",
        "Tình trạng thiết bị",
        "Tốt, trung bình, kém theo cách đếm của BC02, tại một ngày.",
        DayForm,
        _conditions,
        legal_basis=f"{BC02}; {YEARLY}",
        landscape=False,
    )
)
