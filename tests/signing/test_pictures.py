"""How signatures look (NĐ 30/2020/NĐ-CP, annex I, II.7 and II.8), and what pictures are kept."""

import io
from datetime import UTC, datetime

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core.errors import DomainError
from core.scope import entered
from signing.actions import pictures
from signing.checking import holder_of
from signing.pdf.looks import POINTS_PER_MM, Look, Picture, picture_place, words_of
from signing.queries import file_of, pictures_of
from signing.rules import Step
from tests.isolation.holdings_signing import drawn
from tests.signing import pki
from tests.signing.helpers import sign_file

pytestmark = pytest.mark.dieu("13.8")
MOMENT = datetime(2026, 1, 5, 2, 3, 4, tzinfo=UTC)


def look(step, width_mm=None):
    picture = Picture(b"", width_mm) if width_mm else None
    return Look(step, holder_of(pki.head().der), MOMENT, picture)


def test_a_seal_has_its_real_size_and_covers_a_third_of_the_hand():
    """In the boxes that the printed report gives: the hand 42 mm wide, the seal 35 mm, 21 mm further to the left."""
    hand = picture_place(look(Step.HEAD, 42), (420, 200), 42 * POINTS_PER_MM, 22 * POINTS_PER_MM)
    seal = picture_place(look(Step.SEAL, 35), (700, 700), 35 * POINTS_PER_MM, 35 * POINTS_PER_MM)
    assert seal.width == pytest.approx(35 * POINTS_PER_MM)
    assert seal.height == pytest.approx(35 * POINTS_PER_MM)
    left_of_hand, right_of_seal = 21 * POINTS_PER_MM + hand.x, seal.x + seal.width
    assert (right_of_seal - left_of_hand) / hand.width == pytest.approx(1 / 3, abs=0.03)


def test_a_picture_never_leaves_its_box():
    place = picture_place(look(Step.HEAD, 100), (420, 800), 100, 50)
    assert place.x >= 0
    assert place.y >= 0
    assert place.x + place.width <= 100.001
    assert place.y + place.height <= 50.001


def test_words_say_who_and_when_with_the_zone():
    assert words_of(look(Step.HEAD)) == [
        "Ký bởi: Nguyễn Văn Đứng",
        "Cơ quan: Cơ quan thử nghiệm",
        "Thời gian ký: 2026-01-05T09:03:04+07:00",
    ]


def test_the_picture_is_in_the_signed_file(world, paper):
    user = world.nghiepvu_badinh
    with entered(user.scope):
        pictures.add(paper.unit, step=Step.PREPARER, name="Chữ ký", file=drawn(), width_mm=30, by=user)
        image = pictures_of(paper, Step.PREPARER).get()
        sign_file(paper, Step.PREPARER, pki.preparer(), by=user, picture=image)
        content = file_of(paper)
    with pikepdf.open(io.BytesIO(content)) as document:
        field = next(one for one in document.Root.AcroForm.Fields if str(one.T) == "NguoiLap")
        shown = field.AP.N.Resources.XObject
        kinds = {str(part.Subtype) for part in shown.values()}
        assert kinds == {"/Image", "/Form"}
        (picture,) = (part for part in shown.values() if str(part.Subtype) == "/Image")
        assert "/SMask" in picture


def test_a_new_picture_takes_the_place_of_the_former(world, paper):
    user, unit = world.nghiepvu_badinh, paper.unit
    with entered(user.scope):
        first = pictures.add(unit, step=Step.HEAD, name="Giám đốc", file=drawn(), width_mm=42, by=user)
        second = pictures.add(unit, step=Step.HEAD, name="Giám đốc", file=drawn(), width_mm=40, by=user)
        assert list(pictures_of(paper, Step.HEAD)) == [second]
        first.refresh_from_db()
        assert not first.active
        pictures.retire(second, by=user)
        with pytest.raises(DomainError, match="đã ngừng dùng"):
            pictures.retire(second, by=user)


def _png(mode: str) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (40, 40), 200).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (_png("L"), "không có nền trong suốt"),
        (b"\x89PNG\r\n\x1a\n broken", "bị hỏng"),
        (b"\xff\xd8\xff\xe0 a photograph", "bị hỏng"),
        (b"<svg></svg>", "bị hỏng"),
        (b"\x89PNG" + b"0" * (1 << 20), "nặng quá 1 MB"),
    ],
)
def test_what_is_no_clear_picture_is_refused(world, paper, content, words):
    file = SimpleUploadedFile("hinh.png", content)
    with entered(world.nghiepvu_badinh.scope), pytest.raises(DomainError, match=words):
        pictures.add(paper.unit, step=Step.HEAD, name="x", file=file, width_mm=42, by=world.nghiepvu_badinh)
