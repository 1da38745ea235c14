"""What a file is, by its content: its name is only what its owner calls it."""

import zipfile
from typing import IO, BinaryIO

from core.sheets.limits import MAX_ENTRIES, MAX_UNPACKED, MEGABYTE
from core.sheets.refusals import RefusedError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENTRY = 128  # bytes of a directory entry, which begins with its name in UTF-16
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_OTHERS = (
    (b"%PDF-", "tệp PDF"),
    (b"\xff\xd8\xff", "ảnh JPEG"),
    (b"\x89PNG", "ảnh PNG"),
    (b"GIF8", "ảnh GIF"),
    (b"II*\x00", "ảnh TIFF"),
    (b"MM\x00*", "ảnh TIFF"),
    (b"Rar!", "tệp nén RAR"),
    (b"7z\xbc\xaf", "tệp nén 7z"),
    (b"\x1f\x8b", "tệp nén GZIP"),
    (b"{\\rtf", "tệp văn bản RTF"),
    (b"MZ", "chương trình"),
    (b"\x7fELF", "chương trình"),
)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_CONTROLS = frozenset(range(32)) - {9, 10, 13, 26}  # 26 ends files of MS-DOS programs


def kind_of(file: BinaryIO) -> str:
    """One of "xlsx", "xls", "ods" and "csv". Raises RefusedError for anything else, and for what must not be opened."""
    file.seek(0)
    head = file.read(MEGABYTE)
    file.seek(0)
    if not head:
        raise RefusedError("empty")
    if head.startswith(b"PK"):
        return _archive_kind(file)
    if head.startswith(_OLE):
        return _compound_kind(file.read())
    for start, kind in _OTHERS:
        if head.startswith(start):
            raise RefusedError("not_spreadsheet", kind=kind)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith((b"<!", b"<?", b"<html", b"<table", b"<head", b"<meta", b"<style", b"<body", b"mime-version:")):
        raise RefusedError("html")
    if not head.startswith(_WIDE_MARKS) and sum(byte in _CONTROLS for byte in head[:65536]):
        raise RefusedError("not_spreadsheet", kind="không rõ định dạng")
    return "csv"


def _archive_kind(file: BinaryIO) -> str:
    """XLSX and ODS are ZIP archives: what the directory declares is checked before anything is unpacked.

    No ratio is asked for: long columns of styled empty cells pack as well as a bomb does. The sum counts, and a
    directory that lies meets the limits of the process.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            return _office_kind(archive)
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError) as fault:
        raise RefusedError("damaged") from fault


def _office_kind(archive: zipfile.ZipFile) -> str:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED:
        raise RefusedError("bomb", unpacked=unpacked, entries=len(entries))
    if any(entry.flag_bits & 1 for entry in entries):
        raise RefusedError("password")
    names = {entry.filename for entry in entries}
    if "xl/workbook.bin" in names:
        raise RefusedError("binary_workbook")
    if "[Content_Types].xml" in names:
        return _microsoft_kind(archive, names)
    if "mimetype" in names and _start(archive, "mimetype").decode("latin-1").startswith(_ODS):
        if any(name.startswith(("Basic/", "Scripts/")) for name in names):
            raise RefusedError("macro")
        if b"encryption-data" in _start(archive, "META-INF/manifest.xml"):
            raise RefusedError("password")
        return "ods"
    raise RefusedError("not_spreadsheet", kind="tệp nén ZIP hoặc tài liệu khác")


def _microsoft_kind(archive: zipfile.ZipFile, names: set[str]) -> str:
    types = _start(archive, "[Content_Types].xml")
    macros = any(name.lower().endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in names)
    if macros or b"macroEnabled" in types:
        raise RefusedError("macro")
    if "xl/workbook.xml" not in names:
        raise RefusedError("not_spreadsheet", kind="tệp Word, PowerPoint hoặc tài liệu khác")
    return "xlsx"


def _start(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        part: IO[bytes]
        with archive.open(name) as part:
            return part.read(MEGABYTE)
    except KeyError:
        return b""


def _compound_kind(content: bytes) -> str:
    """XLS lies in a compound file of Microsoft; so do old Word files and workbooks with a password."""
    if _has_entry(content, "EncryptedPackage"):
        raise RefusedError("password")
    if any(_has_entry(content, name) for name in ("_VBA_PROJECT", "_VBA_PROJECT_CUR")):
        raise RefusedError("macro")
    if not any(_has_entry(content, name) for name in ("Workbook", "Book")):
        raise RefusedError("not_spreadsheet", kind="tệp Word đời cũ hoặc tài liệu khác")
    return "xls"


def _has_entry(content: bytes, name: str) -> bool:
    """Whether the directory names a stream or storage so: entries lie at multiples of their own length."""
    sought = f"{name}\0".encode("utf-16-le")
    at = content.find(sought)
    while at >= 0 and at % _OLE_ENTRY:
        at = content.find(sought, at + 1)
    return at >= 0
