"""Biên bản bàn giao, tiếp nhận tài sản công (01/TSC-BBGN), as it comes out of the printer."""

import io

import pypdf
import pytest

from core.models import DocumentKind
from dossiers import actions as papers
from equipment.models import Category, Equipment
from tests.equipment.papers import downloaded
from tests.printing.read import fonts, tags, texts
from tests.transfers import support as s
from tests.world import past
from transfers.actions import draft
from transfers.actions.lines import lines_of
from transfers.printing.minutes import minutes_of, minutes_pdf
from transfers.rules import Arrival, Outcome, Result

pytestmark = pytest.mark.django_db

# domain data, forms.csv: every field of 01/TSC-BBGN
FIELDS = [
    "Mẫu số 01/TSC-BBGN",
    "Nghị định số 186/2025/NĐ-CP",
    "BHXH THÀNH PHỐ HÀ NỘI",
    "BHXH QUẬN BA ĐÌNH",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "BIÊN BẢN",
    "Bàn giao, tiếp nhận tài sản công",
    "Căn cứ Quyết định số 12/QĐ-BHXH ngày",
    "của BHXH thành phố Hà Nội về việc điều chuyển tài sản công",
    "Hôm nay, ngày",
    "tại Trụ sở bên nhận",
    "A. Thành phần tham gia bàn giao",
    "Đại diện bên giao: BHXH quận Ba Đình",
    "Ông/Bà: Trần Văn Giao Chức vụ: Phó Giám đốc",
    "Đại diện bên nhận: BHXH quận Hoàn Kiếm",
    "Ông/Bà: Lê Thị Nhận Chức vụ: Giám đốc",
    "Đại diện cơ quan chứng kiến:",
    "B. Nội dung bàn giao",
    "STT Danh mục tài sản Đơn vị tính Số lượng Nguyên giá (đồng) Giá trị còn lại (đồng) Hiện trạng Ghi chú",
    "Máy vi tính để bàn Dell OptiPlex 3070 (01.001-000001)",
    "Số máy: SN-0",
    "14.500.000",
    "Cộng 3 43.500.000",
    "Bốn mươi ba triệu năm trăm nghìn đồng.",
    "Các hồ sơ về tài sản bàn giao, tiếp nhận:",
    "- Quyết định",
    "Việc xóa dữ liệu trên thiết bị trước khi bàn giao:",
    "Phạm Thu Hằng thực hiện: 01.001-000001, 01.001-000002, 01.001-000003",
    "Trách nhiệm của các bên giao nhận:",
    "C. Ý kiến của các bên",
    "1. Bên giao:",
    "2. Bên nhận:",
    "ĐẠI DIỆN BÊN NHẬN (Ký, ghi rõ họ tên, đóng dấu)",
    "ĐẠI DIỆN BÊN GIAO (Ký, ghi rõ họ tên, đóng dấu)",
    "CƠ QUAN CHỨNG KIẾN",
]


def wiped(world, many=3):
    """Handed over, with the wipes stated."""
    made = s.decided(world, s.stock(world, many))
    lines = {line.pk: True for line in lines_of(made)}
    facts = {"on": past(0), "person": "Phạm Thu Hằng", "method": "Ghi đè", "licences": {}}
    made = draft.prepare(made, wiped=lines, **facts, by=world.nghiepvu_badinh, version=made.version)
    return s.hand_over(world, made)


def test_every_field_of_the_form_is_there(world):
    pdf = minutes_pdf(wiped(world))
    text = " ".join(texts(pdf))
    assert [field for field in FIELDS if field not in text] == []
    assert set(fonts(pdf)) <= {"QLTB-Serif", "QLTB-Serif-Bold", "QLTB-Serif-Italic", "QLTB-Serif-Bold-Italic"}
    assert all(fonts(pdf).values())
    assert {"Table", "TH", "TD"} <= tags(pdf)


def test_wear_in_the_books_is_printed(world):
    Category.objects.filter(pk=world.desktop.pk).update(life_years=5)
    made = wiped(world, 1)
    line = made.lines.get()
    line.residual = 9_000_000
    line.save()
    assert "9.000.000" in " ".join(texts(minutes_pdf(made)))


@pytest.mark.parametrize("many", [1, 9, 14, 20, 40])
def test_signatures_never_stand_alone(world, many):
    pages = texts(minutes_pdf(s.handed_over(world, s.stock(world, many))))
    assert "C. Ý kiến của các bên" in pages[-1]
    assert "ĐẠI DIỆN BÊN GIAO" in pages[-1]
    if len(pages) > 1:
        assert all("STT Danh mục tài sản" in page for page in pages if "SN-" in page)


def test_what_became_of_each_line_is_noted(world):
    made = s.handed_over(world, s.stock(world, 4))
    gone, missing = Arrival(Result.REFUSED, "Màn hình vỡ"), Arrival(Result.MISSING, "Thùng rỗng")
    made = s.receive(world, made, p1=gone, p2=missing, p3=missing)
    assert [row.note for row in minutes_of(made).rows][2:] == ["Không thấy khi nhận: Thùng rỗng", ""]
    s.paper(made, world.nghiepvu_badinh, DocumentKind.LOSS_MINUTES)
    made = s.settle(world, made, p1=Outcome.RETURNED, p2=Outcome.LOST, p3=Outcome.OPEN)
    assert [row.note for row in minutes_of(made).rows] == [
        "Từ chối nhận: Màn hình vỡ; đã nhận lại về kho",
        "Không thấy khi nhận: Thùng rỗng; mất trên đường",
        "Không thấy khi nhận: Thùng rỗng",
        "",
    ]


def test_the_page_lies_so_that_a_device_takes_few_lines(world):
    (chosen,) = s.stock(world, 1)
    told = {"CPU": "Intel Core i5-10400 2,9 GHz", "RAM": "8 GB DDR4", "MAC": "00:1E:BD:7A:11:02"}
    Equipment.objects.filter(pk=chosen.pk).update(attributes=told, made_year=2021, made_in="Trung Quốc")
    pdf = minutes_pdf(s.handed_over(world, [Equipment.objects.get(pk=chosen.pk)]))
    box = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    assert box.width > box.height
    words = texts(pdf)[0]
    assert "Bộ xử lý (CPU): Intel Core i5-10400" in words
    assert "Bộ nhớ (RAM): 8 GB DDR4" in words


def test_frozen_when_issued_and_read_by_both_sides(world, client_of):
    made = wiped(world)
    first = papers.issue(made, paper=DocumentKind.FORM_HANDOVER, by=world.nghiepvu_badinh)
    assert papers.issue(made, paper=DocumentKind.FORM_HANDOVER, by=world.nghiepvu_badinh) == first
    s.receive(world, made, p1=Arrival(Result.REFUSED, "Màn hình vỡ"))
    made.refresh_from_db()
    second = papers.issue(made, paper=DocumentKind.FORM_HANDOVER, by=world.nghiepvu_badinh)
    assert second != first
    for who in ("nghiepvu_badinh", "nghiepvu_hoankiem"):
        client = client_of(getattr(world, who))
        for paper, word in ((first, False), (second, True)):
            reader = type("Reader", (), {"client": client})
            text = " ".join(texts(downloaded(reader, f"/tep/{paper.public_id}/")))
            assert ("Màn hình vỡ" in text) == word
    assert client_of(world.nghiepvu_danang).get(f"/tep/{first.public_id}/").status_code == 404
