"""What may come with a message: a PDF judged as every PDF is, or a picture, taken apart and made anew."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.files.base import File

from core.document_checks import check_pdf, clean_title, format_of
from core.errors import DomainError, SeveralProblemsError
from core.pictures import remade
from support.models import SupportFile, SupportMessage

MAX_FILES = 3
_TYPES = {"PNG": ("image/png", ".png"), "JPEG": ("image/jpeg", ".jpg")}
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
    again = "Hãy chụp lại màn hình, lưu thành PNG hoặc JPEG rồi chọn lại tệp."
    picture = remade(file, title=title, field=field, again=again)
    content_type, extension = _TYPES[picture.kind]
    return Attachment(f"{_EXTENSION.sub('', title)}{extension}", content_type, picture.content)


def _too_heavy(title: str, size: int, limit: int, field: str) -> DomainError:
    heavy = f"{size / (1 << 20):.1f}".replace(".", ",")
    message = (
        f"Ảnh “{title}” nặng {heavy} MB, vượt giới hạn {limit >> 20} MB. "
        "Hãy cắt lấy phần cần xem, hoặc lưu lại thành JPEG với kích thước nhỏ hơn rồi chọn lại tệp."
    )
    return DomainError(message, field=field, code="too_big")
