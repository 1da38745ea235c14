"""The tile map: one tile a province, placed roughly as the country lies."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from equipment.charts.parts import Measure
from equipment.queries.figures import Figures, Place

TILES = Path(__file__).parent.parent / "data" / "tiles.csv"
SHADES = 5
TILE_WIDTH, TILE_HEIGHT, GAP = 92, 34, 4


@dataclass(frozen=True)
class Tile:
    """A province on the map: its place, its shade (1 the lightest), its number."""

    x: int
    y: int
    label: str
    name: str
    text: str
    url: str
    shade: int


@dataclass(frozen=True)
class TileMap:
    tiles: Sequence[Tile]
    width: int
    height: int
    legend: Sequence[tuple[int, str]]  # shade, from – to


def tile_map(figures: Figures, measure: Measure, detail: Callable[[Place], str]) -> TileMap | None:
    """The provinces, where most of them stand right below the unit that is shown; `detail` leads to one's figures."""
    places = tiles()
    units = {unit.code: unit for unit in figures.children() if unit.code in places}
    if len(units) < len(places) // 2:
        return None
    sums = {code: figures.below(unit) for code, unit in units.items()}
    ranked = sorted(sums, key=lambda code: measure.of(sums[code]))
    first: dict[Any, int] = {}  # the same number has the same shade, or the legend's ranges would overlap
    places_of = {code: first.setdefault(measure.of(sums[code]), rank) for rank, code in enumerate(ranked)}
    shades = {code: 1 + rank * SHADES // len(ranked) for code, rank in places_of.items()}
    made = [
        Tile(
            x=places[code][0] * (TILE_WIDTH + GAP),
            y=places[code][1] * (TILE_HEIGHT + GAP),
            label=places[code][2],
            name=unit.name,
            text=measure.text(sums[code]),
            url=detail(unit),
            shade=shades[code],
        )
        for code, unit in sorted(units.items(), key=lambda pair: places[pair[0]][1::-1])
    ]
    legend = []
    for shade in range(1, SHADES + 1):
        of_shade = [sums[code] for code in ranked if shades[code] == shade]
        if of_shade:
            legend.append((shade, f"{measure.text(of_shade[0])} – {measure.text(of_shade[-1])}"))
    width = max(column for column, _, _ in places.values()) * (TILE_WIDTH + GAP) + TILE_WIDTH
    height = max(row for _, row, _ in places.values()) * (TILE_HEIGHT + GAP) + TILE_HEIGHT
    return TileMap(made, width, height, legend)


@cache
def tiles() -> dict[str, tuple[int, int, str]]:
    """Column, row and label of each province on the map, by the province's code."""
    with TILES.open(encoding="utf-8", newline="") as file:
        return {row["code"]: (int(row["column"]), int(row["row"]), row["label"]) for row in csv.DictReader(file)}
