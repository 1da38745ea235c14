"""QR labels to stick on devices: sheets of A4 and rolls of a label printer."""

import gc
import io
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from itertools import cycle, islice
from pathlib import Path
from typing import Any, BinaryIO, Self
from urllib.parse import quote

import pikepdf

from equipment.printing.label_formats import FORMATS, Format
from ui.pdf import render_pdf
from ui.qr import qr_code

TITLE = "Nhãn thiết bị"
PIECE = 400  # labels that are laid out at once: some 60 MB


@dataclass(frozen=True)
class Label:
    """What one label shows: the code, and lines under it, the first of which has the most room."""

    code: str
    lines: Sequence[str] = ()


@dataclass(frozen=True)
class Setup:
    """How labels are printed.

    `fmt` is a key of FORMATS (KeyError otherwise). The codes lead to `base_url`/q/<code>/. `skip` leaves the first
    places of the first sheet empty: a sheet begun earlier is used up. `right` and `down` (millimetres) move all that
    is printed, for a printer that pulls its paper in askew.
    """

    fmt: str
    base_url: str
    skip: int = 0
    right: Decimal = Decimal(0)
    down: Decimal = Decimal(0)

    @property
    def format(self) -> Format:
        return FORMATS[self.fmt]

    def as_params(self) -> dict[str, str | int]:
        """What a job can keep."""
        return asdict(self) | {"right": str(self.right), "down": str(self.down)}

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> Self:
        """The other way round."""
        return cls(**{**params, "right": Decimal(params["right"]), "down": Decimal(params["down"])})


def label_sheet_pdf(rows: Iterable[Label], setup: Setup) -> bytes:
    """The labels in their order, as many sheets as they need."""
    form = setup.format
    places: list[Label | None] = [None] * (setup.skip % form.per_page)
    places += rows
    sheets = [places[start : start + form.per_page] for start in range(0, len(places), form.per_page)] or [[]]
    context = {"sheets": [_placed(sheet, setup) for sheet in sheets], "format": form, "title": TITLE}
    return render_pdf("print/labels.html", context, styles={"print/labels.css": {"setup": setup, "format": form}})


def write_labels(file: BinaryIO, rows: Iterable[Label], setup: Setup, *, report: Callable[[int], object]) -> None:
    """Thousands of labels into `file`, laid out piece by piece, so that memory stays that of one piece.

    `report` hears after each piece how many labels are done.
    """
    with tempfile.TemporaryDirectory() as folder, ExitStack() as parts, pikepdf.Pdf.new() as whole:
        done = 0
        for number, (piece, skip) in enumerate(_pieces(rows, setup)):
            path = Path(folder, f"{number}.pdf")
            _without_tags(label_sheet_pdf(piece, replace(setup, skip=skip)), path)
            whole.pages.extend(parts.enter_context(pikepdf.open(path)).pages)
            gc.collect()  # a layout is a web of cycles, and the next one is as large
            done += len(piece)
            report(done)
        whole.docinfo["/Title"] = TITLE
        whole.Root.Lang = "vi"
        whole.save(file)


def _without_tags(pdf: bytes, path: Path) -> None:
    """Pages alone: the tags of the pieces would have to be woven into one tree, and weigh more than the pages."""
    with pikepdf.open(io.BytesIO(pdf)) as piece:
        for name in ("/StructTreeRoot", "/MarkInfo"):
            del piece.Root[name]
        for page in piece.pages:
            if "/StructParents" in page:
                del page["/StructParents"]
        piece.save(path)


def label_frames_pdf(setup: Setup) -> bytes:
    """One sheet of empty frames, to lay over the labels before any of them is wasted."""
    form = setup.format
    return render_pdf(
        "print/label_frames.html", {"format": form}, styles={"print/labels.css": {"setup": setup, "format": form}}
    )


def qr_address(base_url: str, code: str) -> str:
    """What a scanner reads off the label."""
    return f"{base_url.rstrip('/')}/q/{quote(code, safe='')}/"


def _pieces(rows: Iterable[Label], setup: Setup) -> Iterator[tuple[Sequence[Label], int]]:
    """Labels for whole sheets, with the places that the first of them leaves empty."""
    waiting, per_page = iter(rows), setup.format.per_page
    skip = setup.skip % per_page
    size = max(1, PIECE // per_page) * per_page
    if first := list(islice(waiting, size - skip)):
        yield first, skip
    while piece := list(islice(waiting, size)):
        yield piece, 0


def _placed(labels: Sequence[Label | None], setup: Setup) -> list[dict[str, object]]:
    """The labels of one sheet, each with the number of its place."""
    return [
        {
            "code": label.code,
            "lines": shared_out(label.lines, setup.format.lines),
            "place": place,
            "qr": qr_code(qr_address(setup.base_url, label.code)),
        }
        for place, label in enumerate(labels)
        if label is not None
    ]


def shared_out(lines: Sequence[str], room: int) -> list[tuple[str, int]]:
    """The lines that say something, each with the lines of paper it may take; what has no room is left out."""
    told = [line for line in lines if line][:room]
    if not told:
        return []
    share, rest = divmod(room, len(told))
    more = Counter(islice(cycle((0, len(told) - 1)), rest))  # names come first and last: of the device, of its place
    return [(line, share + more[n]) for n, line in enumerate(told)]
