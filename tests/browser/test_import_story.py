"""A list in an old font on its way into the books, as the technician sees it, with a real worker behind the pages."""

import io

import openpyxl
import pytest

from equipment.models import Equipment, ImportBatch, LedgerEntry
from tests.imports import support
from tests.imports.test_whole_province import HEAD, good, in_old_font

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = 60
FAULTY = {7: ("Số máy (serial)", ""), 23: ("Ngày đưa vào sử dụng", "31/02/2020"), 41: ("Phòng, tổ", "Tổ không có")}


def inventory():
    rows = [good(number) for number in range(1, ROWS + 1)]
    for number, (column, value) in FAULTY.items():
        rows[number - 1][HEAD.index(column)] = value
    return rows


def send(page, path):
    page.goto("/thiet-bi/")
    page.get_by_role("link", name="Nhập từ tệp").first.click()
    page.locator("main").get_by_role("link", name="Nhập từ tệp").first.click()
    page.get_by_label("Tệp").first.set_input_files(path)
    page.get_by_role("button", name="Tải lên và đọc tệp").click()
    page.wait_for_url("**/thiet-bi/nhap/NH-*/")


@pytest.mark.dieu("4.3")
def test_a_list_in_an_old_font_comes_in_and_the_rest_after_it(reader_of, country, worker, tmp_path):
    worker()
    reader = reader_of()
    page = reader.page
    reader.log_in("nghiepvu.badinh")
    path = tmp_path / "thiết bị 2015.xlsx"
    path.write_bytes(support.xlsx(in_old_font(inventory())).getvalue())
    send(page, path)

    # The page loads itself anew when the file is read.
    page.get_by_role("link", name="Ghép cột", exact=True).first.click()
    main = page.locator("main")
    assert "Nguyễn Thị Hưởng" in main.inner_text()
    assert support.tcvn3("Nguyễn Thị Hưởng") in main.inner_text()
    page.get_by_role("button", name="Kiểm tra các dòng").click()

    bring_in = page.get_by_role("button", name="Nhập 57 dòng hợp lệ, trả lại 3 dòng lỗi")
    bring_in.wait_for()
    told = main.inner_text()
    assert all(value in told for value in ("31/02/2020", "Tổ không có", "Số máy (serial)"))
    assert Equipment.objects.count() == 0
    bring_in.click()
    page.get_by_role("link", name="Xem 57 thiết bị vừa nhập").wait_for()
    assert (Equipment.objects.count(), LedgerEntry.objects.count()) == (57, 57)

    with page.expect_download() as download:
        page.get_by_role("link", name="Tải 3 dòng lỗi").click()
    back = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    sheet = back.active
    assert sheet.max_row == 4
    for line in range(2, 5):
        for at, cell in enumerate(good(int(sheet.cell(line, 1).value)), start=1):
            sheet.cell(line, at, cell)
    corrected = tmp_path / "sửa rồi.xlsx"
    back.save(corrected)
    send(page, corrected)
    page.get_by_role("link", name="Ghép cột", exact=True).first.click()
    page.get_by_role("button", name="Kiểm tra các dòng").click()
    page.get_by_role("button", name="Nhập cả 3 dòng").click()
    page.get_by_role("link", name="Xem 3 thiết bị vừa nhập").wait_for()
    assert (Equipment.objects.count(), LedgerEntry.objects.count()) == (ROWS, ROWS)
    assert set(Equipment.objects.values_list("room__name", flat=True)) == {"Tổ Thu"}
    assert [batch.state for batch in ImportBatch.objects.order_by("pk")] == ["done", "done"]
    assert reader.complaints == []
