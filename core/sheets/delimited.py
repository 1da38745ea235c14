"""Text with separators: CSV of any dialect that spreadsheet programs in Vietnam write."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from core.sheets.copying import Copy
from core.sheets.formulas import plain_text
from core.sheets.refusals import RefusedError

_LONGEST = 100_000  # characters of a cell; Excel has room for 32,767
_SEPARATORS = ",;\t"
_SAMPLE_ROWS = 50
_FEW_LOST = 20  # one sign in twenty may be broken in a text that still is UTF-8
_HINT = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_LOST = "\ufffd"


def read(file: BinaryIO, copy: Copy) -> None:
    """The one sheet, all of its cells text; empty lines count as rows, as they do in Excel."""
    csv.field_size_limit(_LONGEST)
    text = decode(file.read())
    if hint := _HINT.match(text):
        separator, text = hint[1], text[hint.end() :]
    else:
        separator = _separator(text)
    copy.begin("CSV")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for row in reader:
            copy.add([plain_text(cell) for cell in row])
    except csv.Error as fault:
        raise RefusedError("quotes", rows=reader.line_num) from fault
    copy.end()


def decode(content: bytes) -> str:
    """The text of a file: UTF-16 by its mark, else UTF-8, else code page 1252 so that old encodings keep their signs.

    Bytes that mean nothing become U+FFFD, which forms refuse by name.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace").removesuffix("\x1a")
    content = content.removesuffix(b"\x1a")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("utf-8-sig", errors="replace")
    lost = text.count(_LOST)
    if lost * _FEW_LOST < sum(not sign.isascii() for sign in text):
        return text
    return content.decode("cp1252", errors="replace")


def _separator(text: str) -> str:
    """The one that parts the first rows into the most columns, most of the time."""
    scores = {separator: _steadiness(text, separator) for separator in _SEPARATORS}
    return max(_SEPARATORS, key=lambda separator: scores[separator])


def _steadiness(text: str, separator: str) -> float:
    widths = Counter(_widths(text[: 1 << 18], separator))
    if not widths:
        return 0
    width, times = max(widths.items(), key=lambda item: (item[1], item[0]))
    return (width - 1) * times / widths.total()


def _widths(text: str, separator: str) -> Iterator[int]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for row, _ in zip(reader, range(_SAMPLE_ROWS), strict=False):
            if row:
                yield len(row)
    except csv.Error:
        return
