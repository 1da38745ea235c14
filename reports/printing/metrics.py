"""How wide text is in the letters of papers, so that columns and type sizes are chosen before anything is laid out."""

from functools import cache
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

_FONTS = Path(__file__).parents[2] / "ui" / "fonts"
_FACES = {False: "LiberationSerif-Regular.ttf", True: "LiberationSerif-Bold.ttf"}
MM_PER_POINT = 25.4 / 72


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Millimetres of one line of `text` at `size` points."""
    widths, per_em, unknown = _face(bold)
    return sum(widths.get(ord(letter), unknown) for letter in text) / per_em * size * MM_PER_POINT


def widest_word(text: str, size: float, *, bold: bool = False) -> float:
    """Millimetres of the longest part of `text` that isn't broken over lines."""
    return max((width(word, size, bold=bold) for word in text.split()), default=0)


@cache
def _face(bold: bool) -> tuple[dict[int, int], int, int]:  # noqa: FBT001 - a key of the cache
    """Advances by code point, units of an em, and the advance of what the face lacks."""
    font: Any = TTFont(_FONTS / _FACES[bold])
    glyphs = font["hmtx"].metrics
    widths = {code: glyphs[name][0] for code, name in font.getBestCmap().items()}
    per_em = font["head"].unitsPerEm
    return widths, per_em, per_em // 2
