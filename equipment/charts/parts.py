"""What charts are made of: measures, bars, and their lengths."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from equipment.queries.figures import Sum
from ui import formats
from ui.bars import Part, parts_of

BILLION, MILLION = 10**9, 10**6


@dataclass(frozen=True)
class Measure:
    """What is measured: devices, or what they cost when they came."""

    key: str
    label: str

    def of(self, one: Sum) -> int:
        return one.value if self.key == "value" else one.quantity

    def text(self, one: Sum) -> str:
        """Short enough for a chart; the table has every digit."""
        return short_money(one.value) if self.key == "value" else formats.number(one.quantity)


COUNT, VALUE = Measure("count", "Số lượng"), Measure("value", "Nguyên giá")
MEASURES = {measure.key: measure for measure in (COUNT, VALUE)}


def short_money(value: int) -> str:
    """`1.234,5 tỷ đ`, `14,9 triệu đ`, `900.000 đ`."""
    for size, word in ((BILLION, "tỷ"), (MILLION, "triệu")):
        if value >= size:
            return f"{formats.number(round(value / size, 1)).removesuffix(',0')} {word} đ"
    return formats.money(value)


@dataclass(frozen=True)
class Bar:
    """One number: what it counts, the list behind it, the figures below it."""

    label: str
    sum: Sum
    url: str
    detail: str = ""
    tone: str = "info"
    split: Mapping[str, Sum] = field(default_factory=dict)  # by tone


@dataclass(frozen=True)
class ShownBar:
    bar: Bar
    text: str
    share: str
    parts: Sequence[Part]

    @property
    def label(self) -> str:
        return self.bar.label

    @property
    def url(self) -> str:
        return self.bar.url

    @property
    def detail(self) -> str:
        return self.bar.detail


@dataclass(frozen=True)
class Chart:
    """Bars under a title. The whole is what shares refer to."""

    key: str
    title: str
    bars: Sequence[Bar]
    measure: Measure
    whole: Sum
    note: str = ""
    noun: str = "Mục"
    legend: Sequence[tuple[str, str]] = ()

    @property
    def shown(self) -> list[ShownBar]:
        """The bars ready for the page."""
        longest = max((self.measure.of(bar.sum) for bar in self.bars), default=0) or 1
        return [
            ShownBar(bar, self.measure.text(bar.sum), self._share(bar.sum), list(self._parts(bar, longest)))
            for bar in self.bars
        ]

    def _share(self, one: Sum) -> str:
        whole = self.measure.of(self.whole)
        return f"{formats.number(round(100 * self.measure.of(one) / whole, 1))} %" if whole else ""

    def _parts(self, bar: Bar, longest: int) -> Iterable[Part]:
        split = bar.split or {bar.tone: bar.sum}
        return parts_of({tone: self.measure.of(one) for tone, one in split.items()}, longest)
