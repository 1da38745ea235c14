"""Where the headings are, what they mean, in what they were typed."""

import random
import unicodedata
from uuid import uuid4

import pytest

from core.errors import DomainError, SeveralProblemsError
from equipment.importing.cells import shown
from equipment.importing.fields import COMMON, REASON, all_fields, heading, headings, names_of
from equipment.importing.matching import Remembered, match_book, match_sheet, memory_key
from equipment.models import ImportBatch
from equipment.tables import EquipmentTable
from jobs.models import Job
from tests.imports import support as s

PEOPLE = ("Nguyễn Văn Đức", "Trần Thị Hồng", "Phạm Thu Hằng", "Lê Quang Vũ")


def match(*sheets, remembered=None, **at):
    book = s.book(*sheets)
    if at:
        return match_sheet(book, keys=(), remembered=remembered or {}, **at)
    return match_book(book, keys=(), remembered=remembered or {})


def meanings(found):
    return [column.field for column in found.columns]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Số serial", "serial"),
        ("S/N", "serial"),
        ("Số máy", "serial"),
        ("Nguyên giá (đồng)", "original_price"),
        ("NGUYÊN GIÁ", "original_price"),
        ("Đơn giá", "original_price"),
        ("Ngày đưa vào sử dụng", "received_on"),
        ("Tên TS", "name"),
        ("Tên thiết bị*", "name"),
        ("Loại thiết bị (bắt buộc)", "category"),
        ("Model", "model"),
        ("Hãng SX", "brand"),
        ("Họ và tên người sử dụng", "holder_name"),
        ("Phòng/ban", "room"),
        ("Mã tài sản", "inventory_number"),
        ("Bảo hành (tháng)", "warranty_months"),
        ("Địa chỉ MAC", "attr:MAC"),
        ("MAC", "attr:MAC"),
        ("Bộ nhớ (RAM)", "attr:RAM"),
        ("RAM", "attr:RAM"),
        ("Xuất xứ", "made_in"),
        ("STT", ""),
        ("Đơn vị tính", ""),
        ("Hồ sơ tiếp nhận", ""),
        (REASON, ""),
    ],
)
def test_headings_as_people_write_them(header, field):
    for text in (header, header.upper(), f"  {header}\n", unicodedata.normalize("NFD", header)):
        column = match([[text, "Cột lạ", "Ghi chú"], ["a", "b", "c"]]).columns[0]
        assert (column.field, column.known) == (field, True), text


def test_every_column_of_our_own_lists_is_known():
    head = [column.label for column in EquipmentTable.columns]
    found = match([head, ["x"] * len(head)])
    assert [column.header for column in found.columns if not column.known] == []


def test_no_heading_means_two_things():
    seen = {}
    for field in COMMON:
        for name in field.names:
            assert name == heading(name)
            assert seen.setdefault(name, field.key) == field.key
    assert names_of(COMMON)["so may"] == ("serial", 1)
    assert headings("Nguyên giá (đồng)") == ["nguyen gia dong", "nguyen gia", "dong"]


def test_columns_stand_in_any_order_under_any_titles():
    rows = [list(s.HEAD), s.row(), s.row()]
    order = list(range(len(s.HEAD)))
    for seed in range(5):
        random.Random(seed).shuffle(order)
        shuffled = [[row[at] for at in order] for row in rows]
        found = match([["BHXH QUẬN"], [], ["DANH SÁCH", "năm 2026"], *shuffled])
        assert found.header_row == 3
        expected = ["category", "name", "serial", "original_price", "received_on", "holder_name"]
        assert meanings(found) == [expected[at] for at in order]


def test_the_sheet_that_is_understood_best_is_taken():
    found = match([["Ghi chép"], ["x", "y"]], [s.HEAD, s.row()], [["Tên", "Ghi chú"], ["a", "b"]])
    assert (found.sheet, found.score) == (1, 6)


