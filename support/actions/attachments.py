"""What may come with a message: a PDF judged as every PDF is, or a picture, taken apart and made anew."""

import io
import re
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.core.files.base import File
from PIL import Image, ImageFile, ImageOps

from core.document_checks import check_pdf, clean_title, format_of
from core.errors import DomainError, SeveralProblemsError
from support.models import SupportFile, SupportMessage

MAX_FILES = 3
MAX_MEGAPIXELS = {"PNG": 16, "JPEG": 25}
"""Pillow keeps four bytes of each: 64 MB of a PNG; a JPEG is mostly unpacked at half its size or less. Two screens
side by side have 8, a photograph of a telephone 12."""
LONGEST_SIDE = 2400
_TYPES = {"PNG": ("image/png", ".png"), "JPEG": ("image/jpeg", ".jpg")}
_STRICTLY = threading.Lock()
_EXTENSION = re.compile(r"\.(?:png|jpe?g|jfif|pdf)$", re.IGNORECASE)


@dataclass(frozen=True)
class Attachment:
    """A file that passed, as it will be kept."""

    title: str
    content_type: str
    content: bytes


def checked(files: Sequence[File], *, field: str = "attachments") -> list[Attachment]:
    """The files as they will be kept; raises SeveralProblemsError naming every one that can't be."""
    if len(files) > MAX_FILES:
        message = f"Mỗi lần gửi kèm nhiều nhất {MAX_FILES} tệp. Hãy bỏ bớt, hoặc gửi tiếp ở lần trao đổi sau."
        raise DomainError(message, field=field, code="too_many")
    kept, problems = [], []
    for file in files:
        try:
            kept.append(_checked(file, field))
        except DomainError as refusal:
            problems.append(refusal)
    if problems:
        raise SeveralProblemsError(problems)
    return kept


def keep(message: SupportMessage, files: Sequence[Attachment]) -> None:
    """Put them beside the message; whoever reads it reads them."""
    for file in files:
        SupportFile.objects.create(
            message=message,
            unit=message.unit,
            partner=message.partner,
            title=file.title,
            content_type=file.content_type,
            size=len(file.content),
            content=file.content,
        )


def _checked(file: File, field: str) -> Attachment:
    limit, size = settings.SUPPORT_FILE_MAX_BYTES, file.size or 0
    head, title = file.read(1024), _title(file.name)
    file.seek(0)
    if size == 0:
        raise DomainError(f"Tệp “{title}” rỗng (0 byte). Hãy kiểm tra rồi chọn lại tệp.", field=field, code="empty")
    if head.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        if size > limit:
            raise _too_heavy(title, size, limit, field)
        return _picture(file, title, field)
    if b"%PDF-" not in head:
        message = (
            f"Tệp “{title}” không phải ảnh PNG, JPEG hay tệp PDF ({format_of(head)}). Hãy chụp lại màn hình rồi lưu "
            "thành PNG hoặc JPEG; nếu là văn bản, hãy lưu thành PDF; sau đó chọn lại tệp."
        )
        raise DomainError(message, field=field, code="neither")
    kept = clean_title(_EXTENSION.sub("", title))
    try:
        check_pdf(file, max_bytes=limit, field=field)
    except DomainError as refusal:  # names a file as a PDF is named
        message = refusal.message.replace(f"“{clean_title(file.name)}”", f"“{title}”")
        raise DomainError(message, field=field, code=refusal.code) from refusal
    file.seek(0)
    return Attachment(kept, "application/pdf", file.read())


def _title(name: str | None) -> str:
    """The file's own name, fit to be shown."""
    clean = clean_title(name)
    return clean if (name or "").lower().endswith(".pdf") else clean.removesuffix(".pdf")


def _picture(file: File, title: str, field: str) -> Attachment:
    """The picture alone: no metadata, nothing before, behind or between it. Its size is known before it is unpacked."""
    try:
        with _strictly(), warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=list(_TYPES)) as source:
                kind = str(source.format)
                if source.width * source.height > MAX_MEGAPIXELS[kind] * 1_000_000:
                    raise _too_many_pixels(title, kind, field)
                source.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                source.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
                content = _written(ImageOps.exif_transpose(source), kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise _too_many_pixels(title, "PNG", field) from bomb
    # Whatever Pillow stumbles over in a broken or malicious file.
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, OverflowError) as fault:
        message = (
            f"Ảnh “{title}” bị hỏng hoặc bị cắt cụt, không mở được. "
            "Hãy chụp lại màn hình, lưu thành PNG hoặc JPEG rồi chọn lại tệp."
        )
        raise DomainError(message, field=field, code="picture") from fault
    content_type, extension = _TYPES[kind]
    return Attachment(f"{_EXTENSION.sub('', title)}{extension}", content_type, content)


@contextmanager
def _strictly() -> Iterator[None]:
    """Pillow refuses what is cut short; it is told so for the whole process, and WeasyPrint tells it the contrary.

    One picture at a time, which bounds the memory too. A page printed meanwhile has whole pictures: our own.
    """
    with _STRICTLY:
        before = ImageFile.LOAD_TRUNCATED_IMAGES
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before


def _written(picture: Image.Image, kind: str) -> bytes:
    clear = kind == "PNG" and picture.has_transparency_data
    plain = picture.convert("RGBA" if clear else "RGB")
    plain.info = {}  # comments, texts and profiles would be written again
    out = io.BytesIO()
    plain.save(out, kind, quality=85, optimize=True)
    return out.getvalue()


def _too_heavy(title: str, size: int, limit: int, field: str) -> DomainError:
    heavy = f"{size / (1 << 20):.1f}".replace(".", ",")
    message = (
        f"Ảnh “{title}” nặng {heavy} MB, vượt giới hạn {limit >> 20} MB. "
        "Hãy cắt lấy phần cần xem, hoặc lưu lại thành JPEG với kích thước nhỏ hơn rồi chọn lại tệp."
    )
    return DomainError(message, field=field, code="too_big")


def _too_many_pixels(title: str, kind: str, field: str) -> DomainError:
    message = (
        f"Ảnh “{title}” có quá nhiều điểm ảnh (giới hạn của ảnh {kind}: {MAX_MEGAPIXELS[kind]} triệu). "
        "Hãy cắt lấy phần cần xem, hoặc thu nhỏ ảnh rồi chọn lại tệp."
    )
    return DomainError(message, field=field, code="picture")
