"""Taking rows in: the books, what others did meanwhile, what is handed back and sent again."""

from datetime import date
from itertools import count

import pytest
from django.db.models import Count, Sum

from accounts.actions import sync_grants
from core.models import Event
from core.sheets import read
from equipment.actions import equipment as devices
from equipment.actions.equipment import flag_serial_clashes
from equipment.models import Equipment, ImportBatch, LedgerEntry, SerialClash, Tally
from equipment.tables import EquipmentTable
from jobs.models import Job
from tests.equipment.support import taken_in
from tests.imports import support as s
from ui.exports import csv_lines, write_workbook

UPDATES = ("Mã thiết bị", "Số máy", "Tên thiết bị", "Người sử dụng", "Phòng, tổ", "Nguyên giá", "Ghi chú", "CPU")


def update(**changes):
    names = ("code", "serial", "name", "holder", "room", "price", "note", "cpu")
    return [changes.get(name) for name in names]


@pytest.fixture
def item(world):
    """A device in the books of Ba Đình."""
    taken_in(world, world.nghiepvu_badinh, ["CO-SAN"])
    return Equipment.objects.get(serial="CO-SAN")


def test_the_valid_rows_come_in_and_the_others_go_back(world):
    by = world.nghiepvu_badinh
    rows = [["DANH SÁCH"], [*s.HEAD, "Cột riêng"]]
    rows += [[*s.row(serial="D1"), "giữ"], [*s.row(serial="D2", price="15 triệu", received=date(2020, 2, 3)), "giữ"]]
    rows += [[*s.row(serial=None, received="2020"), 7], ["Tổng cộng", None, None, 3]]
    batch, job = s.brought_in(by, s.xlsx(rows), mode="valid")
    assert (batch.state, batch.fresh, batch.faulty) == ("done", 1, 2)
    assert job.message == "Đã nhập 1 thiết bị mới, trả lại 2 dòng lỗi."
    back = read(s.errors_file(batch, by), "x.xlsx")
    header, one, two = back.rows(0)
    assert header == [*s.HEAD, "Cột riêng", "Lỗi cần sửa"]
    assert (one[2], one[3], one[4], one[6]) == ("D2", "15 triệu", date(2020, 2, 3), "giữ")
    assert "đủ số đồng" in one[7]
    assert two[6] == 7
    assert "cần số máy" in two[7]
    assert "Mới có năm" in two[7]


def test_what_went_back_is_corrected_and_sent_again_and_nothing_comes_twice(world):
    by = world.nghiepvu_badinh
    rows = [[s.tcvn3(h) for h in s.HEAD]]
    for at in range(12):
        price = "15 triệu" if at % 4 == 0 else 1_000_000
        rows.append(s.row(category=s.tcvn3(s.DESKTOP), name=s.tcvn3("Máy tính của phòng giám định"), price=price))
        rows[-1][5] = s.tcvn3(("Nguyễn Văn Đức", "Trần Thị Hồng")[at % 2])
    batch, _ = s.brought_in(by, s.xlsx(rows), mode="valid")
    assert (batch.fresh, batch.faulty) == (9, 3)
    header, *faulty = read(s.errors_file(batch, by), "x.xlsx").rows(0)
    assert (header[3], faulty[0][0]) == (s.HEAD[3], s.DESKTOP)  # in Unicode: so it is mended
    for line in faulty:
        line[3], line[5] = "15.000.000", "Nguyễn Văn Đức"
    later, _ = s.brought_in(by, s.xlsx([header, *faulty]))
    assert (later.state, later.fresh, later.faulty) == ("done", 3, 0)
    assert Equipment.objects.count() == LedgerEntry.objects.count() == 12
    assert Equipment.objects.get(batch=later, serial=faulty[0][2]).holder_name == "Nguyễn Văn Đức"
    third = s.checked(by, s.xlsx(rows))
    assert (third.fresh, third.faulty) == (0, 12)


def test_all_or_nothing_takes_nothing_while_a_row_is_faulty(world):
    by = world.nghiepvu_badinh
    batch = s.checked(by, s.xlsx([s.HEAD, s.row(), s.row(price=None)]))
    with pytest.raises(s.imports.DomainError, match="Còn 1 dòng lỗi"):
        s.imports.apply(batch, mode="all", by=by, version=batch.version)
    assert not Equipment.objects.exists()


