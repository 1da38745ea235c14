"""Failed formulas of an XLS (BIFF8), which calamine gives as empty cells: their places, by sheet.

Records and fields are those of [MS-XLS]; the sectors of the compound file those of [MS-CFB].
"""

import struct
from collections.abc import Iterator

_CODES = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
_FORMULA, _BOOLERR, _BOUNDSHEET, _EOF = 0x0006, 0x0205, 0x0085, 0x000A
_FREE = 0xFFFFFFFA  # sector numbers from here on have meanings of their own
_HEADER_SECTORS = 109
_ENTRY = 128


def find(content: bytes) -> dict[str, dict[int, dict[int, str]]]:
    """The codes of errors by sheet, row and column. What is damaged is left for calamine to say."""
    try:
        stream = _workbook(content)
        return {name: _errors(stream, at) for name, at in _sheets(stream)}
    except (struct.error, IndexError, ValueError):
        return {}


def _workbook(content: bytes) -> bytes:
    """The stream with the records. It is larger than 4 kB, so it never lies among the small ones."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    sectors = list(struct.unpack_from(f"<{_HEADER_SECTORS}I", content, 76))
    more = struct.unpack_from("<I", content, 68)[0]
    for _ in range(len(content) // size):
        if more >= _FREE:
            break
        *listed, more = struct.unpack_from(f"<{size // 4}I", content, (more + 1) * size)
        sectors += listed
    table: list[int] = []
    for sector in sectors:
        if sector < _FREE:
            table += struct.unpack_from(f"<{size // 4}I", content, (sector + 1) * size)
    directory = _chain(content, table, struct.unpack_from("<I", content, 48)[0], size)
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        if directory[at : at + max(length - 2, 0)].decode("utf-16-le", "replace") in ("Workbook", "Book"):
            return _chain(content, table, struct.unpack_from("<I", directory, at + 116)[0], size)
    raise ValueError


def _chain(content: bytes, table: list[int], sector: int, size: int) -> bytes:
    pieces = []
    for _ in range(len(table)):
        if sector >= _FREE:
            break
        pieces.append(content[(sector + 1) * size : (sector + 2) * size])
        sector = table[sector]
    return b"".join(pieces)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and length of each record from `at` to the end of its part."""
    kind = -1
    while kind != _EOF and at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, at + 4, length
        at += 4 + length


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    for kind, at, _ in _records(stream, 0):
        if kind == _BOUNDSHEET:
            start, length, wide = struct.unpack_from("<IxxBB", stream, at)
            name = stream[at + 8 : at + 8 + length * (1 + (wide & 1))]
            yield name.decode("utf-16-le" if wide & 1 else "latin-1"), start


def _errors(stream: bytes, start: int) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    for kind, at, _ in _records(stream, start):
        code = None
        if kind == _FORMULA and stream[at + 6] == 2 and stream[at + 12 : at + 14] == b"\xff\xff":  # noqa: PLR2004 - an error
            code = stream[at + 8]
        elif kind == _BOOLERR and stream[at + 7]:
            code = stream[at + 6]
        if code is not None:
            row, column = struct.unpack_from("<HH", stream, at)
            found.setdefault(row, {})[column] = _CODES.get(code, "#N/A")
    return found
