"""The papers that offices stick labels from, in millimetres. Sheets are named by their size: every maker has them."""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from decimal import Decimal
from functools import cached_property

MM = Decimal
POINT = MM("0.3528")  # in millimetres
CODE_LINES = 2  # a long unit's code breaks
GAP = MM("0.5")  # between two lines of text
NONE = MM(0)


@dataclass(frozen=True)
class Format:
    """A sheet of labels. Sizes in millimetres, `text` and `code` in points.

    `left` and `top` are the margins before the first label, `gap` the strip between two columns. `pad` stays white at
    the label's left and right: office printers don't reach the edge of a sheet. `edge` stays white above and below the
    text; without it the text is no higher than the code.
    """

    name: str
    _: KW_ONLY
    page: tuple[MM, MM]
    columns: int
    rows: int
    width: MM
    height: MM
    left: MM = NONE
    top: MM = NONE
    gap: MM = NONE
    edge: MM | None = None
    pad: MM
    qr: MM
    text: MM
    code: MM

    @property
    def per_page(self) -> int:
        return self.columns * self.rows

    @property
    def is_sheet(self) -> bool:
        """Whether some labels of it may have been used earlier."""
        return self.per_page > 1

    @cached_property
    def places(self) -> list[tuple[MM, MM]]:
        """The upper left corners of the labels, row by row."""
        cells = (divmod(place, self.columns) for place in range(self.per_page))
        return [(self.left + (self.width + self.gap) * column, self.top + self.height * row) for row, column in cells]

    @property
    def above(self) -> MM:
        """White above and below the code."""
        return (self.height - self.qr) / 2

    @property
    def text_top(self) -> MM:
        return self.above if self.edge is None else self.edge

    @property
    def text_height(self) -> MM:
        return self.height - 2 * self.text_top

    @property
    def text_left(self) -> MM:
        return self.pad + self.qr + MM(1)

    @property
    def inner(self) -> tuple[MM, MM]:
        """The label as a picture draws it: half a millimetre within its edges."""
        return self.width - 1, self.height - 1

    @property
    def figure(self) -> MM:
        """Size of the number of a place in that picture."""
        return self.height * 2 / 5

    @property
    def lines(self) -> int:
        """How many lines of text have room under the code, be it long."""
        room = self.text_height - CODE_LINES * self.code * POINT * MM("1.1")
        return int(room / (self.text * POINT * MM("1.2") + GAP))


A4 = (MM(210), MM(297))
FORMATS: Mapping[str, Format] = {
    "a4-24": Format(
        "A4, 24 nhãn (70 × 37 mm)",
        page=A4,
        columns=3,
        rows=8,
        width=MM(70),
        height=MM(37),
        top=MM("0.5"),
        pad=MM(4),
        qr=MM(28),
        text=MM(8),
        code=MM(11),
    ),
    "a4-40": Format(
        "A4, 40 nhãn (52,5 × 29,7 mm)",
        page=A4,
        columns=4,
        rows=10,
        width=MM("52.5"),
        height=MM("29.7"),
        pad=MM("3.5"),
        qr=MM(21),
        text=MM("6.5"),
        code=MM("7.8"),
    ),
    "a4-65": Format(
        "A4, 65 nhãn (38,1 × 21,2 mm)",
        page=A4,
        columns=5,
        rows=13,
        width=MM("38.1"),
        height=MM("21.2"),
        left=MM("4.75"),
        top=MM("10.7"),
        gap=MM("2.5"),
        edge=MM(1),
        pad=MM("1.5"),
        qr=MM(17),
        text=MM(5),
        code=MM("5.8"),
    ),
    "cuon-50x30": Format(
        "Cuộn, 50 × 30 mm",
        page=(MM(50), MM(30)),
        columns=1,
        rows=1,
        width=MM(50),
        height=MM(30),
        edge=MM("1.5"),
        pad=MM("1.5"),
        qr=MM(23),
        text=MM("6.5"),
        code=MM("7.8"),
    ),
    "cuon-35x22": Format(
        "Cuộn 3 tem, 35 × 22 mm",
        page=(MM(110), MM(22)),
        columns=3,
        rows=1,
        width=MM(35),
        height=MM(22),
        left=MM("0.5"),
        gap=MM(2),
        edge=MM(1),
        pad=MM(1),
        qr=MM(16),
        text=MM(5),
        code=MM("5.8"),
    ),
}
