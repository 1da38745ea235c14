"""What is wrong with a row is said at its cell, all of it, by the rules of the forms."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.sheets import CellError
from equipment.models import Brand, Category, Equipment, EquipmentModel
from equipment.rules.device import MAX_CARD, MAX_HOLDER, MAX_NAME, MAX_NOTE, MAX_SERIAL
from tests.equipment.support import taken_in
from tests.imports import support as s
from tests.world import past

FULL = (*s.HEAD, "Mẫu", "Hãng", "Số thẻ tài sản", "Trạng thái", "Tình trạng", "Phòng, tổ", "Bảo hành đến",
        "Năm sản xuất", "Nước sản xuất", "Ghi chú", "Số lượng", "Đơn vị", "Mã thiết bị", "Địa chỉ MAC",
        "Số bản quyền (số máy được cài)", "Loại bản quyền")  # fmt: skip
NAMES = (
    *("category", "name", "serial", "price", "received", "holder", "model", "brand", "card", "status", "condition"),
    *("room", "warranty", "year", "country", "note", "quantity", "unit", "code", "mac", "seats", "licence"),
)


def full(**changes):
    """A row under FULL with only what is needed, and the changes."""
    cells = dict.fromkeys(NAMES) | dict(zip(NAMES, s.row(), strict=False)) | changes
    return [cells[name] for name in NAMES]


def faults(world, **changes):
    batch = s.checked(world.nghiepvu_badinh, s.xlsx([FULL, full(**changes)]))
    return [
        (NAMES[ord(f["column"]) - 65] if f["column"] else "", f["kind"], f["reason"]) for f in batch.report["faults"]
    ]


@pytest.mark.dieu("7.1")
@pytest.mark.parametrize(
    ("changes", "column", "kind", "says"),
    [
        ({"category": None}, "category", "required", "Cần loại thiết bị"),
        ({"serial": None}, "serial", "required", "cần số máy (serial)"),
        ({"price": None}, "price", "required", "ghi 0 nếu không có giá"),
        ({"received": None}, "received", "required", "Cần ngày tiếp nhận"),
        ({"category": "Máy vi tinh de bànn"}, "category", "unknown", "Có phải “Máy vi tính để bàn”?"),
        ({"category": "Tàu vũ trụ"}, "category", "unknown", "Danh mục không có loại “Tàu vũ trụ”"),
        ({"category": "Máy tính"}, "category", "unknown", "Danh mục không có loại"),  # a group
        ({"category": "Máy tính"}, "category", "unknown", "Đó là một nhóm, gồm: Máy vi tính để bàn"),
        ({"model": "OptiPlex 9999"}, "model", "unknown", "Danh mục không có mẫu “OptiPlex 9999”"),
        ({"model": "OptiPlex 3070", "brand": "HP"}, "model", "unknown", "mẫu “HP OptiPlex 3070”"),
        ({"model": "OptiPlex 3070", "category": "UD_VAN_PHONG"}, "model", "choice", "không thuộc loại"),
        ({"room": "Phòng không có"}, "room", "unknown", "Hiện có: Tổ Thu."),
        ({"condition": "80%"}, "condition", "choice", "Tốt, Trung bình hoặc Kém"),
        ({"status": "Bay lượn"}, "status", "choice", "Trong kho hoặc Đang sử dụng"),
        ({"status": "Đang sửa chữa"}, "status", "choice", "không nhập với trạng thái “Đang sửa chữa”"),
        ({"received": "2020"}, "received", "date", "Mới có năm"),
        ({"price": "15 triệu"}, "price", "money", "đủ số đồng"),
        ({"price": -1}, "price", "money", "âm"),
        ({"price": 10**13}, "price", "money", "quá lớn"),
        ({"year": 1979}, "year", "number", "từ 1980 đến 2100"),
        ({"warranty": "241 tháng"}, "warranty", "number", "từ 0 đến 240"),
        ({"quantity": 3}, "quantity", "quantity", "tách thành 3 dòng"),
        ({"quantity": 0}, "quantity", "quantity", "xóa dòng này"),
        ({"unit": "BHXH quận Hoàn Kiếm"}, "unit", "unit", "đợt nhập này của BHXH quận Ba Đình"),
        ({"code": "01.001-999999"}, "code", "unknown", "không có mã thiết bị “01.001-999999”"),
        ({"serial": 1.5e15}, "serial", "spoilt", "số mũ"),
        ({"serial": "1.2E+15"}, "serial", "spoilt", "số mũ"),
        ({"mac": "00:1A"}, "mac", "attribute", "Cần 12 chữ số hệ 16"),
        ({"seats": 5}, "seats", "attribute", "không ghi “Số bản quyền"),
        ({"licence": "chui"}, "licence", "choice", "không có trong danh sách"),
        ({"name": "x" * (MAX_NAME + 1)}, "name", "length", f"nhiều nhất {MAX_NAME}"),
        ({"serial": "x" * (MAX_SERIAL + 1)}, "serial", "length", f"nhiều nhất {MAX_SERIAL}"),
        ({"card": "x" * (MAX_CARD + 1)}, "card", "length", f"nhiều nhất {MAX_CARD}"),
        ({"holder": "x" * (MAX_HOLDER + 1)}, "holder", "length", f"nhiều nhất {MAX_HOLDER}"),
        ({"note": "x" * (MAX_NOTE + 1)}, "note", "length", f"nhiều nhất {MAX_NOTE}"),
        ({"name": "M¸y tÝnh ®Ó bµn"}, "name", "font", "TCVN3"),
    ],
)
def test_one_thing_wrong_is_one_fault_at_its_cell(world, changes, column, kind, says):
    ((where, what, reason),) = faults(world, **changes)
    assert (where, what) == (column, kind)
    assert says in reason


def test_all_that_is_wrong_with_a_row_is_said(world):
    found = faults(world, category="Tàu", serial=None, price="mười", received="2020", year=1, condition="?", quantity=2)
    assert {(column, kind) for column, kind, _ in found} == {
        ("category", "unknown"),
        ("price", "money"),
        ("received", "date"),
        ("year", "number"),
        ("condition", "choice"),
        ("quantity", "quantity"),
    }


def test_a_day_to_come_is_refused_and_today_is_not(world):
    today = timezone.localdate()
    ((column, kind, _),) = faults(world, received=today + timedelta(days=1))
    assert (column, kind) == ("received", "future")
    assert faults(world, received=today) == []


def test_a_closed_category_and_a_closed_model_are_refused(world):
    world.model.closed_on = past(1)
    world.model.save()
    ((column, kind, says),) = faults(world, model="Dell OptiPlex 3070")
    assert (column, kind) == ("model", "closed")
    assert "đã ngừng dùng" in says
    world.desktop.closed_on = timezone.localdate()
    world.desktop.save()
    ((column, kind, _),) = faults(world)
    assert (column, kind) == ("category", "closed")


def test_two_models_of_one_name_want_the_brand(world):
    EquipmentModel.objects.create(brand=Brand.objects.create(name="HP"), category=world.desktop, name="OptiPlex 3070")
    ((column, kind, says),) = faults(world, model="OptiPlex 3070")
    assert (column, kind) == ("model", "unknown")
    assert "ghi thêm hãng" in says
    assert faults(world, model="OptiPlex 3070", brand="dell") == []


def test_a_formula_that_failed_is_told_by_its_name(world):
    batch = s.uploaded(world.nghiepvu_badinh, s.xlsx([FULL, full(price="#REF!")]))
    s.imports.match_columns(batch, columns=s.columns_of(batch), by=world.nghiepvu_badinh, version=batch.version)
    batch, _ = s.work(batch)
    ((_, kind),) = s.reasons(batch)
    assert kind == "formula"
    assert str(CellError("#REF!")) in batch.report["faults"][0]["reason"]


def test_what_stands_twice_in_the_file_is_refused_the_second_time(world):
    batch = s.checked(world.nghiepvu_badinh, s.xlsx([s.HEAD, s.row(serial="a1"), s.row(serial="A1"), s.row()]))
    assert s.reasons(batch) == [(3, "repeated")]
    assert "đã có ở dòng 2" in batch.report["faults"][0]["reason"]


@pytest.mark.dieu("6")
def test_a_serial_of_the_unit_is_refused_and_one_of_another_unit_is_like_a_new_one(world):
    taken_in(world, world.nghiepvu_badinh, ["CUA-TA"])
    taken_in(world, world.nghiepvu_hoankiem, ["CUA-HO"])
    theirs = Equipment.objects.get(serial="CUA-HO")
    ours = Equipment.objects.get(serial="CUA-TA")
    rows = [FULL, full(serial="cua-ta"), full(serial="CUA-HO"), full(code=theirs.code), full(code="01.002-999999")]
    batch = s.checked(world.nghiepvu_badinh, s.xlsx(rows))
    assert s.reasons(batch) == [(2, "taken"), (4, "unknown"), (5, "unknown")]
    assert ours.code in batch.report["faults"][0]["reason"]
    one, two = (fault["reason"] for fault in batch.report["faults"][1:])
    assert one.replace(theirs.code, "") == two.replace("01.002-999999", "")
    assert batch.fresh == 1


def test_a_merged_area_is_told_at_every_line_that_it_covers(world):
    content = s.xlsx([s.HEAD, s.row(), s.row(), s.row()], merged=[(1, 5, 3, 5, "Trần Thị Bình")])
    batch = s.checked(world.nghiepvu_badinh, content)
    assert s.reasons(batch) == [(3, "merged"), (4, "merged")]


def test_what_is_no_device_is_passed_over_and_said(world):
    rows = [
        ["BHXH QUẬN BA ĐÌNH"],
        ["DANH SÁCH THIẾT BỊ"],
        [],
        ["STT", *s.HEAD],
        [1, 2, 3, 4, 5, 6, 7],
        [None, "I. Máy vi tính"],
        [1, *s.row()],
        [],
        ["STT", *s.HEAD],
        [2, *s.row()],
        [None, "Tổng cộng", None, None, 29_780_000],
        [None, None, None, None, "Ba Đình, ngày 01/11/2026", "Người lập"],
    ]
    batch = s.checked(world.nghiepvu_badinh, s.xlsx(rows))
    assert (batch.total, batch.fresh) == (2, 2)
    assert [(skipped["line"], skipped["why"]) for skipped in batch.report["skipped_lines"]] == [
        (1, "phía trên dòng tiêu đề"),
        (2, "phía trên dòng tiêu đề"),
        (5, "dòng đánh số cột"),
        (6, "chỉ có một ô (tiêu đề nhóm)"),
        (9, "tiêu đề lặp lại"),
        (11, "dòng tổng cộng"),
        (12, "phía dưới dòng tổng cộng"),
    ]


@pytest.mark.parametrize(
    ("changes", "stored"),
    [
        ({"model": "dell optiplex 3070", "category": None}, {"category": "MAY_TINH_BAN", "model": "OptiPlex 3070"}),
        ({"category": "may_tinh_ban", "name": None}, {"name": "Máy vi tính để bàn"}),
        ({"model": "OptiPlex 3070", "name": None}, {"name": "Máy vi tính để bàn Dell OptiPlex 3070"}),
        ({"room": "tổ thu", "holder": None}, {"room": "Tổ Thu", "status": "in_use"}),
        ({"room": "01.001.t1"}, {"room": "Tổ Thu"}),
        ({"status": "trong kho"}, {"status": "in_stock"}),
        ({"status": "x", "holder": None}, {"status": "in_use"}),
        ({"condition": "TB"}, {"condition": "fair"}),
        ({"warranty": "36 tháng"}, {"warranty_until": "2023-11-25"}),
        ({"warranty": "24/11/2023"}, {"warranty_until": "2023-11-24"}),
        ({"mac": "001A2B3C4D5E"}, {"MAC": "00:1A:2B:3C:4D:5E"}),
        ({"serial": 12345.0}, {"serial": "12345"}),
        ({"serial": "'00123"}, {"serial": "00123"}),
        ({"category": "UD_VAN_PHONG", "serial": None, "seats": 12, "licence": "oem theo máy"}, {"loai_bq": "OEM"}),
        ({"unit": "bhxh quan ba dinh", "quantity": 1}, {"name": "Máy tính phòng họp"}),
    ],
)
def test_what_a_row_says_is_what_is_stored(world, changes, stored):
    batch, _ = s.brought_in(world.nghiepvu_badinh, s.xlsx([FULL, full(**changes)]))
    device = Equipment.objects.get(batch=batch)
    shown = {
        **device.attributes,
        **{name: getattr(device, name) for name in ("name", "serial", "status", "condition")},
        "category": device.category.code,
        "model": device.model and device.model.name,
        "room": device.room and device.room.name,
        "warranty_until": device.warranty_until and device.warranty_until.isoformat(),
    }
    assert {key: shown[key] for key in stored} == stored


@pytest.mark.parametrize("called", ["Máy tính để bàn", "may tinh de ban", "Máy vi tính để bàn", "MAY_TINH_BAN"])
def test_a_category_is_known_by_what_people_call_it(world, called):
    world.desktop.name = "Máy vi tính để bàn (máy trạm)"
    world.desktop.save()
    batch = s.checked(world.nghiepvu_badinh, s.xlsx([s.HEAD, s.row(category=called)]))
    assert (batch.fresh, batch.faulty) == (1, 0)


def test_what_may_be_one_of_two_categories_is_asked_for(world):
    for code, kind in (("CHU_RACK", "rack"), ("CHU_THAP", "tháp")):
        Category.objects.create(code=code, name=f"Máy chủ ({kind})", parent=world.desktop.parent)
    batch = s.checked(world.nghiepvu_badinh, s.xlsx([s.HEAD, s.row(category="Máy chủ")]))
    assert s.reasons(batch) == [(2, "unknown")]
