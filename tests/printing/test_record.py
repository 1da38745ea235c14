"""A record on paper: what the page and all its tabs say, for whoever may open the page."""

import io
import re

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import format_html

from equipment.actions import equipment
from equipment.models import Equipment
from tests import world as w
from tests.printing.read import fonts, pictures, tags, texts
from tests.ui.support import TypeTable, make_request, make_types, types
from ui import blocks
from ui.record_pdf import Sheet, file_name
from ui.records import Tab, render_record

pytestmark = pytest.mark.django_db
LETTERS = "ộ ữ ẵ Ặ Ỹ đ"


@pytest.fixture
def device(world):
    """A desktop of Ba Đình that was described twice."""
    made = w.confirmed(world, world.nghiepvu_badinh, ["5CG-PDF-1"])
    (item,) = w.devices(made)
    for version, note in enumerate(("Đặt ở quầy số 3", f"Máy dự phòng {LETTERS}"), start=1):
        values = {"holder_name": "Nguyễn Thị Ánh", "room": world.units["01.001.T1"], "note": note}
        equipment.describe(item, values=values, reason=f"Ghi lần {version}", by=world.nghiepvu_badinh, version=version)
        item = Equipment.objects.get(pk=item.pk)
    return item


def paper(client, path):
    """The PDF of a record and its whole text."""
    response = client.get(path, {"in": "pdf"})
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    return response, " ".join(texts(response.content))


def test_a_device_is_printed_with_every_tab(device, world, client_of):
    response, text = paper(client_of(world.tracuu_hanoi), f"/thiet-bi/{device.code}/")
    assert response["Content-Disposition"] == f'attachment; filename="{device.code}.pdf"'
    assert response["Cache-Control"] == "private, no-store"
    for words in (
        "BHXH THÀNH PHỐ HÀ NỘI",  # who prints
        "Người in: ",
        device.name,
        f"Mã {device.code}",
        "Trạng thái Trong kho",
        "5CG-PDF-1",
        "Tổ Thu",
        "Nguyễn Thị Ánh",
        "Chi tiết",
        "Nguyên giá 14.500.000 đ",
        f"Máy dự phòng {LETTERS}",
        "Tài liệu",
        "biên bản bàn giao.pdf",
        "Diễn biến",
        "Ghi lần 2",
        "Đặt ở quầy số 3 → ",
        "Sổ biến động",
        f"Tiếp nhận BHXH quận Ba Đình 1 14.500.000 đ {device.intake.number}",
    ):
        assert words in text, words
    assert "Sửa thông tin thiết bị" not in text
    assert "In nhãn" not in text, "buttons are for the screen"


def test_the_page_offers_it_and_another_unit_gets_nothing(device, world, client_of):
    path = f"/thiet-bi/{device.code}/"
    assert 'href="?in=pdf"' in client_of(world.nghiepvu_badinh).get(path).content.decode()
    stranger = client_of(world.nghiepvu_danang)
    for closed in (path, "/thiet-bi/01.001-999999/", f"/tiep-nhan/{device.intake.number}/"):
        answer = stranger.get(closed, {"in": "pdf"})
        assert answer.status_code == 404
        assert device.name not in answer.content.decode()


@pytest.mark.parametrize(
    "path", ["/tiep-nhan/{}/", "/quan-tri/don-vi/01.001/", "/quan-tri/danh-muc/loai/MAY_TINH_BAN/"]
)
def test_every_record_has_its_paper(device, world, client_of, path):
    client = client_of(world.nghiepvu_badinh)
    url = path.format(device.intake.number)
    page = client.get(url)
    _, text = paper(client, url)
    assert page.context["title"] in text
    for tab in page.context["tabs"]:
        assert tab.label in text


def test_an_intake_has_its_devices_and_no_form(device, world, client_of):
    response, text = paper(client_of(world.nghiepvu_badinh), f"/tiep-nhan/{device.intake.number}/")
    assert response["Content-Disposition"].startswith('attachment; filename="ho-so-tiep-nhan-tn-')
    assert f"{device.code} {device.name} 5CG-PDF-1" in text
    assert "Thiết bị (1)" in text
    assert "Tải tài liệu lên" not in text


def test_queries_do_not_grow_with_what_is_printed(world, client_of):
    client = client_of(world.nghiepvu_badinh)

    def asked(serials):
        made = w.confirmed(world, world.nghiepvu_badinh, serials)
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/tiep-nhan/{made.number}/", {"in": "pdf"})
        return len(asked)

    asked(["A0"])  # content types are looked up once
    assert asked(["A1"]) == asked([f"B{n}" for n in range(40)])


