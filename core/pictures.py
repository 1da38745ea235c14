"""Pictures that people upload: taken apart and made anew, so that nothing but the picture is kept."""

import io
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.files.base import File
from PIL import Image, ImageFile, ImageOps

from core.errors import DomainError

MAX_MEGAPIXELS = {"PNG": 16, "JPEG": 25}
"""Pillow keeps four bytes of each: 64 MB of a PNG; a JPEG is mostly unpacked at half its size or less. Two screens
side by side have 8, a photograph of a telephone 12."""
LONGEST_SIDE = 2400
_STRICTLY = threading.Lock()


@dataclass(frozen=True)
class Remade:
    """A picture as it will be kept: its format (PNG, JPEG) and size in pixels."""

    content: bytes
    kind: str
    width: int
    height: int


def remade(
    file: File,
    *,
    title: str,
    field: str,
    again: str,
    kinds: Sequence[str] = ("PNG", "JPEG"),
    longest: int = LONGEST_SIDE,
) -> Remade:
    """The picture alone: no metadata, nothing before, behind or between it. Its size is known before it is unpacked.

    `again` tells what to do with a broken one. Raises DomainError (with `field`) for a picture that is broken, of
    another kind, or has too many pixels.
    """
    try:
        with _strictly(), warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=list(kinds)) as source:
                kind = str(source.format)
                if source.width * source.height > MAX_MEGAPIXELS[kind] * 1_000_000:
                    raise _too_many_pixels(title, kind, field)
                source.draft("RGB", (longest, longest))
                source.thumbnail((longest, longest))
                return _written(ImageOps.exif_transpose(source), kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise _too_many_pixels(title, "PNG", field) from bomb
    # Whatever Pillow stumbles over in a broken or malicious file.
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, OverflowError) as fault:
        message = f"Ảnh “{title}” bị hỏng hoặc bị cắt cụt, không mở được. {again}"
        raise DomainError(message, field=field, code="picture") from fault


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


def _written(picture: Image.Image, kind: str) -> Remade:
    clear = kind == "PNG" and picture.has_transparency_data
    plain = picture.convert("RGBA" if clear else "RGB")
    plain.info = {}  # comments, texts and profiles would be written again
    out = io.BytesIO()
    plain.save(out, kind, quality=85, optimize=True)
    return Remade(out.getvalue(), kind, plain.width, plain.height)


def _too_many_pixels(title: str, kind: str, field: str) -> DomainError:
    message = (
        f"Ảnh “{title}” có quá nhiều điểm ảnh (giới hạn của ảnh {kind}: {MAX_MEGAPIXELS[kind]} triệu). "
        "Hãy cắt lấy phần cần xem, hoặc thu nhỏ ảnh rồi chọn lại tệp."
    )
    return DomainError(message, field=field, code="picture")
