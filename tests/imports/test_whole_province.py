"""A whole inventory in an old font, a part of it faulty: what stands goes in, the rest comes back and goes in later."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.utils import timezone

from equipment.models import Equipment, LedgerEntry
from tests.imports import support
from tests.world import confirmed

ROWS, EACH = 10_000, 25
HEAD = (
    "STT",
    "Loại thiết bị",
    "Tên thiết bị",
    "Số máy (serial)",
    "Nguyên giá (đồng)",
    "Ngày đưa vào sử dụng",
    "Phòng, tổ",
    "Người sử dụng",
    "Tình trạng",
    "Năm sản xuất",
    "Địa chỉ MAC",
    "Ghi chú",
)
AT = {name: place for place, name in enumerate(HEAD)}
RED = "FFFDE2E1"  # what is wrong is shown so
TOMORROW = timezone.localdate() + timedelta(days=2)
# What is typed wrong, in which column, and under which kind of fault it is told.
WRONG = {
    "category": ("Loại thiết bị", "Máy vi tính để bàng", "unknown"),
    "no category": ("Loại thiết bị", "", "required"),
    "no serial": ("Số máy (serial)", "", "required"),
    "repeated": ("Số máy (serial)", "SN000001", "repeated"),
    "taken": ("Số máy (serial)", "CO-ROI-{n}", "taken"),
    "price": ("Nguyên giá (đồng)", "mười bốn triệu", "money"),
    "day": ("Ngày đưa vào sử dụng", "31/02/2020", "date"),
    "future": ("Ngày đưa vào sử dụng", f"{TOMORROW:%d/%m/%Y}", "future"),
    "room": ("Phòng, tổ", "Tổ không có", "unknown"),
    "condition": ("Tình trạng", "lúc được lúc không", "choice"),
    "year": ("Năm sản xuất", 1890, "number"),
    "mac": ("Địa chỉ MAC", "00:1A:ZZ", "attribute"),
}


def good(number):
    mac = f"{number:012X}"
    day = date(2015 + number % 9, 1 + number % 12, 1 + number % 28)
    return [
        number,
        support.DESKTOP,
        f"Máy tính để bàn phòng một cửa số {number}",
        f"SN{number:06}",
        f"{14 + number % 9}.890.000",
        day if number % 2 else f"{day:%d/%m/%Y}",
        "Tổ Thu",
        "Nguyễn Thị Hưởng",
        ("Tốt", "Trung bình", "Kém")[number % 3],
        2014 + number % 9,
        ":".join(mac[at : at + 2] for at in range(0, 12, 2)),
        "Đã kiểm kê, đủ chuột và bàn phím",
    ]


def inventory(rows=ROWS, each=EACH):
    """The list as rows; every kind of fault stands `each` times, spread over the list."""
    found = [good(number) for number in range(1, rows + 1)]
    step = rows // (each * len(WRONG))
    places = iter(range(step - 1, rows, step))
    for column, value, _ in WRONG.values():
        for n in range(each):
            found[next(places)][AT[column]] = value.format(n=n) if isinstance(value, str) else value
    return found


def in_old_font(rows):
    return [[support.tcvn3(cell) if isinstance(cell, str) else cell for cell in row] for row in (list(HEAD), *rows)]


def books(unit):
    devices = Equipment.objects.filter(unit=unit)
    return (
        devices.count(),
        LedgerEntry.objects.filter(unit=unit).count(),
        Equipment.history.filter(unit=unit).count(),
        len(set(devices.values_list("serial", flat=True))),
    )


@pytest.mark.timeout(400)
@pytest.mark.dieu("4.3", "7.1")
def test_the_faulty_rows_come_back_and_nothing_goes_in_twice(world):
    by = world.nghiepvu_badinh
    confirmed(world, by, [f"CO-ROI-{n}" for n in range(EACH)])
    faulty = EACH * len(WRONG)
    batch, job = support.brought_in(by, support.xlsx(in_old_font(inventory())), mode="valid")
    assert {column["encoding"] for column in batch.columns if column["header"] == "Phòng, tổ"} == {"tcvn3"}
    assert (batch.total, batch.fresh, batch.faulty) == (ROWS, ROWS - faulty, faulty)
    assert job.message == "Đã nhập 9.700 thiết bị mới, trả lại 300 dòng lỗi."
    assert books(by.unit) == (ROWS - faulty + EACH,) * 4
    item = Equipment.objects.get(serial="SN000001", unit=by.unit)
    assert (item.holder_name, item.room.name, item.note) == (
        "Nguyễn Thị Hưởng",
        "Tổ Thu",
        "Đã kiểm kê, đủ chuột và bàn phím",
    )
    kinds = batch.report["kinds"]
    for kind in {kind for *_, kind in WRONG.values()}:
        assert kinds[kind] == EACH * sum(1 for *_, of in WRONG.values() if of == kind), kind

    back = openpyxl.load_workbook(support.errors_file(batch, by))
    sheet = back.active
    assert sheet.max_row == faulty + 1
    assert all(sheet.cell(line, sheet.max_column).value for line in range(2, faulty + 2))
    for line in range(2, faulty + 2):
        right = good(int(sheet.cell(line, 1).value))
        for at, cell in enumerate(right, start=1):
            if sheet.cell(line, at).fill.fgColor.rgb == RED or (at == 1 + AT["Số máy (serial)"]):
                sheet.cell(line, at, cell)
    corrected = io.BytesIO()
    back.save(corrected)

    corrected.seek(0)
    second, job = support.brought_in(by, corrected)
    assert (second.total, second.fresh, second.faulty) == (faulty, faulty, 0)
    assert books(by.unit) == (ROWS + EACH,) * 4
    corrected.seek(0)
    third = support.checked(by, corrected)  # sent once more by mistake
    assert (third.fresh, third.faulty, third.report["kinds"]) == (0, faulty, {"taken": faulty})
    assert books(by.unit) == (ROWS + EACH,) * 4
