"""Labels are scanned, so the tests scan them."""

import math

import pytest

from equipment.printing.labels import FORMATS, Label, label_sheet_pdf, qr_address
from tests.printing.read import codes, fonts, pictures, texts

BASE = "https://qltb.vss.gov.vn"


def labels(count: int) -> list[Label]:
    return [
        Label(
            f"01.001-{n:06d}", "Máy vi tính để bàn HP ProDesk 400 G7 SFF, ộ ữ ẵ", "BHXH quận Ba Đình", f"5CG{n:05d}XK"
        )
        for n in range(1, count + 1)
    ]


@pytest.mark.parametrize("fmt", FORMATS)
def test_every_code_on_a_full_sheet_is_read_by_a_scanner(fmt):
    count = FORMATS[fmt].per_page + 1
    pages = pictures(label_sheet_pdf(labels(count), fmt=fmt, base_url=BASE), dpi=200)
    assert len(pages) == 2
    assert sorted(code for page in pages for code in codes(page)) == [
        f"{BASE}/q/01.001-{n:06d}/" for n in range(1, count + 1)
    ]


def test_codes_are_read_from_an_office_printer_of_low_quality():
    (page,) = pictures(label_sheet_pdf(labels(40), fmt="a4-40", base_url=BASE), dpi=110)
    assert len(codes(page)) == 40


@pytest.mark.parametrize(("fmt", "size"), [("a4-24", (210, 297)), ("a4-40", (210, 297)), ("cuon-50x30", (50, 30))])
def test_sheets_have_their_size(fmt, size):
    (page,) = pictures(label_sheet_pdf(labels(1), fmt=fmt, base_url=BASE), dpi=254)
    assert [round(side / 10) for side in page.size] == list(size)


@pytest.mark.parametrize("fmt", FORMATS)
def test_labels_stay_on_their_sheet(fmt):
    form = FORMATS[fmt]
    assert form.width * form.columns <= form.page[0]
    assert form.top + form.height * form.rows <= form.page[1]
    assert form.text_left < form.width - form.pad


@pytest.mark.parametrize("fmt", FORMATS)
def test_words_beside_the_code(fmt):
    (text,) = texts(label_sheet_pdf(labels(1), fmt=fmt, base_url=BASE))
    for words in ("01.001-000001", "Máy vi tính để bàn", "SN: 5CG00001XK", "BHXH quận Ba Đình"):
        assert words in text


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_long_name_is_cut_and_the_rest_still_shows(fmt):
    long = Label("00.CNTT-000001", "Bộ lưu điện Santak Blazer 2200 Pro kèm " * 5, "BHXH quận Ba Đình", "SN1")
    pdf = label_sheet_pdf([long], fmt=fmt, base_url=BASE)
    (text,) = texts(pdf)
    assert "…" in text
    assert "BHXH quận Ba Đình" in text
    assert "00.CNTT-000001" in text
    (page,) = pictures(pdf, dpi=200)
    assert codes(page) == [f"{BASE}/q/00.CNTT-000001/"]


def test_a_device_without_a_serial():
    (text,) = texts(label_sheet_pdf([Label("01-000001", "Bộ Office", "BHXH", "")], fmt="a4-24", base_url=BASE))
    assert "SN:" not in text


def test_a_sheet_begun_earlier_is_used_up():
    pdf = label_sheet_pdf(labels(4), fmt="a4-24", base_url=BASE, skip=22)
    first, second = pictures(pdf, dpi=200)
    assert sorted(codes(first)) == [f"{BASE}/q/01.001-00000{n}/" for n in (1, 2)]
    assert len(codes(second)) == 2


def test_no_labels_make_one_empty_sheet():
    assert texts(label_sheet_pdf([], fmt="a4-24", base_url=BASE)) == [""]


def test_values_are_text_and_addresses_are_quoted():
    evil = Label('<b>"&', "<script>alert(1)</script>", "</style>", "<svg onload=x>")
    (text,) = texts(label_sheet_pdf([evil], fmt="a4-24", base_url=BASE))
    assert "<script>alert(1)</script>" in text.replace(" ", "")
    assert qr_address(f"{BASE}/", "01 2/é") == f"{BASE}/q/01%202%2F%C3%A9/"


def test_many_labels_make_as_many_sheets_as_needed():
    pdf = label_sheet_pdf(labels(100), fmt="a4-24", base_url=BASE)
    assert len(texts(pdf)) == math.ceil(100 / 24)
    assert all(fonts(pdf).values())
    assert {name.rpartition("-")[0] or name for name in fonts(pdf)} <= {"QLTB-Sans", "QLTB"}


def test_an_unknown_format():
    with pytest.raises(KeyError):
        label_sheet_pdf([], fmt="a5", base_url=BASE)