def test_a_row_that_no_longer_stands_stops_all_and_is_handed_back_by_the_other_way(world):
    by = world.nghiepvu_badinh
    rows = s.xlsx([s.HEAD, s.row(serial="MOI-1"), s.row(serial="MOI-2")])
    batch = s.checked(by, rows)
    taken_in(world, by, ["moi-1"])
    s.imports.apply(batch, mode="all", by=by, version=batch.version)
    batch, job = s.work(batch)
    assert (batch.state, job.state) == ("checked", "failed")
    assert "1 dòng không còn nhập được" in job.message
    assert Equipment.objects.count() == 1
    s.imports.apply(batch, mode="valid", by=by, version=batch.version)
    batch, _ = s.work(batch)
    assert (batch.state, batch.fresh, batch.faulty) == ("done", 1, 1)
    assert s.reasons(batch) == [(2, "taken")]


def test_devices_that_are_there_are_changed_after_a_preview(world, item):
    by = world.nghiepvu_badinh
    rows = [UPDATES, update(code=item.code, name="Máy của tổ Thu", room="Tổ Thu", note="Mới chuyển", cpu="i7")]
    batch = s.checked(by, s.xlsx(rows), existing="update")
    assert (batch.fresh, batch.changed, batch.faulty) == (0, 1, 0)
    assert {(c["label"], c["before"], c["after"]) for c in batch.report["changes"]} == {
        ("Tên thiết bị", "Máy vi tính để bàn Dell OptiPlex 3070", "Máy của tổ Thu"),
        ("Phòng, tổ", "(trống)", "Tổ Thu"),
        ("Ghi chú", "(trống)", "Mới chuyển"),
        ("Bộ xử lý (CPU)", "i5-10400", "i7"),
    }
    s.imports.apply(batch, mode="all", by=by, version=batch.version)
    batch, job = s.work(batch)
    assert job.message == "Đã cập nhật 1 thiết bị."
    before, item = item, Equipment.objects.get(pk=item.pk)
    assert (item.name, item.room.name, item.version) == ("Máy của tổ Thu", "Tổ Thu", before.version + 1)
    assert item.attributes == {"CPU": "i7", "RAM": "8 GB"}
    assert (item.serial, item.original_price, item.batch) == ("CO-SAN", before.original_price, None)
    assert item.search_text.startswith(f"{item.code} co-san may cua to thu")
    told = item.history.latest()
    assert (told.history_type, told.history_user, told.history_change_reason, told.name, told.version) == (
        "~", by, f"Nhập từ danh sách {batch.number}", "Máy của tổ Thu", item.version,
    )  # fmt: skip
    assert Event.objects.filter(kind="equipment.updated", subject_id=item.pk).count() == 1
    assert LedgerEntry.objects.count() == 1


def test_whatever_describes_a_device_is_changed_by_a_list(world, item):
    """Each column by itself: a change that is read and then forgotten would look like none."""
    by = world.nghiepvu_badinh
    wanted = {"Người sử dụng": "Trần Thị Mới", "Tình trạng": "Kém", "Số thẻ tài sản": "TS-9", "Nước sản xuất": "Lào",
              "Năm sản xuất": 2019, "Nhà sản xuất hết hỗ trợ": "31/12/2031"}  # fmt: skip
    for label, value in wanted.items():
        batch = s.checked(by, s.xlsx([("Mã thiết bị", label), (item.code, value)]), existing="update")
        assert (batch.changed, batch.faulty) == (1, 0), label
        s.imports.apply(batch, mode="all", by=by, version=batch.version)
        s.work(batch)
    item.refresh_from_db()
    assert (item.holder_name, item.condition, item.inventory_number) == ("Trần Thị Mới", "poor", "TS-9")
    assert (item.made_in, item.made_year, item.end_of_support) == ("Lào", 2019, date(2031, 12, 31))


