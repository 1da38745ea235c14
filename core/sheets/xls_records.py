"""The records of an XLS (BIFF8), for what calamine doesn't tell: a lock, and failed formulas, which it gives as empty.

Records and fields are those of [MS-XLS]; the sectors of the compound file those of [MS-CFB].
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

_CODES = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
_FORMULA, _BOOLERR, _BOUNDSHEET, _FILEPASS, _EOF = 0x0006, 0x0205, 0x0085, 0x002F, 0x000A
_FREE = 0xFFFFFFFA  # sector numbers from here on have meanings of their own
_HEADER_SECTORS = 109
_ENTRY = 128
_SMALL_STREAM, _SMALL_SECTOR = 4096, 64


@dataclass(frozen=True)
class Seen:
    """`errors` are codes by sheet, row and column."""

    locked: bool = False
    errors: Mapping[str, Mapping[int, Mapping[int, str]]] = field(default_factory=dict)


def look(content: bytes) -> Seen:
    """Go once through the records. What is damaged is left for calamine to say."""
    try:
        stream = _workbook(content)
        if any(kind == _FILEPASS for kind, _, _ in _records(stream, 0)):
            return Seen(locked=True)
        return Seen(errors={name: _errors(stream, at) for name, at in _sheets(stream)})
    except (struct.error, IndexError, ValueError):
        return Seen()


def _workbook(content: bytes) -> bytes:
    """The stream with the records; one below 4 kB lies in small sectors within the stream of the root."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    body = content[size:]
    table = _numbers(b"".join(_sector(body, sector, size) for sector in _listed(content, size) if sector < _FREE))
    directory = _chain(body, table, struct.unpack_from("<I", content, 48)[0], size)
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        if _name(directory, at) in ("Workbook", "Book"):
            start, length = struct.unpack_from("<II", directory, at + 116)
            if length >= _SMALL_STREAM:
                return _chain(body, table, start, size)
            small = _chain(body, table, struct.unpack_from("<I", directory, 116)[0], size)
            small_table = _numbers(_chain(body, table, struct.unpack_from("<I", content, 60)[0], size))
            return _chain(small, small_table, start, _SMALL_SECTOR)
    raise ValueError


def _listed(content: bytes, size: int) -> list[int]:
    """The sectors that hold the table of sectors: the first 109 stand in the header."""
    sectors = list(struct.unpack_from(f"<{_HEADER_SECTORS}I", content, 76))
    more = struct.unpack_from("<I", content, 68)[0]
    for _ in range(len(content) // size):
        if more >= _FREE:
            break
        *listed, more = struct.unpack_from(f"<{size // 4}I", content, (more + 1) * size)
        sectors += listed
    return sectors


def _name(directory: bytes, at: int) -> str:
    length = struct.unpack_from("<H", directory, at + 64)[0]
    return directory[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")


def _numbers(table: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])


def _sector(body: bytes, sector: int, size: int) -> bytes:
    return body[sector * size : (sector + 1) * size]


def _chain(body: bytes, table: Sequence[int], sector: int, size: int) -> bytes:
    pieces = []
    for _ in range(len(table)):
        if sector >= _FREE:
            break
        pieces.append(_sector(body, sector, size))
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
