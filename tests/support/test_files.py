"""What may come with a message, and how it goes out again."""

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

from core.errors import DomainError
from core.pictures import LONGEST_SIDE
from support.actions.attachments import checked
from support.models import SupportFile, SupportRequest
from tests.support import support as s
from tests.world import pdf_bytes, pdf_file

pytestmark = pytest.mark.django_db


def bomb(width, height):
    """A PNG whose head promises so many pixels."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 999)) + chunk(b"IEND", b"")
    )


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("anh.svg", SVG),
        ("anh.png", SVG),
        ("anh.gif", GIF),
        ("anh.png", GIF),
        ("trang.png", b"<html><script>alert(1)</script></html>"),
        ("chuong-trinh.jpg", b"MZ\x90\x00" + b"\0" * 200),
        ("hong.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50),
        ("cut.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF"),
        ("bom.png", bomb(60_000, 60_000)),
        ("bom2.png", bomb(8_000, 8_000)),
        ("rong.png", b""),
        ("van-ban.docx", b"PK\x03\x04" + b"\0" * 100),
        ("gia.pdf", b"%PDF-1.7\nxyz"),
        ("la.pdf", pdf_bytes() + b"PK\x05\x06" + b"\0" * 18),
    ],
)
def test_files_that_lie_are_refused_in_words(name, content):
    with pytest.raises(DomainError) as refused:
        checked([SimpleUploadedFile(name, content, content_type="image/png")])
    assert refused.value.problems[0].field == "attachments"
    assert "Hãy" in str(refused.value)


def test_too_large_and_too_many_files_are_refused(settings):
    settings.SUPPORT_FILE_MAX_BYTES = 500
    with pytest.raises(DomainError, match="vượt giới hạn"):
        checked([SimpleUploadedFile("to.png", b"\x89PNG" + b"\0" * 600)])
    with pytest.raises(DomainError, match="nhiều nhất 3 tệp"):
        checked([s.picture() for _ in range(4)])


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_made_anew(kind):
    """Nothing but its pixels is kept: no metadata, nothing that was hung on it; and no larger than a screen."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "BI-MAT")
    exif = Image.Exif()
    exif[0x010E] = "BI-MAT"
    more = {"pnginfo": info} if kind == "PNG" else {"comment": b"BI-MAT"}
    raw = s.picture(kind, size=(LONGEST_SIDE + 600, 300), exif=exif, **more).read() + b"<script>BI-MAT</script>"
    assert raw.count(b"BI-MAT") == 3
    (kept,) = checked([SimpleUploadedFile(f"../../ảnh\u202e chụp.{'png' if kind == 'PNG' else 'JPEG'}", raw)])
    assert b"BI-MAT" not in kept.content
    with Image.open(io.BytesIO(kept.content)) as picture:
        assert (picture.format, picture.width) == (kind, LONGEST_SIDE)
    assert kept.title == ("ảnh chụp.png" if kind == "PNG" else "ảnh chụp.jpg")


def test_a_picture_with_transparency_keeps_it():
    out = io.BytesIO()
    Image.new("RGBA", (5, 5), (255, 0, 0, 0)).save(out, "PNG")
    (kept,) = checked([SimpleUploadedFile("trong.png", out.getvalue())])
    with Image.open(io.BytesIO(kept.content)) as picture:
        assert picture.getpixel((0, 0))[3] == 0


def test_a_photo_stands_as_it_was_taken():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    (kept,) = checked([s.picture("JPEG", size=(80, 40), exif=exif, name="anh.jpg")])
    with Image.open(io.BytesIO(kept.content)) as picture:
        assert picture.size == (40, 80)


def test_files_go_out_for_saving_only(world, client_of):
    made = s.asked(world.nghiepvu_badinh, files=[s.picture(), pdf_file("phiếu.pdf")])
    for file in SupportFile.objects.filter(message__request=made):
        response = client_of(world.nghiepvu_hanoi).get(f"/ho-tro/tep/{file.public_id}/")
        assert b"".join(response.streaming_content) == bytes(file.content)
        assert response["Content-Type"] == file.content_type
        assert response["Content-Disposition"].startswith("attachment;")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]
        assert "no-store" in response["Cache-Control"]


def test_a_refused_file_leaves_no_request_and_keeps_what_was_typed(world, client_of):
    client = client_of(world.tracuu_badinh)
    sent = {"topic": "usage", "subject": "Không in được", "text": "Nội dung đã gõ"}
    page = client.post("/ho-tro/moi/", {**sent, "attachments": SimpleUploadedFile("a.svg", SVG)})
    assert page.status_code == 422
    assert "ảnh SVG" in page.content.decode()
    assert "Nội dung đã gõ" in page.content.decode()
    assert not SupportRequest.objects.exists()
    files = [s.picture(name="một.png"), s.picture("JPEG", name="hai.jpg"), pdf_file("ba.pdf")]
    assert client.post("/ho-tro/moi/", {**sent, "attachments": files}).status_code == 302
    made = SupportRequest.objects.get()
    assert (made.unit.code, made.asked_by) == ("01.001", world.tracuu_badinh)
    assert list(SupportFile.objects.values_list("title", flat=True)) == ["một.png", "hai.jpg", "ba.pdf"]
