"""What may be sent as a list."""

from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from core.encodings import convert, detect
from core.errors import DomainError
from core.sheets import MAX_BYTES
from core.text import clean_text

KINDS = (".xlsx", ".xls", ".ods", ".csv")
MAX_FILE_NAME = 150


def check_upload(file: UploadedFile) -> None:
    """Raise DomainError for a file that can't be a list, before anything is stored."""
    if not file.size:
        raise DomainError("Tệp này rỗng. Hãy chọn tệp có danh sách thiết bị.", field="file", code="empty")
    if file.size > MAX_BYTES:
        size, most = file.size / 2**20, MAX_BYTES // 2**20
        message = f"Tệp nặng {size:.0f} MB, nhiều nhất {most} MB. Hãy bỏ hình ảnh và trang tính thừa, hoặc tách tệp."
        raise DomainError(message, field="file", code="too_large")
    if PurePath(file.name or "").suffix.lower() not in KINDS:
        message = "Chỉ nhận tệp XLSX, XLS, ODS hoặc CSV. Hãy mở tệp bằng bảng tính rồi lưu thành .xlsx."
        raise DomainError(message, field="file", code="kind")


def file_name(raw: str) -> str:
    """The name of an upload as it can be shown and stored; one in an old font is converted."""
    name = PurePath(raw.replace("\\", "/")).name
    plain = "".join(sign for sign in name if sign.isascii() and sign.isprintable())
    for text in (name, convert(name, detect([name]).encoding), plain):
        try:
            clean = clean_text(text)
        except ValidationError:
            continue
        suffix = PurePath(clean).suffix[:8]
        return f"{clean.removesuffix(suffix)[:MAX_FILE_NAME]}{suffix}"
    return "danh-sach"
