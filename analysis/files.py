"""A pivot as a file: every line and column, one row for each pair of members, no cell a formula."""

from collections.abc import Iterator
from decimal import Decimal
from typing import IO, Any

from analysis.asking import Question
from analysis.pivot import Pivot
from analysis.shaping import TOTAL, Grid, Line
from analysis.topics.parts import Measure, Number
from core.errors import DomainError
from ui import exports
from ui.tables import Column

KINDS = {"number": "number", "money": "money", "percent": "number", "decimal": "number"}
MOST_COLUMNS = 16_000  # a sheet has 16,384
EXPORTS = {"csv": exports.export_csv, "xlsx": exports.export_xlsx}


def name_of(question: Question) -> str:
    """What the file is called, without its day and kind."""
    return f"phan-tich-{question.topic.key}"


def columns_of(question: Question, grid: Grid) -> list[Column]:
    """The dimensions of the rows, then each number. Raises DomainError where a sheet hasn't so many columns."""
    if len(grid.measures) > MOST_COLUMNS:
        raise DomainError("Bảng có quá nhiều cột cho một tệp Excel. Hãy đổi chiều ở cột, hoặc lọc hẹp lại.")
    columns = [Column(f"row{at}", one.label) for at, one in enumerate(question.rows)]
    many = len(question.measures) > 1
    for at, measure in enumerate(grid.measures):
        head = grid.heads[at // len(question.measures)]
        label = f"{head.label} – {measure}" if head.label and many else head.label or measure
        columns.append(Column(f"n{at}", label, kind="number" if question.share else _kind(question.measures, at)))
    return columns


def _kind(measures: Any, at: int) -> Any:
    measure: Measure = measures[at % len(measures)]
    return KINDS[measure.kind]


def rows_of(question: Question, grid: Grid) -> Iterator[dict[str, Any]]:
    """The lines of the last dimension, and the total."""
    last = len(question.rows) - 1
    above = ""
    for line in grid.lines:
        if line.level < last and line.key != ("*",):
            above = line.label
            continue
        labels = [line.label, ""] if line.key == ("*",) else [above, line.label]
        yield _row(line, labels[: last + 1] if line.key == ("*",) else labels[-last - 1 :])
    yield _row(grid.total, [TOTAL, ""][: last + 1])


def _row(line: Line, labels: list[str]) -> dict[str, Any]:
    numbers = {f"n{at}": _rounded(cell.value) for at, cell in enumerate(line.cells)}
    return {**{f"row{at}": label for at, label in enumerate(labels)}, **numbers}


def _rounded(value: Number | None) -> Number | None:
    return round(value, 2) if isinstance(value, Decimal) else value


def write(question: Question, pivot: Pivot, file: IO[bytes], kind: str) -> None:
    """The file of a job."""
    grid = Grid(question, pivot, whole=True)
    columns = columns_of(question, grid)
    if kind == "csv":
        file.writelines(piece.encode() for piece in exports.csv_lines(rows_of(question, grid), columns))
    else:
        exports.write_workbook(file, rows_of(question, grid), columns)
