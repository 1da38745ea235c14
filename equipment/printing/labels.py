"""QR labels to stick on devices: sheets of A4 and rolls of a label printer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from urllib.parse import quote

import segno

from ui.pdf import render_pdf

MM = Decimal
QUIET_MODULES = 2  # of the four that a QR code needs around it; the label's own margin gives the rest


@dataclass(frozen=True)
class Label:
    """What one label shows."""

    code: str
    name: str
    unit: str
    serial: str = ""


@dataclass(frozen=True)
class Format:
    """A sheet of labels. Sizes in millimetres, `text` and `code` in points; `top` is the margin above the first row.

    `pad` stays white at the label's left and right: office printers don't reach the edge of a sheet.
    """

    name: str
    page: tuple[MM, MM]
    columns: int
    rows: int
    width: MM
    height: MM
    top: MM
    pad: MM
    qr: MM
    text: MM
    code: MM

    @property
    def per_page(self) -> int:
        return self.columns * self.rows

    @property
    def places(self) -> list[tuple[MM, MM]]:
        """The upper left corners of the labels, row by row."""
        cells = (divmod(place, self.columns) for place in range(self.per_page))
        return [(self.width * column, self.top + self.height * row) for row, column in cells]

    @property
    def above(self) -> MM:
        """White above and below the code."""
        return (self.height - self.qr) / 2

    @property
    def text_left(self) -> MM:
        return self.pad + self.qr + MM("1.5")


A4 = (MM(210), MM(297))
FORMATS = {
    "a4-24": Format(
        name="A4, 24 nhãn (70 × 37 mm)",
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
        name="A4, 40 nhãn (52,5 × 29,7 mm)",
        page=A4,
        columns=4,
        rows=10,
        width=MM("52.5"),
        height=MM("29.7"),
        top=MM(0),
        pad=MM("3.5"),
        qr=MM(21),
        text=MM("6.5"),
        code=MM("7.8"),
    ),
    "cuon-50x30": Format(
        name="Cuộn, 50 × 30 mm",
        page=(MM(50), MM(30)),
        columns=1,
        rows=1,
        width=MM(50),
        height=MM(30),
        top=MM(0),
        pad=MM("1.5"),
        qr=MM(23),
        text=MM("6.5"),
        code=MM("7.8"),
    ),
}


def label_sheet_pdf(rows: Iterable[Label], *, fmt: str, base_url: str, skip: int = 0) -> bytes:
    """The labels in their order, as many sheets as they need.

    `fmt` is a key of FORMATS (KeyError otherwise). The codes lead to `base_url`/q/<code>/. `skip` leaves the first
    places of the first sheet empty: a sheet begun earlier is used up.
    """
    form = FORMATS[fmt]
    places: list[Label | None] = [None] * (skip % form.per_page)
    places += rows
    sheets = [places[start : start + form.per_page] for start in range(0, len(places), form.per_page)] or [[]]
    context = {"sheets": [_placed(sheet, base_url) for sheet in sheets], "format": form}
    return render_pdf("print/labels.html", context, styles={"print/labels.css": {"format": form}})


def qr_address(base_url: str, code: str) -> str:
    """What a scanner reads off the label."""
    return f"{base_url.rstrip('/')}/q/{quote(code, safe='')}/"


def _placed(labels: Sequence[Label | None], base_url: str) -> list[dict[str, object]]:
    """The labels of one sheet, each with the number of its place."""
    return [
        {"label": label, "place": place, "qr": _qr(qr_address(base_url, label.code))}
        for place, label in enumerate(labels)
        if label is not None
    ]


def _qr(address: str) -> dict[str, object]:
    """The code as one path of an SVG, its side in modules. Level M, or better where that costs no size."""
    code = segno.make_qr(address, error="m")
    side = code.symbol_size(border=QUIET_MODULES)[0]
    return {"side": side, "path": "".join(_runs(code.matrix))}


def _runs(matrix: Sequence[bytearray]) -> Iterable[str]:
    """A stroke, one module thick, for each run of dark modules in a row: the shortest path to draw."""
    for y, row in enumerate(matrix, start=QUIET_MODULES):
        x = QUIET_MODULES
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                yield f"M{x} {y}.5h{length}"
            x += length
