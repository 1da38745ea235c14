"""Labels are scanned, so the tests scan them."""

import io
import math
from decimal import Decimal

import pypdf
import pytest
import zxingcpp

from equipment.printing.label_formats import FORMATS
from equipment.printing.labels import (
    PIECE,
    Label,
    Setup,
    label_frames_pdf,
    label_sheet_pdf,
    qr_address,
    shared_out,
    write_labels,
)
from tests.printing.read import codes, fonts, pictures, texts

BASE = "https://qltb.vss.gov.vn"


def labels(count: int) -> list[Label]:
    return [
        Label(
            f"01.001-{n:06d}",
            ("Máy vi tính để bàn HP ProDesk 400 G7 SFF, ộ ữ ẵ", f"SN: 5CG{n:05d}XK", "BHXH quận Ba Đình"),
        )
        for n in range(1, count + 1)
    ]


def printed(rows: list[Label], fmt: str = "a4-24", **more: object) -> bytes:
    return label_sheet_pdf(rows, Setup(fmt, BASE, **more))


def boxes(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """Where a scanner sees the codes of the first page: left, top, right, bottom in millimetres, row by row."""
    (picture, *_) = pictures(pdf, dpi=254)
    found = []
    for code in zxingcpp.read_barcodes(picture):
        corners = [code.position.top_left, code.position.bottom_right]
        found.append(tuple(value / 10 for point in corners for value in (point.x, point.y)))
    return sorted(found, key=lambda box: (round(box[1]), box[0]))


@pytest.mark.parametrize("fmt", FORMATS)
def test_every_code_on_a_full_sheet_is_read_by_a_scanner(fmt):
    count = FORMATS[fmt].per_page + 1
    pages = pictures(printed(labels(count), fmt), dpi=200)
    assert len(pages) == 2
    assert sorted(code for page in pages for code in codes(page)) == [
        f"{BASE}/q/01.001-{n:06d}/" for n in range(1, count + 1)
    ]


def test_codes_are_read_from_an_office_printer_of_low_quality():
    (page,) = pictures(printed(labels(40), "a4-40"), dpi=110)
    assert len(codes(page)) == 40


@pytest.mark.parametrize(("fmt", "size"), [(key, form.page) for key, form in FORMATS.items()])
def test_sheets_have_their_size(fmt, size):
    (page,) = pictures(printed(labels(1), fmt), dpi=254)
    assert [round(side / 10) for side in page.size] == list(size)


@pytest.mark.parametrize("fmt", FORMATS)
def test_labels_stay_on_their_sheet(fmt):
    form = FORMATS[fmt]
    assert form.left * 2 + form.width * form.columns + form.gap * (form.columns - 1) <= form.page[0]
    assert form.top + form.height * form.rows <= form.page[1]
    assert form.text_left < form.width - form.pad
    assert form.lines >= 3


@pytest.mark.parametrize("fmt", FORMATS)
def test_each_code_is_where_its_label_is(fmt):
    form = FORMATS[fmt]
    seen = boxes(printed(labels(form.per_page), fmt))
    assert len(seen) == form.per_page
    for (left, top), (x1, y1, x2, y2) in zip(form.places, seen, strict=True):
        assert float(left) < x1 < x2 < float(left + form.pad + form.qr)
        assert float(top) < y1 < y2 < float(top + form.height)


@pytest.mark.parametrize("fmt", FORMATS)
def test_nothing_is_printed_beyond_the_labels(fmt):
    """Between and around the labels the sheet stays white, however long the words are."""
    form = FORMATS[fmt]
    long = Label("00.CNTT.PHONG-000001", ["Bộ lưu điện Santak Blazer 2200 Pro " * 5, "SN: " + "W" * 60, "BHXH " * 30])
    (page,) = pictures(printed([long] * form.per_page, fmt), dpi=254)
    for left, top in form.places:
        box = [round(float(side) * 10) for side in (left, top, left + form.width, top + form.height)]
        page.paste(255, tuple(box))
        assert box[2] <= page.size[0] + 1
        assert box[3] <= page.size[1] + 1
    assert page.getextrema()[0] == 255


@pytest.mark.parametrize("fmt", FORMATS)
def test_words_beside_the_code(fmt):
    (text,) = texts(printed(labels(1), fmt))
    for words in ("01.001-000001", "Máy vi tính để bàn", "SN: 5CG00001XK", "BHXH quận Ba Đình"):
        assert words in text


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_long_name_is_cut_and_the_rest_still_shows(fmt):
    long = Label("00.CNTT-000001", ["Bộ lưu điện Santak Blazer 2200 Pro kèm " * 5, "SN: 1", "BHXH quận Ba Đình"])
    pdf = printed([long], fmt)
    (text,) = texts(pdf)
    assert "…" in text
    assert "BHXH quận Ba Đình" in text
    assert "00.CNTT-000001" in text
    (page,) = pictures(pdf, dpi=200)
    assert codes(page) == [f"{BASE}/q/00.CNTT-000001/"]


def test_lines_share_the_room_and_blank_ones_take_none():
    assert shared_out(["Tên", "", "Đơn vị"], 5) == [("Tên", 3), ("Đơn vị", 2)]
    assert shared_out(["a", "b", "c", "d"], 3) == [("a", 1), ("b", 1), ("c", 1)]
    assert shared_out(["", ""], 5) == []
    assert texts(printed([Label("01-000001", ["", ""])])) == ["01-000001"]


def test_a_sheet_begun_earlier_is_used_up():
    pdf = printed(labels(4), skip=22)
    first, second = pictures(pdf, dpi=200)
    assert sorted(codes(first)) == [f"{BASE}/q/01.001-00000{n}/" for n in (1, 2)]
    assert len(codes(second)) == 2


def test_no_labels_make_one_empty_sheet():
    assert texts(printed([])) == [""]


def test_values_are_text_and_addresses_are_quoted():
    evil = Label('<b>"&', ["<script>alert(1)</script>", "</style>", "<svg onload=x>"])
    (text,) = texts(printed([evil]))
    assert "<script>alert(1)</script>" in text.replace(" ", "")
    assert qr_address(f"{BASE}/", "01 2/é") == f"{BASE}/q/01%202%2F%C3%A9/"


def test_many_labels_make_as_many_sheets_as_needed():
    pdf = printed(labels(100), "a4-24")
    assert len(texts(pdf)) == math.ceil(100 / 24)
    assert all(fonts(pdf).values())
    assert {name.rpartition("-")[0] or name for name in fonts(pdf)} <= {"QLTB-Sans", "QLTB"}


def test_an_unknown_format():
    with pytest.raises(KeyError):
        printed([], "a5")


def test_a_printer_that_is_askew_is_made_up_for():
    straight = boxes(printed(labels(3)))
    moved = boxes(printed(labels(3), right=Decimal("1.5"), down=Decimal(-2)))
    for before, after in zip(straight, moved, strict=True):
        assert [round(b - a, 0) for a, b in zip(before, after, strict=True)] in ([1, -2, 1, -2], [2, -2, 2, -2])


def test_a_setup_is_kept_in_a_job_and_comes_back():
    setup = Setup("a4-40", BASE, 3, Decimal("1.5"), Decimal(-2))
    assert Setup.from_params(setup.as_params()) == setup


def test_thousands_are_printed_in_pieces():
    """The same sheets as in one go: places, order, letters."""
    count, file, heard = PIECE + 50, io.BytesIO(), []
    write_labels(file, iter(labels(count)), Setup("a4-40", BASE, skip=7), report=heard.append)
    pages = texts(file.getvalue())
    assert len(pages) == math.ceil((count + 7) / 40)
    assert [text.count("01.001-") for text in pages] == [33, *[40] * (len(pages) - 2), (count + 7) % 40 or 40]
    found = [word for text in pages for word in text.split() if word.startswith("01.001-")]
    assert found == [label.code for label in labels(count)]
    assert heard == [PIECE - 7, count]
    assert len(codes(pictures(file.getvalue(), dpi=150)[0])) == 33
    reader = pypdf.PdfReader(file)
    assert (reader.metadata.title, reader.trailer["/Root"]["/Lang"]) == ("Nhãn thiết bị", "vi")
    assert all(fonts(file.getvalue()).values())


def test_no_labels_in_a_job_make_no_sheet():
    file = io.BytesIO()
    write_labels(file, [], Setup("a4-24", BASE), report=print)
    assert len(pypdf.PdfReader(file).pages) == 0


@pytest.mark.parametrize("fmt", FORMATS)
def test_the_trial_sheet_has_a_frame_for_each_label(fmt):
    form = FORMATS[fmt]
    pdf = label_frames_pdf(Setup(fmt, ""))
    (text,) = texts(pdf)
    (page,) = pictures(pdf, dpi=254)
    assert [round(side / 10) for side in page.size] == list(form.page)
    assert str(form.per_page) in text.split()
    assert ("đúng 100 mm" in text) == (form.rows > 1)
    for left, top in (form.places[0], form.places[-1]):
        x, y = round(float(left) * 10) + 1, round(float(top + form.height / 2) * 10) + 15
        assert page.getpixel((x, y)) < 200, "the left edge of the frame"