def test_the_file_is_tagged_and_its_fonts_are_ours(device, world, client_of):
    response, _ = paper(client_of(world.nghiepvu_badinh), f"/thiet-bi/{device.code}/")
    used = fonts(response.content)
    assert all(used.values())
    assert {name.partition("-")[0] for name in used} == {"QLTB"}
    assert {"Document", "H1", "H2", "P", "Table", "THead", "TR", "TH", "TD", "LI"} <= tags(response.content)
    reader = pypdf.PdfReader(io.BytesIO(response.content))
    assert reader.trailer["/Root"]["/Lang"] == "vi"
    assert reader.metadata.title == f"{device.name} – {device.code}"
    assert all(round(page.mediabox.width / 72 * 25.4) == 210 for page in reader.pages)


# Any record, without an application


class Unit:
    name = "BHXH quận Ba Đình"


class Printer:
    unit = Unit()

    def __str__(self):
        return "Trần Văn In"


def record(**more):
    request = make_request("/ho-so/", {"in": "pdf"})
    request.user = Printer()
    return render_record(request, title="Hồ sơ", **more).content


def test_a_long_table_repeats_its_header_and_says_where_it_was_cut():
    make_types(130)
    pages = texts(record(code="HS-1", tabs=[Tab("a", "Loại", lambda: blocks.Rows.of(TypeTable, types(), limit=120))]))
    assert len(pages) > 2
    assert all("Mã loại" in page for page in pages)
    assert re.findall(r"kit(\d{4}) Ứng", " ".join(pages)) == [f"{n:04}" for n in range(1, 121)]
    assert "Chỉ hiển thị 120 dòng đầu." in pages[-1]
    for number, page in enumerate(pages, start=1):
        assert (f" {number}/{len(pages)} HS-1 · In lúc " in page) == (number > 1), "the first page bears no number"


def test_what_blocks_hold_is_text_and_links_lead_nowhere():
    evil = "<script>alert(1)</script><img src='http://127.0.0.1:9/x'>"
    pdf = record(
        code=evil,
        facts=[blocks.Fact("Đơn vị", evil, url="/don-vi/"), blocks.Fact("Trống", None)],
        status=blocks.Status("Đang dùng", "ok"),
        head=[
            blocks.Stepper([blocks.Step("Lập hồ sơ", "done", who="A"), blocks.Step("Chờ", "now")]),
            blocks.Clock("còn 2 ngày làm việc"),
        ],
        tabs=[
            Tab("a", "Một", lambda: evil, count=1234),
            Tab("b", "Hai", lambda: format_html('<p><a href="/x/">{}</a></p>', "Xem thêm")),
            Tab("c", "Ba", lambda: {"title": "T", "content": "Chắc chứ?"}, "ui/panel.html"),
        ],
    )
    text = " ".join(texts(pdf))
    assert text.replace(" ", "").count(evil.replace(" ", "")) >= 3
    for words in (
        "Trống chưa có",
        "Lập hồ sơ (đã xong) A",
        "còn 2 ngày làm việc",
        "Một (1.234)",
        "Xem thêm",
        "Chắc chứ?",
    ):
        assert words in text, words
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    assert [page.get("/Annots") for page in pages] == [None] * len(pages)


def test_words_of_any_length_stay_on_the_paper():
    entry = blocks.Entry(blocks.datetime(2026, 11, 25, 8), "A" * 90, "X" * 150, "Y" * 300)
    (picture, *_) = pictures(record(code="Z" * 60, tabs=[Tab("a", "A", lambda: blocks.Timeline([entry]))]), dpi=50)
    width, height = picture.size
    right = picture.crop((round(width * 198 / 210), 0, width, height))
    assert right.getextrema()[0] == 255, "nothing is printed in the right margin"


@pytest.mark.parametrize(
    ("code", "title", "name"),
    [
        ("00.CNTT-000001", "Máy", "00.cntt-000001.pdf"),
        ("", "Hồ sơ Đặc biệt / số 5", "ho-so-dac-biet-so-5.pdf"),
        ("../..", "***", "ho-so.pdf"),
    ],
)
def test_the_file_has_a_plain_name(code, title, name):
    assert file_name(Sheet(title, "", code, None, (), (), ())) == name
