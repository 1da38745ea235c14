"""ODS, streamed: its rows are read as they come, so that a cell repeated a million times is counted, not built."""

import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, BinaryIO
from xml.parsers import expat

from core.sheets.cells import CellError
from core.sheets.copying import Copy
from core.sheets.limits import MAX_COLUMNS
from core.sheets.refusals import RefusedError

_CHUNK = 1 << 18
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_CELL, _COVERED, _ROW, _PARAGRAPH = (
    f"{_TABLE}table-cell",
    f"{_TABLE}covered-table-cell",
    f"{_TABLE}table-row",
    f"{_TEXT}p",
)
_REPEATED, _DOWN, _ACROSS = (
    f"{_TABLE}number-columns-repeated",
    f"{_TABLE}number-rows-spanned",
    f"{_TABLE}number-columns-spanned",
)
_VALUE_TYPE, _CALC_TYPE = f"{_OFFICE}value-type", f"{_CALC}value-type"
_DURATION = re.compile(r"(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?")
_SPACE = re.compile(r"[ \t\r\n]+")


def read(file: BinaryIO, copy: Copy) -> None:
    """All visible sheets of the file into `copy`."""
    try:
        with zipfile.ZipFile(file) as archive, archive.open("content.xml") as content:
            _Content(copy).parse(content)
    except (zipfile.BadZipFile, expat.ExpatError, KeyError, EOFError, ValueError, NotImplementedError) as fault:
        raise RefusedError("damaged") from fault


def refuse_doctype(*_: Any) -> None:
    """No spreadsheet program writes entities; who does wants them to explode."""
    raise RefusedError("damaged")


class _Content:
    """The handlers of content.xml. Only what hangs directly in a cell is its text: notes and shapes aren't."""

    def __init__(self, copy: Copy) -> None:
        self.copy = copy
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = refuse_doctype
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.depth = 0
        self.hidden: set[str] = set()
        self.table_style = ""
        self.table_depth = self.cell_depth = 0
        self.cell: dict[str, str] = {}
        self.paragraphs: list[str] = []
        self.covered = False
        self.row: list[Any] = []
        self.position = self.row_times = 0  # of the row
        self.at = 0  # of the next cell
        self.merged: list[tuple[int, int, int, int]] = []

    def parse(self, content: Any) -> None:
        while piece := content.read(_CHUNK):
            self.parser.Parse(piece, False)  # noqa: FBT003 - expat's signature
        self.parser.Parse(b"", True)  # noqa: FBT003 - the same

    def start(self, name: str, given: dict[str, str]) -> None:
        self.depth += 1
        if self.cell_depth:
            self._inside(name, given)
        elif self.row_times and name in (_CELL, _COVERED):
            self.cell_depth, self.cell, self.paragraphs = self.depth, given, []
            self.covered = name == _COVERED
        elif name == _ROW and self.table_depth:
            self.row, self.at = [], 0
            self.row_times = _count(given, f"{_TABLE}number-rows-repeated")
        elif name == f"{_TABLE}table" and not self.table_depth:
            self._begin(given)
        elif name == f"{_STYLE}style" and given.get(f"{_STYLE}family") == "table":
            self.table_style = given.get(f"{_STYLE}name", "")
        elif name == f"{_STYLE}table-properties" and given.get(f"{_TABLE}display") == "false":
            self.hidden.add(self.table_style)

    def end(self, name: str) -> None:
        if self.depth == self.cell_depth:
            self._add_cell()
            self.cell_depth = 0
        elif self.cell_depth:
            if self.depth == self.cell_depth + 1:
                self.parser.CharacterDataHandler = None
        elif name == _ROW and self.row_times:
            self.copy.add(self.row, times=self.row_times)
            self.position += self.row_times
            self.row_times = 0
        elif self.depth == self.table_depth:
            self.copy.end(self.merged)
            self.table_depth = 0
        self.depth -= 1

    def _begin(self, given: dict[str, str]) -> None:
        if given.get(f"{_TABLE}style-name") in self.hidden:
            return
        self.table_depth, self.position, self.merged = self.depth, 0, []
        self.copy.begin(given.get(f"{_TABLE}name", ""))

    def _inside(self, name: str, given: dict[str, str]) -> None:
        if self.depth == self.cell_depth + 1:
            if name == _PARAGRAPH:
                self.paragraphs.append("")
                self.parser.CharacterDataHandler = self._characters
        elif self.parser.CharacterDataHandler is not None:
            if name == f"{_TEXT}s":
                self.paragraphs[-1] += "\0" * min(int(given.get(f"{_TEXT}c", "1")), 1000)
            elif name == f"{_TEXT}tab":
                self.paragraphs[-1] += "\x01"
            elif name == f"{_TEXT}line-break":
                self.paragraphs[-1] += "\x02"

    def _characters(self, text: str) -> None:
        self.paragraphs[-1] += text

    def _add_cell(self) -> None:
        times = _count(self.cell, _REPEATED)
        value = None if self.covered or _VALUE_TYPE not in self.cell else _value(self.cell, _written(self.paragraphs))
        if value is not None and value != "":
            if self.at + times > MAX_COLUMNS:
                self.copy.reach(self.position + self.row_times, self.at + times)
            else:
                self.row.extend([None] * (self.at - len(self.row)))
                self.row.extend([value] * times)
        if _DOWN in self.cell or _ACROSS in self.cell:
            down, across = _count(self.cell, _DOWN), _count(self.cell, _ACROSS)
            if down * across > 1:
                self.merged.append((self.position, self.at, self.position + down - 1, self.at + across - 1))
        self.at += times


def _count(given: dict[str, str], name: str) -> int:
    return max(1, int(given[name])) if name in given else 1


def _written(paragraphs: list[str]) -> str:
    """The text as shown: runs of blanks in the XML are one, those that are meant come as elements of their own."""
    text = "\n".join([_SPACE.sub(" ", paragraph) for paragraph in paragraphs])
    if text.isprintable():
        return text
    return text.replace("\0", " ").replace("\x01", "\t").replace("\x02", "\n")


def _value(given: dict[str, str], text: str) -> Any:
    if given.get(_CALC_TYPE) == "error":
        return CellError(text)
    attribute, convert = _KINDS.get(given[_VALUE_TYPE], _STRING)
    try:
        return convert(given[attribute]) if attribute in given and not (convert is str and text) else text
    except ValueError:
        return text


def _date(text: str) -> date:
    return datetime.fromisoformat(text).replace(tzinfo=None) if "T" in text else date.fromisoformat(text)


def _duration(text: str) -> timedelta:
    if not (parts := _DURATION.fullmatch(text)):
        raise ValueError(text)
    sign, days, hours, minutes, seconds = parts.groups()
    length = timedelta(
        days=int(days or 0), hours=int(hours or 0), minutes=int(minutes or 0), seconds=float(seconds or 0)
    )
    return -length if sign else length


_STRING: tuple[str, Callable[[str], Any]] = (f"{_OFFICE}string-value", str)
_KINDS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "float": (f"{_OFFICE}value", float),
    "percentage": (f"{_OFFICE}value", float),
    "currency": (f"{_OFFICE}value", float),
    "date": (f"{_OFFICE}date-value", _date),
    "time": (f"{_OFFICE}time-value", _duration),
    "boolean": (f"{_OFFICE}boolean-value", "true".__eq__),
}
