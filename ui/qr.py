"""QR codes as one path of an SVG: printed sharp at any size, without a picture."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import segno

QUIET_MODULES = 2  # of the four that a QR code needs around it; the margin of what it stands on gives the rest


@dataclass(frozen=True)
class Code:
    """A code's side in modules, and the strokes of its dark ones."""

    side: int
    path: str


def qr_code(address: str) -> Code:
    """The code of an address: level M, or better where that costs no size."""
    code = segno.make_qr(address, error="m")
    return Code(int(code.symbol_size(border=QUIET_MODULES)[0]), "".join(_runs(code.matrix)))


def _runs(matrix: Sequence[bytearray]) -> Iterable[str]:
    """A stroke, one module thick, for each run of dark modules in a row: the shortest path to draw."""
    for y, row in enumerate(matrix, start=QUIET_MODULES):
        x = QUIET_MODULES
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                yield f"M{x} {y}.5h{length}"
            x += length
