"""The XML within an XLSX, looked through in pieces: how far cells reach, what formulas failed, what fonts are used."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any
from xml.parsers import expat

from core.sheets.copying import Fonts
from core.sheets.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from core.sheets.refusals import RefusedError

_CHUNK = 1 << 20
_LONGEST_ROW = 32 << 20  # 200 cells with all the text that a cell may hold are 7 MB
_LONGEST_PART = 64 << 20  # of workbook.xml or styles.xml: those of real files have some hundred kB


def _having(attribute: bytes) -> bytes:
    """Looks ahead within one tag only: an unclosed one must not cost a search to the end of the part."""
    return rb"(?=[^<>]*\s" + attribute + rb")"


_CELL = rb"<(?:\w+:)?c(?=\s)"
_NO_VALUE = rb"(?:<(?!/?(?:\w+:)?[cv][\s>])[^<>]*>|[^<])*"
_FAR_COLUMN = rb"[A-Z]{3}\d|(?:G[S-Z]|[H-Z][A-Z])\d"  # from GS, the 201st, on
_FAR_ROW = rb'[A-Z]+(?:[5-9]\d{4}|\d{6,})"'  # from 50,000 on
_FAR = re.compile(rb'\br="(?=' + _FAR_COLUMN + rb"|" + _FAR_ROW + rb')([A-Z]+)(\d+)"[^<>]*(?<!/)>(?!</)')
_ERROR = re.compile(
    _CELL
    + _having(rb'r="([A-Z]{1,3})(\d{1,7})"')
    + _having(rb't="e"')
    + rb"[^<>]*>"
    + _NO_VALUE
    + rb"<(?:\w+:)?v>([^<]*)<"
)
_TEXT = re.compile(
    _CELL
    + _having(rb'r="([A-Z]{1,3})\d')
    + _having(rb't="(?:s|str|inlineStr)"')
    + rb"(?:"
    + _having(rb's="(\d+)"')
    + rb"|)"
)
_FILLED = re.compile(rb"</(?:\w+:)?c>")


@dataclass
class Seen:
    """What a sheet holds: `far` are the row and column counts that it reaches, if they are beyond the limits."""

    far: tuple[int, int] | None = None
    errors: dict[int, dict[int, str]] = field(default_factory=dict)
    fonts: Fonts = field(default_factory=Fonts)


class Parts:
    """The parts of one XLSX."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.cells = 0
        self.sheets = _sheet_paths(archive)
        self.styles = _legacy_styles(archive)

    def look(self, name: str) -> Seen:
        """Go once through the sheet `name`. Raises RefusedError if it holds more cells than may be read."""
        seen, texts, legacy = Seen(), Counter[int](), {kind: Counter[int]() for kind in ("capital", "tcvn3", "vni")}
        if name not in self.sheets:
            return seen
        for piece in _pieces(self.archive, self.sheets[name]):
            self.cells += len(_FILLED.findall(piece))
            seen.far = _farther(seen.far, piece)
            if seen.far is None and self.cells > MAX_CELLS:
                raise RefusedError("cells")
            if b't="e"' in piece:
                for column, row, code in _ERROR.findall(piece):
                    seen.errors.setdefault(int(row) - 1, {})[_column(column)] = code.decode("utf-8", "replace")
            if self.styles:
                self._count_fonts(piece, texts, legacy)
        seen.fonts = Fonts(
            **{kind: [at for at, times in found.items() if times * 2 > texts[at]] for kind, found in legacy.items()}
        )
        return seen

    def _count_fonts(self, piece: bytes, texts: Counter[int], legacy: dict[str, Counter[int]]) -> None:
        for (column, style), times in Counter(_TEXT.findall(piece)).items():
            at = _column(column)
            texts[at] += times
            for kind in self.styles.get(int(style or 0), ()):
                legacy[kind][at] += times


