"""What may come with a message: a PDF judged as every PDF is, or a picture, taken apart and made anew."""

import io
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.files.base import File
from PIL import Image, ImageOps

from core.document_checks import check_pdf, clean_title
from core.errors import DomainError, SeveralProblemsError
from support.models import SupportFile, SupportMessage

MAX_FILES = 3
MAX_PIXELS = 40_000_000
"""A photograph of a telephone; two screens side by side have a third of it."""
LONGEST_SIDE = 2400
_TYPES = {"PNG": ("image/png", ".png"), "JPEG": ("image/jpeg", ".jpg")}
_EXTENSION = re.compile(r"\.(?:png|jpe?g|jfif)$", re.IGNORECASE)


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
    limit = settings.SUPPORT_FILE_MAX_BYTES
    head = file.read(8)
    file.seek(0)
    if head.startswith((b"\x89PNG", b"\xff\xd8\xff")) and (file.size or 0) <= limit:
        return _picture(file, field)
    # Everything else is judged, and refused in words, as a PDF.
    check_pdf(file, max_bytes=limit, field=field)
    file.seek(0)
    return Attachment(clean_title(file.name), "application/pdf", file.read())


def _picture(file: File, field: str) -> Attachment:
    """The picture alone: no metadata, nothing before, behind or between it. Its size is known before it is unpacked."""
    title = clean_title(file.name).removesuffix(".pdf")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=list(_TYPES)) as source:
                if source.width * source.height > MAX_PIXELS:
                    raise _refused(title, "quá lớn", field)
                kind = str(source.format)
                source.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                picture = ImageOps.exif_transpose(source)
                picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
                content = _written(picture, kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise _refused(title, "quá lớn", field) from bomb
    # Whatever Pillow stumbles over in a broken or malicious file.
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, OverflowError) as fault:
        raise _refused(title, "hỏng hoặc không phải ảnh PNG, JPEG", field) from fault
    content_type, extension = _TYPES[kind]
    return Attachment(f"{_EXTENSION.sub('', title)}{extension}", content_type, content)


def _written(picture: Image.Image, kind: str) -> bytes:
    clear = kind == "PNG" and picture.has_transparency_data
    plain = picture.convert("RGBA" if clear else "RGB")
    plain.info = {}  # comments, texts and profiles would be written again
    out = io.BytesIO()
    plain.save(out, kind, quality=85, optimize=True)
    return out.getvalue()


def _refused(title: str, what: str, field: str) -> DomainError:
    message = f"Ảnh “{title}” {what}. Hãy chụp lại màn hình, lưu thành PNG hoặc JPEG rồi chọn lại tệp."
    return DomainError(message, field=field, code="picture")
