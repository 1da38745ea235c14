"""Bars of charts that need no script: lengths are geometry, tones are classes (`templates/ui/bars.html`)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A piece of a bar, in hundredths of the longest."""

    start: float
    width: float
    tone: str


def parts_of(lengths: Mapping[str, float], longest: float) -> Iterator[Part]:
    """The pieces of one bar, by tone, one after the other; those too short to be seen are left out."""
    start = 0.0
    for tone, length in lengths.items():
        width = round(100 * length / longest, 2)
        if width:
            yield Part(start, width, tone)
        start += width