def _farther(far: tuple[int, int] | None, piece: bytes) -> tuple[int, int] | None:
    for column, row in _FAR.findall(piece):
        rows, columns = far or (0, 0)
        reached = max(rows, int(row)), max(columns, _column(column) + 1)
        if reached[0] > MAX_ROWS or reached[1] > MAX_COLUMNS:
            far = reached
    return far


def _column(letters: bytes) -> int:
    """Columns count from 0: "A" is 0, "AA" is 26."""
    at = 0
    for letter in letters:
        at = at * 26 + letter - 64
    return at - 1


def _pieces(archive: zipfile.ZipFile, path: str) -> Iterator[bytes]:
    """The part in pieces that end between two rows, or between two tags where a row has no end."""
    rest = b""
    with archive.open(path) as part:
        while chunk := part.read(_CHUNK):
            piece = rest + chunk
            cut = piece.rfind(b"</row>") + len(b"</row>")
            if cut < len(b"</row>"):
                cut = max(piece.rfind(b"<"), 0)
            if len(piece) - cut > _LONGEST_ROW:
                raise RefusedError("too_complex")
            yield piece[:cut]
            rest = piece[cut:]
    yield rest


def _sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """Where in the archive each sheet lies, by its name."""
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(name: str, given: dict[str, str]) -> None:
        if name == "Relationship":
            targets[given.get("Id", "")] = given.get("Target", "")

    def sheet(name: str, given: dict[str, str]) -> None:
        if name == "sheet":
            identity = next((value for key, value in given.items() if key == "id" or key.endswith(":id")), "")
            sheets[given.get("name", "")] = identity

    _parse(archive, "xl/_rels/workbook.xml.rels", relation)
    _parse(archive, "xl/workbook.xml", sheet)
    names = set(archive.namelist())
    paths = {name: _resolved(targets.get(identity, "")) for name, identity in sheets.items()}
    return {name: path for name, path in paths.items() if path in names}


def _resolved(target: str) -> str:
    return target[1:] if target.startswith("/") else str(PurePosixPath("xl", target))


def _legacy_styles(archive: zipfile.ZipFile) -> dict[int, tuple[str, ...]]:
    """Which cell styles have a font of the years before Unicode, and of what kind."""
    if "xl/styles.xml" not in archive.namelist():
        return {}
    fonts: list[str] = []
    styles: list[int] = []
    within: list[str] = []

    def start(name: str, given: dict[str, str]) -> None:
        parent = within[-1] if within else ""
        within.append(name)
        if name == "font" and parent == "fonts":
            fonts.append("")
        elif name == "name" and parent == "font" and "fonts" in within:
            fonts[-1] = given.get("val", "")
        elif name == "xf" and parent == "cellXfs":
            styles.append(int(given.get("fontId", "0")))

    _parse(archive, "xl/styles.xml", start, lambda _: within.pop())
    kinds = [font_kinds(font) for font in fonts]
    return {at: kinds[font] for at, font in enumerate(styles) if font < len(kinds) and kinds[font]}


def font_kinds(font: str) -> tuple[str, ...]:
    """What the name of a font says of the text in it: ".VnTimeH" has the letters of TCVN3, all of them capitals."""
    name = font.strip().lower()
    if name.startswith(".vn"):
        return ("tcvn3", "capital") if name.endswith("h") else ("tcvn3",)
    return ("vni",) if name.startswith(("vni-", "vni ")) else ()


def _parse(archive: zipfile.ZipFile, path: str, start: Any, end: Any = None) -> None:
    """Go through a small part, its names without their prefixes."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = lambda name, given: start(name.rpartition(":")[2], given)
    parser.EndElementHandler = end
    if archive.getinfo(path).file_size > _LONGEST_PART:
        raise RefusedError("too_complex")
    with archive.open(path) as part:
        parser.ParseFile(part)


def _refuse(*_: Any) -> None:
    """No spreadsheet program writes entities; who does wants them to explode."""
    raise RefusedError("damaged")
