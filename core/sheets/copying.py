"""The normalised copy, as the child writes it: a line about the sheets, then the rows of each, all gzip JSON lines.

Every part is a gzip member of its own, so that a sheet is read without those before it.
"""

import gzip
import io
import json
import shutil
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from core.sheets.cells import Cell, row_line, tidy
from core.sheets.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_SHEETS
from core.sheets.refusals import RefusedError

_LEVEL = 3


@dataclass
class Fonts:
    """The columns whose text is mostly in fonts of the years before Unicode, as far as the file tells."""

    capital: Collection[int] = field(default_factory=tuple)
    tcvn3: Collection[int] = field(default_factory=tuple)
    vni: Collection[int] = field(default_factory=tuple)


class Copy:
    """Takes sheets row by row; empty rows and columns at the end of a sheet are left out, and empty sheets."""

    def __init__(self, body: IO[bytes]) -> None:
        self.body = body
        self.sheets: list[dict[str, Any]] = []
        self.cells = 0

    def begin(self, name: str) -> None:
        self.name, self.at = name, self.body.tell()
        self.rows = self.columns = 0
        self.position = 0  # of the next row, empty ones counted
        self.packed = gzip.GzipFile(fileobj=self.body, mode="wb", compresslevel=_LEVEL, mtime=0)
        self.lines = io.TextIOWrapper(io.BufferedWriter(self.packed, 1 << 18), "utf-8", newline="\n")

    def add(self, values: Iterable[Any], *, times: int = 1) -> None:
        """The next row, or the next `times` rows alike. What lies beyond the limits is counted, not kept."""
        cells = [tidy(value) for value in values]
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            self._keep(cells, times)
        self.position += times

    def _keep(self, cells: Sequence[Cell], times: int) -> None:
        kept = min(times, MAX_ROWS - self.position)
        if kept > 0 and len(cells) <= MAX_COLUMNS:
            self.lines.write("[]\n" * (self.position - self.rows))
            line = f"{row_line(cells)}\n"
            for _ in range(kept):
                self.lines.write(line)
        self.cells += sum(cell is not None for cell in cells) * times
        if self.cells > MAX_CELLS and self.position + times <= MAX_ROWS:
            raise RefusedError("cells")
        self.rows = self.position + times
        self.columns = max(self.columns, len(cells))

    def reach(self, rows: int, columns: int) -> None:
        """Something lies so far out that it is known of, though not read."""
        self.rows, self.columns = max(self.rows, rows), max(self.columns, columns)

    def end(self, merged: Iterable[Sequence[int]] = (), fonts: Fonts | None = None) -> None:
        self.lines.flush()
        self.lines.detach().detach()
        self.packed.close()
        if self.rows > MAX_ROWS:
            raise RefusedError("rows", sheet=self.name, rows=self.rows)
        if self.columns > MAX_COLUMNS:
            raise RefusedError("columns", sheet=self.name, columns=self.columns)
        if not self.rows:
            return
        fonts = fonts or Fonts()
        self.sheets.append(
            {
                "name": self.name,
                "rows": self.rows,
                "columns": self.columns,
                "merged": [list(area) for area in merged],
                "capital_columns": sorted(fonts.capital),
                "tcvn3_columns": sorted(fonts.tcvn3),
                "vni_columns": sorted(fonts.vni),
                "at": self.at,
            }
        )
        if len(self.sheets) > MAX_SHEETS:
            raise RefusedError("sheets", sheets=len(self.sheets))

    def finish(self, file: IO[bytes]) -> None:
        """Write the whole copy."""
        if not self.sheets:
            raise RefusedError("nothing")
        write_head(file, {"sheets": self.sheets})
        self.body.seek(0)
        shutil.copyfileobj(self.body, file)


def write_head(file: IO[bytes], head: dict[str, Any]) -> None:
    """The first part: what sheets there are, or why there are none."""
    file.write(gzip.compress(f"{json.dumps(head, ensure_ascii=False)}\n".encode(), mtime=0))
