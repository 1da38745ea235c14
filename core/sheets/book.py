"""A spreadsheet that has been read: its sheets, and their rows streamed from the normalised copy."""

import gzip
import io
import json
import os
import shutil
import tempfile
import weakref
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from core.sheets.cells import Cell, row_of


@dataclass(frozen=True)
class SheetInfo:
    """A visible sheet that holds something. Places are counted from 0; merged areas are (first row, first column,
    last row, last column). The last three tell, where the file does, whose text is mostly in an old font.
    """

    name: str
    rows: int
    columns: int
    merged: tuple[tuple[int, int, int, int], ...] = ()
    capital_columns: frozenset[int] = frozenset()
    tcvn3_columns: frozenset[int] = frozenset()
    vni_columns: frozenset[int] = frozenset()


class Book:
    """The normalised copy of a spreadsheet: safe to read again, at any speed, in any process."""

    def __init__(self, copy: IO[bytes]) -> None:
        """`copy` is a real file that holds the copy; the book keeps a descriptor of its own."""
        self._file = os.dup(copy.fileno())
        weakref.finalize(self, os.close, self._file)
        head, self._body = _head(self._file)
        self._sheets: list[dict[str, Any]] = head["sheets"]
        self.sheets = [_info(sheet) for sheet in self._sheets]

    def rows(self, sheet: int) -> Iterator[list[Cell]]:
        """The rows of a sheet from its first line on, each with as many cells as the sheet has columns."""
        columns, left = self.sheets[sheet].columns, self.sheets[sheet].rows
        window = io.BufferedReader(_Window(self._file, self._body + self._sheets[sheet]["at"]), 1 << 16)
        with gzip.GzipFile(fileobj=window) as packed:
            lines = io.BufferedReader(packed, 1 << 18)
            for _ in range(left):
                row = row_of(lines.readline())
                row.extend([None] * (columns - len(row)))
                yield row

    def save(self, target: str | Path | IO[bytes]) -> None:
        """Write the copy to a path or an open file."""
        source = _Window(self._file, 0)
        if isinstance(target, str | Path):
            with Path(target).open("wb") as file:
                shutil.copyfileobj(source, file)
        else:
            shutil.copyfileobj(source, target)

    @classmethod
    def load(cls, source: str | Path | IO[bytes]) -> "Book":
        """The book that `save` has written."""
        if isinstance(source, str | Path):
            with Path(source).open("rb") as file:
                return cls(file)
        with tempfile.TemporaryFile() as file:
            shutil.copyfileobj(source, file)
            file.flush()
            return cls(file)


class _Window(io.RawIOBase):
    """A file from some place on, with a position of its own: several may read it at once."""

    def __init__(self, descriptor: int, at: int) -> None:
        self._descriptor, self._at = descriptor, at

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = os.pread(self._descriptor, len(buffer), self._at)
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)


def read_head(copy: IO[bytes]) -> dict[str, Any]:
    """What the first line of a copy says: "sheets", or "refused" with the reason."""
    return _head(copy.fileno())[0]


def _head(descriptor: int) -> tuple[dict[str, Any], int]:
    """The first line, and where the gzip member that it is ends."""
    window, unpacking, line = _Window(descriptor, 0), zlib.decompressobj(wbits=zlib.MAX_WBITS | 16), b""
    read = 0
    while not unpacking.eof:
        piece = window.read(1 << 16)
        if not piece:
            raise EOFError
        read += len(piece)
        line += unpacking.decompress(piece)
    head: dict[str, Any] = json.loads(line)
    return head, read - len(unpacking.unused_data)


def _info(sheet: dict[str, Any]) -> SheetInfo:
    return SheetInfo(
        name=sheet["name"],
        rows=sheet["rows"],
        columns=sheet["columns"],
        merged=tuple((a, b, c, d) for a, b, c, d in sheet["merged"]),
        capital_columns=frozenset(sheet["capital_columns"]),
        tcvn3_columns=frozenset(sheet["tcvn3_columns"]),
        vni_columns=frozenset(sheet["vni_columns"]),
    )
