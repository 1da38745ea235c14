"""What a PDF must be before it is kept: judged by its content, never by its name or the type its sender declares."""

import hashlib
import json
import logging
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File

from core.antivirus import virus_in
from core.errors import DomainError
from core.text import refused_sign

logger = logging.getLogger("qltb.documents")
TITLE_LENGTH = 200
SECONDS = 25
_INSPECTION = Path(__file__).with_name("pdf_inspection.py")
_HEADER = re.compile(rb"%PDF-[12]\.\d")
_ZIP_END = b"PK\x05\x06"
_TAIL = 66_000  # the end record of a ZIP and its longest comment

_AGAIN = "Hãy mở tệp, chọn In rồi “Microsoft Print to PDF” (hoặc “Lưu thành PDF”) và tải bản mới đó lên."
_FOUND = {
    "javascript": "mã lệnh JavaScript",
    "launch": "lệnh mở chương trình khác",
    "submit": "lệnh gửi hoặc nạp dữ liệu biểu mẫu",
    "remote": "liên kết tới tệp trên máy khác",
    "embedded": "tệp khác đính kèm bên trong",
    "media": "phim, âm thanh hoặc mô hình 3D",
    "xfa": "biểu mẫu động XFA",
    "automatic": "lệnh tự chạy khi mở hoặc khi xem",
}
_OTHER_FORMATS = (
    (b"PK\x03\x04", "tệp nén hoặc tệp Word, Excel"),
    (b"\xd0\xcf\x11\xe0", "tệp Word hoặc Excel đời cũ"),
    (b"\xff\xd8\xff", "ảnh JPEG"),
    (b"\x89PNG", "ảnh PNG"),
    (b"II*\x00", "ảnh TIFF"),
    (b"MM\x00*", "ảnh TIFF"),
    (b"Rar!", "tệp nén RAR"),
    (b"{\\rtf", "tệp văn bản RTF"),
    (b"MZ", "chương trình"),
)


@dataclass(frozen=True)
class CheckedPdf:
    """What is known of a PDF that passed: `size` in bytes, `sha256` in hexadecimal digits."""

    pages: int
    size: int
    sha256: str


def clean_title(name: str | None) -> str:
    """The file's own name fit to be shown and saved again: NFC, no path, no signs that disguise it, ending in .pdf."""
    text = unicodedata.normalize("NFC", PureWindowsPath(name or "").name)
    text = "".join(" " if refused_sign(c) or c.isspace() else c for c in text)
    text = re.sub(r'[<>:"/\\|?*]', "-", text)
    stem = re.sub(r"\.pdf$", "", " ".join(text.split()), flags=re.IGNORECASE).strip(" .")
    return f"{stem[: TITLE_LENGTH - 4].rstrip(' .') or 'tai-lieu'}.pdf"


def check_pdf(
    file: File, *, max_bytes: int, field: str = "documents", allowed: frozenset[str] = frozenset()
) -> CheckedPdf:
    """Read the whole file and say what it is. `allowed`: findings of the inspection that are expected in this file.

    Raises DomainError (with `field`) naming the file, what is wrong and what to do, if it is empty, larger than
    `max_bytes`, no PDF or something else besides, damaged, locked by a password, or holds anything active.
    """
    title = clean_title(file.name)
    try:
        return _check(file, title=title, max_bytes=max_bytes, allowed=allowed)
    except DomainError as refusal:
        refusal.field = field
        raise


def _check(file: File, *, title: str, max_bytes: int, allowed: frozenset[str]) -> CheckedPdf:
    if (file.size or 0) > max_bytes:
        raise _too_big(title, file.size, max_bytes)
    with tempfile.TemporaryFile() as copy:
        digest, size = hashlib.sha256(), 0
        for chunk in file.chunks():
            size += len(chunk)
            if size > max_bytes:
                raise _too_big(title, size, max_bytes)
            digest.update(chunk)
            copy.write(chunk)
        if size == 0:
            raise DomainError(f"Tệp “{title}” rỗng (0 byte). Hãy kiểm tra rồi chọn lại tệp.", code="empty")
        copy.flush()
        _check_frame(copy, title)
        copy.seek(0)
        pages = _check_inside(copy, title, allowed)
        copy.seek(0)
        _check_for_viruses(copy, title)
    return CheckedPdf(pages=pages, size=size, sha256=digest.hexdigest())


def _too_big(title: str, size: int, limit: int) -> DomainError:
    message = (
        f"Tệp “{title}” nặng {_megabytes(size)}, vượt giới hạn {_megabytes(limit)}. "
        "Hãy quét lại ở 200 dpi hoặc tách thành nhiều tệp nhỏ hơn."
    )
    return DomainError(message, code="too_big")


def _megabytes(size: int) -> str:
    text = f"{size / (1 << 20):.1f}".replace(".", ",").removesuffix(",0")
    return f"{text} MB"