def test_an_empty_cell_leaves_what_is_there_and_the_same_changes_nothing(world, item):
    by = world.nghiepvu_badinh
    rows = [UPDATES, update(serial="co-san", name=item.name, price=int(item.original_price))]
    batch = s.checked(by, s.xlsx(rows), existing="update")
    assert (batch.total, batch.unchanged, batch.changed) == (1, 1, 0)
    with pytest.raises(s.imports.DomainError, match="không có gì mới"):
        s.imports.apply(batch, mode="all", by=by, version=batch.version)


@pytest.mark.parametrize(
    ("head", "cell", "says"),
    [
        ("Nguyên giá", 1, "hồ sơ thay đổi nguyên giá"),
        ("Loại", "Phần mềm văn phòng", "đổi loại bằng hồ sơ"),
        ("Ngày tiếp nhận", "01/01/2020", "đổi ngày tiếp nhận bằng hồ sơ"),
        ("Trạng thái", "Đang sử dụng", "trạng thái đổi theo hồ sơ"),
        ("Đơn vị", "BHXH quận Hoàn Kiếm", "đợt nhập này của"),
        ("Mẫu", "Không có", "Danh mục không có mẫu"),
        ("Số bản quyền (số máy được cài)", "3", "không ghi “Số bản quyền"),
    ],
)
def test_what_stands_in_the_books_is_not_changed_by_a_list(world, item, head, cell, says):
    rows = [["Mã thiết bị", "Ghi chú", head], [item.code, "x", cell]]
    batch = s.checked(world.nghiepvu_badinh, s.xlsx(rows), existing="update")
    assert (batch.changed, batch.faulty) == (0, 1)
    assert says in batch.report["faults"][0]["reason"]


def test_a_device_that_was_changed_after_the_preview_is_handed_back(world, item):
    by = world.nghiepvu_badinh
    batch = s.checked(by, s.xlsx([UPDATES, update(code=item.code, note="Của tệp")]), existing="update")
    devices.describe(item, values={"note": "Của người khác"}, reason="Sửa", by=by, version=item.version)
    s.imports.apply(batch, mode="valid", by=by, version=batch.version)
    batch, _ = s.work(batch)
    assert (batch.changed, batch.faulty, s.reasons(batch)) == (0, 1, [(2, "stale")])
    assert Equipment.objects.get(pk=item.pk).note == "Của người khác"


def test_a_serial_goes_to_one_device_only(world, item):
    by = world.nghiepvu_badinh
    taken_in(world, by, ["THU-HAI"])
    rows = [UPDATES, update(code=item.code, serial="thu-hai"), update(serial="THU-HAI", code=None, note="x")]
    batch = s.checked(by, s.xlsx(rows), existing="update")
    assert s.reasons(batch) == [(2, "taken"), (3, "repeated")]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_list_exported_and_brought_in_again_changes_nothing(world, item, kind):
    by = world.nghiepvu_badinh
    values = {
        "name": "=HYPERLINK(1)", "note": "dòng 1\n-dòng 2", "holder_name": "+84 912", "made_year": 2020,
        "made_in": "@x",
        "warranty_until": date(2023, 1, 1), "room": world.units["01.001.T1"], "inventory_number": "'007",
    }  # fmt: skip
    devices.describe(item, values=values, reason="Sửa", by=by, version=item.version)
    taken_in(world, world.nghiepvu_hoankiem, ["KHAC"])
    world.units["01.001.T1"].valid_to = date(2020, 1, 1)  # dissolved since
    world.units["01.001.T1"].save()
    world.desktop.closed_on = date(2020, 1, 1)
    world.desktop.save()
    columns = [column for column in EquipmentTable.columns if column.export]
    rows = Equipment.objects.filter(unit=by.unit).values(*EquipmentTable.paths(columns))
    file = s.io.BytesIO()
    if kind == "csv":
        file.write("".join(csv_lines(rows, columns)).encode())
    else:
        write_workbook(file, rows, columns)
    file.seek(0)
    batch = s.checked(by, file, existing="update", name=f"thiet-bi.{kind}")
    assert (batch.total, batch.unchanged, batch.report["faults"]) == (1, 1, [])


