"""Pictures that are cut short, too heavy or no pictures; with WeasyPrint there, which lets Pillow take broken ones."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageFile

import ui.pdf  # noqa: F401 - it brings WeasyPrint, as in the running site
from core.errors import DomainError
from core.pictures import MAX_MEGAPIXELS
from support.actions.attachments import checked
from tests.support import support as s


@pytest.fixture(autouse=True)
def _as_weasyprint_leaves_it():
    """WeasyPrint sets it as it is loaded; nothing here may rely on it, or change it for those who do."""
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    yield
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True


def noise(kind):
    out = io.BytesIO()
    Image.effect_noise((120, 90), 80).convert("RGB").save(out, kind)
    return out.getvalue()


def refusal(name, content):
    with pytest.raises(DomainError) as refused:
        checked([SimpleUploadedFile(name, content)])
    (problem,) = refused.value.problems
    assert problem.field == "attachments"
    return problem.message


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("kept", [60, 0.2, 0.5, 0.9])
def test_a_picture_cut_short_is_refused(kind, kept):
    whole = noise(kind)
    cut = whole[: kept if kept > 1 else int(len(whole) * kept)]
    assert "hỏng hoặc bị cắt cụt" in refusal("cut.png", cut)
    assert checked([SimpleUploadedFile("du.png", whole)])


def test_a_picture_with_damaged_content_is_refused():
    whole = bytearray(noise("PNG"))
    whole[len(whole) // 2] ^= 0xFF
    assert "hỏng" in refusal("hong.png", bytes(whole))


@pytest.mark.parametrize(("kind", "size"), [("PNG", (4001, 4000)), ("JPEG", (5001, 5000))])
def test_more_pixels_than_a_screen_or_a_telephone_has_are_refused_with_what_to_do(kind, size):
    out = io.BytesIO()
    Image.new("1" if kind == "PNG" else "L", size).save(out, kind)
    told = refusal("to.png", out.getvalue())
    assert f"{MAX_MEGAPIXELS[kind]} triệu" in told
    assert "cắt lấy phần cần xem" in told


def test_a_photograph_is_unpacked_smaller_than_it_is():
    (kept,) = checked([s.picture("JPEG", size=(4900, 4900), name="anh.jpg")])
    with Image.open(io.BytesIO(kept.content)) as picture:
        assert picture.size == (2400, 2400)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.png", b"<svg></svg>", "Tệp “a.png” không phải ảnh PNG, JPEG hay tệp PDF (ảnh SVG)."),
        ("a.PNG", b"GIF89a" + b"\0" * 20, "Tệp “a.PNG” không phải ảnh PNG, JPEG hay tệp PDF"),
        ("b.docx", b"PK\x03\x04" + b"\0" * 20, "Tệp “b.docx” không phải ảnh PNG, JPEG hay tệp PDF (tệp nén"),
        ("c.pdf", b"xyz", "Tệp “c.pdf” không phải ảnh PNG, JPEG hay tệp PDF"),
        ("d.png", b"", "Tệp “d.png” rỗng (0 byte)"),
        ("e.png", b"%PDF-1.7\nxyz", "Tệp “e.png” bị cắt cụt"),
        ("f.jpg", b"\xff\xd8\xff" + b"\0" * (6 << 20), "Ảnh “f.jpg” nặng 6,0 MB, vượt giới hạn 5 MB. Hãy cắt lấy"),
    ],
)
def test_a_refusal_names_the_file_and_what_may_be_sent(name, content, says):
    told = refusal(name, content)
    assert told.startswith(says)
    assert not re.search("dpi|Print to PDF", told)
    assert "Hãy" in told


def test_a_pdf_may_be_as_large_as_a_picture_but_is_told_its_own_remedy():
    assert "tách thành nhiều tệp" in refusal("to.pdf", b"%PDF-1.7\n" + b"\0" * (6 << 20))
