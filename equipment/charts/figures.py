"""The charts of the overview: numbers with their words and the lists that they lead to."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from equipment.charts.parts import COUNT, Bar, Chart, Measure
from equipment.queries.figures import Figures, Place, Sum, added, parted
from equipment.rules.figures import OLDEST, Books, Life, first_day, last_day, life_of
from equipment.rules.lifecycle import CONDITION_TONES, STATUS_TONES, Condition, Status
from orgs.rules import AGENCIES, UnitKind
from ui import formats

MOST = 10  # categories of the chart of the largest ones
PLACES = {
    UnitKind.HQ: "Theo đơn vị",
    UnitKind.PROVINCE: "Theo tỉnh, thành phố",
    UnitKind.HQ_UNIT: "Theo đơn vị trực thuộc BHXH Việt Nam",
    UnitKind.DISTRICT: "Theo quận, huyện",
}
LIFE_TONES = {Life.WITHIN: "ok", Life.PAST: "warn", Life.UNSTATED: "muted"}


class Charts:
    """All charts of one page: `figures` measured by `measure`, as of `today`."""

    def __init__(self, figures: Figures, measure: Measure, today: date) -> None:
        self.figures, self.measure, self.year = figures, measure, today.year
        self.base = {} if figures.whole or figures.here is None else {"unit": figures.here.code}
        self._list, self._overview = reverse("equipment:list"), reverse("overview")  # once, not for each number

    def listed(self, **asked: str | Sequence[str]) -> str:
        """The list of devices that `asked` lets through, within the unit that is shown."""
        return f"{self._list}?{urlencode({**self.base, **asked}, doseq=True)}"

    def _held(self, **asked: str | Sequence[str]) -> str:
        return self.listed(**asked, books=Books.ON)

    def _chart(self, key: str, title: str, bars: Sequence[Bar], **more: object) -> Chart:
        return Chart(key, title, bars, self.measure, more.pop("whole", None) or self.figures.total, **more)  # type: ignore[arg-type]  # note, noun, legend

    def of_kind(self) -> list[Chart]:
        """What the devices are; charts with nothing to compare are left out."""
        made = [self.groups(), self.largest(), self.ages(), self.lives(), self.conditions(), self.statuses()]
        return [*self.levels(), *made]

    def places(self) -> list[Chart]:
        """The units right below, each with everything below it, one chart a level; first what the unit itself holds."""
        figures = self.figures
        charts: list[Chart] = []
        for kind, title in PLACES.items():
            bars = [
                Bar(unit.name, figures.below(unit), self._place(unit), detail=self.detail(unit))
                for unit in figures.children()
                if unit.kind == kind
            ]
            bars.sort(key=lambda bar: -self.measure.of(bar.sum))
            if bars:
                here = figures.here
                if not charts and here and (own := figures.held.get(here.pk)):
                    url = f"{self._list}?{urlencode({'own': here.code, 'books': Books.ON})}"
                    bars.insert(0, Bar(f"Riêng {here.name}", own, url, tone="muted"))
                note = "Gồm cả đơn vị cấp dưới." if kind in {UnitKind.HQ, UnitKind.PROVINCE} else ""
                charts.append(self._chart(kind.value, title, bars, noun="Đơn vị", note=note))
        return charts

    def _place(self, unit: Place) -> str:
        return f"{self._list}?{urlencode({'unit': unit.code, 'books': Books.ON})}"

    def detail(self, unit: Place) -> str:
        """The figures of one unit."""
        asked = {"unit": unit.code} if self.measure is COUNT else {"unit": unit.code, "measure": self.measure.key}
        return f"{self._overview}?{urlencode(asked)}"

    def levels(self) -> list[Chart]:
        """By level of the unit that holds the devices."""
        held = self.figures.held
        sums = parted((unit.kind, held.get(unit.pk, Sum())) for unit in self.figures.units)
        kinds = [kind for kind in UnitKind if kind in AGENCIES and kind in sums]
        if len(kinds) < 2:  # noqa: PLR2004 - nothing to compare
            return []
        bars = [Bar(kind.label, sums[kind], self._held(level=kind.value)) for kind in kinds if sums[kind].quantity]
        note = "Thiết bị trên sổ của chính đơn vị, không cộng cấp dưới."
        return [self._chart("cap", "Theo cấp đơn vị", bars, noun="Cấp", note=note)]

    def groups(self) -> Chart:
        """The groups right below hardware and software; a root without groups is one itself."""
        roots = {category.pk for category in self.figures.categories if category.parent_id is None}
        with_groups = {c.parent_id for c in self.figures.categories if c.parent_id in roots}
        chosen = [
            c
            for c in self.figures.categories
            if c.parent_id in roots or (c.parent_id is None and c.pk not in with_groups)
        ]
        sums = self.figures.by_category
        bars = [Bar(c.name, sums[c.pk], self._held(category=c.code)) for c in chosen if c.pk in sums]
        bars.sort(key=lambda bar: -self.measure.of(bar.sum))
        return self._chart("nhom", "Theo nhóm thiết bị", bars, noun="Nhóm")

    def largest(self) -> Chart:
        """The categories with most devices of their own, each with those below it."""
        own = self.figures.by_own_category
        sums = self.figures.by_category
        bars = [Bar(c.name, sums[c.pk], self._held(category=c.code)) for c in self.figures.categories if c.pk in own]
        bars.sort(key=lambda bar: -self.measure.of(bar.sum))
        return self._chart("loai", f"{MOST} loại lớn nhất", bars[:MOST], noun="Loại")

    def statuses(self) -> Chart:
        """Of all devices that there ever were."""
        sums = parted((line.status, line.sum) for line in self.figures.lines)
        bars = [
            Bar(status.label, sums.get(status, Sum()), self.listed(status=status.value), tone=STATUS_TONES[status])
            for status in Status
        ]
        note = "Gồm cả thiết bị đã ra khỏi sổ."
        return self._chart("trang-thai", "Theo trạng thái", bars, whole=added(sums.values()), note=note)

    def conditions(self) -> Chart:
        sums = parted((line.condition, line.sum) for line in self.figures.on_the_books)
        bars = [
            Bar(one.label, sums.get(one, Sum()), self._held(condition=one.value), tone=CONDITION_TONES[one])
            for one in Condition
        ]
        return self._chart("tinh-trang", "Theo tình trạng", bars, noun="Tình trạng")

    @cached_property
    def _lived(self) -> dict[tuple[int, Life], Sum]:
        """By age (the oldest together) and years of use of the category."""
        years = {category.pk: category.life_years for category in self.figures.categories}
        same = parted(((line.year, years[line.category]), line.sum) for line in self.figures.on_the_books)
        return parted(
            ((min(max(self.year - year, 0), OLDEST), life_of(year, life_years, self.year)), one)
            for (year, life_years), one in same.items()
        )

    def lives(self) -> Chart:
        """Age against the years of use of the category."""
        sums = parted((life, one) for (_, life), one in self._lived.items())
        bars = [
            Bar(life.label, sums.get(life, Sum()), self._held(life=life.value), tone=LIFE_TONES[life]) for life in Life
        ]
        note = "So năm tiếp nhận với số năm sử dụng của loại thiết bị."
        return self._chart("thoi-gian", "Theo thời gian sử dụng", bars, note=note)

    def ages(self) -> Chart:
        """By years since receipt; each bar parted by the years of use of the categories."""
        bars = []
        for age in range(OLDEST + 1):
            split = {LIFE_TONES[life]: self._lived[age, life] for life in Life if (age, life) in self._lived}
            bars.append(Bar(self._age_label(age), added(split.values()), self._held(**self._days(age)), split=split))
        legend = [(LIFE_TONES[life], life.label) for life in Life]
        return self._chart("tuoi", "Theo tuổi thiết bị", bars, noun="Tuổi", legend=legend)

    def _age_label(self, age: int) -> str:
        year = self.year - age
        if age == 0:
            return f"Dưới 1 năm ({year})"
        return f"{age} năm ({year})" if age < OLDEST else f"Từ {age} năm (đến {year})"

    def _days(self, age: int) -> dict[str, str]:
        days = {}
        if age < OLDEST:
            days["received_tu"] = formats.vndate(first_day(self.year - age))
        if age:
            days["received_den"] = formats.vndate(last_day(self.year - age))
        return days