def test_a_sheet_without_headings_gives_its_columns_to_be_matched_by_hand():
    found = match([[], ["Alpha", "Beta"], ["x", "y"]])
    assert (found.header_row, meanings(found)) == (1, ["", ""])
    assert [column.samples for column in found.columns] == [("x",), ("y",)]


def test_one_meaning_goes_to_the_column_that_names_it_most_surely():
    found = match([["Thành tiền", "Nguyên giá", "Tên"], [1, 2, "x"]])
    assert meanings(found) == ["", "original_price", "name"]


@pytest.mark.parametrize("header", ["Nguyên giá (triệu đồng)", "Đơn giá (1000 đồng)", "Giá trị (nghìn đồng)"])
def test_amounts_in_thousands_are_never_taken_for_dong(world, header):
    assert match([[header, "Tên"], [15, "x"]]).columns[0].field == ""
    rows = [[*s.HEAD[:3], header, *s.HEAD[4:]], s.row()]
    batch = s.uploaded(world.nghiepvu_badinh, s.xlsx(rows))
    columns = s.columns_of(batch, **{header: "original_price"})
    with pytest.raises(SeveralProblemsError, match="không tính bằng đồng"):
        s.imports.match_columns(batch, columns=columns, by=world.nghiepvu_badinh, version=batch.version)


def legacy(write, many=20):
    rows = [s.row(holder=PEOPLE[n % 4], name="Máy tính bộ phận tiếp nhận hồ sơ") for n in range(many)]
    return [[write(cell) if isinstance(cell, str) else cell for cell in line] for line in [s.HEAD, *rows]]


@pytest.mark.dieu("4.3")
@pytest.mark.parametrize(
    ("write", "encoding"),
    [
        (s.tcvn3, "tcvn3"),
        (s.vni, "vni"),
        (lambda text: unicodedata.normalize("NFD", text), "decomposed"),
        (str, "unicode"),
    ],
)
def test_lists_in_the_fonts_of_old_are_read_and_stored_in_unicode(world, write, encoding):
    by = world.nghiepvu_badinh
    batch = s.uploaded(by, s.xlsx(legacy(write)))
    columns = {column.header: column for column in s.columns_of(batch)}
    assert set(s.HEAD) == set(columns)
    assert columns["Người sử dụng"].encoding == encoding
    before, after = columns["Người sử dụng"].read_samples[0]
    assert (before, after) == (shown(write(PEOPLE[0])), PEOPLE[0])
    s.imports.match_columns(batch, columns=s.columns_of(batch), by=by, version=batch.version)
    batch, _ = s.work(batch)
    assert (batch.fresh, batch.faulty) == (20, 0)


def test_what_a_unit_matched_before_is_found_again():
    known = {memory_key("Ô bí mật"): Remembered("serial", "unicode"), memory_key("Ghi chú"): Remembered("", "")}
    found = match([["ô BÍ  mật", "Ghi chú", "Tên"], ["x", "y", "z"]], remembered=known)
    assert meanings(found) == ["serial", "", "name"]
    gone = {memory_key("Tên"): Remembered("attr:not-any-more", "unicode")}
    assert meanings(match([["Tên", "Ghi chú"], ["x", "y"]], remembered=gone)) == ["name", "note"]


def test_a_match_that_lacks_or_doubles_something_is_refused_with_all_of_it(world):
    by = world.nghiepvu_badinh
    batch = s.uploaded(by, s.xlsx([s.HEAD, s.row()]))
    columns = s.columns_of(batch, **{"Nguyên giá": "serial", "Người sử dụng": "no-such-field"})
    with pytest.raises(SeveralProblemsError) as refused:
        s.imports.match_columns(batch, columns=columns, by=by, version=batch.version)
    assert [problem.field for problem in refused.value.problems] == ["field_3", "field_5", ""]
    assert "“Nguyên giá”" in refused.value.problems[2].message
    assert Job.objects.filter(kind="import.check").count() == 0


