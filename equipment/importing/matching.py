"""Where a sheet's headings are and what its columns mean. People correct what is found here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice
from typing import Any

from core.encodings import Encoding, detect, detect_columns
from core.errors import DomainError, SeveralProblemsError
from core.sheets import Book, Cell
from equipment.importing.cells import SHOWN, decoded, is_blank, shown
from equipment.importing.fields import (
    LEFT_OUT,
    Field,
    all_fields,
    counts_in_multiples,
    heading,
    headings,
    labels,
    names_of,
)

HEADER_WITHIN = 30
SAMPLES = 3
LOOKED_AT = 2000  # rows whose text tells a column's encoding
MAX_HEADING = 200  # of a remembered match
OLD_FONTS = (Encoding.TCVN3, Encoding.VNI)

Row = Sequence[Cell]


@dataclass(frozen=True)
class Column:
    """One column of the file: how it is headed, what it means (`field`, empty: nothing), how its text is written."""

    index: int
    header: str
    field: str = ""
    encoding: str = Encoding.UNICODE.value
    capitals: bool = False
    known: bool = False  # whether the heading was recognised, be it as one that is left out
    accented: bool = False  # whether its cells hold letters that an encoding may change
    samples: tuple[str, ...] = ()  # different values, as they stand in the file

    def text(self, cell: Cell) -> Cell:
        """The cell in Unicode."""
        return decoded(cell, self.encoding, capitals=self.capitals) if isinstance(cell, str) else cell

    @property
    def read_samples(self) -> list[tuple[str, str]]:
        """Before → after."""
        return [(shown(text), shown(self.text(text))) for text in self.samples]

    def stored(self) -> dict[str, Any]:
        """As it is kept with the batch."""
        return asdict(self)

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Column":
        """Back from what is kept."""
        return cls(**{**stored, "samples": tuple(stored["samples"])})


@dataclass(frozen=True)
class Remembered:
    """What a heading meant the last time."""

    field: str
    encoding: str
    capitals: bool = False


@dataclass(frozen=True)
class Match:
    """How a sheet is read."""

    sheet: int
    header_row: int
    columns: tuple[Column, ...]

    @property
    def score(self) -> int:
        """How many columns are understood."""
        return sum(bool(column.field) for column in self.columns)


def _readings(text: str) -> list[str]:
    """A heading in every encoding that it may be in."""
    ways = (text, *(decoded(text, encoding) for encoding in OLD_FONTS)) if not text.isascii() else (text,)
    return list(dict.fromkeys(name for way in ways for name in headings(way)))


def _meaning(text: str, names: Mapping[str, tuple[str, int]]) -> tuple[str, int] | None:
    """The field that a heading means, with how sure that is; "" for one that is left out."""
    for name in _readings(text):
        if name in LEFT_OUT:
            return "", 0
        if name in names:
            return names[name]
    return None


def _header_score(row: Row, names: Mapping[str, tuple[str, int]]) -> int:
    found = [_meaning(cell, names) for cell in row if isinstance(cell, str) and cell.strip()]
    return len({one for one in found if one is not None})


def find_header(rows: Sequence[Row], names: Mapping[str, tuple[str, int]]) -> tuple[int, int]:
    """The row with the most headings that are known, and how many; the first row that says anything if none has two."""
    scores = [(_header_score(row, names), -number) for number, row in enumerate(rows[:HEADER_WITHIN])]
    best, number = max(scores, default=(0, 0))
    if best > 1:
        return -number, best
    return next((n for n, row in enumerate(rows) if sum(not is_blank(cell) for cell in row) > 1), 0), best


def match_book(book: Book, *, keys: Iterable[str], remembered: Mapping[str, Remembered]) -> Match:
    """The sheet whose headings are understood best, and how its columns are read."""
    fields = all_fields(keys)
    names = names_of(fields.values())
    best, at = -1, 0
    for sheet in range(len(book.sheets)):
        _, score = find_header(list(islice(book.rows(sheet), HEADER_WITHIN)), names)
        if score > best:
            best, at = score, sheet
    return match_sheet(book, at, keys=keys, remembered=remembered)


def match_sheet(
    book: Book, sheet: int, *, keys: Iterable[str], remembered: Mapping[str, Remembered], header_row: int | None = None
) -> Match:
    """How the columns of one sheet are read: what was remembered, else what the headings say."""
    fields = all_fields(keys)
    names = names_of(fields.values())
    rows = list(islice(book.rows(sheet), LOOKED_AT))
    at = find_header(rows, names)[0] if header_row is None else header_row
    header = list(rows[at]) if at < len(rows) else []
    body = rows[at + 1 :]
    width = max([len(header), *(len(row) for row in body)], default=0)
    columns = [_column(index, header, body) for index in range(width)]
    columns = [column for column in columns if column.header or column.samples]
    columns = _encoded(columns, book.sheets[sheet], body)
    columns = [replace(column, header=text) for column, text in zip(columns, _headers(columns), strict=True)]
    columns = [_recalled(column, remembered, fields) for column in columns]
    return Match(sheet, at, tuple(_assigned(columns, header, names)))


def _cell(row: Row, index: int) -> Cell:
    return row[index] if index < len(row) else None


def _column(index: int, header: Row, body: Sequence[Row]) -> Column:
    cells = [cell for row in body if not is_blank(cell := _cell(row, index))]
    accented = any(isinstance(cell, str) and not cell.isascii() for cell in cells)
    samples = islice(dict.fromkeys(map(_raw, cells)), SAMPLES)
    return Column(index, _raw(_cell(header, index)), accented=accented, samples=tuple(samples))


def _raw(cell: Cell) -> str:
    """A text as it stands in the file: signs that nobody sees are letters of the old fonts."""
    return cell[:SHOWN] if isinstance(cell, str) else shown(cell)


def _encoded(columns: list[Column], info: Any, body: Sequence[Row]) -> list[Column]:
    """Each column's encoding, by all of its text; where that says nothing, by the font's name.

    Headings have no say: lists in Unicode are headed as their models in an old font were.
    """
    texts = [[cell for row in body if isinstance(cell := _cell(row, column.index), str)] for column in columns]
    found = []
    for column, guess in zip(columns, detect_columns(texts), strict=True):
        encoding = guess.encoding
        if encoding not in OLD_FONTS and guess.letters and guess.score < 1:
            if column.index in info.tcvn3_columns:
                encoding = Encoding.TCVN3
            elif column.index in info.vni_columns:
                encoding = Encoding.VNI
        capitals = column.index in info.capital_columns and encoding is Encoding.TCVN3
        found.append(replace(column, encoding=encoding.value, capitals=capitals))
    return found


def _headers(columns: Sequence[Column]) -> list[str]:
    """The headings in Unicode: they are typed in one go, so they are in one encoding."""
    texts = [column.header for column in columns]
    encoding = detect(texts).encoding
    return [shown(decoded(text, encoding)) for text in texts]


def _recalled(column: Column, remembered: Mapping[str, Remembered], fields: Mapping[str, Field]) -> Column:
    """What the heading meant when this unit matched it before."""
    was = remembered.get(memory_key(column.header))
    if was is None or (was.field and was.field not in fields):
        return column
    return replace(column, field=was.field, known=True)


def memory_key(header: str) -> str:
    """Under which a heading is remembered."""
    return heading(header)[:MAX_HEADING]


def _assigned(columns: list[Column], header: Row, names: Mapping[str, tuple[str, int]]) -> list[Column]:
    """Give each field to the one column that names it most surely; what is remembered stands."""
    taken = {column.field for column in columns if column.field}
    wishes = []
    for at, column in enumerate(columns):
        if column.known:
            continue
        meant = _meaning(str(_cell(header, column.index) or ""), names) or _meaning(column.header, names)
        if meant is not None:
            columns[at] = replace(column, known=True)
            wishes.append((meant[1], at, meant[0]))
    for _, at, field in sorted(wishes):
        if field in taken or refusal(columns[at], field):
            continue
        columns[at] = replace(columns[at], field=field)
        taken |= {field} - {""}
    return columns


def refusal(column: Column, field: str) -> str:
    """Why a column can't mean that, or ""."""
    if field == "original_price" and counts_in_multiples(column.header):
        return (
            f"Cột “{column.header}” không tính bằng đồng. Hãy đổi các ô ra số đồng trong tệp rồi tải lại, "
            "hoặc chọn “Không nhập”."
        )
    return ""