@pytest.mark.dieu("6")
def test_serials_that_another_unit_has_are_for_it_center_alone(world, item):
    rows = [s.HEAD, s.row(serial="Co-San"), s.row()]
    batch, _ = s.brought_in(world.nghiepvu_hoankiem, s.xlsx(rows))
    assert batch.faulty == 0
    assert flag_serial_clashes(batch) == 1
    (clash,) = SerialClash.objects.all()
    assert (clash.other, clash.equipment.batch) == (item, batch)
    corrected = [UPDATES, update(code=clash.equipment.code, serial="KHAC-ROI")]
    later, _ = s.brought_in(world.nghiepvu_hoankiem, s.xlsx(corrected), existing="update")
    flag_serial_clashes(later)
    assert not SerialClash.objects.exists()


@pytest.mark.dieu("13.7")
def test_who_keeps_the_books_of_another_brings_in_its_list(world):
    unit = world.units["00.PC"]
    batch, _ = s.brought_in(world.vanphong, s.xlsx([s.HEAD, s.row()]), unit=unit)
    assert batch.number.startswith("NH-00.PC-")
    assert Equipment.objects.get(batch=batch).unit == unit


@pytest.mark.dieu("6")
def test_whoever_lost_the_right_meanwhile_writes_nothing(world):
    by = world.nghiepvu_badinh
    batch = s.checked(by, s.xlsx([s.HEAD, s.row()]))
    s.imports.apply(batch, mode="all", by=by, version=batch.version)
    by.kind = "lookup"
    by.save()
    sync_grants(by)
    batch, job = s.work(batch)
    assert (job.state, batch.state) == ("failed", "checked")
    assert "không còn quyền" in job.message
    assert not Equipment.objects.exists()


def test_a_second_press_brings_nothing_in_twice(world):
    by = world.nghiepvu_badinh
    batch = s.checked(by, s.xlsx([s.HEAD, s.row()]))
    s.imports.apply(batch, mode="all", by=by, version=batch.version)
    for version in (batch.version, None):
        with pytest.raises(s.imports.DomainError):
            s.imports.apply(batch, mode="all", by=by, version=version)
    batch, _ = s.work(batch)
    for act in (s.imports.cancel, s.imports.check_again):
        with pytest.raises(s.imports.DomainError):
            act(batch, by=by, version=batch.version)
    assert Job.objects.filter(kind="import.apply").count() == 1
    assert Equipment.objects.count() == 1


def test_a_batch_that_was_given_up_stays_on_record(world):
    by = world.nghiepvu_badinh
    batch = s.checked(by, s.xlsx([s.HEAD, s.row()]))
    batch = s.imports.cancel(batch, by=by, version=batch.version)
    assert batch.state == "cancelled"
    with pytest.raises(s.imports.DomainError):
        s.imports.apply(batch, mode="all", by=by, version=batch.version)
    assert ImportBatch.objects.get().history.count() == len(ImportBatch.objects.get().history.all()) > 3


def test_the_queries_of_a_batch_do_not_grow_with_its_rows(world, django_assert_max_num_queries):
    by = world.nghiepvu_badinh
    numbers = count()
    for many in (3, 300):
        rows = [s.row(serial=f"Q{next(numbers)}", holder=f"Người {n}") for n in range(many)]
        batch = s.checked(by, s.xlsx([s.HEAD, *rows]))
        s.imports.apply(batch, mode="all", by=by, version=batch.version)
        with django_assert_max_num_queries(75):
            s.work(batch)
    assert Equipment.objects.count() == 303


def test_the_tally_follows_what_a_list_brings_and_changes(world, item):
    by = world.nghiepvu_badinh
    s.brought_in(by, s.xlsx([s.HEAD, s.row(serial="T1"), s.row(serial="T2", holder=None)]))
    rows = [["Số máy", "Tình trạng"], ["T1", "Kém"], ["CO-SAN", "Trung bình"]]
    batch, _ = s.brought_in(by, s.xlsx(rows), existing="update")
    assert batch.changed == 2
    kinds = ("unit", "status", "condition")
    counted = Tally.objects.order_by().values_list(*kinds).annotate(n=Sum("quantity"), v=Sum("value"))
    there = Equipment.objects.order_by().values_list(*kinds).annotate(n=Count("pk"), v=Sum("original_price"))
    assert {line for line in counted if line[3]} == set(there)