def test_another_sheet_and_another_line_of_headings_can_be_chosen(world):
    by = world.nghiepvu_badinh
    batch = s.uploaded(by, s.xlsx([s.HEAD, s.row()], [["Tên thiết bị", "S/N"], ["x", "y"], ["Mẫu", "Hãng"]]))
    batch = s.imports.choose_sheet(batch, sheet=1, by=by, version=batch.version)
    assert [column.field for column in s.columns_of(batch)] == ["name", "serial"]
    batch = s.imports.choose_sheet(batch, sheet=1, header_row=2, by=by, version=batch.version)
    assert [column.field for column in s.columns_of(batch)] == ["model", "brand"]
    with pytest.raises(DomainError, match="không có trang tính"):
        s.imports.choose_sheet(batch, sheet=7, by=by, version=batch.version)
    with pytest.raises(DomainError, match="Hãy tải lại trang"):
        s.imports.choose_sheet(batch, sheet=0, by=by, version=1)


def test_a_second_press_while_the_rows_are_checked_is_told(world):
    by = world.nghiepvu_badinh
    batch = s.uploaded(by, s.xlsx([s.HEAD, s.row()]))
    columns = s.columns_of(batch)
    s.imports.match_columns(batch, columns=columns, by=by, version=batch.version)
    with pytest.raises(DomainError, match="đang chạy"):
        s.imports.match_columns(batch, columns=columns, by=by, version=batch.version)
    assert Job.objects.filter(kind="import.check").count() == 1


def test_a_file_that_is_no_list_says_so(world):
    batch = s.uploaded(world.nghiepvu_badinh, b"\x00\x01\x02 not a sheet at all", name="x.xlsx")
    assert batch.state == "failed"
    assert batch.problem
    assert Job.objects.get(public_id=batch.job).state == "failed"


def test_an_upload_sent_twice_is_one_batch(world):
    key = uuid4()
    made = {
        s.imports.start(
            unit=world.nghiepvu_badinh.unit,
            existing="refuse",
            file=s.upload(s.xlsx([s.HEAD, s.row()])),
            by=world.nghiepvu_badinh,
            submission=key,
        ).pk
        for _ in range(2)
    }
    assert len(made) == 1
    assert ImportBatch.objects.count() == Job.objects.count() == 1


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("C:\\Hồ sơ\\Danh sách.xlsx", "Danh sách.xlsx"),
        ("Danh s¸ch m¸y tÝnh Phßng Tæng hîp.xls", "Danh sách máy tính Phòng Tổng hợp.xls"),
        ("a\x00b.csv", "ab.csv"),
        ("x" * 300 + ".xlsx", "x" * 150 + ".xlsx"),
    ],
)
def test_names_of_files_are_fit_to_be_stored(raw, stored):
    assert s.imports.file_name(raw) == stored


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "x.xlsx", "rỗng"),
        (b"x" * (20 * 2**20 + 1), "x.xlsx", "nhiều nhất 20 MB"),
        (b"x", "x.docx", "Chỉ nhận tệp"),
    ],
)
def test_a_file_that_can_not_be_a_list_is_refused_before_anything(world, content, name, says):
    with pytest.raises(DomainError, match=says) as refused:
        s.imports.start(
            unit=world.nghiepvu_badinh.unit, existing="refuse", file=s.upload(content, name), by=world.nghiepvu_badinh
        )
    assert refused.value.field == "file"
    assert not ImportBatch.objects.exists()


def test_attributes_that_only_a_category_names_can_be_matched():
    assert "attr:do_on_rieng" in all_fields(["do_on_rieng"])
    found = match_book(s.book([["Tên", "do on rieng"], ["x", "y"]]), keys=["do_on_rieng"], remembered={})
    assert meanings(found) == ["name", "attr:do_on_rieng"]
