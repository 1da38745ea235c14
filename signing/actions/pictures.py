"""Pictures of hands and seals that a unit keeps for its signatures."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from core.errors import DomainError
from core.pictures import remade
from core.transitions import lock, save_with_reason
from orgs.models import OrgUnit
from signing.models import SignatureImage
from signing.rules import Step

MAX_BYTES = 1 << 20
LONGEST = 1000
"""Pixels: a seal of 36 mm has so many at 700 dpi."""
_AGAIN = "Hãy xuất lại ảnh PNG nền trong suốt rồi chọn lại tệp."


@transaction.atomic
def add(unit: OrgUnit, *, step: Step, name: str, file: UploadedFile, width_mm: int, by: User) -> SignatureImage:
    """Keep a picture, made anew from what was uploaded. One that bore the same name is switched off.

    Raises DomainError for what is no PNG with a transparent ground, or is broken or too large.
    """
    title = file.name or "hình"
    if (file.size or 0) > MAX_BYTES:
        message = f"Ảnh “{title}” nặng quá {MAX_BYTES >> 20} MB. Hãy thu nhỏ ảnh rồi chọn lại tệp."
        raise DomainError(message, field="file", code="too_big")
    picture = remade(file, title=title, field="file", again=_AGAIN, kinds=("PNG",), longest=LONGEST)
    if not _is_clear(picture.content):
        message = f"Ảnh “{title}” không có nền trong suốt nên sẽ che chữ trên văn bản. {_AGAIN}"
        raise DomainError(message, field="file", code="opaque")
    for former in SignatureImage.objects.of_unit(unit).filter(step=step, name=name, active=True):
        _switch(lock(former), active=False, by=by, reason="Thay bằng hình mới")
    image = SignatureImage(
        unit=unit,
        step=step,
        name=name,
        content=picture.content,
        size=len(picture.content),
        width_mm=width_mm,
        created_by=by,
    )
    save_with_reason(image, by=by, reason="Thêm hình")
    return image


@transaction.atomic
def retire(image: SignatureImage, *, by: User) -> SignatureImage:
    """The picture is offered no more; papers that show it keep it. Raises DomainError when it is off already."""
    image = lock(image)
    if not image.active:
        raise DomainError(f"Hình “{image.name}” đã ngừng dùng trước đó.", code="off")
    return _switch(image, active=False, by=by, reason="Ngừng dùng")


def _switch(image: SignatureImage, *, active: bool, by: User, reason: str) -> SignatureImage:
    image.active, image.version = active, image.version + 1
    save_with_reason(image, by=by, reason=reason, fields=["active", "version"])
    return image


def _is_clear(png: bytes) -> bool:
    """Whether the picture has an alpha channel: colour type 6 in its header (remade pictures have 6 or 2)."""
    return png[25] == 6  # noqa: PLR2004 - RGBA, PNG specification 11.2.2