def _check_frame(copy: IO[bytes], title: str) -> None:
    """The file begins and ends as a PDF does, and with nothing else."""
    copy.seek(0)
    head = copy.read(1024)
    if not _HEADER.match(head):
        if b"%PDF-" in head:
            raise _strange(title, "trước")
        raise DomainError(f"Tệp “{title}” không phải PDF ({format_of(head)}). {_AGAIN}", code="not_pdf")
    size = copy.seek(0, os.SEEK_END)
    copy.seek(max(0, size - _TAIL))
    tail = copy.read()
    if _ends_as_zip(tail):
        raise _strange(title, "sau")
    _, mark, after = tail.rpartition(b"%%EOF")
    if not mark or b" obj" in after:
        message = f"Tệp “{title}” bị cắt cụt: có lẽ chưa chép hoặc chưa tải xong. Hãy lấy lại tệp gốc rồi tải lên lại."
        raise DomainError(message, code="truncated")
    if after.strip(b"\x00\t\n\x0c\r "):
        raise _strange(title, "sau")


def _strange(title: str, where: str) -> DomainError:
    return DomainError(f"Tệp “{title}” có dữ liệu lạ {where} phần PDF nên không nhận được. {_AGAIN}", code="polyglot")


def _ends_as_zip(tail: bytes) -> bool:
    """Whether an archive program would open the file: its end record fits exactly to the end of the file."""
    at = tail.rfind(_ZIP_END)
    while at >= 0:
        comment = int.from_bytes(tail[at + 20 : at + 22], "little")
        if len(tail) == at + 22 + comment:
            return True
        at = tail.rfind(_ZIP_END, 0, at)
    return False


def format_of(head: bytes) -> str:
    """What a file seems to be, by its first bytes, in words."""
    for start, name in _OTHER_FORMATS:
        if head.startswith(start):
            return name
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in text:
        return "ảnh SVG"
    if text.startswith(b"<"):
        return "trang web hoặc XML"
    return "định dạng khác"


def _check_inside(copy: IO[bytes], title: str, allowed: frozenset[str]) -> int:
    """The number of pages, once the inspection finds nothing against the file."""
    seen = _inspect(copy)
    found = [code for code in seen["found"] if code not in allowed]
    if "encrypted" in found:
        message = (
            f"Tệp “{title}” bị khóa bằng mật khẩu hoặc bị hạn chế quyền. "
            "Hãy bỏ mật khẩu (hoặc in lại ra PDF không có mật khẩu) rồi tải lên lại."
        )
        raise DomainError(message, code="encrypted")
    if "no_pages" in found:
        raise DomainError(f"Tệp “{title}” không có trang nào. {_AGAIN}", code="no_pages")
    if "too_large" in found:
        message = f"Tệp “{title}” có quá nhiều trang hoặc quá nhiều thành phần. Hãy tách thành nhiều tệp nhỏ hơn."
        raise DomainError(message, code="too_complex")
    if active := [_FOUND[code] for code in _FOUND if code in found]:
        raise DomainError(f"Tệp “{title}” có {', '.join(active)} nên không nhận được. {_AGAIN}", code="active")
    if found:
        raise DomainError(f"Tệp “{title}” bị hỏng, không đọc được. {_AGAIN}", code="damaged")
    return int(seen["pages"])


def _check_for_viruses(copy: IO[bytes], title: str) -> None:
    """Ask ClamAV where the site has one (CLAMAV_SOCKET); without its verdict nothing is taken."""
    if not (address := getattr(settings, "CLAMAV_SOCKET", "")):
        return
    try:
        virus = virus_in(copy, address)
    except (OSError, ValueError) as fault:
        logger.exception("clamd gives no verdict")
        message = f"Chưa kiểm tra được vi-rút cho tệp “{title}”. Hãy thử lại sau ít phút hoặc báo quản trị hệ thống."
        raise DomainError(message, code="not_scanned") from fault
    if virus:
        logger.warning("upload refused by clamd", extra={"virus": virus})
        message = f"Tệp “{title}” có mã độc ({virus}) nên không nhận được. Hãy quét vi-rút máy tính của bạn."
        raise DomainError(message, code="virus")


def _inspect(copy: IO[bytes]) -> dict[str, Any]:
    """What `core/pdf_inspection.py` says; whatever it dies of counts as a damaged file.

    It is bound by processor time. The clock runs out only on a server that has no time for it: that is no fault of
    the file.
    """
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "SYSTEMROOT") if name in os.environ}
    try:
        run = subprocess.run(  # noqa: S603 - our own interpreter and script; the file is its standard input
            [sys.executable, "-I", str(_INSPECTION)],
            stdin=copy,
            capture_output=True,
            timeout=SECONDS,
            check=True,
            env={"LANG": "C.UTF-8", **kept},
        )
        seen: dict[str, Any] = json.loads(run.stdout)
    except subprocess.TimeoutExpired as fault:
        logger.warning("no time to inspect an upload")
        message = "Máy chủ đang bận nên chưa kiểm tra xong tệp. Hãy thử tải lên lại sau ít phút."
        raise DomainError(message, code="not_checked") from fault
    except (subprocess.SubprocessError, ValueError):
        return {"pages": 0, "found": ["damaged"]}
    return seen