def check_match(columns: Sequence[Column], fields: Mapping[str, Field], *, updating: bool) -> None:
    """Raise SeveralProblemsError with everything that stands against reading the rows so."""
    problems = []
    seen: dict[str, Column] = {}
    for column in columns:
        if not column.field:
            continue
        field = fields.get(column.field)
        if field is None:
            problems.append(DomainError("Hãy chọn lại ý nghĩa của cột.", field=f"field_{column.index}"))
        elif column.field in seen:
            message = f"“{field.label}” đã được ghép với cột “{seen[column.field].header}”. Mỗi mục chỉ lấy từ một cột."
            problems.append(DomainError(message, field=f"field_{column.index}"))
        elif why := refusal(column, column.field):
            problems.append(DomainError(why, field=f"field_{column.index}"))
        seen.setdefault(column.field, column)
    if missing := _missing(seen, fields, updating=updating):
        message = f"Chưa có cột nào ghép với {labels(missing)}. Hãy chọn cột, hoặc thêm cột vào tệp rồi tải lại."
        problems.append(DomainError(message, code="missing_column"))
    if problems:
        raise SeveralProblemsError(problems)


def _missing(seen: Mapping[str, Column], fields: Mapping[str, Field], *, updating: bool) -> list[Field]:
    """Fields without which no row could come in. An update needs no more than what names the device."""
    if updating and seen.keys() & {"code", "serial"}:
        return []
    missing = [field for field in fields.values() if field.required and field.key not in seen]
    if "model" in seen:  # a model tells its category
        missing = [field for field in missing if field.key != "category"]
    return missing
