"""Line charts that need no script: places are geometry, tones are classes (`templates/ui/lines.html`)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, log10

WIDTH, HEIGHT = 960, 280
LEFT, RIGHT, TOP, BOTTOM = 88, 16, 14, 34
STEPS = 4
MOST_LABELS = 12


@dataclass(frozen=True)
class Series:
    """One line: a number for each label, None where there is none."""

    label: str
    tone: str
    values: Sequence[float | None]
    texts: Sequence[str]
    urls: Sequence[str]


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    name: str
    url: str


@dataclass(frozen=True)
class Stroke:
    label: str
    tone: str
    points: Sequence[str]  # of each unbroken piece
    dots: Sequence[Dot]


@dataclass(frozen=True)
class Tick:
    place: float
    label: str


@dataclass(frozen=True)
class Lines:
    """A chart ready for its template."""

    strokes: Sequence[Stroke]
    across: Sequence[Tick]
    up: Sequence[Tick]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    foot: int = HEIGHT - BOTTOM


def lines_of(labels: Sequence[str], series: Sequence[Series], text: Callable[[float], str]) -> Lines:
    """The chart; `text` writes the numbers of the scale, which begins at zero or at the least negative number."""
    known = [value for one in series for value in one.values if value is not None]
    step = _step(max(known, default=0) - min(0, min(known, default=0)))
    least = -ceil(-min(0, min(known, default=0)) / step) * step
    most = max(ceil(max(known, default=0) / step) * step, least + step)

    def x(at: int) -> float:
        if len(labels) == 1:
            return (LEFT + WIDTH - RIGHT) / 2
        return round(LEFT + 24 + at * (WIDTH - RIGHT - LEFT - 48) / (len(labels) - 1), 1)

    def y(value: float) -> float:
        return round(TOP + (most - value) * (HEIGHT - BOTTOM - TOP) / (most - least), 1)

    strokes = [
        Stroke(
            one.label,
            one.tone,
            [" ".join(f"{x(at)},{y(value)}" for at, value in piece) for piece in _pieces(one.values)],
            [
                Dot(x(at), y(value), f"{one.label}, {labels[at]}: {one.texts[at]}".removeprefix(", "), one.urls[at])
                for at, value in enumerate(one.values)
                if value is not None
            ],
        )
        for one in series
    ]
    every = ceil(len(labels) / MOST_LABELS)
    across = [Tick(x(at), label) for at, label in enumerate(labels) if at % every == 0]
    up = [Tick(y(least + at * step), text(least + at * step)) for at in range(round((most - least) / step) + 1)]
    return Lines(strokes, across, up)


def _step(span: float) -> float:
    """A round number of which some make `span`."""
    if span <= 0:
        return 1
    size = 10 ** int(log10(span / STEPS)) if span > STEPS else 1
    return float(next((size * many for many in (1, 2, 5, 10, 20, 50) if size * many * STEPS >= span), size * 100))


def _pieces(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    pieces: list[list[tuple[int, float]]] = [[]]
    for at, value in enumerate(values):
        if value is None:
            pieces.append([])
        else:
            pieces[-1].append((at, value))
    return [piece for piece in pieces if len(piece) > 1]
